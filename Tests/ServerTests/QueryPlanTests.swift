import Agencies
import Kernel
import OneStop
import Staffing
import Synchronization
import Testing
import Web

@testable import DossierCore
@testable import DueDates
@testable import OneStop
@testable import Persistence
@testable import Registers
@testable import Scanning
@testable import Server

/// Every list is one range of an index, however many dossiers there are: asked of SQLite's planner.
@Suite struct `Query plans` {
    private static let officer = ActingOfficer(
        id: ID(rawValue: "officer"),
        agency: ID(rawValue: "agency"),
        roles: Set(Role.allCases)
    )
    private static let now = Instant(milliseconds: 1_795_401_000_000)

    private func plans(_ ask: (DossierBook) async throws -> Void) async throws -> [String] {
        let database = PlannedDatabase(try SQLiteDatabase.temporary())
        try await database.migrate(House.migrations)
        database.forget()
        try await ask(DossierBook(database: database, staff: StaffBooks(database: database)))
        await database.close()
        return database.steps
    }

    private func expectIndexed(_ steps: [String], _ what: String) {
        #expect(!steps.isEmpty, "\(what) asked nothing")
        for step in steps {
            // Counting rows of a limited subquery walks that subquery and no table.
            let isTable = step.contains("SCAN") && !step.contains("SCAN x") && !step.contains("CONSTANT ROW")
            #expect(!isTable, "\(what) walks a whole table: \(step)")
            #expect(!step.contains("USE TEMP B-TREE"), "\(what) sorts what an index should give in order: \(step)")
        }
    }

    private static let inboxes: [Inbox] =
        [
            .new, .accepted, .mine, .opinions, .waiting, .late, .dueSoon, .answerLate, .answerSoon, .unanswered,
            .finished,
            .passed, .received, .closed,
            .all,
        ]
        + Role.allCases.map(Inbox.turn)

    @Test(arguments: inboxes)
    func `a list is a range of an index, from its beginning and from a cursor`(inbox: Inbox) async throws {
        for cursor in [nil, Cursor("1795401000000-01abc")] {
            let steps = try await plans { book in
                _ = try await book.list(inbox, for: Self.officer, now: Self.now, after: cursor)
            }
            expectIndexed(steps, inbox.slug)
        }
    }

    @Test(arguments: RegisterFilter.Basis.allCases)
    func `the register is a range of an index, from its beginning, from a cursor, and when it is counted`(
        basis: RegisterFilter.Basis
    ) async throws {
        let day = Self.now.localDate
        for punctuality in [nil, RegisterFilter.Punctuality.late] {
            let filter = RegisterFilter(by: basis, from: day, to: day, procedures: ["1.0"], punctuality: punctuality)
            let agencies = [Self.officer.agency]
            let steps = try await plans { book in
                for place in [nil, RegisterPlace("1795401000000-01abc-agency")] {
                    _ = try await book.register(filter, of: agencies, now: Self.now, after: place)
                }
                _ = try await book.registerTotals(filter, of: agencies, now: Self.now)
            }
            expectIndexed(steps, "the register by \(basis)")
        }
    }

    @Test func `earlier dossiers of a person are found by a word of the index`() async throws {
        let database = PlannedDatabase(try SQLiteDatabase.temporary())
        try await database.migrate(House.migrations)
        database.forget()
        _ = try await DossierBook(database: database, staff: StaffBooks(database: database)).dossiers(
            under: "0912000001",
            of: Self.officer.agency
        )
        expectIndexed(database.steps, "earlier dossiers")
        await database.close()
    }

    @Test func `the numbers beside the lists are counted in indexes`() async throws {
        expectIndexed(
            try await plans { book in _ = try await book.badges(Self.inboxes, for: Self.officer, now: Self.now) },
            "badges"
        )
    }

    @Test(arguments: BoardQuestion.allCases)
    func `the board is counted and listed in indexes`(question: BoardQuestion) async throws {
        let moments = BoardMoments(now: Self.now, calendar: WorkingCalendar(days: CalendarDays()))
        let agencies = [Self.officer.agency, ID(rawValue: "another")]
        expectIndexed(
            try await plans { book in
                _ = try await book.boardCounts(of: agencies, at: moments)
                for cursor in [nil, Cursor("1795401000000-01abc")] {
                    _ = try await book.board(question, of: agencies, at: moments, after: cursor)
                }
            },
            "the board of \(question.rawValue)"
        )
    }

    @Test func `a search is a range of an index`() async throws {
        expectIndexed(
            try await plans { book in _ = try await book.search("nguyen van", agency: Self.officer.agency) },
            "search"
        )
    }

    @Test func `a citizen's dossiers and drafts are ranges of indexes`() async throws {
        expectIndexed(
            try await plans { book in
                _ = try await book.list(of: ID(rawValue: "lan"), after: Cursor("1795401000000-01abc"))
                _ = try await Drafts(database: book.database).list(of: ID(rawValue: "lan"))
                _ = try await Drafts(database: book.database).draft(ID(rawValue: "draft"), of: ID(rawValue: "lan"))
            },
            "my dossiers"
        )
    }

