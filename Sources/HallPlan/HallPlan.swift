package import Web

/// The hall of an office as measured on the spot: its walls, its doors, its counters and the visitors' seats.
package struct HallPlan: Hashable, Sendable {
    /// A place for one visitor.
    package struct Seat: Hashable, Sendable {
        /// What is written on it.
        package let number: String
        package let at: HallPoint
        /// The counter at which the visitor sits; nil in the waiting area.
        package let counter: String?
    }

    /// Where an officer serves visitors.
    package struct Counter: Hashable, Sendable {
        /// What it is for; those who only fetch a result should not wait among those who file.
        package enum Kind: String, Codable, CaseIterable, Sendable {
            case reception, `return`
        }

        package let id: String
        package let name: Words
        package let kind: Kind
        /// Where the officer sits.
        package let at: HallPoint
    }

    package struct Door: Hashable, Sendable {
        package let at: HallPoint
        package let width: Double
        package let name: Words?
    }

    package static let mostSeats = 2_000

    package let name: Words
    /// The corners of the room, in turn.
    package let outline: [HallPoint]
    package let doors: [Door]
    package let counters: [Counter]
    package let seats: [Seat]
    /// Whether seats in the waiting area keep the distance to officers too. Whoever sits at a counter is behind its pane.
    package let keepsDistanceToCounters: Bool
}

extension HallPlan.Counter.Kind {
    package var words: Words {
        switch self {
        case .reception: Words("tiếp nhận", "reception")
        case .return: Words("trả kết quả", "return of results")
        }
    }
}
