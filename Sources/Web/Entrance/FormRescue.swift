/// Keeps a form that was sent after the session had ended, until its sender has signed in again.
package protocol FormRescue: Sendable {
    /// Answers a token nobody can guess.
    func keep(path: String, form: FormData) async throws -> String
    /// Nil when the token is unknown or the form is no longer kept.
    func kept(_ token: String) async throws -> KeptForm?
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