    @Test func `due dates are counted anew along an index`() async throws {
        let steps = try await plans { book in
            _ = try await book.database.read { tx in
                try Recounter.running(
                    Self.officer.agency,
                    from: Self.now.localDate,
                    after: "01abc",
                    25,
                    in: tx
                )
            }
            _ = try await book.recounts(of: ID(rawValue: "entry"))
        }
        expectIndexed(steps, "a recount")
        #expect(steps.contains { $0.contains("dossier_running") })
    }

    @Test func `piles and papers on file are found by keys`() async throws {
        expectIndexed(
            try await plans { book in
                let scans = ScanBook(database: book.database)
                _ = try await scans.list(of: ID(rawValue: "agency"))
                _ = try await scans.batch(ID(rawValue: "pile"), of: ID(rawValue: "agency"))
                _ = try await scans.dossiers(["000.00.19.H26-210806-0007"], of: ID(rawValue: "agency"))
            },
            "piles"
        )
        let steps = try await plans { book in
            let papers = PapersOnFileBook(database: book.database)
            _ = try await papers.papers(of: ID(rawValue: "lan"), keys: ["certificate", "identity-copy"])
        }
        // Of the few papers of one kind that one person has, the newest are sorted out in memory.
        #expect(
            steps.contains { $0.contains("paper_on_file_of") } && !steps.contains { $0.contains("SCAN") },
            "\(steps)"
        )
    }

    @Test func `queues are read by keys and ranges of indexes`() async throws {
        let (office, day) = (ID<Agency>(rawValue: "office"), Self.now.localDate)
        expectIndexed(
            try await plans { book in
                let queues = TicketBook(database: book.database) { _, _ in nil }
                _ = try await queues.ticket("secret")
                _ = try await queues.board(of: office, on: day)
                _ = try await queues.summaries(on: day)
                _ = try await queues.versions(of: [office, ID(rawValue: "other")], on: day)
                _ = try await queues.arrivals(at: office, from: Self.now, to: Self.now + .days(1))
                _ = try await queues.measurements(of: office, until: day)
                try await queues.callBack(at: Self.now)
                try await queues.closeDays(at: Self.now)
            },
            "queues"
        )
    }

    @Test func `free times and an office's appointments are ranges of indexes`() async throws {
        let steps = try await plans { dossiers in
            let agencies = AgencyBook(database: dossiers.database)
            let openings = OpeningBook(
                offices: OfficeBook(database: dossiers.database),
                calendars: CalendarBook(database: dossiers.database, agencies: agencies),
                orders: OrderBook(database: dossiers.database, agencies: agencies)
            )
            let book = AppointmentBook(database: dossiers.database, site: "", openings: openings)
            _ = try await book.appointment(ID(rawValue: "appointment"))
            _ = try await dossiers.database.read { tx in
                try AppointmentTables.loads(
                    of: [ID(rawValue: "office"), ID(rawValue: "other")],
                    from: Self.now.localDate,
                    to: Self.now.localDate.adding(days: 14),
                    coolDown: { _ in .minutes(60) },
                    in: tx
                )
            }
            _ = try await book.list(of: ID(rawValue: "office"), on: Self.now.localDate)
            _ = try await book.displaced(at: ID(rawValue: "office"), from: Self.now.localDate)
            _ = try await NoticeBook(database: dossiers.database)
                .latest(AppointmentNotice.news, about: ["appointment", "other"].map(Notice.Subject.init(rawValue:)))
        }
        expectIndexed(steps, "appointments")
    }

    @Test func `a dossier and its parts are found by keys`() async throws {
        expectIndexed(
            try await plans { book in
                _ = try await book.details(ID(rawValue: "dossier"))
                _ = try await book.lookUp(DossierCode(rawValue: "000.00.19.H26-210806-0007")!, secret: "7k3m9x2q")
                _ = try await book.events.load(ID<Dossier>(rawValue: "dossier"))
            },
            "a dossier"
        )
    }
}

/// Asks the planner about every statement that is read with, before it runs.
private final class PlannedDatabase: Database {
    private let base: SQLiteDatabase
    // Protects the steps, which readers on several threads add to.
    private let seen = Mutex<[String]>([])

    init(_ base: SQLiteDatabase) { self.base = base }

    var steps: [String] { seen.withLock { $0 } }
    func forget() { seen.withLock { $0 = [] } }

    var dialect: Dialect { base.dialect }
    var bell: Bell { base.bell }
    func close() async { await base.close() }
    func statement(_ sql: SQL) async throws -> [Row] { try await base.statement(sql) }

    func transaction<T: Sendable>(_ body: @escaping @Sendable (borrowing Transaction) throws -> T) async throws -> T {
        try await base.transaction(body)
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (borrowing Transaction) throws -> T) async throws -> T {
        try await base.read { tx in
            try body(
                Transaction(session: PlannedSession(tx.session) { step in self.seen.withLock { $0.append(step) } })
            )
        }
    }
}

private final class PlannedSession: Session {
    private let base: any Session
    private let see: (String) -> Void

    init(_ base: any Session, see: @escaping (String) -> Void) { (self.base, self.see) = (base, see) }

    var dialect: Dialect { base.dialect }
    var isLost: Bool { base.isLost }
    var news: Set<Bell.Topic> {
        get { base.news }
        set { base.news = newValue }
    }

    func run(_ sql: SQL) throws -> Answer {
        for row in try base.run("EXPLAIN QUERY PLAN \(sql)").rows { see(try row.text("detail")) }
        return try base.run(sql)
    }
}
