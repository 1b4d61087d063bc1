import Kernel
import Persistence
import Staffing
import Synchronization
import TestSupport
import Testing
import Web

// Persistence has one of its own.
import struct DossierCore.Cursor

@testable import DossierCore
@testable import Persistence

struct InboxTests {
    static let everyList: [Inbox] =
        [.new, .accepted, .mine, .opinions, .waiting, .late, .dueSoon, .unanswered, .finished, .closed, .all]
        + [.caseOfficer, .leader, .clerk].map(Inbox.turn)

    @Test
    func `every list has a name in addresses and in both languages`() {
        for list in Self.everyList {
            #expect(Inbox(slug: list.slug) == list)
            #expect(!list.name.vi.isEmpty && !list.name.en.isEmpty)
        }
        #expect(Inbox(slug: "nonsense") == nil)
    }

    @Test(arguments: TestDatabase.kinds)
    func `each list shows what belongs to it through the whole life of a dossier`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let id = try await room.file(Room.submission(returnBy: .counter)).dossier
            let note = room.text("x").sealed
            func lists(_ officer: ActingOfficer) async throws -> Set<String> {
                var found: Set<String> = []
                let badges = try await room.book.badges(Self.everyList, for: officer, now: room.clock.now)
                for list in Self.everyList {
                    let items = try await room.book.list(list, for: officer, now: room.clock.now).items
                    #expect(badges[list] == items.count, "the badge of \(list.slug)")
                    if items.map(\.id) == [id] { found.insert(list.slug) }
                }
                return found
            }
            #expect(try await lists(Room.binh) == ["new", "all"])
            let life: [(Dossier.Command, Set<String>)] = [
                (.accept(by: Room.hoa, due: room.clock.now + .days(10)), ["accepted", "all"]),
                (.handOver(by: Room.hoa, to: nil), ["turn-caseOfficer", "all"]),
                (.assign(by: Room.binh, to: Room.binh.id), ["mine", "all"]),
                (
                    .requestSupplement(
                        by: Room.binh,
                        items: [DossierTests.missing],
                        reason: note,
                        answerBy: nil,
                        ground: nil
                    ), ["waiting", "all"]
                ),
                (
                    .supplement(
                        by: Room.lan,
                        answers: DossierTests.brought,
                        message: nil,
                        due: nil
                    ),
                    ["mine", "all"]
                ),
                (.requireObligation(by: Room.binh, amount: Money(dong: 1), ground: note), ["waiting", "all"]),
                (.meetObligation(by: Room.binh, due: nil), ["mine", "all"]),
                (
                    .prepareResult(by: Room.binh, outcome: .granted, files: [Room.result], explanation: nil),
                    ["mine", "all"]
                ),
                (.completeStep(by: Room.binh, remark: nil), ["turn-leader", "all"]),
                (.sendBack(by: Room.dung, remark: note), ["turn-caseOfficer", "all"]),
                (.completeStep(by: Room.binh, remark: nil), ["turn-leader", "all"]),
                (.completeStep(by: Room.dung, remark: nil), ["turn-clerk", "all"]),
                (.completeStep(by: Room.mai, remark: nil), ["finished", "all"]),
                (.returnResult(by: Room.tam, method: .counter, collector: Room.collector.sealed), ["closed", "all"]),
            ]
            for (command, expected) in life {
                try await room.perform(command, on: id)
                #expect(try await lists(Room.binh) == expected, "\(command)")
                #expect(try await lists(Room.dung) == expected.subtracting(["mine"]), "\(command)")
                let stranger = Room.officer("x", in: Room.elsewhere, .reception, .caseOfficer, .leader)
                #expect(try await lists(stranger) == [], "\(command)")
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what is late and what soon will be depends on the clock`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let start = room.clock.now
            let id = try await room.file().dossier
            try await room.perform(.accept(by: Room.hoa, due: start + .days(5)), on: id)
            func isIn(_ list: Inbox, _ now: Instant) async throws -> Bool {
                try await room.book.list(list, for: Room.hoa, now: now).items.map(\.id) == [id]
            }
            let due = start + .days(5)
            let second = Span.seconds(1)
            for (now, soon, late) in [
                (start, false, false), (due + .days(-2), false, false), (due + .days(-2) + second, true, false),
                (due, true, false), (due + second, false, true),
            ] {
                #expect(try await isIn(.dueSoon, now) == soon)
                #expect(try await isIn(.late, now) == late)
            }
            // While the applicant is asked for something, the clock stands still.
            try await room.perform(.handOver(by: Room.hoa, to: nil), on: id)
            try await room.perform(
                .requestSupplement(
                    by: Room.binh,
                    items: [DossierTests.missing],
                    reason: room.text("x").sealed,
                    answerBy: nil,
                    ground: nil
                ),
                on: id
            )
            #expect(try await !isIn(.late, due + second))
            try await room.perform(.stop(by: Room.dung, reason: room.text("x").sealed), on: id)
            #expect(try await !isIn(.late, due + second))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a badge counts to one hundred and no further`(kind: TestDatabase) async throws {
        try await kind.room { room in
            try await room.fill(130, .filed)
            let badges = try await room.book.badges([.new, .accepted], for: Room.hoa, now: room.clock.now)
            #expect(badges == [.new: 100, .accepted: 0])
            #expect(try await room.book.badges([], for: Room.hoa, now: room.clock.now) == [:])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `130 dossiers are paged through without gap or repetition in every list`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let now = room.clock.now
            let kinds: [(Room.Standing, [Inbox])] = [
                (.filed, [.new]), (.accepted(due: now + .days(-1)), [.accepted, .late]),
                (.processing(holder: nil, due: now + .hours(1)), [.turn(.caseOfficer), .dueSoon]),
                (.processing(holder: Room.binh.id, due: nil), [.mine]),
                (.waiting(due: now + .hours(1)), [.waiting]), (.finished, [.finished]),
                (.refused, [.closed]),
            ]
            var everything: Set<ID<Dossier>> = []
            for (standing, lists) in kinds {
                let ids = try await room.fill(130, standing)
                everything.formUnion(ids)
                for list in lists {
                    let seen = try await pages { cursor in
                        try await room.book.list(list, for: Room.binh, now: now, after: cursor, limit: 17)
                    }
                    #expect(seen.count == 130 && Set(seen) == Set(ids), "\(list.slug)")
                }
            }
            let all = try await pages { cursor in
                try await room.book.list(.all, for: Room.binh, now: now, after: cursor, limit: 50)
            }
            #expect(all.count == everything.count && Set(all) == everything)
            let own = try await pages { cursor in
                try await room.book.list(of: Room.lan, after: cursor, limit: 20)
            }
            #expect(own.count == everything.count && Set(own) == everything)
        }
    }

    private func pages(_ page: (Cursor?) async throws -> Listing<DossierRow>) async throws -> [ID<Dossier>] {
        var seen: [ID<Dossier>] = []
        var cursor: Cursor?
        repeat {
            let listing = try await page(cursor)
            seen += listing.items.map(\.id)
            // As it travels through an address.
            cursor = listing.next.flatMap { Cursor($0.text) }
        } while cursor != nil
        return seen
    }

    @Test(arguments: ["", "-", "12", "12-", "x-y", "12-\(String(repeating: "a", count: 65))", "99999999999999999999-a"])
    func `a cursor that nobody gave out is none`(text: String) {
        #expect(Cursor(text) == nil)
    }

    static let typed: [(typed: String, found: [String])] = [
        ("van an", ["Nguyễn Văn An", "Trần Văn Anh"]),
        ("Văn An", ["Nguyễn Văn An", "Trần Văn Anh"]),
        ("Va\u{306}n An", ["Nguyễn Văn An", "Trần Văn Anh"]),
        ("NGUYEN", ["Nguyễn Văn An", "Nguyễn Đức Ân"]),
        ("đuc", ["Nguyễn Đức Ân"]),
        ("duc an", ["Nguyễn Đức Ân"]),
        ("guyen", []),
        ("an", ["Nguyễn Văn An", "Nguyễn Đức Ân", "Trần Văn Anh"]),
        ("261123-0002", ["Trần Văn Anh"]),
        ("000.00.19.H26-261123-0003", ["Nguyễn Đức Ân"]),
        ("00000019h262611230003", []),
        ("0000019h262611230003", ["Nguyễn Đức Ân"]),
        ("261123", ["Nguyễn Văn An", "Nguyễn Đức Ân", "Trần Văn Anh"]),
        ("0912 000 003", ["Nguyễn Đức Ân"]),
        ("0912.000.00", ["Nguyễn Văn An", "Nguyễn Đức Ân", "Trần Văn Anh"]),
        ("  ", []), ("%", []), ("_", []), ("' OR 1=1 --", []),
    ]

    @Test(arguments: TestDatabase.kinds)
    func `a dossier is found by what people type of name, code and telephone`(kind: TestDatabase) async throws {
        try await kind.room { room in
            for (index, name) in ["Nguyễn Văn An", "Trần Văn Anh", "Nguyễn Đức Ân"].enumerated() {
                try await room.file(Room.submission(name, phone: "091200000\(index + 1)"))
            }
            try await room.file(Room.submission("Lê Văn An", to: Room.elsewhere, code: "000.00.19.H17"))
            for (typed, found) in Self.typed {
                let rows = try await room.book.search(typed, agency: Room.justice)
                #expect(rows.map(\.applicantName).sorted() == found.sorted(), "“\(typed)”")
                #expect(Set(rows.map(\.id)).count == rows.count, "“\(typed)” shows a dossier twice")
            }
            #expect(try await room.book.search("van an", agency: Room.elsewhere).map(\.applicantName) == ["Lê Văn An"])
            for typed in ["an van le", "le an", "An, Văn"] {
                let names = try await room.book.search(typed, agency: Room.elsewhere).map(\.applicantName)
                #expect(names == ["Lê Văn An"], "\(typed)")
            }
            #expect(try await room.book.search("le anh", agency: Room.elsewhere).isEmpty)
            #expect(try await room.book.search("an", agency: Room.justice, limit: 2).count == 2)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a name longer than most is found when it is typed in full`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let name = "Công Tằng Tôn Nữ Thị Ngọc Hoàng Phương Bảo Trân Thùy Dương Khánh Vy Minh Anh"
            try await room.file(Room.submission(name))
            #expect(try await room.book.search(name, agency: Room.justice).map(\.applicantName) == [name])
        }
    }

    @Test
    func `every list and search is read from an index, in its order`() async throws {
        try await TestDatabase.sqlite.room { room in
            try await room.fill(40, .filed)
            try await room.change("ANALYZE")
            let watched = WatchedDatabase(room.database)
            let reader = InboxReader(database: watched)
            let cursor = Cursor(key: 5, id: "a")
            for after in [nil, cursor] {
                for list in Self.everyList {
                    _ = try await reader.list(list, for: Room.binh, now: room.clock.now, after: after, limit: 50)
                }
                _ = try await reader.list(of: Room.lan, after: after, limit: 20)
            }
            _ = try await reader.search("van an", agency: Room.justice, limit: 50)
            _ = try await reader.badges(Self.everyList, for: Room.binh, now: room.clock.now)
            _ = try await DossierBook(database: watched, staff: StaffBooks(database: watched)).details(
                ID(rawValue: "x")
            )
            _ = try await DossierBook(database: watched, staff: StaffBooks(database: watched)).lookUp(
                DossierCode(rawValue: "000.00.19.H26-261123-0001")!,
                secret: "x"
            )
            _ = try await Drafts(database: watched).list(of: Room.lan)
            let statements = watched.statements
            #expect(statements.count >= 2 * (Self.everyList.count + 1) + 5)
            for statement in statements {
                let plan = try await room.rows("EXPLAIN QUERY PLAN \(statement)").map { try $0.text("detail") }
                let walks = plan.filter { $0.hasPrefix("SCAN") && !$0.contains("CONSTANT ROW") && $0 != "SCAN x" }
                #expect(walks == [], "\(statement)")
                #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(statement) is sorted: \(plan)")
            }
        }
    }
}

extension Room {
    /// Where dossiers stand that are put into the lists without their history.
    enum Standing {
        case filed, accepted(due: Instant), processing(holder: ID<Officer>?, due: Instant?), waiting(due: Instant),
            finished, refused
    }

