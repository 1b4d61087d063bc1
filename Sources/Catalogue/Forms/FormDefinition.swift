package import Web

/// The electronic form of a revision.
package struct FormDefinition: Hashable, Sendable {
    package let sections: [FormSection]
    /// The lists its fields choose from, kept with the form: a dossier of 2021 still speaks of the provinces of 2021.
    package let lists: [String: [FieldOption]]

    /// What the answers of several sections may not say together.
    package let rules: [PlausibilityRule]

    package init(
        sections: [FormSection],
        lists: [String: [FieldOption]] = [:],
        rules: [PlausibilityRule] = []
    ) {
        self.sections = sections
        self.lists = lists
        self.rules = rules
    }

    package func section(_ key: String) -> FormSection? { sections.first { $0.key == key } }

    /// What may be chosen in `field`; empty for fields that are typed into.
    package func options(of field: FormField) -> [FieldOption] {
        switch field.options {
        case .own(let options): options
        case .list(let name): lists[name] ?? []
        case nil: field.type == .yesNo ? FieldOption.yesOrNo : []
        }
    }
}

extension FormDefinition: Codable {
    private enum CodingKeys: String, CodingKey { case sections, lists, rules }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            sections: try container.decode([FormSection].self, forKey: .sections),
            lists: try container.decode([String: [FieldOption]].self, forKey: .lists),
            rules: try container.decodeIfPresent([PlausibilityRule].self, forKey: .rules) ?? []
        )
    }

    /// A form without rules is stored as it was before there were any: its revision stays the same revision.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(sections, forKey: .sections)
        try container.encode(lists, forKey: .lists)
        if !rules.isEmpty { try container.encode(rules, forKey: .rules) }
    }
}

/// Questions under one heading; repeated ones take as many rows as the applicant needs.
package struct FormSection: Codable, Hashable, Sendable {
    package struct Rows: Codable, Hashable, Sendable {
        package let min: Int
        package let max: Int

        package init(min: Int, max: Int) {
            self.min = min
            self.max = max
        }
    }

    package let key: String
    package let name: Words
    package let help: Words?
    package let rows: Rows?
    package let when: Condition?
    package let fields: [FormField]

    package init(
        key: String,
        name: Words,
        help: Words? = nil,
        rows: Rows? = nil,
        when: Condition? = nil,
        fields: [FormField]
    ) {
        self.key = key
        self.name = name
        self.help = help
        self.rows = rows
        self.when = when
        self.fields = fields
    }

    package func field(_ key: String) -> FormField? { fields.first { $0.key == key } }
}
