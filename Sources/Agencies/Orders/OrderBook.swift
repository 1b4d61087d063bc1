package import Kernel
package import Persistence
import Synchronization
package import Web

/// Keeps standing orders, and answers which of them bind an agency.
///
/// Pages ask a copy in memory, which may be some seconds old. Whoever decides something by an order asks within the
/// transaction that decides it: see `binding(_:in:)`.
package final class OrderBook: Sendable {
    let database: any Database
    let events: EventStore
    let agencies: AgencyBook
    private let office: Office
    /// The newest orders this process has seen, and when it last asked for newer ones.
    private let cache = Mutex<Known?>(nil)

    private struct Known {
        let revision: Int
        let orders: [ID<Agency>: [ImposedOrder]]
        var asked: Instant
    }

    package init(database: any Database, agencies: AgencyBook, office: Office = Office()) {
        self.database = database
        events = EventStore(database: database)
        self.agencies = agencies
        self.office = office
    }

    /// How long an order may take to be seen on the pages of other processes; what is filed there obeys it at once.
    package static let patience = Span.seconds(5)

    // MARK: - Who is bound by what

    /// The orders that bind an agency now or later, for a page.
    package func binding(_ agency: ID<Agency>) async throws -> BindingOrders {
        let orders = try await known().orders
        guard !orders.isEmpty else { return BindingOrders() }
        let chain = try await agencies.tree().ancestors(of: agency).map(\.id) + [agency]
        return BindingOrders(chain.flatMap { orders[$0] ?? [] })
    }

    /// Every order that holds now or later, of whatever agency.
    package func everywhere() async throws -> BindingOrders {
        BindingOrders(try await known().orders.values.flatMap(\.self))
    }

    /// The same for what is decided in `tx`: nobody imposes or lifts an order until it is committed, so nothing slips
    /// past one.
    ///
    /// SQLite has one writer at a time. PostgreSQL has many: those who decide share a lock that whoever orders has
    /// alone, and each statement after it sees what was committed before it was had.
    package func binding(_ agency: ID<Agency>, in tx: borrowing Transaction) throws -> BindingOrders {
        try Self.share(in: tx)
        return BindingOrders(try orders(of: chain(agency, try agencies.tree(in: tx)), in: tx))
    }

    /// The order that closes a way of filing with `agency` at an instant, for what is decided in `tx`.
    ///
    /// At the counter the office that receives for the agency counts too.
    package func closure(
        of channel: Channel,
        at agency: ID<Agency>,
        field: String?,
        procedure: String?,
        open channels: [Channel]?,
        on instant: Instant,
        in tx: borrowing Transaction
    ) throws -> ChannelClosed? {
        try Self.share(in: tx)
        let tree = try agencies.tree(in: tx)
        let places = places(channel, agency, tree, instant)
        let orders = BindingOrders(try orders(of: places, in: tx)).inForce(at: instant)
        return closed(channel, orders, field, procedure, channels, tree)
    }

    /// The same for a page.
    package func closure(
        of channel: Channel,
        at agency: ID<Agency>,
        field: String?,
        procedure: String?,
        open channels: [Channel]?,
        on instant: Instant
    ) async throws -> ChannelClosed? {
        let all = try await known().orders
        guard !all.isEmpty else { return nil }
        let tree = try await agencies.tree()
        let places = places(channel, agency, tree, instant)
        let orders = BindingOrders(places.flatMap { all[$0] ?? [] }).inForce(at: instant)
        return closed(channel, orders, field, procedure, channels, tree)
    }

    /// The orders that are about to close a way of filing with `agency`, for a page: nothing is closed by them yet.
    package func announced(
        _ channel: Channel,
        at agency: ID<Agency>,
        field: String?,
        procedure: String?,
        open channels: [Channel]?,
        on now: Instant
    ) async throws -> [ChannelClosed] {
        let all = try await known().orders
        guard !all.isEmpty else { return [] }
        let tree = try await agencies.tree()
        let orders = BindingOrders(places(channel, agency, tree, now).flatMap { all[$0] ?? [] })
        return orders.coming(after: now).compactMap { order in
            let concerned = order.order.measures.closures.contains {
                $0.concerns(channel, field: field, procedure: procedure)
            }
            guard concerned else { return nil }
            let then = orders.inForce(at: order.order.start)
            return ChannelClosed(
                channel,
                by: order,
                of: tree[order.by]?.name ?? Words(order.by.rawValue, order.by.rawValue),
                open: channels.map { then.open($0, field: field, procedure: procedure) },
                isAhead: true
            )
        }
    }

    private func closed(
        _ channel: Channel,
        _ orders: OrdersInForce,
        _ field: String?,
        _ procedure: String?,
        _ channels: [Channel]?,
        _ tree: AgencyTree
    ) -> ChannelClosed? {
        orders.closure(of: channel, field: field, procedure: procedure).map { order in
            ChannelClosed(
                channel,
                by: order,
                of: tree[order.by]?.name ?? Words(order.by.rawValue, order.by.rawValue),
                open: channels.map { orders.open($0, field: field, procedure: procedure) }
            )
        }
    }

    private func chain(_ agency: ID<Agency>, _ tree: AgencyTree) -> [ID<Agency>] {
        tree.ancestors(of: agency).map(\.id) + [agency]
    }

    private func places(_ channel: Channel, _ agency: ID<Agency>, _ tree: AgencyTree, _ instant: Instant)
        -> [ID<Agency>]
    {
        let own = chain(agency, tree)
        guard channel == .counter, let office = tree.reception(of: agency, on: instant.localDate) else { return own }
        return own + chain(office.id, tree).filter { !own.contains($0) }
    }

    private static func share(in tx: borrowing Transaction) throws {
        guard tx.dialect == .postgres else { return }
        _ = try tx.fetch("SELECT pg_advisory_xact_lock_shared(7303014152)")
    }

    private static func lock(in tx: borrowing Transaction) throws {
        guard tx.dialect == .postgres else { return }
        _ = try tx.fetch("SELECT pg_advisory_xact_lock(7303014152)")
    }

    private func orders(of agencies: [ID<Agency>], in tx: borrowing Transaction) throws -> [ImposedOrder] {
        try tx.fetch("SELECT \(ImposedOrder.columns) FROM standing_order WHERE agency IN \(list: agencies)")
            .map(ImposedOrder.init(row:))
    }

    private func known() async throws -> Known {
        let now = office.now
        let cached = cache.withLock(\.self)
        // A clock that was put back does not keep old orders.
        if let cached, cached.asked <= now, now - cached.asked < Self.patience { return cached }
        let newest = try await database.read { tx -> Known in
            let revision = try tx.fetch("SELECT revision FROM order_revision")[0].int(0)
            if let cached, cached.revision == revision { return cached }
            let orders = try tx.fetch(
                "SELECT \(ImposedOrder.columns) FROM standing_order WHERE ends IS NULL OR ends > \(now)"
            ).map(ImposedOrder.init(row:))
            return Known(revision: revision, orders: Dictionary(grouping: orders, by: \.agency), asked: now)
        }
        return cache.withLock { cache in
            // Somebody else may have been here in the meantime with newer ones.
            if let cache, cache.revision > newest.revision { return cache }
            var known = newest
            known.asked = now
            cache = known
            return known
        }
    }

    /// The next question is answered from the database.
    private func forget() { cache.withLock { $0 = nil } }

    // MARK: - Ordering

    /// Orders something of `agency` and of all below it, in the name of `authority`.
    package func impose(
        _ order: StandingOrder,
        on agency: ID<Agency>,
        by authority: ID<Agency>,
        _ circumstances: Circumstances
    ) async throws {
        var circumstances = circumstances
        circumstances.basis = order.document.vi
        let (book, now) = (self, circumstances.at)
        try await events.transaction { [circumstances] tx in
            try Self.lock(in: tx)
            let by = try book.authority(authority, over: agency, in: tx)
            try book.perform(.impose(order, by: by, at: now), agency, circumstances, in: tx)
        }
        forget()
    }

    /// Ends an order before its time.
    package func lift(
        _ id: ID<StandingOrder>,
        reason: String,
        by authority: ID<Agency>,
        _ circumstances: Circumstances
    ) async throws {
        let book = self
        try await events.transaction { tx in
            try Self.lock(in: tx)
            guard let order = try Self.order(id, in: tx) else { throw AgencyOrders.Refusal.noSuchOrder }
            let by = try book.authority(authority, over: order.agency, in: tx)
            let command = AgencyOrders.Command.lift(id, reason: reason, by: by, at: circumstances.at)
            try book.perform(command, order.agency, circumstances, in: tx)
        }
        forget()
    }

    private func authority(_ authority: ID<Agency>, over agency: ID<Agency>, in tx: borrowing Transaction) throws
        -> OrderingAuthority
    {
        let tree = try agencies.tree(in: tx)
        return OrderingAuthority(
            authority,
            isAbove: chain(agency, tree).contains(authority),
            under: Set(tree.ancestors(of: authority).map(\.id))
        )
    }

    private func perform(
        _ command: AgencyOrders.Command,
        _ agency: ID<Agency>,
        _ circumstances: Circumstances,
        in tx: borrowing Transaction
    ) throws {
        try events.perform(command, on: ID<AgencyOrders>(rawValue: agency.rawValue), circumstances, in: tx) {
            (change: Change<AgencyOrders>, tx) in
            for recorded in change.events { try Self.project(recorded, of: agency, in: tx) }
            try tx.execute("UPDATE order_revision SET revision = revision + 1")
        }
    }

    private static func project(
        _ recorded: Recorded<AgencyOrders.Event>,
        of agency: ID<Agency>,
        in tx: borrowing Transaction
    ) throws {
        let deed = CalendarEntry.Deed(recorded.circumstances)
        switch recorded.event {
        case .imposed(let order, let authority):
            try tx.execute(
                """
                INSERT INTO standing_order (id, agency, ordered_by, ends, standing, imposed_at, imposed_by)
                VALUES (\(order.id), \(agency), \(authority), \(order.end), \(try StoredForm.text(order)),
                    \(deed.at), \(deed.by))
                """
            )
        case .lifted(let id, let reason, let instant, let authority):
            try tx.execute(
                """
                UPDATE standing_order SET ends = \(instant), lifted_at = \(deed.at), lifted_by = \(deed.by),
                    lifted_for = \(authority), lifted_reason = \(reason)
                WHERE id = \(id)
                """
            )
        }
    }

    // MARK: - Questions

    /// What was imposed under `id`, over or not.
    package func order(_ id: ID<StandingOrder>) async throws -> ImposedOrder? {
        try await database.read { tx in try Self.order(id, in: tx) }
    }

    private static func order(_ id: ID<StandingOrder>, in tx: borrowing Transaction) throws -> ImposedOrder? {
        try tx.fetch("SELECT \(ImposedOrder.columns) FROM standing_order WHERE id = \(id)").first
            .map(ImposedOrder.init(row:))
    }

    /// The agencies whose orders concern `agency`: those above it, those below it, and the office that receives for it with
    /// those above that one.
    func places(concerning agency: ID<Agency>) async throws -> Set<ID<Agency>> {
        let tree = try await agencies.tree()
        let hall = tree.reception(of: agency, on: office.now.localDate).map { chain($0.id, tree) } ?? []
        return Set(tree.ancestors(of: agency).map(\.id) + tree.subtree(of: agency).map(\.id) + hall)
    }

    /// Every order that binds or has bound `agency` or the office that receives for it, and those that were given to
    /// agencies below it; the newest first.
    package func list(for agency: ID<Agency>) async throws -> [ImposedOrder] {
        let places = try await places(concerning: agency).sorted { $0.rawValue < $1.rawValue }
        return try await database.read { tx in
            try tx.fetch(
                """
                SELECT \(ImposedOrder.columns) FROM standing_order
                WHERE agency IN \(list: places) ORDER BY imposed_at DESC, id DESC LIMIT 300
                """
            ).map(ImposedOrder.init(row:))
        }
    }

    // MARK: - Verification

    /// Computes every row again from the log and names those that differ.
    package func verify() async throws -> [String] {
        try await database.read { tx in
            var expected: [ID<StandingOrder>: ImposedOrder] = [:]
            try self.events.eachHistory(of: AgencyOrders.self, in: tx) { stream, history in
                for recorded in history {
                    let id = recorded.event.order
                    expected[id] = ImposedOrder(expected[id], of: ID(rawValue: stream.rawValue), after: recorded)
                }
            }
            let stored = try tx.fetch("SELECT \(ImposedOrder.columns) FROM standing_order").map(ImposedOrder.init(row:))
            let rows = Dictionary(stored.map { ($0.order.id, $0) }, uniquingKeysWith: { first, _ in first })
            return Set(rows.keys).union(expected.keys).sorted { $0.rawValue < $1.rawValue }
                .filter { rows[$0] != expected[$0] }
                .map { "standing order \($0.rawValue): its row is not what was ordered" }
        }
    }
}

