package import Web

/// One question of a form.
package struct FormField: Codable, Hashable, Sendable {
    package enum Requirement: Codable, Hashable, Sendable {
        case always, never
        case when(Condition)
    }

    /// What may be chosen: written beside the field, or the name of one of the form's lists.
    package enum Options: Codable, Hashable, Sendable {
        case own([FieldOption])
        case list(String)
    }

    /// What is known about the applicant before anything is typed.
    package enum Source: String, Codable, CaseIterable, Sendable {
        case accountName = "account.name"
        case accountPhone = "account.phone"
        case accountEmail = "account.email"
        case today
        /// Whether the post brings the result, which is chosen once, with the way of return, and never asked again.
        case returnByPost = "return.by-post"
    }

    /// A rule beyond the type.
    package enum Check: Codable, Hashable, Sendable {
        case notFuture, notPast, adult
        /// Not before the date in the field with this key in the same section.
        case after(String)
        /// A number without decimals.
        case whole
    }

    package let key: String
    package let label: Words
    package let type: FieldType
    package let required: Requirement
    /// Shown only then; always when nil.
    package let when: Condition?
    /// In characters.
    package let maximum: Int
    package let atLeast: Int?
    package let atMost: Int?
    package let options: Options?
    package let help: Words?
    package let fill: Source?
    package let check: Check?
    /// What the number in this field counts, for the fees that are paid by it.
    package let counts: FeeUnit?

    package init(
        key: String,
        label: Words,
        type: FieldType,
        required: Requirement = .never,
        when: Condition? = nil,
        maximum: Int? = nil,
        atLeast: Int? = nil,
        atMost: Int? = nil,
        options: Options? = nil,
        help: Words? = nil,
        fill: Source? = nil,
        check: Check? = nil,
        counts: FeeUnit? = nil
    ) {
        self.key = key
        self.label = label
        self.type = type
        self.required = required
        self.when = when
        self.maximum = maximum ?? (type == .paragraph ? 2000 : 200)
        self.atLeast = atLeast
        self.atMost = atMost
        self.options = options
        self.help = help
        self.fill = fill
        self.check = check
        self.counts = counts
    }

    /// Copies and papers have no halves.
    var isWhole: Bool { check == .whole || counts != nil }
}

/// Something that may be chosen: what is stored, and how it is called.
package struct FieldOption: Codable, Hashable, Sendable {
    package let value: String
    package let name: Words

    package init(_ value: String, _ name: Words) {
        self.value = value
        self.name = name
    }

    package static let yesOrNo = [FieldOption("yes", Words("Có", "Yes")), FieldOption("no", Words("Không", "No"))]
}
