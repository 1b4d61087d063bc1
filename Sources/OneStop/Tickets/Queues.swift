package import Agencies
package import Catalogue
package import Hummingbird
package import Kernel
package import Persistence
package import Web

/// The queues of all offices: tickets, counters, the desk at the door and the displays.
package struct Queues: Sendable {
    package let book: TicketBook
    /// Has to run beside the server, or pages learn of changes only when they reload by themselves.
    package let feed: QueueFeed
    private let desk: QueueDesk
    private let boards: BoardRoutes
    private let office: Office

    /// `site` is the public address, for the code on a ticket. `placesToday` answers for all of these offices at once how
    /// many appointments are left today.
    package init(
        database: any Database,
        openings: OpeningBook,
        agencies: AgencyBook,
        catalogue: CatalogueBook,
        office: Office,
        site: String,
        reach: NoticeReach,
        streams: Places,
        placesToday: @escaping PlacesToday
    ) {
        let plans = DayPlans(openings: openings, agencies: agencies, catalogue: catalogue)
        book = TicketBook(
            database: database,
            site: site,
            reach: reach,
            closing: plans.closing,
            gate: plans.requireOpen(_:_:for:at:in:)
        ) {
            try await plans.plan(of: $0, at: $1)
        }
        feed = QueueFeed(book: book, office: office, places: streams)
        desk = QueueDesk(
            book: book,
            devices: HallDeviceBook(database: database),
            agencies: agencies,
            catalogue: catalogue,
            plans: plans,
            office: office,
            site: site
        )
        boards = BoardRoutes(desk: desk, offices: openings.offices, placesToday: placesToday)
        self.office = office
    }

    package typealias PlacesToday =
        @Sendable (_ offices: [ID<Agency>: OfficeModel], _ now: Instant) async throws -> [ID<Agency>: Int]

    /// `key` makes the codes of the doors; with `forecasts` the pages also say when fewer others come.
    package func addPublic(
        to router: some RouterMethods<AppContext>,
        key: ServerKey,
        forecasts: OfficeForecasts? = nil
    ) {
        let presence = Presence(key: key, office: office)
        var boards = boards
        boards.forecasts = forecasts
        boards.presence = presence
        boards.add(to: router)
        let door = TicketDoor(desk: desk, presence: presence, forecasts: forecasts)
        TicketRoutes(door: door).add(to: router)
        PhoneProofRoutes(door: door).add(to: router)
        HallDeviceRoutes(desk: desk, presence: presence).add(to: router)
        FeedRoutes(desk: desk, feed: feed, presence: presence).add(to: router)
    }

    package func addOfficers(
        to router: some RouterMethods<OfficerContext>,
        key: ServerKey,
        directory: any Directory
    ) {
        DeviceListRoutes(desk: desk, directory: directory).add(to: router)
        DoorDeskRoutes(desk: desk, key: key).add(to: router)
        CounterRoutes(desk: desk).add(to: router)
        TriageRoutes(desk: desk, key: key).add(to: router)
    }
}

extension ChannelClosed {
    /// Which ways remain depends on the procedure: its page tells.
    var leading: ChannelClosed {
        var closed = self
        closed.way = Problem.Way(Words("Tìm thủ tục", "Find the procedure"), CatalogueLinks.search)
        return closed
    }

    func leading(to procedure: ProcedureCode) -> ChannelClosed {
        var closed = self
        closed.way = Problem.Way(
            Words("Xem các cách nộp còn lại", "See the ways that remain"),
            CatalogueLinks.procedure(procedure)
        )
        return closed
    }
}

/// How offices work on a day, from their models and calendars.
struct DayPlans: Sendable {
    let openings: OpeningBook
    let agencies: AgencyBook
    let catalogue: CatalogueBook

    func plan(of id: ID<Agency>, at now: Instant) async throws -> DaySetting? {
        let tree = try await agencies.tree()
        guard let agency = tree[id] else { return nil }
        let days = try await openings.days(of: id)
        return days.ordered.isClosed(at: now) ? nil : plan(agency, days, tree, now)
    }

    /// What each of `models` that receives people today would show before its first visitor.
    func all(_ models: [ID<Agency>: OfficeModel], at now: Instant) async throws -> [ID<Agency>: DayBoard.Summary] {
        let tree = try await agencies.tree()
        return try await openings.days(of: models).reduce(into: [:]) { summaries, office in
            guard let agency = tree[office.key], let setting = plan(agency, office.value, tree, now) else { return }
            var day = OfficeDay()
            day.evolve(.opened(setting: setting))
            summaries[office.key] = DayBoard(day, setting, at: now).summary
        }
    }

    /// Why nobody is received today, and when somebody will be.
    func closing(of id: ID<Agency>, at now: Instant) async throws -> TicketBook.NotReceiving {
        let days = try await openings.days(of: id)
        guard days.office.isReady else { return TicketBook.NotReceiving(isSetUp: false) }
        let today = now.localDate
        return TicketBook.NotReceiving(
            closedFor: days.on(today).closedFor,
            next: days.next(after: today),
            order: try await order(closing: id, at: now)
        )
    }

    /// The order that closes the counter to everybody, also to those of a day that has begun.
    func order(closing id: ID<Agency>, at now: Instant) async throws -> ChannelClosed? {
        try await openings.orders.closure(of: .counter, at: id, field: nil, procedure: nil, open: nil, on: now)?.leading
    }

    /// Asked where the ticket is given, so that no number overtakes an order.
    func requireOpen(
        _ id: ID<Agency>,
        _ line: LineKey,
        for procedure: String?,
        at now: Instant,
        in tx: borrowing Transaction
    ) throws {
        // Whoever wants help or leaves a letter for the post hands in nothing at the counter.
        let matter = line.purpose == .reception ? procedure.flatMap(ProcedureCode.init(rawValue:)) : nil
        let known = matter.flatMap { catalogue.current[$0] }
        let closed = try openings.orders.closure(
            of: .counter,
            at: id,
            field: line.purpose == .reception ? known?.field ?? line.field : nil,
            procedure: known?.code.rawValue,
            open: known?.revision(on: now.localDate)?.ways,
            on: now,
            in: tx
        )
        if let closed { throw known.map { closed.leading(to: $0.code) } ?? closed.leading }
    }

    private func plan(_ agency: AgencyProfile, _ days: ReceptionDays, _ tree: AgencyTree, _ now: Instant) -> DaySetting?
    {
        let fields = catalogue.current.fieldsReceived(at: agency, in: tree).map(\.key)
        return DaySetting(days, fields: fields, at: now)
    }
}
