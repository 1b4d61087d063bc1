import Kernel
import Testing

@testable import Documents

struct FormTests {
    @Test
    func `the receipt says everything that Form 01 asks for`() throws {
        let read = try ReadPaper(receipt(Samples.receipt).pdf())
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
    func `a receipt names who files in the applicant's name, and that person signs`() throws {
        var facts = Samples.receipt
        facts.representative = PartyFacts(name: "Lê Văn Tám", number: "001090000456")
        let text = try ReadPaper(receipt(facts).pdf()).flowing
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
    func `a form follows the circular of its day`(day: String, circular: String, size: String) throws {
        var facts = Samples.receipt
        facts.forms = .inForce(on: try #require(LocalDate(rawValue: day)))
        let read = try ReadPaper(receipt(facts).pdf())
        #expect(read.flowing.contains("Mẫu số 01 ban hành kèm theo Thông tư số \(circular)"))
        #expect(read.properties.contains(size))
    }

    @Test
    func `an unknown fee is never printed as free`() throws {
        var facts = Samples.receipt
        facts.fees = [
            FeeFacts(name: "Phí cấp Phiếu lý lịch tư pháp", sum: .unknown),
            FeeFacts(name: "Lệ phí", sum: .paid(Money(dong: 1_200_000))),
        ]
        let text = try ReadPaper(receipt(facts).pdf()).flowing
        #expect(text.contains("Phí cấp Phiếu lý lịch tư pháp: cơ quan giải quyết thông báo sau"))
        #expect(text.contains("Lệ phí: 1.200.000 đồng, đã nộp"))
        #expect(!text.contains("miễn"))
    }

    @Test
    func `the supplement request lists everything once, with what mends it`() throws {
        let read = try ReadPaper(supplementRequest(Samples.supplement).pdf())
        for text in [
            "Mẫu số 02 ban hành kèm theo", "Số: 0003/HDHS", "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
            "Hồ sơ của: Nguyễn Thị Thùy Dương", "Bản chính", "Bản chứng", "Ảnh chụp bị mờ",
            "Giấy chứng nhận kết hôn của cha, mẹ", "Lý do: Hồ sơ chưa đủ thành phần", "trước hết ngày 01/12/2021",
            "Trần Quốc Hưng, số điện thoại 024 3800 0002", "NGƯỜI HƯỚNG DẪN", "motcua.hanoi.example/tra-cuu",
        ] { #expect(read.flowing.contains(text), "missing: \(text)") }
        #expect(read.codes == [Samples.lookup.link])
    }

    @Test
    func `the refusal gives its reason, its law and where to go instead`() throws {
        let read = try ReadPaper(refusalNotice(Samples.refusal).pdf())
        for text in [
            "Mẫu số 03 ban hành kèm theo Thông tư số 03/2025/TT-VPCP", "Số: 0001/TB-BPMC",
            "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ", "không có thẩm quyền đăng ký",
            "Căn cứ: Điều 13 Luật Hộ tịch số 60/2014/QH13.",
            "nộp hồ sơ tại: Ủy ban nhân dân phường Hải Châu, thành phố Đà Nẵng.", "CÁN BỘ TIẾP NHẬN HỒ SƠ",
        ] { #expect(read.flowing.contains(text), "missing: \(text)") }
        #expect(read.codes == [Samples.lookup.link])
    }

    @Test
    func `the proof of filing says what arrived, when, and with which fingerprint`() throws {
        let read = try ReadPaper(proofOfFiling(Samples.filing).pdf())
        for text in [
            "GIẤY XÁC NHẬN NỘP HỒ SƠ TRỰC TUYẾN", "Proof of online filing", "000.01.15.H26-211122-0012", "7KQM-3XDF",
            "09 giờ 05 phút, ngày 22/11/2021", "Nguyễn Thị Thùy Dương", "Đăng ký khai sinh", "giay-chung-sinh.pdf",
            "102 kB", "2,9 MB", "9f86d081884c", "8.000 đồng, chưa nộp", "09 giờ 05 phút, ngày 23/11/2021",
        ] { #expect(read.flowing.contains(text), "missing: \(text)") }
        #expect(read.codes == [Samples.lookup.link])
        #expect(read.pages.count == 1)
    }
}
