import Kernel

/// What a citizen signs in with.
enum Login: Sendable {
    case phone(PhoneNumber), email(EmailAddress)

    init?(_ typed: String) {
        if let phone = PhoneNumber(rawValue: typed) {
            self = .phone(phone)
        } else if let email = EmailAddress(rawValue: typed) {
            self = .email(email)
        } else {
            return nil
        }
    }

    var text: String {
        switch self {
        case .phone(let phone): phone.rawValue
        case .email(let email): email.rawValue
        }
    }
}
