import Kernel

@testable import Documents

/// Invented facts in the shape of real ones.
enum Samples {
    static let issuer = IssuerFacts(
        superior: "Ủy ban nhân dân quận Ba Đình",
        name: "Bộ phận Tiếp nhận và Trả kết quả",
        place: "Ba Đình",
        address: "25 phố Liễu Giai, quận Ba Đình, thành phố Hà Nội",
        phone: "024 3800 0001"
    )
    static let lookup = LookupFacts(
        site: "motcua.hanoi.example/tra-cuu",
        secret: "7KQM-3XDF",
        link: "https://motcua.hanoi.example/tra-cuu?t=8f3kq0v9m2x7c1"
    )
    static let applicant = PartyFacts(
        name: "Nguyễn Thị Thùy Dương",
        number: "001188000123",
        address: "Số 12, ngõ 89 phố Đội Cấn, phường Đội Cấn, quận Ba Đình, thành phố Hà Nội",
        phone: "0912 000 001",
        email: "thuyduong@example.vn"
    )
    static let procedure = ProcedureFacts(
        code: "1.001193",
        name: "Đăng ký khai sinh",
        field: "Hộ tịch"
    )
    static let components = [
        ComponentFacts(name: "Tờ khai đăng ký khai sinh theo mẫu", originals: 1),
        ComponentFacts(name: "Giấy chứng sinh", originals: 1, files: 1),
        ComponentFacts(name: "Giấy chứng nhận kết hôn của cha, mẹ (nếu đã đăng ký kết hôn)", plainCopies: 1, files: 1),
    ]
    static let received = LocalMinute(rawValue: "2021-11-22T09:05")!
    static let due = LocalMinute(rawValue: "2021-11-25T17:00")!

    static let receipt = ReceiptFacts(
        forms: .circular01of2018,
        issuer: issuer,
        number: "0012/TNHS",
        applicant: applicant,
        dossier: received(code: "000.01.15.H26-211122-0012"),
        officer: "Trần Quốc Hưng"
    )

    static func received(code: String, procedure: ProcedureFacts = procedure) -> ReceivedDossier {
        ReceivedDossier(
            code: code,
            lookup: lookup,
            channel: .counter,
            procedure: procedure,
            components: components,
            timeLimit: TimeLimit(amount: 3, unit: .workingDays),
            receivedAt: received,
            dueAt: due,
            dueExplanation: "không tính ngày nhận; không có ngày nghỉ trong kỳ",
            returnPlace: "Bộ phận Tiếp nhận và Trả kết quả UBND quận Ba Đình",
            fees: [FeeFacts(name: "Lệ phí hộ tịch", sum: .waived(basis: "Điều 11 Luật Hộ tịch"))],
            register: RegisterReference(volume: "11/2021", line: "0012")
        )
    }

    static let filing = FilingFacts(
        issuer: issuer,
        dossierCode: "000.01.15.H26-211122-0012",
        lookup: lookup,
        applicant: applicant,
        procedure: procedure,
        competent: "Ủy ban nhân dân quận Ba Đình",
        filedAt: received,
        files: [
            FiledFileFacts(
                component: "Giấy chứng sinh",
                fileName: "giay-chung-sinh.pdf",
                bytes: 102_400,
                pages: 1,
                digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
            ),
            FiledFileFacts(
                component: "Giấy chứng nhận kết hôn của cha, mẹ",
                fileName: "IMG_20211120_184512.jpg",
                bytes: 2_871_000,
                pages: nil,
                digest: "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"
            ),
        ],
        fees: [FeeFacts(name: "Bản sao trích lục hộ tịch", sum: .stated("1 bản sao × 8.000 đồng = 8.000 đồng"))],
        returnPlace: "Gửi qua dịch vụ bưu chính công ích đến địa chỉ của người nộp",
        answerBy: LocalMinute(rawValue: "2021-11-23T09:05")
    )

