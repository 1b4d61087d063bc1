package import Kernel
package import Web

/// What a colleague is asked about a dossier, and what has become of the question.
package struct Opinion: Equatable, Sendable {
    /// Where whoever answers stands; a text says the rest.
    package enum Stance: String, Codable, CaseIterable, Sendable {
        case agrees, objects, other

        package var words: Words {
            switch self {
            case .agrees: Words("Đồng ý", "Agrees")
            case .objects: Words("Không đồng ý", "Objects")
            case .other: Words("Ý kiến khác", "Other")
            }
        }
    }

    package enum State: String, Codable, Sendable {
        case open, given, withdrawn
        /// The dossier ended before it was answered.
        case over
    }

    package let id: ID<Opinion>
    /// Whose opinion is wanted.
    package let officer: ID<Officer>
    package let asker: ID<Officer>
    /// The last day on which the answer is in time.
    package let answerBy: LocalDate
    package internal(set) var state = State.open

    /// Until when an answer given on `day` is in time.
    static func end(of day: LocalDate) -> Instant { Instant(LocalMinute(date: day.adding(days: 1), minuteOfDay: 0)) }
}

extension [Opinion] {
    /// Those that are still waited for.
    package var open: [Opinion] { filter { $0.state == .open } }

    package subscript(_ id: ID<Opinion>) -> Opinion? { first { $0.id == id } }

    mutating func set(_ state: Opinion.State, where applies: (Opinion) -> Bool) {
        for index in indices where applies(self[index]) { self[index].state = state }
    }
}
