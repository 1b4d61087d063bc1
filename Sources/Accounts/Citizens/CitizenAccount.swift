package import Kernel
import Persistence

/// A citizen as they have introduced themselves. All of it is personal data, and all of it is in one row that can
/// be erased.
package struct CitizenAccount: Sendable, Equatable {
    package let id: ID<Citizen>
    package let name: PersonName
    package let phone: PhoneNumber?
    package let email: EmailAddress?

    init(_ row: Row) throws {
        id = ID(rawValue: try row.text("id"))
        guard let name = PersonName(rawValue: try row.text("name")) else { throw UnreadableAccount() }
        self.name = name
        phone = try row.optionalText("phone").flatMap(PhoneNumber.init(rawValue:))
        email = try row.optionalText("email").flatMap(EmailAddress.init(rawValue:))
    }

    /// What strangers may know of this person and therefore guess as a password.
    var logins: [String] { Contact(name: name, phone: phone, email: email).logins }
}

/// A row that this program cannot have written.
struct UnreadableAccount: Error {}

/// How a person is called and reached.
package struct Contact: Sendable, Equatable {
    package let name: PersonName
    package let phone: PhoneNumber?
    package let email: EmailAddress?

    package init(name: PersonName, phone: PhoneNumber?, email: EmailAddress?) {
        self.name = name
        self.phone = phone
        self.email = email
    }

    var logins: [String] {
        [name.rawValue, phone?.rawValue, phone.map { "+84" + $0.rawValue.dropFirst() }, email?.rawValue].compactMap(
            \.self
        )
    }
}