    static func notice(_ forms: FormSet, _ number: String, on date: String, from issuer: IssuerFacts = issuer)
        -> NoticeFacts
    {
        NoticeFacts(
            forms: forms,
            issuer: issuer,
            number: number,
            date: LocalDate(rawValue: date)!,
            dossierCode: "000.01.15.H26-211122-0012",
            lookup: lookup,
            applicant: applicant,
            procedure: procedure,
            officer: "Trần Quốc Hưng"
        )
    }

    static let supplement = SupplementRequestFacts(
        notice: notice(.circular01of2018, "0003/HDHS", on: "2021-11-22"),
        items: [
            SupplementItemFacts(
                component: ComponentFacts(name: "Giấy chứng sinh", originals: 1),
                instruction: "Ảnh chụp bị mờ, không đọc được số giấy; đề nghị chụp lại hoặc nộp bản chính."
            ),
            SupplementItemFacts(
                component: ComponentFacts(name: "Giấy chứng nhận kết hôn của cha, mẹ", certifiedCopies: 1),
                instruction: ""
            ),
        ],
        reason: "Hồ sơ chưa đủ thành phần theo quy định tại khoản 1 Điều 16 Luật Hộ tịch.",
        answerBy: LocalDate(rawValue: "2021-12-01"),
        officerPhone: "024 3800 0002"
    )

    static let refusal = RefusalFacts(
        notice: notice(.circular03of2025, "0001/TB-BPMC", on: "2025-09-16"),
        reason: """
            Người nộp đề nghị đăng ký khai sinh cho trẻ cư trú tại thành phố Đà Nẵng; cơ quan này không có thẩm quyền \
            đăng ký.
            """,
        legalBasis: "Điều 13 Luật Hộ tịch số 60/2014/QH13",
        whereToGo: "Ủy ban nhân dân phường Hải Châu, thành phố Đà Nẵng"
    )

    /// Letters that a leader signs come from the agency, not from its counter.
    static let agency = IssuerFacts(
        superior: "Ủy ban nhân dân thành phố Hà Nội",
        name: "Ủy ban nhân dân quận Ba Đình",
        place: "Ba Đình",
        address: "25 phố Liễu Giai, quận Ba Đình, thành phố Hà Nội",
        phone: "024 3800 0001"
    )

    static func apology(_ forms: FormSet, on date: String) -> ApologyFacts {
        ApologyFacts(
            notice: notice(forms, "0012/PXL", on: date, from: agency),
            receiptNumber: "0012/TNHS",
            receivedAt: received,
            dueAt: due,
            state: "đang chờ cơ quan công an xác minh nơi cư trú",
            reason: "Cơ sở dữ liệu quốc gia về dân cư bảo trì ngoài kế hoạch từ ngày 23 đến ngày 24/11/2021.",
            newDueAt: LocalMinute(rawValue: "2021-11-30T17:00")!
        )
    }

    static func stop(_ forms: FormSet, on date: String) -> StopFacts {
        StopFacts(
            notice: notice(forms, "0012/TBDGQ", on: date, from: agency),
            receivedAt: received,
            request: "Tôi đề nghị dừng giải quyết vì gia đình đã chuyển nơi cư trú.",
            ground: "khoản 3 Điều 16 Luật Hộ tịch; người nộp có văn bản đề nghị dừng.",
            stage: "đang thẩm định, chưa trình ký",
            stoppedAt: LocalMinute(rawValue: "2025-09-16T10:30")!,
            settlement: "hoàn trả 8.000 đồng lệ phí đã nộp qua tài khoản của người nộp trong 05 ngày làm việc."
        )
    }