    /// Puts dossiers into the lists, many of them filed in the same moment.
    @discardableResult
    func fill(_ count: Int, _ standing: Standing) async throws -> [ID<Dossier>] {
        let now = clock.now
        let note = SealedText(text: ID(rawValue: "n"), digest: "")
        let ids = (0..<count).map { _ in ID<Dossier>.fresh(at: now) }
        try await database.transaction { tx in
            for (index, id) in ids.enumerated() {
                let filing = Filing(
                    code: DossierCode(rawValue: "T-\(id.rawValue.suffix(20))")!,
                    procedure: "1.000001",
                    revision: 0,
                    situation: nil,
                    agency: Room.justice,
                    channel: .online,
                    returnBy: .online,
                    applicant: Room.lan,
                    content: note,
                    papers: [],
                    steps: Room.steps
                )
                let filed = Dossier.Event.filing(.filed(filing: filing))
                let history: [Dossier.Event] =
                    switch standing {
                    case .filed: [filed]
                    case .accepted(let due): [filed, .filing(.accepted(due: due))]
                    case .processing(let holder, let due):
                        [filed, .filing(.accepted(due: due)), .assignment(.handedOver(to: holder))]
                    case .waiting(let due):
                        [
                            filed, .filing(.accepted(due: due)),
                            .supplement(.requested(items: [], reason: note, answerBy: nil, ground: nil)),
                        ]
                    case .finished: [filed, .filing(.accepted(due: nil)), .result(.finished(outcome: .granted))]
                    case .refused: [filed, .filing(.refused(reason: note))]
                    }
                // Seven in each moment, so that pages end within one.
                let filedAt = now + .seconds(index / 7)
                try DossierRow(
                    id: id,
                    Dossier(replaying: history),
                    filing,
                    version: history.count,
                    applicantName: "Nguyễn Văn An",
                    procedureName: "Cấp Phiếu",
                    filedAt: filedAt,
                    updatedAt: filedAt,
                    finishedAt: nil,
                    heldSince: filedAt
                ).insert(phone: nil, address: nil, in: tx)
            }
        }
        return ids
    }
}

/// A database that remembers what was asked of it.
final class WatchedDatabase: Database {
    private let database: any Database
    private let log = Mutex<[SQL]>([])

