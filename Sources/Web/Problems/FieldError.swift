/// What is wrong with one field, and what to do about it.
package struct FieldError: Codable, Hashable, Sendable {
    /// The name of the field in the form, such as `child.fullName`.
    package let field: String
    package let vi: String
    package let en: String

    package init(_ field: String, _ vi: String, _ en: String) {
        self.field = field
        self.vi = vi
        self.en = en
    }
}