    static let control = ControlFacts(
        forms: .circular03of2025,
        issuer: issuer,
        number: "0012/KSHS",
        dossierCode: "000.01.15.H26-211122-0012",
        applicant: applicant.name,
        procedure: procedure,
        competent: "Ủy ban nhân dân quận Ba Đình",
        coordinating: ["Công an quận Ba Đình", "Ủy ban nhân dân phường Đội Cấn"],
        receivedAt: received,
        dueAt: due,
        handOvers: [
            HandOverFacts(
                from: "Bộ phận Tiếp nhận và Trả kết quả",
                to: "Phòng Tư pháp",
                at: LocalMinute(rawValue: "2021-11-22T09:40")!,
                giver: "Trần Quốc Hưng",
                receiver: "Lê Thị Thanh Bình",
                timeliness: .early
            ),
            HandOverFacts(
                from: "Phòng Tư pháp",
                to: "Lãnh đạo Ủy ban nhân dân quận",
                at: LocalMinute(rawValue: "2021-11-24T16:50")!,
                giver: "Lê Thị Thanh Bình",
                receiver: "Nguyễn Hữu Dũng",
                timeliness: .onTime,
                note: "Trình ký"
            ),
            HandOverFacts(
                from: "Lãnh đạo Ủy ban nhân dân quận",
                to: "Văn thư",
                at: LocalMinute(rawValue: "2021-11-26T08:05")!,
                giver: "Nguyễn Hữu Dũng",
                receiver: "",
                timeliness: .late
            ),
        ],
        pauses: ["Từ 10 giờ 00 phút, ngày 23/11/2021 đến 08 giờ 30 phút, ngày 24/11/2021: chờ bổ sung hồ sơ"],
        printedAt: LocalMinute(rawValue: "2021-11-26T09:00")!
    )

    static func register(lines: Int, forms: FormSet = .circular03of2025) -> RegisterFacts {
        RegisterFacts(
            forms: forms,
            issuer: issuer,
            volume: "11/2021",
            from: LocalDate(rawValue: "2021-11-01")!,
            to: LocalDate(rawValue: "2021-11-30")!,
            selection: "Lĩnh vực: Hộ tịch",
            printedAt: LocalMinute(rawValue: "2021-12-01T08:00")!,
            lines: (1...lines).map { number in
                RegisterLine(
                    dossierCode: "000.01.15.H26-211122-\(padded(number, 4))",
                    procedure: number.isMultiple(of: 3) ? "Cấp bản sao Trích lục hộ tịch" : procedure.name,
                    applicant: applicant,
                    competent: "Ủy ban nhân dân quận Ba Đình",
                    receivedOn: received.date,
                    dueOn: due.date,
                    returnedOn: number.isMultiple(of: 2) ? nil : due.date,
                    returnMethod: number.isMultiple(of: 2) ? "Qua bưu điện" : "Tại Bộ phận Một cửa",
                    receivedBy: number.isMultiple(of: 2) ? "" : applicant.name,
                    note: number.isMultiple(of: 5) ? "Hồ sơ liên thông" : ""
                )
            }
        )
    }

    static func handOverList(_ kind: HandOverListFacts.Kind) -> HandOverListFacts {
        HandOverListFacts(
            issuer: issuer,
            kind: kind,
            at: received,
            from: "Bộ phận Tiếp nhận và Trả kết quả",
            to: kind == .post ? "Bưu điện quận Ba Đình" : "Phòng Tư pháp",
            giver: "Trần Quốc Hưng",
            receiver: kind == .post ? nil : "Lê Thị Thanh Bình",
            lines: (1...12).map { number in
                HandOverListFacts.Line(
                    dossierCode: "000.01.15.H26-211122-\(padded(number, 4))",
                    procedure: procedure.name,
                    party: applicant,
                    filedOn: received.date,
                    dueOn: due.date,
                    note: number == 3 ? "Kèm 02 bản chính" : ""
                )
            }
        )
    }

    static func addresses(_ count: Int) -> [AddressFacts] {
        (1...count).map { number in
            AddressFacts(
                recipient: number == 2
                    ? PartyFacts(
                        name:
                            "Công ty Trách nhiệm hữu hạn một thành viên Xuất nhập khẩu và Dịch vụ tổng hợp Thăng Long",
                        address: """
                            Tầng 12, tòa nhà hỗn hợp văn phòng, thương mại và căn hộ, lô đất C2, khu đô thị Nam Trung \
                            Yên, phường Trung Hòa, quận Cầu Giấy, thành phố Hà Nội
                            """,
                        phone: "024 3800 0003"
                    ) : applicant,
                dossierCode: "000.01.15.H26-211122-\(padded(number, 4))"
            )
        }
    }
}
