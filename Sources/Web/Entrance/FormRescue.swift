package import Kernel

/// Keeps a form that was sent after the session had ended, until its sender has signed in again.
package protocol FormRescue: Sendable {
    /// Whose session this token opened until a moment ago. Nil for everybody else: what strangers send is not kept, and
    /// not even read.
    func holder(ofEnded session: String) async throws -> FormHolder?
    /// Answers a token nobody can guess; nil when this form is too large, or too many were sent.
    func keep(_ form: KeptForm, of holder: FormHolder) async throws -> String?
    /// Nil when the token is unknown, the form is no longer kept, or it is another account's.
    func kept(_ token: String, of holder: FormHolder) async throws -> KeptForm?
}

/// Somebody who was signed in until a moment ago.
package struct FormHolder: Hashable, Sendable {
    /// The account, whichever table it is in.
    package let person: String

    package init(person: String) { self.person = person }
}

/// A form that waits for its sender: what was typed, and the names of the files that were with it. A button that was
/// pressed alone is a form in which nothing was typed.
package struct KeptForm: Sendable, Equatable {
    /// A file that was sent along and not taken.
    package struct File: Sendable, Hashable, Codable {
        /// The name of its field.
        package let field: String
        package let name: String

        package init(field: String, name: String) { (self.field, self.name) = (field, name) }
    }

    package let path: String
    package let form: FormData
    package var files: [File]
    /// It is sent with files.
    package var hasFiles: Bool
    /// The page of ours on which it stood, where the browser has said so.
    package var page: String?
    /// When it was sent.
    package var at: Instant?

    package init(
        path: String,
        form: FormData,
        files: [File] = [],
        hasFiles: Bool = false,
        page: String? = nil,
        at: Instant? = nil
    ) {
        (self.path, self.form, self.files) = (path, form, files)
        (self.hasFiles, self.page, self.at) = (hasFiles, page, at)
    }

    /// Nothing was typed, and no file chosen.
    var isButton: Bool { form.pairs.isEmpty && files.isEmpty }
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
