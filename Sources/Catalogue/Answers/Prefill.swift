package import Kernel

/// What is known of a person who begins a form.
package struct KnownApplicant: Sendable {
    package let name: String?
    package let phone: String?
    package let email: String?

    package init(name: String?, phone: String?, email: String?) {
        self.name = name
        self.phone = phone
        self.email = email
    }
}

extension FormDefinition {
    /// `answers` with what is known already written into fields that are still empty.
    package func prefilled(_ answers: Answers, for applicant: KnownApplicant, on today: LocalDate) -> Answers {
        var result = answers
        for section in sections where section.rows == nil {
            for field in section.fields where result[section.key, field.key] == nil {
                result[section.key, field.key] =
                    switch field.fill {
                    case nil: nil
                    case .accountName: applicant.name
                    case .accountPhone: applicant.phone
                    case .accountEmail: applicant.email
                    case .today: today.rawValue
                    case .returnByPost: nil
                    }
            }
        }
        return result
    }
}
