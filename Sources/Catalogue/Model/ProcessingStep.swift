package import Web

/// One step of the inner process, with the working hours it may take.
package struct ProcessingStep: Codable, Hashable, Sendable {
    package enum Role: String, Codable, CaseIterable, Sendable { case reception, `case`, leader, clerk, returns }

    package let key: String
    package let name: Words
    package let role: Role
    package let hours: Int

    package init(key: String, name: Words, role: Role, hours: Int) {
        self.key = key
        self.name = name
        self.role = role
        self.hours = hours
    }
}