    init(_ database: any Database) { self.database = database }

    var statements: [SQL] { log.withLock { $0 } }
    var dialect: Dialect { database.dialect }
    var bell: Bell { database.bell }

    func read<T: Sendable>(_ body: @escaping @Sendable (borrowing Transaction) throws -> T) async throws -> T {
        try await database.read { tx in try body(Transaction(session: WatchedSession(tx.session, self))) }
    }

    func transaction<T: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> T
    ) async throws -> T {
        try await database.transaction { tx in try body(Transaction(session: WatchedSession(tx.session, self))) }
    }

    func statement(_ sql: SQL) async throws -> [Row] { try await database.statement(sql) }
    func close() async { await database.close() }

    fileprivate func note(_ sql: SQL) { log.withLock { $0.append(sql) } }
}

private final class WatchedSession: Session {
    private let session: any Session
    private let database: WatchedDatabase

    init(_ session: any Session, _ database: WatchedDatabase) { (self.session, self.database) = (session, database) }

    var dialect: Dialect { session.dialect }
    var isLost: Bool { session.isLost }
    var news: Set<Bell.Topic> {
        get { session.news }
        set { session.news = newValue }
    }

    func run(_ sql: SQL) throws -> Persistence.Answer {
        database.note(sql)
        return try session.run(sql)
    }
}
