package import Kernel

/// What is ordered of an agency and of all below it for a while: fewer seats, more room between people, rules of health,
/// ways of filing that are closed. It begins and ends by itself.
package struct StandingOrder: Codable, Hashable, Sendable {
    package let id: ID<StandingOrder>
    package let measures: Measures
    package let start: Instant
    /// The first instant at which it no longer holds; nil until it is lifted.
    package let end: Instant?
    /// Why, in the words of the authority; citizens read it.
    package let reason: String
    /// The document that orders it.
    package let document: LegalDocument

    package init(
        id: ID<StandingOrder>,
        measures: Measures,
        start: Instant,
        end: Instant? = nil,
        reason: String,
        document: LegalDocument
    ) {
        self.id = id
        self.measures = measures
        self.start = start
        self.end = end
        self.reason = reason
        self.document = document
    }

    package func holds(at instant: Instant) -> Bool { start <= instant && !isOver(at: instant) }

    package func isOver(at instant: Instant) -> Bool { end.map { $0 <= instant } ?? false }

    /// The same order, lifted at an instant.
    package func ended(at instant: Instant) -> StandingOrder {
        // Lifted before it began, it never held.
        let start = min(start, instant)
        return StandingOrder(
            id: id,
            measures: measures,
            start: start,
            end: instant,
            reason: reason,
            document: document
        )
    }
}

/// What one order asks for.
package struct Measures: Codable, Hashable, Sendable {
    /// How many of a hundred seats may be used; nil where no such rule is made.
    package let percent: Int?
    /// How far apart people sit, in centimetres.
    package let distance: Int?
    /// What visitors have to keep to, such as 5K, as it is told to them.
    package let healthRules: String?
    package let closures: [Closure]

    package init(percent: Int? = nil, distance: Int? = nil, healthRules: String? = nil, closures: [Closure] = []) {
        self.percent = percent
        self.distance = distance
        self.healthRules = healthRules
        self.closures = closures
    }

    package var isEmpty: Bool { percent == nil && distance == nil && healthRules == nil && closures.isEmpty }
}

/// A way of filing that is closed, for everything or for a part of it.
package struct Closure: Codable, Hashable, Sendable {
    package enum Matter: Codable, Hashable, Sendable {
        case everything
        /// The key of a field of the catalogue.
        case field(key: String)
        /// The code of a procedure.
        case procedure(code: String)
    }

    package let channel: Channel
    package let matter: Matter

    package init(_ channel: Channel, _ matter: Matter = .everything) {
        self.channel = channel
        self.matter = matter
    }

    /// Whether it concerns what is asked about; a closure for a field says nothing while no field is named.
    package func concerns(_ channel: Channel, field: String?, procedure: String?) -> Bool {
        guard channel == self.channel else { return false }
        return switch matter {
        case .everything: true
        case .field(let key): key == field
        case .procedure(let code): code == procedure
        }
    }
}
