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

extension FieldError {
    /// A text longer than what is taken: it is refused, never cut.
    package static func tooLong(_ field: String, _ text: String, most: Int) -> FieldError {
        FieldError(
            field,
            "Nội dung dài \(text.count) ký tự, tối đa \(most). Hãy viết ngắn lại.",
            "The text has \(text.count) characters; \(most) are the most. Please shorten it."
        )
    }
}

extension [FieldError] {
    /// Nobody mends more than these at a time.
    private static var few: Int { 20 }

    /// As many as an answer names, and how many there are besides.
    var firstFew: [FieldError] {
        let more = count - Self.few
        guard more > 0 else { return self }
        return prefix(Self.few) + [FieldError("", "Còn \(more) lỗi nữa.", "There are \(more) more faults.")]
    }
}
