import Kernel
import Testing

@testable import Documents

struct FormTests {
    @Test
    func `the receipt says everything that Form 01 asks for`() async throws {
        let read = try await ReadPaper(receipt(Samples.receipt).pdf())
        for text in [
            "Mẫu số 01 ban hành kèm theo Thông tư số 01/2018/TT-VPCP", "ỦY BAN NHÂN DÂN QUẬN BA ĐÌNH",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 0012/TNHS",
            "Ba Đình, ngày 22 tháng 11 năm 2021", "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            "Mã hồ sơ: 000.01.15.H26-211122-0012", "Mã tra cứu: 7KQM-3XDF",
            "Tiếp nhận hồ sơ của: Nguyễn Thị Thùy Dương", "Số định danh: 001188000123", "Số điện thoại: 0912 000 001",
            "Email: thuyduong@example.vn", "Hình thức nộp: Trực tiếp", "Đăng ký khai sinh (mã thủ tục 1.001193)",
            "Giấy chứng sinh 01 01", "Số lượng hồ sơ: 01 bộ",
            "Thời gian giải quyết hồ sơ theo quy định: 03 ngày làm việc",
            "Thời gian nhận hồ sơ: 09 giờ 05 phút, ngày 22/11/2021",
            "Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 25/11/2021",
            "Đăng ký nhận kết quả tại: Bộ phận Tiếp nhận và Trả kết quả UBND quận Ba Đình",
            "Lệ phí hộ tịch: miễn (Điều 11 Luật Hộ tịch)", "Quyển số: 11/2021, Số thứ tự: 0012", "NGƯỜI NỘP HỒ SƠ",
            "NGƯỜI TIẾP NHẬN HỒ SƠ", "Trần Quốc Hưng", "02 liên", "giấy ủy quyền", "024 3800 0001",
            "motcua.hanoi.example/tra-cuu",
        ] { #expect(read.flowing.contains(text), "missing: \(text)") }
        #expect(read.codes == [Samples.lookup.link])
        #expect(read.properties.contains("419.528 x 595.276 pts"))
        #expect(read.pages.count == 1, "an ordinary receipt is one sheet")
    }

    @Test
    func `a receipt names who files in the applicant's name, and that person signs`() async throws {
        var facts = Samples.receipt
        facts.representative = PartyFacts(name: "Lê Văn Tám", number: "001090000456")
        let text = try await ReadPaper(receipt(facts).pdf()).flowing
        #expect(text.contains("Người được ủy quyền nộp hồ sơ: Lê Văn Tám"))
        #expect(text.matches(of: /Lê Văn Tám/).count == 2)
    }

    @Test(
        arguments: [
            ("2019-01-06", "01/2018/TT-VPCP", "419.528 x 595.276"),
            ("2025-09-14", "01/2018/TT-VPCP", "419.528 x 595.276"),
            ("2025-09-15", "03/2025/TT-VPCP", "595.276 x 841.89"),
        ]
    )
    func `a form follows the circular of its day`(day: String, circular: String, size: String) async throws {
        var facts = Samples.receipt
        facts.forms = .inForce(on: try #require(LocalDate(rawValue: day)))
        let read = try await ReadPaper(receipt(facts).pdf())
        #expect(read.flowing.contains("Mẫu số 01 ban hành kèm theo Thông tư số \(circular)"))
        #expect(read.properties.contains(size))
    }

    @Test
    func `an unknown fee is never printed as free`() async throws {
        var facts = Samples.receipt
        facts.dossier.fees = [
            FeeFacts(name: "Phí cấp Phiếu lý lịch tư pháp", sum: .unknown),
            FeeFacts(name: "Lệ phí", sum: .stated("1.200.000 đồng / hồ sơ")),
        ]
        let text = try await ReadPaper(receipt(facts).pdf()).flowing
        #expect(text.contains("Phí cấp Phiếu lý lịch tư pháp: cơ quan giải quyết thông báo sau"))
        #expect(text.contains("Lệ phí: 1.200.000 đồng / hồ sơ"))
        for claim in ["miễn", "đã nộp", "chưa nộp"] { #expect(!text.contains(claim), "\(claim) was said by nobody") }
    }

    @Test
    func `what holds for all fees together is labelled once`() async throws {
        var facts = Samples.receipt
        facts.dossier.fees = [FeeFacts(name: nil, sum: .waived(basis: "không thu theo quy định"))]
        let text = try await ReadPaper(receipt(facts).pdf()).flowing
        #expect(text.contains("Phí, lệ phí: miễn (không thu theo quy định)"))
        #expect(text.ranges(of: "Phí, lệ phí").count == 1)
    }

    @Test
    func `the supplement request lists everything once, with what mends it`() async throws {
        let read = try await ReadPaper(supplementRequest(Samples.supplement).pdf())
        for text in [
            "Mẫu số 02 ban hành kèm theo", "Số: 0003/HDHS", "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
            "Hồ sơ của: Nguyễn Thị Thùy Dương", "Bản chính", "Bản chứng", "Ảnh chụp bị mờ",
            "Giấy chứng nhận kết hôn của cha, mẹ", "Lý do: Hồ sơ chưa đủ thành phần", "trước hết ngày 01/12/2021",
            "Trần Quốc Hưng, số điện thoại 024 3800 0002", "NGƯỜI HƯỚNG DẪN", "motcua.hanoi.example/tra-cuu",
        ] { #expect(read.flowing.contains(text), "missing: \(text)") }
        #expect(read.codes == [Samples.lookup.link])
    }

    @Test
    func `the refusal gives its reason, its law and where to go instead`() async throws {
        let read = try await ReadPaper(refusalNotice(Samples.refusal).pdf())
        for text in [
            "Mẫu số 03 ban hành kèm theo Thông tư số 03/2025/TT-VPCP", "Số: 0001/TB-BPMC",
            "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ", "không có thẩm quyền đăng ký",
            "Căn cứ: Điều 13 Luật Hộ tịch số 60/2014/QH13.",
            "nộp hồ sơ tại: Ủy ban nhân dân phường Hải Châu, thành phố Đà Nẵng.", "CÁN BỘ TIẾP NHẬN HỒ SƠ",
        ] { #expect(read.flowing.contains(text), "missing: \(text)") }
        #expect(read.codes == [Samples.lookup.link])
    }

    @Test
    func `without the look-up secret there is no QR code, and it is said where it stands`() async throws {
        let none = LookupFacts(site: Samples.lookup.site, secret: nil, link: nil)
        var (refusal, filing) = (Samples.refusal, Samples.filing)
        refusal.notice.lookup = none
        filing.lookup = none
        for paper in [try refusalNotice(refusal), try proofOfFiling(filing)] {
            let read = try await ReadPaper(paper.pdf())
            #expect(read.codes.isEmpty)
            #expect(read.flowing.contains("(chỉ in trên bản giao người nộp hồ sơ)"))
            #expect(!read.flowing.contains("7KQM-3XDF"))
        }
    }

    @Test
    func `the proof of filing says what arrived, when, and with which fingerprint`() async throws {
        let read = try await ReadPaper(proofOfFiling(Samples.filing).pdf())
        for text in [
            "GIẤY XÁC NHẬN NỘP HỒ SƠ TRỰC TUYẾN", "Proof of online filing", "000.01.15.H26-211122-0012", "7KQM-3XDF",
            "09 giờ 05 phút, ngày 22/11/2021", "Nguyễn Thị Thùy Dương", "Đăng ký khai sinh", "giay-chung-sinh.pdf",
            "102 kB", "2,9 MB", "9f86d081884c", "1 bản sao × 8.000 đồng = 8.000 đồng",
            "09 giờ 05 phút, ngày 23/11/2021",
        ] { #expect(read.flowing.contains(text), "missing: \(text)") }
        #expect(read.codes == [Samples.lookup.link])
        #expect(read.pages.count == 1)
    }

    @Test
    func `one slip lists the dossiers of one person, each with its code and its day`() async throws {
        var facts = Samples.receipt
        facts.forms = .circular03of2025
        facts.number = "0012, 0013, 0014/TNHS"
        facts.others = [
            Samples.received(code: "000.01.15.H26-211122-0013"),
            Samples.received(
                code: "000.01.15.H26-211122-0014",
                procedure: ProcedureFacts(code: "2.000635", name: "Cấp bản sao Trích lục hộ tịch")
            ),
        ]
        let read = try await ReadPaper(receiptInBothCopies(facts).pdf())
        for text in [
            "Số: 0012, 0013, 0014/TNHS", "Tiếp nhận hồ sơ của: Nguyễn Thị Thùy Dương", "Số hồ sơ cùng nộp: 03",
            "Mã hồ sơ: 000.01.15.H26-211122-0012", "Mã hồ sơ: 000.01.15.H26-211122-0013",
            "Mã hồ sơ: 000.01.15.H26-211122-0014", "Cấp bản sao Trích lục hộ tịch (mã thủ tục 2.000635)", "Liên 1",
            "Liên 2",
        ] { #expect(read.flowing.contains(text), "missing: \(text)") }
        #expect(read.flowing.matches(of: /Tiếp nhận hồ sơ của/).count == 2, "the applicant stands once on each copy")
        #expect(read.flowing.matches(of: /17 giờ 00 phút, ngày 25\/11\/2021/).count == 6)
        #expect(read.codes.count == 6)
    }

    @Test(arguments: [
        ("2021-11-24", "01/2018/TT-VPCP", "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ", "hẹn lại ngày trả"),
        ("2025-09-16", "03/2025/TT-VPCP", "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT", "đề nghị gia hạn"),
    ])
    func `the apology says what was promised, why it fails and the new day, in its circular's words`(
        day: String,
        circular: String,
        title: String,
        promise: String
    ) async throws {
        let forms = FormSet.inForce(on: try #require(LocalDate(rawValue: day)))
        let read = try await ReadPaper(apology(Samples.apology(forms, on: day)).pdf())
        for text in [
            "Mẫu số 04 ban hành kèm theo Thông tư số \(circular)", title, promise, "Số: 0012/PXL",
            "ỦY BAN NHÂN DÂN QUẬN BA ĐÌNH", "Kính gửi: Nguyễn Thị Thùy Dương", "Đăng ký khai sinh",
            "Mã hồ sơ: 000.01.15.H26-211122-0012", "tiếp nhận lúc 09 giờ 05 phút, ngày 22/11/2021",
            "hẹn trả kết quả: 17 giờ 00 phút, ngày 25/11/2021", "Tình trạng xử lý hồ sơ: đang chờ",
            "Lý do: Cơ sở dữ liệu quốc gia", "xin lỗi Ông/Bà", "17 giờ 00 phút, ngày 30/11/2021", "Nơi nhận:",
            "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ", "Trần Quốc Hưng",
        ] { #expect(read.flowing.contains(text), "missing: \(text)") }
        #expect(read.codes == [Samples.lookup.link])
        #expect(read.pages.count == 1)
        #expect(read.packed.contains("Giấytiếpnhậnhồsơvàhẹntrảkếtquảsố0012/TNHS"))
        #expect(!read.flowing.contains("ngoại lệ"))
    }

    @Test
    func `a second extension says that it is an exception`() async throws {
        var facts = Samples.apology(.circular03of2025, on: "2025-09-16")
        facts.isException = true
        #expect(try await ReadPaper(apology(facts).pdf()).flowing.contains("gia hạn ngoại lệ"))
    }

    @Test(arguments: [true, false])
    func `the notice of a stop says who asked, why, at which stage, and what becomes of the money`(isNew: Bool)
        async throws
    {
        let forms = isNew ? FormSet.circular03of2025 : .circular01of2018
        let read = try await ReadPaper(stopNotice(Samples.stop(forms, on: isNew ? "2025-09-16" : "2021-11-24")).pdf())
        for text in [
            "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ", "Số: 0012/TBDGQ", "Kính gửi: Nguyễn Thị Thùy Dương",
            "Đề nghị của người nộp hồ sơ: Tôi đề nghị dừng", "lý do dừng giải quyết: khoản 3 Điều 16",
            "Giai đoạn của hồ sơ khi dừng: đang thẩm định, chưa trình ký", "dừng giải quyết hồ sơ kể từ 10 giờ 30 phút",
            "hoàn trả 8.000 đồng", "khiếu nại", "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
        ] { #expect(read.flowing.contains(text), "missing: \(text)") }
        #expect(read.flowing.contains("Mẫu số 05 ban hành kèm theo Thông tư số 03/2025/TT-VPCP") == isNew)
        #expect(read.flowing.contains("Mẫu số") == isNew, "the circular of 2018 has no such form")
    }

    @Test(arguments: [("05", FormSet.circular01of2018), ("06", .circular03of2025)])
    func `the control slip has one block for each hand-over`(number: String, forms: FormSet) async throws {
        var facts = Samples.control
        facts.forms = forms
        let read = try await ReadPaper(controlSlip(facts).pdf())
        for text in [
            "Mẫu số \(number) ban hành kèm theo \(forms.circular)", "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
            "Mã hồ sơ: 000.01.15.H26-211122-0012",
            "Cơ quan (bộ phận) giải quyết hồ sơ: Ủy ban nhân dân quận Ba Đình",
            "Cơ quan phối hợp giải quyết hồ sơ: Công an quận Ba Đình; Ủy ban nhân dân phường Đội Cấn",
            "chờ bổ sung hồ sơ", "dịch vụ bưu chính công ích",
        ] { #expect(read.flowing.contains(text), "missing: \(text)") }
        for text in [
            "THỜIGIANGIAO,NHẬNHỒSƠ", "Ngườigiao", "Ngườinhận", "GHICHÚ",
            "1.Giao:BộphậnTiếpnhậnvàTrảkếtquả2.Nhận:PhòngTưpháp", "09giờ40phút22/11/2021",
            "TrầnQuốcHưngLêThịThanhBìnhTrướchạn", "LêThịThanhBìnhNguyễnHữuDũngĐúnghạnTrìnhký",
            "08giờ05phút26/11/2021NguyễnHữuDũngQuáhạn",
        ] { #expect(read.packed.contains(text), "missing: \(text)") }
        #expect(read.flowing.matches(of: /1\. Giao:/).count == 3 && read.flowing.matches(of: /2\. Nhận:/).count == 3)
    }

    @Test
    func `the register repeats its head on every page across and loses no dossier`() async throws {
        let read = try await ReadPaper(register(Samples.register(lines: 60)).pdf())
        for text in [
            "Mẫu số 07 ban hành kèm theo Thông tư số 03/2025/TT-VPCP", "SỔ THEO DÕI HỒ SƠ", "Quyển số: 11/2021",
            "Từ ngày 01/11/2021 đến ngày 30/11/2021", "Lĩnh vực: Hộ tịch", "Tổng số: 60 hồ sơ.",
        ] { #expect(read.flowing.contains(text), "missing: \(text)") }
        #expect(read.pages.count > 3)
        for (index, page) in read.pages.enumerated() {
            for header in ["MÃ HỒ SƠ", "TÊN TTHC", "NGÀY, THÁNG, NĂM", "Hẹn trả", "GHI CHÚ"] {
                #expect(page.contains(header), "page \(index + 1) lacks \(header)")
            }
            #expect(page.contains("Trang \(index + 1)/\(read.pages.count)"))
        }
        for number in 1...60 { #expect(read.packed.contains("000.01.15.H26-211122-\(padded(number, 4))")) }
        for text in ["0912000001", "liênthông", "Quabưuđiện", "22/11/2021", "25/11/2021"] {
            #expect(read.packed.contains(text), "missing: \(text)")
        }
        #expect(read.properties.contains("841.89 x 595.276"))
        let old = try await ReadPaper(register(Samples.register(lines: 1, forms: .circular01of2018)).pdf())
        #expect(old.flowing.contains("Mẫu số 06 ban hành kèm theo Thông tư số 01/2018/TT-VPCP"))
        #expect(old.properties.contains("841.89 x 595.276"), "the register is a book of A4 in both circulars")
    }

    @Test(
        arguments: [
            (HandOverListFacts.Kind.dossiers, "BẢNG KÊ BÀN GIAO HỒ SƠ", "12 hồ sơ"),
            (.results, "BẢNG KÊ BÀN GIAO KẾT QUẢ GIẢI QUYẾT HỒ SƠ", "12 kết quả"),
            (.post, "BẢNG KÊ BÀN GIAO KẾT QUẢ QUA BƯU CHÍNH CÔNG ÍCH", "12 kết quả"),
        ]
    )
    func `a hand-over list names both sides, every dossier and the sum`(
        kind: HandOverListFacts.Kind,
        title: String,
        sum: String
    ) async throws {
        let facts = Samples.handOverList(kind)
        let read = try await ReadPaper(handOverList(facts).pdf())
        for text in [title, "Bên giao", "Bên nhận", facts.to, "Trần Quốc Hưng", sum, "NGƯỜI GIAO", "NGƯỜI NHẬN"] {
            #expect(read.flowing.contains(text), "missing: \(text)")
        }
        for number in 1...12 { #expect(read.packed.contains("000.01.15.H26-211122-\(padded(number, 4))")) }
        #expect(read.packed.contains("Sốhiệubưugửi") == (kind == .post))
    }

    @Test(arguments: [(Envelope.c5, "649.134 x 459.213"), (.dl, "623.622 x 311.811")])
    func `an envelope has sender, receiver and dossier, one a page`(envelope: Envelope, size: String) async throws {
        let read = try await ReadPaper(
            envelopes(Samples.addresses(3), from: Samples.issuer, envelope, at: Samples.received).pdf()
        )
        #expect(read.pages.count == 3)
        #expect(read.properties.contains(size))
        #expect(!read.text.contains("Trang"))
        for text in ["Người gửi:", "25 phố Liễu Giai", "Kính gửi:", "Nguyễn Thị Thùy Dương", "ngõ 89", "0001"] {
            #expect(read.pages[0].contains(text), "missing: \(text)")
        }
        #expect(read.pages[1].contains("Thăng Long") && read.pages[1].contains("024 3800 0003"))
    }

    @Test
    func `labels stand two by seven on a sheet, long addresses in smaller print`() async throws {
        let read = try await ReadPaper(labels(Samples.addresses(15), from: Samples.issuer, at: Samples.received).pdf())
        #expect(read.pages.count == 2)
        #expect(read.pages[0].matches(of: /H26-211122-/).count == 14)
        #expect(read.pages[1].matches(of: /H26-211122-/).count == 1)
        #expect(read.pages[0].contains("Hà Nội") && read.pages[0].contains("024 3800 0003"))
    }

    @Test
    func `a dossier of sixty papers and a name without end are printed whole`() async throws {
        var facts = Samples.receipt
        facts.applicant.name = "Công ty cổ phần " + String(repeating: "Đầu tư Xây dựng và Thương mại ", count: 8)
        facts.dossier.components = (1...60).map {
            ComponentFacts(name: "Giấy tờ thứ \($0) theo quy định của pháp luật chuyên ngành", originals: 1)
        }
        let read = try await ReadPaper(receipt(facts).pdf())
        #expect(read.pages.count > 1)
        for number in 1...60 { #expect(read.flowing.contains("Giấy tờ thứ \(number) theo")) }
        #expect(read.packed.matches(of: /ĐầutưXâydựngvàThươngmại/).count == 16, "as applicant and as signer")
        #expect(read.flowing.contains("NGƯỜI NỘP HỒ SƠ") && read.flowing.contains("Ghi chú:"))
    }
}
