import Kernel
import Web

/// An officer as an administrator introduces them.
struct NewColleague: Sendable {
    let userName: UserName
    let name: PersonName
    let roles: Set<Role>

    init(_ form: FormData) throws {
        var faults: [FieldError] = []
        let userName = UserName(rawValue: form["userName"] ?? "")
        if userName == nil {
            faults.append(
                FieldError(
                    "userName",
                    "Tên đăng nhập gồm 3 đến 60 chữ cái không dấu, chữ số hoặc . - _ @, ví dụ lan.nguyen.",
                    "A user name has 3 to 60 letters without accents, digits or . - _ @, such as lan.nguyen."
                )
            )
        }
        let name = PersonName(rawValue: form["name"] ?? "")
        if name == nil {
            faults.append(
                FieldError(
                    "name",
                    "Hãy nhập họ và tên, từ 2 đến 100 chữ cái.",
                    "Enter the full name, 2 to 100 letters."
                )
            )
        }
        roles = Set(form.all("roles").compactMap(Role.init(rawValue:)))
        if roles.isEmpty {
            faults.append(FieldError("roles", "Hãy chọn ít nhất một vai trò.", "Choose at least one role."))
        }
        guard let userName, let name, faults.isEmpty else { throw Problem.invalid(faults) }
        self.userName = userName
        self.name = name
    }

    /// The administrator believes the person has an account; there is none by this user name and full name.
    static let noSuchPerson = Problem.invalid([
        FieldError(
            "userName",
            "Không có tài khoản nào với tên đăng nhập và họ tên này. Hãy hỏi lại người đó.",
            "There is no account with this user name and full name. Please ask the person again."
        )
    ])

    static let servesHereAlready = Problem.invalid([
        FieldError(
            "userName",
            "Người này đã làm việc ở cơ quan này. Hãy mở tên của họ trong danh sách để đổi vai trò.",
            "This person serves in this agency already. Open their name in the list to change the roles."
        )
    ])
}
