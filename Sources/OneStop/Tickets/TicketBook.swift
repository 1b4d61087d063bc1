package import Agencies
import Crypto
package import Kernel
package import Persistence
package import Web

/// Keeps the queues: performs commands, and the rows from which every page is shown.
package struct TicketBook: Sendable {
    /// How an office works today, as its plan and the rules in force have it; nil for an office that receives nobody.
    package typealias Plan = @Sendable (_ office: ID<Agency>, _ now: Instant) async throws -> DaySetting?

    let database: any Database
    let events: EventStore
    /// Begins the addresses that people are sent.
    let site: String
    /// Whether people are told anything from here, and whether a code can prove a telephone.
    let reach: NoticeReach
    /// Why an office without a plan for today receives nobody.
    let closing: @Sendable (_ office: ID<Agency>, _ now: Instant) async throws -> NotReceiving
    package let plan: Plan
    /// Throws what is said to whoever may not be received because an order closes the counter; `procedure` is what they
    /// come to hand in, where that is known.
    package typealias Gate =
        @Sendable (
            _ office: ID<Agency>, _ line: LineKey, _ procedure: String?, _ now: Instant, borrowing Transaction
        ) throws -> Void
    private let gate: Gate

    package init(
        database: any Database,
        site: String = "",
        reach: NoticeReach = .nobody,
        closing: @escaping @Sendable (_ office: ID<Agency>, _ now: Instant) async throws -> NotReceiving = { _, _ in
            NotReceiving()
        },
        gate: @escaping Gate = { _, _, _, _, _ in },
        plan: @escaping Plan
    ) {
        self.gate = gate
        self.database = database
        self.site = site
        self.reach = reach
        events = EventStore(database: database)
        self.closing = closing
        self.plan = plan
    }

    /// The office receives nobody today.
    package struct NotReceiving: Error, Equatable {
        /// The holiday or the decision, where it is one.
        package var closedFor: Words?
        /// The next day on which somebody is received.
        package var next: LocalDate?
        /// The order that closes the counter, where it is one.
        package var order: ChannelClosed?
        /// False where nobody has set up when the office receives people.
        package var isSetUp: Bool

        package init(
            closedFor: Words? = nil,
            next: LocalDate? = nil,
            order: ChannelClosed? = nil,
            isSetUp: Bool = true
        ) {
            (self.closedFor, self.next, self.order, self.isSetUp) = (closedFor, next, order, isSetUp)
        }
    }

    // MARK: - Tickets

    /// What somebody asks for at the door.
    package struct Wish: Sendable {
        package let line: LineKey
        /// Whose ticket it is, known here as a digest only: a proven telephone, or what was typed within one browser.
        package let holder: String
        /// Where the holder can be told something today.
        package let phone: PhoneNumber?
        /// Seen by an officer.
        package let priority: PriorityReason?
        /// Said by the person alone.
        package let claimed: PriorityReason?
        package let appointment: Instant?
        package let acknowledgesHealth: Bool
        package let papers: TicketRequest.Papers?
        /// What the holder is told something in.
        package let language: Language

        package init(
            _ line: LineKey,
            holder: String,
            phone: PhoneNumber? = nil,
            priority: PriorityReason? = nil,
            claiming claimed: PriorityReason? = nil,
            appointment: Instant? = nil,
            acknowledgesHealth: Bool = false,
            papers: TicketRequest.Papers? = nil,
            in language: Language = .vi
        ) {
            self.line = line
            self.holder = holder
            self.phone = phone
            self.priority = priority
            self.claimed = claimed
            self.appointment = appointment
            self.acknowledgesHealth = acknowledgesHealth
            self.papers = papers
            self.language = language
        }
    }

    /// What is printed on the ticket; told again when the same key comes a second time.
    package struct Receipt: Codable, Hashable, Sendable {
        package let number: TicketNumber
        /// Opens the page of the ticket.
        package let secret: String
    }

    package func take(
        _ wish: Wish,
        at office: ID<Agency>,
        _ circumstances: Circumstances,
        once key: IdempotencyKey? = nil
    ) async throws -> Receipt {
        let now = circumstances.at
        guard let setting = try await plan(office, now) else { throw try await closing(office, now) }
        let id = ID<OfficeDay>(office, now.localDate)
        let secret = Self.freshSecret()
        return try await events.once(key) { tx in
            try gate(office, wish.line, wish.papers?.procedure, now, tx)
            let salt = try prepare(id, office, setting, circumstances, in: tx)
            let request = TicketRequest(
                wish.line,
                by: Self.person(wish.holder, salt: salt),
                priority: wish.priority,
                claiming: wish.claimed,
                appointment: wish.appointment,
                acknowledgesHealth: wish.acknowledgesHealth,
                papers: wish.papers
            )
            let change = try events.perform(.take(request, at: now), on: id, circumstances, in: tx) { change, tx in
                try project(change, office, secret: secret, at: now, in: tx)
            }
            for case .taken(let number, _, _, _, _, _) in change.events.map(\.event) {
                if let phone = wish.phone {
                    try contacts(office, now.localDate, at: now)
                        .keep(phone, wish.language, of: number, secret: secret, in: tx)
                }
                return Receipt(number: number, secret: secret)
            }
            throw OfficeDay.Refusal.noSuchLine
        }
    }

    /// Performs commands one after the other, all of them or none.
    @discardableResult
    package func perform(
        _ commands: [OfficeDay.Command],
        at office: ID<Agency>,
        _ circumstances: Circumstances,
        once key: IdempotencyKey? = nil
    ) async throws -> Int {
        let now = circumstances.at
        let setting = try await plan(office, now)
        // A day that is declared off while it runs is worked to its end: nobody is left standing at a counter.
        if setting == nil, try await board(of: office, on: now.localDate) == nil {
            throw try await closing(office, now)
        }
        let id = ID<OfficeDay>(office, now.localDate)
        return try await events.once(key) { tx in
            if let setting { _ = try prepare(id, office, setting, circumstances, in: tx) }
            var version = 0
            for command in commands {
                version = try perform(command, on: id, office, circumstances, in: tx)
            }
            return version
        }
    }

    /// The day's row with its salt, and the limit that is in force now.
    private func prepare(
        _ id: ID<OfficeDay>,
        _ office: ID<Agency>,
        _ setting: DaySetting,
        _ circumstances: Circumstances,
        in tx: borrowing Transaction
    ) throws -> String {
        let day = circumstances.at.localDate
        let row = try tx.fetch("SELECT salt, capacity FROM office_day WHERE day = \(day) AND office = \(office)").first
        guard let row else {
            try perform(.open(setting), on: id, office, circumstances, in: tx)
            return try tx.fetch("SELECT salt FROM office_day WHERE day = \(day) AND office = \(office)")[0].text(0)
        }
        if try row.int(1) != setting.capacity {
            let command = OfficeDay.Command.changeCapacity(to: setting.capacity, at: circumstances.at)
            try perform(command, on: id, office, circumstances, in: tx)
        }
        return try row.text(0)
    }

    @discardableResult
    func perform(
        _ command: OfficeDay.Command,
        on id: ID<OfficeDay>,
        _ office: ID<Agency>,
        _ circumstances: Circumstances,
        in tx: borrowing Transaction
    ) throws -> Int {
        try events.perform(command, on: id, circumstances, in: tx) { change, tx in
            try project(change, office, secret: nil, at: circumstances.at, in: tx)
        }.version
    }

    /// Ends every day whose office closed an hour ago or longer: whoever still waits is told, what told persons apart is
    /// forgotten, and the office learns how long its visitors have taken. A counter that was left open is finished first.
    package func closeDays(at now: Instant) async throws {
        try await forgetProofs(at: now)
        let due = try await database.read { tx in
            try tx.fetch(
                """
                SELECT office, day, open_until, board FROM office_day WHERE open_until < \(now)
                ORDER BY open_until LIMIT 100
                """
            )
        }
        for row in due {
            guard let day = LocalDate(rawValue: try row.text(1)) else { continue }
            let office = ID<Agency>(rawValue: try row.text(0))
            let at = Instant(milliseconds: try row.int(2))
            let board = try StoredForm.value(DayBoard.self, from: try row.text(3))
            // Whoever was called and never came is not counted as served.
            let left = board.positions.filter { $0.visitor != nil }.map { position -> OfficeDay.Command in
                position.isServing
                    ? .finish(counter: position.number, at: at) : .skip(counter: position.number, at: at)
            }
            let commands = left + [.close(at: at)]
            let circumstances = Circumstances(at: at, actor: .system(name: .queue))
            do {
                try await events.transaction { tx in
                    for command in commands {
                        try perform(command, on: ID(office, day), office, circumstances, in: tx)
                    }
                    let measured = try ServiceRecord.measurements(of: office, until: day, in: tx)
                    try OfficeBook.perform(.measure(measured), on: office, circumstances, by: events, in: tx)
                }
            } catch is OfficeDay.Refusal {
                // Somebody has called or finished just now: the next round sees it.
                continue
            }
        }
    }

    // MARK: - Rows

    private func project(
        _ change: Change<OfficeDay>,
        _ office: ID<Agency>,
        secret: String?,
        at now: Instant,
        in tx: borrowing Transaction
    ) throws {
        guard let setting = change.state.setting else { return }
        let day = setting.date
        for number in Set(change.events.compactMap(\.event.number)).sorted() {
            guard let ticket = change.state.tickets[number] else { continue }
            let state = try StoredForm.text(ticket)
            if let secret, ticket.takenAt == now, change.events.contains(where: { $0.event.takes(number) }) {
                try tx.execute(
                    """
                    INSERT INTO ticket (secret, office, day, number, state)
                    VALUES (\(secret), \(office), \(day), \(number), \(state))
                    """
                )
                try count(ticket.line, office, at: now, in: tx)
            } else {
                try tx.execute(
                    "UPDATE ticket SET state = \(state) WHERE office = \(office) AND day = \(day) AND number = \(number)"
                )
            }
        }
        if change.events.contains(where: { $0.event.closes }) {
            try ServiceRecord.keep(change.state.visits, of: office, on: day, in: tx)
        }
        try contacts(office, day, at: now).follow(change, in: tx)
        let board = DayBoard(change.state, setting, at: now)
        let (summary, whole) = (try StoredForm.text(board.summary), try StoredForm.text(board))
        let openUntil = change.state.isClosed ? nil : setting.closes.map { $0 + .hours(1) }
        // The salt is only used for the first event of the day.
        try tx.execute(
            """
            INSERT INTO office_day (office, day, version, salt, capacity, open_until, summary, board)
            VALUES (
                \(office), \(day), \(change.version), \(Self.freshSecret()), \(change.state.capacity), \(openUntil),
                \(summary), \(whole)
            )
            ON CONFLICT (day, office) DO UPDATE SET version = excluded.version, capacity = excluded.capacity,
                salt = CASE WHEN excluded.open_until IS NULL THEN '' ELSE office_day.salt END,
                open_until = excluded.open_until, summary = excluded.summary, board = excluded.board
            """
        )
    }

    private func contacts(_ office: ID<Agency>, _ day: LocalDate, at now: Instant) -> TicketContacts {
        TicketContacts(office: office, day: day, site: site, now: now)
    }

    private func count(_ line: LineKey, _ office: ID<Agency>, at now: Instant, in tx: borrowing Transaction) throws {
        let half = Self.halfHour(of: now)
        try tx.execute(
            """
            INSERT INTO office_arrival (office, half_hour, line, arrivals) VALUES (\(office), \(half), \(line), 1)
            ON CONFLICT (office, half_hour, line) DO UPDATE SET arrivals = office_arrival.arrivals + 1
            """
        )
    }

    static func halfHour(of now: Instant) -> Int { now.milliseconds - now.milliseconds % Span.minutes(30).milliseconds }

    // MARK: - Questions

    /// A ticket as its holder sees it, with the board of its office.
    package struct Holding: Sendable {
        package let office: ID<Agency>
        package let ticket: Ticket
        package let board: DayBoard
        package let day: LocalDate
        package let version: Int
    }

    package func ticket(_ secret: String) async throws -> Holding? {
        try await database.read { tx in
            try tx.fetch(
                """
                SELECT t.office, t.day, t.state, d.board, d.version FROM ticket t
                JOIN office_day d ON d.day = t.day AND d.office = t.office WHERE t.secret = \(secret)
                """
            ).first.flatMap { row in
                guard let day = LocalDate(rawValue: try row.text(1)) else { return nil }
                return Holding(
                    office: ID(rawValue: try row.text(0)),
                    ticket: try StoredForm.value(from: try row.text(2)),
                    board: try StoredForm.value(from: try row.text(3)),
                    day: day,
                    version: try row.int(4)
                )
            }
        }
    }

    /// The day of a ticket; nil when the secret opens none.
    func day(ofTicket secret: String) async throws -> LocalDate? {
        try await database.read { tx in
            try tx.fetch("SELECT day FROM ticket WHERE secret = \(secret)").first
                .flatMap { LocalDate(rawValue: try $0.text(0)) }
        }
    }

    /// What opens the ticket with this number.
    func secret(of number: TicketNumber, at office: ID<Agency>, on day: LocalDate) async throws -> String? {
        try await database.read { tx in
            try tx.fetch(
                "SELECT secret FROM ticket WHERE office = \(office) AND day = \(day) AND number = \(number)"
            ).first.map { try $0.text(0) }
        }
    }

    /// How many of these tickets are still to be served on a day.
    func active(_ secrets: [String], on day: LocalDate) async throws -> Int {
        guard !secrets.isEmpty else { return 0 }
        return try await database.read { tx in
            try tx.fetch("SELECT state FROM ticket WHERE secret IN \(list: secrets) AND day = \(day)")
                .count { try StoredForm.value(Ticket.self, from: try $0.text(0)).isActive }
        }
    }

    /// The board of an office on a day; nil before the first ticket and the first counter of the day.
    package func board(of office: ID<Agency>, on day: LocalDate) async throws -> DayBoard? {
        try await database.read { tx in
            try tx.fetch("SELECT board FROM office_day WHERE day = \(day) AND office = \(office)").first
                .map { try StoredForm.value(from: try $0.text(0)) }
        }
    }

    /// The board, or what it would be if the office opened now.
    package func boardOrPlan(of office: ID<Agency>, at now: Instant) async throws -> DayBoard? {
        if let board = try await board(of: office, on: now.localDate) { return board }
        guard let setting = try await plan(office, now) else { return nil }
        var day = OfficeDay()
        day.evolve(.opened(setting: setting))
        return DayBoard(day, setting, at: now)
    }

    /// Every office that is at work on a day, from one range of rows.
    package func summaries(on day: LocalDate) async throws -> [(office: ID<Agency>, summary: DayBoard.Summary)] {
        try await database.read { tx in
            try tx.fetch("SELECT office, summary FROM office_day WHERE day = \(day) ORDER BY office").map {
                (ID(rawValue: try $0.text(0)), try StoredForm.value(from: try $0.text(1)))
            }
        }
    }

    /// How often each office's queues have changed today.
    package func versions(of offices: some Collection<ID<Agency>>, on day: LocalDate) async throws
        -> [ID<Agency>: Int]
    {
        let names = offices.map(\.rawValue)
        return try await database.read { tx in
            let rows = try tx.fetch(
                "SELECT office, version FROM office_day WHERE day = \(day) AND office IN \(list: names)"
            )
            return Dictionary(
                try rows.map { (ID(rawValue: try $0.text(0)), try $0.int(1)) },
                uniquingKeysWith: { first, _ in first }
            )
        }
    }

    /// Visitors of one line who came in the half hour that began then.
    package struct Arrivals: Hashable, Sendable {
        package let halfHour: Instant
        package let line: LineKey
        package let count: Int
    }

    /// Who has come between two moments, the earliest first.
    package func arrivals(at office: ID<Agency>, from start: Instant, to end: Instant) async throws -> [Arrivals] {
        try await database.read { tx in
            try tx.fetch(
                """
                SELECT half_hour, line, arrivals FROM office_arrival
                WHERE office = \(office) AND half_hour >= \(start) AND half_hour < \(end) ORDER BY half_hour, line
                """
            ).compactMap { row in
                guard let line = LineKey(rawValue: try row.text(1)) else { return nil }
                return Arrivals(halfHour: Instant(milliseconds: try row.int(0)), line: line, count: try row.int(2))
            }
        }
    }

    /// The whole day, for what its rows do not tell.
    func day(of office: ID<Agency>, on day: LocalDate) async throws -> OfficeDay {
        try await events.load(ID<OfficeDay>(office, day))
    }

    package func history(of office: ID<Agency>, on day: LocalDate) async throws -> [Recorded<OfficeDay.Event>] {
        try await events.history(of: ID<OfficeDay>(office, day))
    }

    // MARK: - Secrets

    /// 80 bits: it is part of a link, where a rate limit helps little.
    private static func freshSecret() -> String {
        var generator = SystemRandomNumberGenerator()
        return base32(generator.next(), digits: 8) + base32(generator.next(), digits: 8)
    }

    private static func person(_ holder: String, salt: String) -> PersonKey {
        var hash = HMAC<SHA256>(key: SymmetricKey(data: Array(salt.utf8)))
        hash.update(data: Array(holder.utf8))
        return PersonKey(rawValue: hash.finalize().prefix(16).map { padded16($0) }.joined())
    }

    private static func padded16(_ byte: UInt8) -> String {
        byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16)
    }
}

