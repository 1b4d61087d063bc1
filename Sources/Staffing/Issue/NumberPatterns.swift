package import DossierCore
import Kernel
package import Persistence
package import Web

/// How an agency numbers what it issues (số, ký hiệu văn bản): one pattern for everything and others for single
/// procedures, as they were set. Each pattern is a series of its own that begins with 1 every year.
package struct NumberPatterns: Aggregate {
    package static let category = "number-patterns/"

    package enum Command: Sendable {
        /// Without a procedure it is the pattern of all that have none of their own.
        case set(by: ActingOfficer, procedure: String?, pattern: NumberPattern)
        case remove(by: ActingOfficer, procedure: String)
        /// Goes on where a book on paper ended; `hasIssued` says that the series has given a number already.
        case begin(by: ActingOfficer, series: Series, first: Int, hasIssued: Bool)
    }

    /// The numbers of one pattern in one year.
    package struct Series: Codable, Hashable, Sendable {
        package let pattern: NumberPattern
        package let year: Int

        package init(pattern: NumberPattern, year: Int) {
            self.pattern = pattern
            self.year = year
        }
    }

    /// Case names and labels are the stored format: add, never rename.
    package enum Event: Codable, Equatable, Sendable {
        case patternSet(procedure: String?, pattern: NumberPattern)
        case patternRemoved(procedure: String)
        case seriesBegun(series: Series, first: Int)
    }

    package enum Refusal: Error, Equatable { case notYours, noSuchPattern, hasIssued, outOfRange }

    /// Who keeps the book of what is issued, and who answers for it.
    package static let keepers: Set<Role> = [.clerk, .leader, .admin]

    /// A series begins with one of these.
    package static let firsts = 1...999_999

    private(set) var patterns: [String?: NumberPattern] = [:]
    /// The first numbers of series that did not begin with 1.
    private(set) var begun: [Series: Int] = [:]

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
        case .begin(let author, let series, let first, let hasIssued):
            guard !author.roles.isDisjoint(with: Self.keepers) else { throw .notYours }
            guard series.pattern == .standard || patterns.values.contains(series.pattern) else { throw .noSuchPattern }
            guard Self.firsts.contains(first) else { throw .outOfRange }
            guard !hasIssued else { throw .hasIssued }
            return begun[series, default: 1] == first ? [] : [.seriesBegun(series: series, first: first)]
        }
    }

    package mutating func evolve(_ event: Event) {
        switch event {
        case .patternSet(let procedure, let pattern): patterns[procedure] = pattern
        case .patternRemoved(let procedure): patterns[procedure] = nil
        case .seriesBegun(let series, let first): begun[series] = first
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

extension NumberPatterns.Command: GivenCommand {
    package var givers: Actor.Kinds { .officer }
}
