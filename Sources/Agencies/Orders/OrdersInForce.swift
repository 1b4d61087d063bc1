package import Kernel

/// An order as it stands: of whom it is asked, who has given it, and what has become of it.
package struct ImposedOrder: Hashable, Sendable {
    /// Lifted orders end when they were lifted.
    package let order: StandingOrder
    /// It holds for this agency and for all below it.
    package let agency: ID<Agency>
    /// Who has given it: the agency itself or one above.
    package let by: ID<Agency>
    package let imposed: CalendarEntry.Deed
    package let lifted: Lifting?

    package struct Lifting: Hashable, Sendable {
        package let deed: CalendarEntry.Deed
        package let by: ID<Agency>
        package let reason: String
    }

    package init(
        _ order: StandingOrder,
        of agency: ID<Agency>,
        by authority: ID<Agency>,
        imposed: CalendarEntry.Deed,
        lifted: Lifting? = nil
    ) {
        self.order = order
        self.agency = agency
        self.by = authority
        self.imposed = imposed
        self.lifted = lifted
    }
}

/// The orders that bind an agency, its own and those of all above it, whenever they hold.
package struct BindingOrders: Hashable, Sendable {
    package let all: [ImposedOrder]

    package init(_ orders: [ImposedOrder] = []) {
        all = orders.sorted { ($0.order.start, $0.order.id.rawValue) < ($1.order.start, $1.order.id.rawValue) }
    }

    package func inForce(at instant: Instant) -> OrdersInForce {
        OrdersInForce(all.filter { $0.order.holds(at: instant) })
    }

    /// Whether any of them is about a single procedure.
    package var nameProcedures: Bool {
        all.contains { order in
            order.order.measures.closures.contains { if case .procedure = $0.matter { true } else { false } }
        }
    }

    /// For so long before it begins an order is announced.
    package static let announced = Span.days(7)

    /// Those that do not hold yet and are about to begin; the earliest first.
    package func coming(after now: Instant, within span: Span = announced) -> [ImposedOrder] {
        all.filter { now < $0.order.start && $0.order.start <= now + span && !$0.order.isOver(at: $0.order.start) }
    }

    /// Those that hold at an instant, whatever of them has begun.
    package func holding(at instant: Instant) -> BindingOrders {
        BindingOrders(all.filter { $0.order.holds(at: instant) })
    }

    /// How far apart people have to sit by any of them, in centimetres.
    package var distances: Set<Int> { Set(all.compactMap(\.order.measures.distance)) }
}

/// What is ordered of an agency at one instant. Of several orders the strictest of each kind holds.
package struct OrdersInForce: Hashable, Sendable {
    /// The earliest first.
    package let orders: [ImposedOrder]

    /// A rule with the order that makes it.
    package struct Line: Hashable, Sendable {
        package let measure: Measure
        package let order: ImposedOrder
    }

    package enum Measure: Hashable, Sendable {
        case percent(Int)
        case distance(Int)
        case healthRules(String)
        case closed(Closure)
    }

    package init(_ orders: [ImposedOrder]) { self.orders = orders }

    package var isEmpty: Bool { orders.isEmpty }
    package var percent: Int? { strictest(\.percent, <)?.value }
    package var distance: Int? { strictest(\.distance, >)?.value }
    /// Whether visitors have rules of health to read and to keep to.
    package var asksHealth: Bool { orders.contains { $0.order.measures.healthRules != nil } }

    /// The order that closes a way of filing: of several the one that stands longest, or people would come too early.
    package func closure(of channel: Channel, field: String? = nil, procedure: String? = nil) -> ImposedOrder? {
        orders.filter { order in
            order.order.measures.closures.contains { $0.concerns(channel, field: field, procedure: procedure) }
        }.max { isStricter($1, $0) }
    }

    /// Those ways of filing that are not closed.
    package func open(_ channels: [Channel], field: String?, procedure: String?) -> [Channel] {
        channels.filter { closure(of: $0, field: field, procedure: procedure) == nil }
    }

    /// Every rule that holds, with the order that makes it.
    package var explained: [Line] {
        var lines: [Line] = []
        if let (percent, order) = strictest(\.percent, <) {
            lines.append(Line(measure: .percent(percent), order: order))
        }
        if let (distance, order) = strictest(\.distance, >) {
            lines.append(Line(measure: .distance(distance), order: order))
        }
        var closures: [Closure: ImposedOrder] = [:]
        for order in orders {
            for closure in order.order.measures.closures {
                if let other = closures[closure], !isStricter(order, other) { continue }
                closures[closure] = order
            }
        }
        lines += closures.map { Line(measure: .closed($0), order: $1) }
            .sorted { ($0.order.order.start, $0.measure.rank) < ($1.order.order.start, $1.measure.rank) }
        var told: Set<String> = []
        for order in orders {
            guard let rules = order.order.measures.healthRules, told.insert(rules).inserted else { continue }
            lines.append(Line(measure: .healthRules(rules), order: order))
        }
        return lines
    }

    /// The same, each order once with the rules that it makes.
    package var byOrder: [(order: ImposedOrder, measures: [Measure])] {
        explained.reduce(into: []) { told, line in
            if let index = told.firstIndex(where: { $0.order == line.order }) {
                told[index].measures.append(line.measure)
            } else {
                told.append((line.order, [line.measure]))
            }
        }
    }

    private func strictest(_ kind: (Measures) -> Int?, _ isStricter: (Int, Int) -> Bool)
        -> (value: Int, order: ImposedOrder)?
    {
        var strictest: (value: Int, order: ImposedOrder)?
        for order in orders {
            guard let value = kind(order.order.measures) else { continue }
            if let known = strictest, !isStricter(value, known.value) { continue }
            strictest = (value, order)
        }
        return strictest
    }

    /// Of two orders that close the same the one that ends later is stricter.
    private func isStricter(_ order: ImposedOrder, _ other: ImposedOrder) -> Bool {
        guard let otherEnd = other.order.end else { return false }
        return order.order.end.map { otherEnd < $0 } ?? true
    }
}

extension OrdersInForce.Measure {
    /// In which order closures of one instant are told.
    fileprivate var rank: String {
        guard case .closed(let closure) = self else { return "" }
        return switch closure.matter {
        case .everything: "\(closure.channel.rawValue) 0"
        case .field(let key): "\(closure.channel.rawValue) 1 \(key)"
        case .procedure(let code): "\(closure.channel.rawValue) 2 \(code)"
        }
    }
}