extension ID<OfficeDay> {
    package init(_ office: ID<Agency>, _ day: LocalDate) { self.init(rawValue: "\(office.rawValue)/\(day.rawValue)") }
}

extension OfficeDay.Event {
    /// The ticket it is about.
    fileprivate var number: TicketNumber? {
        switch self {
        case .opened, .capacityChanged, .counterOpened, .counterPaused, .counterClosed, .closed: nil
        case .taken(let number, _, _, _, _, _), .healthRulesAcknowledged(let number, _),
            .papersChecked(let number, _, _, _), .letIn(let number, _), .askedOut(let number, _),
            .called(let number, _, _, _), .recalled(let number, _, _), .begun(let number, _, _),
            .missed(let number, _, _), .cameBack(let number, _), .sentToCorrect(let number, _, _),
            .transferred(let number, _, _, _), .finished(let number, _, _, _), .wentElsewhere(let number, _, _),
            .gaveUp(let number, _), .unserved(let number, _), .priorityClaimed(let number, _, _),
            .priorityConfirmed(let number, _, _), .takenBack(let number, _, _):
            number
        }
    }

    fileprivate var closes: Bool { if case .closed = self { true } else { false } }

    fileprivate func takes(_ taken: TicketNumber) -> Bool {
        if case .taken(let number, _, _, _, _, _) = self { number == taken } else { false }
    }
}
