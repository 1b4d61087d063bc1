package import Kernel
package import Persistence

/// What was ordered of one agency and of those below it. Its stream bears the name of the agency.
package struct AgencyOrders: Aggregate {
    package static let category = "orders/"

    package enum Command: Sendable {
        case impose(StandingOrder, by: OrderingAuthority, at: Instant)
        case lift(ID<StandingOrder>, reason: String, by: OrderingAuthority, at: Instant)
    }

    /// Case names and labels are the stored format: add, never rename.
    package enum Event: Codable, Equatable, Sendable {
        case imposed(order: StandingOrder, by: ID<Agency>)
        case lifted(order: ID<StandingOrder>, reason: String, at: Instant, by: ID<Agency>)
    }

    package enum Refusal: Error, Equatable {
        case notYours
        case nothingOrdered
        case startHasPassed
        case documentOfTheFuture
        case endsBeforeItStarts
        case noSuchOrder
        case overAlready
    }

    private struct Imposed: Sendable {
        var order: StandingOrder
        let by: ID<Agency>
    }

    private var imposed: [ID<StandingOrder>: Imposed] = [:]

    package init() {}

    package func decide(_ command: Command) throws(Refusal) -> [Event] {
        switch command {
        case .impose(let order, let authority, let now):
            guard authority.isAbove else { throw .notYours }
            guard !order.measures.isEmpty else { throw .nothingOrdered }
            // The same order may come twice, from whoever passes it down.
            guard imposed[order.id] == nil else { return [] }
            // What has been taken in under the rules of its time is not made wrong afterwards.
            guard now <= order.start else { throw .startHasPassed }
            // Nobody orders by what has not been signed.
            guard order.document.date <= now.localDate else { throw .documentOfTheFuture }
            guard order.end.map({ order.start < $0 }) ?? true else { throw .endsBeforeItStarts }
            return [.imposed(order: order, by: authority.agency)]

        case .lift(let id, let reason, let authority, let now):
            guard let (order, by) = imposed[id].map({ ($0.order, $0.by) }) else { throw .noSuchOrder }
            guard authority.isAbove, authority.speaks(for: by) else { throw .notYours }
            guard !order.isOver(at: now) else { throw .overAlready }
            return [.lifted(order: id, reason: reason, at: now, by: authority.agency)]
        }
    }

    package mutating func evolve(_ event: Event) {
        switch event {
        case .imposed(let order, let agency): imposed[order.id] = Imposed(order: order, by: agency)
        case .lifted(let id, _, let now, _):
            imposed[id] = imposed[id].map { Imposed(order: $0.order.ended(at: now), by: $0.by) }
        }
    }
}

/// In whose name something is ordered.
package struct OrderingAuthority: Hashable, Sendable {
    package let agency: ID<Agency>
    /// It is the agency that is ordered to do something, or stands above it.
    let isAbove: Bool
    private let above: Set<ID<Agency>>

    /// `above` are those to which the authority itself has to listen.
    package init(_ agency: ID<Agency>, isAbove: Bool, under above: Set<ID<Agency>>) {
        self.agency = agency
        self.isAbove = isAbove
        self.above = above
    }

    /// What an authority above has ordered is not for those below to lift.
    func speaks(for other: ID<Agency>) -> Bool { !above.contains(other) }
}

extension AgencyOrders.Command: GivenCommand {
    /// The demonstration gives an order too.
    package var givers: Actor.Kinds { [.officer, .system] }
}
