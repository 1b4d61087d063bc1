import Accounts
import Kernel
import Web

/// The invented people of the demonstration.
enum DemoPeople {
    static let password = "motcua-trinh-dien"
    /// The Justice Department of Hà Nội, as `Authorities/` names it.
    static let justice = ID<Agency>(rawValue: "h26-tu-phap")
    /// A ward of Hà Nội.
    static let ward = ID<Agency>(rawValue: "h26-doi-can")

    static let citizens: [Contact] = [
        contact("Nguyễn Thị Lan", "0912000001", "lan@example.vn"),
        contact("Trần Văn Minh", "0912000002", "minh@example.vn"),
    ].compactMap(\.self)

    private static func contact(_ name: String, _ phone: String, _ email: String) -> Contact? {
        PersonName(rawValue: name).map {
            Contact(name: $0, phone: PhoneNumber(rawValue: phone), email: EmailAddress(rawValue: email))
        }
    }

    private struct Post {
        let login: String
        let name: String
        let agency: ID<Agency>
        let roles: Set<Role>
        let what: String
    }

    private static let posts = [
        Post(
            login: "tiepnhan",
            name: "Phạm Thu Hoa",
            agency: justice,
            roles: [.reception, .returns],
            what: "Tiếp nhận, trả kết quả – Sở Tư pháp Hà Nội"
        ),
        Post(
            login: "thuly",
            name: "Lê Quốc Bình",
            agency: justice,
            roles: [.caseOfficer],
            what: "Thụ lý – Sở Tư pháp Hà Nội"
        ),
        Post(
            login: "lanhdao",
            name: "Vũ Tiến Dũng",
            agency: justice,
            roles: [.leader],
            what: "Lãnh đạo – Sở Tư pháp Hà Nội"
        ),
        Post(
            login: "vanthu",
            name: "Đỗ Ngọc Mai",
            agency: justice,
            roles: [.clerk],
            what: "Văn thư – Sở Tư pháp Hà Nội"
        ),
        Post(
            login: "quantri",
            name: "Hoàng Gia Huy",
            agency: justice,
            roles: [.admin],
            what: "Quản trị tài khoản – Sở Tư pháp Hà Nội"
        ),
        Post(
            login: "phuong",
            name: "Bùi Minh Tâm",
            agency: ward,
            roles: [.reception, .caseOfficer, .clerk, .returns],
            what: "Tiếp nhận, thụ lý – UBND phường Đội Cấn"
        ),
        Post(
            login: "chutich",
            name: "Ngô Hải Yến",
            agency: ward,
            roles: [.leader],
            what: "Lãnh đạo – UBND phường Đội Cấn"
        ),
    ]

    static let officers: [Accounts.DemoOfficer] = posts.compactMap { post in
        guard let login = UserName(rawValue: post.login), let name = PersonName(rawValue: post.name) else { return nil }
        return Accounts.DemoOfficer(login, name, post.agency, post.roles)
    }

    /// Whether an officer's account is one of these.
    static func hold(_ userName: String, _ name: String) -> Bool {
        posts.contains { $0.login == userName && $0.name == name }
    }

    struct SignIn: Encodable {
        let who: String
        let login: String
        let page: String
    }

    static func signIns(at address: String) -> [SignIn] {
        citizens.map {
            SignIn(who: "Người dân – \($0.name.rawValue)", login: $0.phone?.rawValue ?? "", page: "\(address)/sign-in")
        }
            + posts.map { SignIn(who: "\($0.what) – \($0.name)", login: $0.login, page: "\(address)/work/sign-in") }
    }

    /// Draws people who do not exist, the same ones for the same seed. Shares of family names follow roughly what is
    /// usual in Việt Nam.
    struct Generator {
        private var lot: Lot

        init(seed: UInt64) { lot = Lot(seed: seed) }

        private mutating func pick(_ words: [String]) -> String { lot.pick(words) }

        mutating func name() -> String { "\(pick(Self.families)) \(pick(Self.middles)) \(pick(Self.givens))" }
        mutating func phone() -> String { "09" + padded(lot.below(100_000_000), 8) }
        mutating func address() -> String { "Số \(lot.number(1...300)) phố \(pick(Self.streets)), Hà Nội" }

        private static let families =
            Array(repeating: "Nguyễn", count: 10) + Array(repeating: "Trần", count: 4)
            + Array(repeating: "Lê", count: 3) + Array(repeating: "Phạm", count: 2)
            + ["Hoàng", "Huỳnh", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Phan", "Trịnh"]
        private static let middles = [
            "Văn", "Thị", "Đức", "Minh", "Ngọc", "Thanh", "Quốc", "Hữu", "Thu", "Hoàng", "Xuân", "Kim", "Gia", "Bảo",
            "Thùy", "Anh", "Công", "Đình", "Phương", "Mai",
        ]
        private static let givens = [
            "An", "Anh", "Bình", "Châu", "Chi", "Cường", "Dung", "Dũng", "Duy", "Đạt", "Giang", "Hà", "Hải", "Hạnh",
            "Hiền", "Hiếu", "Hoa", "Hùng", "Hương", "Huy", "Khánh", "Kiên", "Lan", "Linh", "Long", "Mai", "Minh", "My",
            "Nam", "Nga", "Nhung", "Oanh", "Phong", "Phúc", "Quân", "Quang", "Quỳnh", "Sơn", "Tâm", "Thảo", "Thắng",
            "Thủy", "Trang", "Trung", "Tuấn", "Tùng", "Uyên", "Vân", "Việt", "Yến",
        ]
        private static let streets = [
            "Hàng Bông", "Hàng Gai", "Kim Mã", "Đội Cấn", "Láng Hạ", "Trần Duy Hưng", "Cầu Giấy", "Xuân Thủy",
            "Giảng Võ",
            "Nguyễn Trãi", "Quang Trung", "Lê Văn Lương", "Bà Triệu", "Phố Huế", "Lò Đúc",
        ]
    }
}
