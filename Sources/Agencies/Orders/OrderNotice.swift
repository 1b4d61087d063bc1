import Hummingbird
import Kernel
package import Markup
package import Web

/// What is ordered at present, line by line, with the document and the authority that make each rule; nil when nothing
/// is.
package func ordersNotice(_ orders: OrdersInForce, _ names: MatterNames, _ tree: AgencyTree, _ say: Language) -> HTML? {
    guard !orders.isEmpty else { return nil }
    return notice(.waiting, title: say("Cơ quan đang áp dụng biện pháp đặc biệt", "Special measures are in force")) {
        """
        <ul>\(orders.explained.map { "<li>\(say($0.measure.words(names)))<br><small>\(source(of: $0.order, tree, say))</small></li>" as HTML })</ul>
        """
    }
}

private func source(of order: ImposedOrder, _ tree: AgencyTree, _ say: Language) -> String {
    let authority = tree[order.by].map { say($0.name) } ?? order.by.rawValue
    let document = say(order.order.document.vi, order.order.document.en)
    return say(
        "Theo \(document), \(authority), \(order.order.period.vi). Lý do: \(order.order.reason)",
        "By \(document), \(authority), \(order.order.period.en). Reason: \(order.order.reason)"
    )
}

extension OrderBook {
    /// What the home page says of orders: those that close a way of filing, however low the agency; the most wide-spread
    /// first.
    func homePanel(_ office: Office, _ names: MatterNames) -> Panel<FrontPage> {
        Panel { _, say in
            let closing = try await self.inForce(at: office.now).orders.filter { !$0.order.measures.closures.isEmpty }
            guard !closing.isEmpty else { return nil }
            let tree = try await self.agencies.tree()
            let shown = closing.sorted {
                (tree.ancestors(of: $0.agency).count, $0.order.start, $0.order.id.rawValue)
                    < (tree.ancestors(of: $1.agency).count, $1.order.start, $1.order.id.rawValue)
            }
            let lines = shown.prefix(Self.shownAtHome).map { order -> HTML in
                let closed = order.order.measures.closures.map { say($0.words(names)) }.joined(separator: "; ")
                let agency = tree[order.agency].map { say($0.name) } ?? order.agency.rawValue
                return """
                    <li><a href="\(AgencyLinks.page(of: order.agency))">\(agency)</a>: \(closed)<br>\
                    <small>\(source(of: order, tree, say))</small></li>
                    """
            }
            let rest = shown.count - lines.count
            return notice(.waiting, title: say("Có kênh tiếp nhận đang tạm dừng", "Some ways of filing are closed")) {
                """
                <ul>\(lines)</ul>
                \(rest > 0 ? "<p>\(say("Và \(rest) mệnh lệnh khác; xem ở trang của từng cơ quan và thủ tục.", "And \(rest) other orders; see the pages of agencies and procedures."))</p>" as HTML : nil)
                """
            }
        }
    }

    /// Whoever wants to know of all of them looks at the pages of agencies.
    private static let shownAtHome = 5
}

/// An order as programs read it.
struct OrderDocument: Encodable {
    struct Closing: Encodable {
        let channel: Channel
        let field: String?
        let procedure: String?

        init(_ closure: Closure) {
            channel = closure.channel
            switch closure.matter {
            case .everything: (field, procedure) = (nil, nil)
            case .field(let key): (field, procedure) = (key, nil)
            case .procedure(let code): (field, procedure) = (nil, code)
            }
        }
    }

    let id: String
    /// It holds for this agency and all below it.
    let agency: String
    let orderedBy: String
    let document: String
    let reason: String
    let start: String
    let end: String?
    let isInForce: Bool
    let percentOfSeats: Int?
    let distanceInCentimetres: Int?
    let healthRules: String?
    let closures: [Closing]

    init(_ order: ImposedOrder, at now: Instant) {
        id = order.order.id.rawValue
        agency = order.agency.rawValue
        orderedBy = order.by.rawValue
        document = order.order.document.vi
        reason = order.order.reason
        start = order.order.start.asDateTime
        end = order.order.end?.asDateTime
        isInForce = order.order.holds(at: now)
        percentOfSeats = order.order.measures.percent
        distanceInCentimetres = order.order.measures.distance
        healthRules = order.order.measures.healthRules
        closures = order.order.measures.closures.map(Closing.init)
    }
}

/// The orders that bind an agency now or later.
struct OrderList: Encodable {
    let items: [OrderDocument]

    init(_ orders: BindingOrders, at now: Instant) {
        items = orders.all.filter { !$0.order.isOver(at: now) }.map { OrderDocument($0, at: now) }
    }
}

extension Instant {
    /// In universal time, as all of the API says instants: `2021-08-06T03:15:00.000Z`.
    fileprivate var asDateTime: String {
        let rest = milliseconds - Instant(localMinute).milliseconds
        let minute = (self + .hours(-7)).localMinute
        return "\(minute.rawValue):\(padded(rest / 1000, 2)).\(padded(rest % 1000, 3))Z"
    }
}
