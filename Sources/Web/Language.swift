/// One of the two languages in which everything is said to people; Vietnamese comes first.
///
///     say("Nộp hồ sơ", "File a dossier")
package enum Language: String, Codable, CaseIterable, Sendable {
    case vi, en

    /// Only the text that is shown is built.
    package func callAsFunction(
        _ vietnamese: @autoclosure () -> String,
        _ english: @autoclosure () -> String
    ) -> String {
        switch self {
        case .vi: vietnamese()
        case .en: english()
        }
    }

    package func callAsFunction(_ words: Words) -> String { self(words.vi, words.en) }
}

/// A text in both languages, for texts that are data: names of procedures, of agencies, of steps.
package struct Words: Codable, Hashable, Sendable {
    package let vi: String
    package let en: String

    package init(_ vi: String, _ en: String) {
        self.vi = vi
        self.en = en
    }

    package init(vi: String, en: String) { self.init(vi, en) }
}
