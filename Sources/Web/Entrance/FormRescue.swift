/// Keeps a form that was sent after the session had ended, until its sender has signed in again.
package protocol FormRescue: Sendable {
    /// Whose session this token opened until a moment ago. Nil for everybody else: what strangers send is not kept, and
    /// not even read.
    func holder(ofEnded session: String) async throws -> FormHolder?
    /// Answers a token nobody can guess; nil when this form is too large, or too many were sent.
    func keep(path: String, form: FormData, of holder: FormHolder) async throws -> String?
    /// Nil when the token is unknown or the form is no longer kept.
    func kept(_ token: String) async throws -> KeptForm?
}

/// Somebody who was signed in until a moment ago.
package struct FormHolder: Hashable, Sendable {
    /// The account, whichever table it is in.
    package let person: String

    package init(person: String) { self.person = person }
}

/// A form that waits for its sender.
package struct KeptForm: Sendable {
    package let path: String
    package let form: FormData

    package init(path: String, form: FormData) {
        self.path = path
        self.form = form
    }
}

extension FormData {
    /// The fields of our forms that hold passwords, which are never shown again, not even to those who typed them.
    private static let secrets: Set<String> = ["password", "again", "current", "proof"]

    package var hasSecrets: Bool { pairs.contains { FormData.secrets.contains($0.name) } }

    package var withoutSecrets: FormData {
        var form = self
        for name in FormData.secrets { form.remove(name) }
        return form
    }
}