extension AgencyOrders.Event {
    package var order: ID<StandingOrder> {
        switch self {
        case .imposed(let order, _): order.id
        case .lifted(let id, _, _, _): id
        }
    }
}

extension ImposedOrder {
    /// What an order is after an event; nil when it was never imposed.
    fileprivate init?(_ before: ImposedOrder?, of agency: ID<Agency>, after recorded: Recorded<AgencyOrders.Event>) {
        let deed = CalendarEntry.Deed(recorded.circumstances)
        switch recorded.event {
        case .imposed(let order, let authority): self.init(order, of: agency, by: authority, imposed: deed)
        case .lifted(_, let reason, let instant, let authority):
            guard let before else { return nil }
            self.init(
                before.order.ended(at: instant),
                of: agency,
                by: before.by,
                imposed: before.imposed,
                lifted: Lifting(deed: deed, by: authority, reason: reason)
            )
        }
    }

    fileprivate static let columns: SQL =
        """
        id, agency, ordered_by, ends, standing, imposed_at, imposed_by, lifted_at, lifted_by, lifted_for, lifted_reason
        """

    fileprivate init(row: Row) throws {
        func officer(_ column: Int) throws -> ID<Officer>? { try row.optionalText(column).map(ID.init(rawValue:)) }
        let order: StandingOrder = try StoredForm.value(from: try row.text(4))
        let end = try row.optionalInt(3).map(Instant.init(milliseconds:))
        let lifting: Lifting? = try row.optionalInt(7).map { at in
            Lifting(
                deed: .init(at: Instant(milliseconds: at), by: try officer(8)),
                by: ID(rawValue: try row.optionalText(9) ?? ""),
                reason: try row.optionalText(10) ?? ""
            )
        }
        self.init(
            lifting == nil ? order : end.map(order.ended) ?? order,
            of: ID(rawValue: try row.text(1)),
            by: ID(rawValue: try row.text(2)),
            imposed: .init(at: Instant(milliseconds: try row.int(5)), by: try officer(6)),
            lifted: lifting
        )
    }
}
