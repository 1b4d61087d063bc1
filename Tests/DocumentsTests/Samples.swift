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
        dossierCode: "000.01.15.H26-211122-0012",
        lookup: lookup,
        applicant: applicant,
        channel: .counter,
        procedure: procedure,
        components: components,
        timeLimit: TimeLimit(amount: 3, unit: .workingDays),
        receivedAt: received,
        dueAt: due,
        dueExplanation: "không tính ngày nhận; không có ngày nghỉ trong kỳ",
        returnPlace: "Bộ phận Tiếp nhận và Trả kết quả UBND quận Ba Đình",
        fees: [FeeFacts(name: "Lệ phí hộ tịch", sum: .waived(basis: "Điều 11 Luật Hộ tịch"))],
        register: RegisterFacts(volume: "11/2021", line: "0012"),
        officer: "Trần Quốc Hưng"
    )

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
        fees: [FeeFacts(name: "Bản sao trích lục hộ tịch", sum: .due(Money(dong: 8000)))],
        returnPlace: "Gửi qua dịch vụ bưu chính công ích đến địa chỉ của người nộp",
        answerBy: LocalMinute(rawValue: "2021-11-23T09:05")
    )

    static let supplement = SupplementRequestFacts(
        forms: .circular01of2018,
        issuer: issuer,
        number: "0003/HDHS",
        date: received.date,
        dossierCode: "000.01.15.H26-211122-0012",
        lookup: lookup,
        applicant: applicant,
        procedure: procedure,
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
        officer: "Trần Quốc Hưng",
        officerPhone: "024 3800 0002"
    )

    static let refusal = RefusalFacts(
        forms: .circular03of2025,
        issuer: issuer,
        number: "0001/TB-BPMC",
        date: LocalDate(rawValue: "2025-09-16")!,
        dossierCode: "H26.15-250916-0001",
        lookup: lookup,
        applicant: applicant,
        procedure: procedure,
        reason: """
            Người nộp đề nghị đăng ký khai sinh cho trẻ cư trú tại thành phố Đà Nẵng; cơ quan này không có thẩm quyền \
            đăng ký.
            """,
        legalBasis: "Điều 13 Luật Hộ tịch số 60/2014/QH13",
        whereToGo: "Ủy ban nhân dân phường Hải Châu, thành phố Đà Nẵng",
        officer: "Trần Quốc Hưng"
    )
}
