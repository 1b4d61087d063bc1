package import Kernel
package import Web

/// How an agency numbers what it issues (số, ký hiệu văn bản): one pattern for everything and others for single
/// procedures, as they were set. Each pattern is a series of its own that begins with 1 every year.
package struct NumberPatterns: Aggregate {
    package static let category = "number-patterns/"

    package enum Command: Sendable {
        /// Without a procedure it is the pattern of all that have none of their own.
        case set(by: ActingOfficer, procedure: String?, pattern: NumberPattern)
        case remove(by: ActingOfficer, procedure: String)
    }

    /// Case names and labels are the stored format: add, never rename.
    package enum Event: Codable, Equatable, Sendable {
        case patternSet(procedure: String?, pattern: NumberPattern)
        case patternRemoved(procedure: String)
    }

    package enum Refusal: Error, Equatable { case notYours, noSuchPattern }

    /// Who keeps the book of what is issued, and who answers for it.
    package static let keepers: Set<Role> = [.clerk, .leader, .admin]

    private(set) var patterns: [String?: NumberPattern] = [:]

    package init() {}

    package func decide(_ command: Command) throws(Refusal) -> [Event] {
        switch command {
        case .set(let author, let procedure, let pattern):
            guard !author.roles.isDisjoint(with: Self.keepers) else { throw .notYours }
            return patterns[procedure] == pattern ? [] : [.patternSet(procedure: procedure, pattern: pattern)]
        case .remove(let author, let procedure):
            guard !author.roles.isDisjoint(with: Self.keepers) else { throw .notYours }
            guard patterns[procedure] != nil else { throw .noSuchPattern }
            return [.patternRemoved(procedure: procedure)]
        }
    }

    package mutating func evolve(_ event: Event) {
        switch event {
        case .patternSet(let procedure, let pattern): patterns[procedure] = pattern
        case .patternRemoved(let procedure): patterns[procedure] = nil
        }
    }
}

/// A text with one place for the number, such as `<number>/QĐ-STP`.
package struct NumberPattern: RawRepresentable, Codable, Hashable, Sendable {
    package let rawValue: String

    package static let place = "<number>"
    package static let standard = NumberPattern(stored: "\(place)/KQ")

    /// At most 40 characters with one `<number>`, no line breaks and no other brackets; nil for anything else.
    package init?(rawValue: String) {
        let text = rawValue.tidied
        let parts = text.split(separator: Self.place, omittingEmptySubsequences: false)
        guard text.count <= 40, parts.count == 2,
            parts.joined().allSatisfy({ !$0.isNewline && !"<>".contains($0) })
        else { return nil }
        self.rawValue = text
    }

    /// A pattern that was checked when it was stored.
    init(stored: String) { rawValue = stored }

    package func number(_ number: Int) -> String { rawValue.replacing(Self.place, with: String(number)) }
}

/// What the clerk gives a result: its number, the day, and who has signed it.
package struct Issue: Equatable, Sendable {
    package let number: String
    package let date: LocalDate
    package let signer: ID<Officer>?

    package init(number: String, date: LocalDate, signer: ID<Officer>?) {
        self.number = number
        self.date = date
        self.signer = signer
    }
}
