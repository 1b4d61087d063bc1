import Hummingbird
package import Kernel
package import Markup
package import Web

/// What is ordered of an agency, each document once with its measures: what holds now, and what is about to begin, which
/// is never told as if it held. Nil when there is neither.
package func ordersNotice(
    _ orders: BindingOrders,
    at now: Instant,
    announcing span: Span = BindingOrders.announced,
    _ names: MatterNames,
    _ tree: AgencyTree,
    _ say: Language
) -> HTML? {
    let holding = orders.inForce(at: now).byOrder.map { ($0.order, $0.measures.map { $0.words(names) }) }
    let coming = orders.coming(after: now, within: span).map { ($0, $0.order.measures.words(names)) }
    guard !holding.isEmpty || !coming.isEmpty else { return nil }
    func list(_ told: [(order: ImposedOrder, measures: [Words])]) -> HTML {
        """
        <ul>\(told.map { order, measures -> HTML in
            let remaining = orders.remaining(under: order, say)
            return """
                <li>\(measures.enumerated().map { index, line in "\(index == 0 ? nil : "<br>" as HTML)\(say(line))" as HTML })<br>\
                <small>\(source(of: order, tree, say))\(remaining.map { ". \($0)" })</small></li>
                """
        })</ul>
        """
    }
    return """
        \(holding.isEmpty ? nil : notice(.waiting, title: say("Cơ quan đang áp dụng biện pháp đặc biệt", "Special measures are in force")) { list(holding) })
        \(coming.isEmpty ? nil : notice(title: say("Sắp áp dụng, hiện chưa có hiệu lực", "To begin soon; not in force yet")) { list(coming) })
        """
}

extension BindingOrders {
    /// Which ways of filing no order closes while `order` holds, for what it closes; nil where it closes none.
    fileprivate func remaining(under order: ImposedOrder, _ say: Language) -> String? {
        guard let matter = order.order.measures.closures.first?.matter else { return nil }
        let (field, procedure): (String?, String?) =
            switch matter {
            case .everything: (nil, nil)
            case .field(let key): (key, nil)
            case .procedure(let code): (nil, code)
            }
        let open = inForce(at: order.order.start).open(Channel.allCases, field: field, procedure: procedure)
        guard !open.isEmpty else {
            return say("Trong thời gian ấy không còn cách nộp nào khác.", "No other way of filing is open meanwhile.")
        }
        return say(
            "Không bị tạm dừng: \(open.map(\.way.vi).joined(separator: ", ")); trang của từng thủ tục cho biết thủ tục ấy nhận qua cách nào.",
            "Not closed: \(open.map(\.way.en).joined(separator: ", ")); the page of each procedure tells which ways it has."
        )
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
    /// What the home page says of orders: those that close a way of filing or are about to, however low the agency; the
    /// most wide-spread first.
    func homePanel(_ office: Office, _ names: MatterNames) -> Panel<FrontPage> {
        Panel { _, say in
            let now = office.now
            let orders = try await self.everywhere()
            let tree = try await self.agencies.tree()
            let closed = orders.inForce(at: now).orders
            let holding = self.lines(of: closed, tree, names, say)
            let coming = self.lines(of: orders.coming(after: now), tree, names, say)
            guard holding != nil || coming != nil else { return nil }
            return """
                \(holding.map { lines in
                    notice(.waiting, title: say("Có kênh tiếp nhận đang tạm dừng", "Some ways of filing are closed")) { lines }
                })
                \(coming.map { lines in
                    notice(title: say("Sắp tạm dừng kênh tiếp nhận, hiện vẫn nhận", "Some ways of filing will be closed; they are still open")) { lines }
                })
                """
        }
    }

    private func lines(of orders: [ImposedOrder], _ tree: AgencyTree, _ names: MatterNames, _ say: Language) -> HTML? {
        let shown = orders.filter { !$0.order.measures.closures.isEmpty }.sorted {
            (tree.ancestors(of: $0.agency).count, $0.order.start, $0.order.id.rawValue)
                < (tree.ancestors(of: $1.agency).count, $1.order.start, $1.order.id.rawValue)
        }
        guard !shown.isEmpty else { return nil }
        let lines = shown.prefix(Self.shownAtHome).map { order -> HTML in
            let closed = order.order.measures.closures.map { say($0.words(names)) }.joined(separator: "; ")
            let agency = tree[order.agency].map { say($0.name) } ?? order.agency.rawValue
            return """
                <li><a href="\(AgencyLinks.page(of: order.agency))">\(agency)</a>: \(closed)<br>\
                <small>\(source(of: order, tree, say))</small></li>
                """
        }
        let rest = shown.count - lines.count
        return """
            <ul>\(lines)</ul>
            \(rest > 0 ? "<p>\(say("Và \(rest) mệnh lệnh khác; xem ở trang của từng cơ quan và thủ tục.", "And \(rest) other orders; see the pages of agencies and procedures."))</p>" as HTML : nil)
            """
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
