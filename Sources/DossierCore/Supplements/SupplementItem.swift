package import Web

/// One thing that an office asks to be supplied or corrected.
package struct SupplementItem: Codable, Equatable, Sendable {
    /// The paper; nil for what was answered in the form.
    package let component: String?
    /// How many are to be handed in on paper, by kind, as Form 02 has it.
    package let originals: Int
    package let certifiedCopies: Int
    package let copies: Int
    /// What is wrong with it and what mends it; nil where it is simply missing.
    package let request: SealedText?

    package init(
        component: String?,
        originals: Int = 0,
        certifiedCopies: Int = 0,
        copies: Int = 0,
        request: SealedText? = nil
    ) {
        self.component = component
        self.originals = originals
        self.certifiedCopies = certifiedCopies
        self.copies = copies
        self.request = request
    }

    /// The word for the item in forms and for programs.
    package var key: String { component ?? Self.answers }

    /// Stands for the answers of the form; no component is called so, because their keys begin with a letter.
    package static let answers = "_answers"
    package static let answersName = Words("Nội dung khai trong đơn, tờ khai", "What was answered in the form")
}

/// Why an office asks once more, and the law that lets it.
package struct RepeatGround: Codable, Equatable, Sendable {
    package let reason: SealedText
    package let basis: SealedText

    package init(reason: SealedText, basis: SealedText) {
        self.reason = reason
        self.basis = basis
    }
}

/// What the applicant brings for one item, or says instead.
package struct SupplementAnswer: Codable, Equatable, Sendable {
    package let component: String?
    package let papers: [FiledPaper]
    package let word: SealedText?

    package init(component: String?, papers: [FiledPaper], word: SealedText? = nil) {
        self.component = component
        self.papers = papers
        self.word = word
    }

    var key: String { component ?? SupplementItem.answers }
}

extension FilingRules {
    package func itemName(_ item: SupplementItem) -> Words {
        item.component.map(componentName) ?? SupplementItem.answersName
    }
}
