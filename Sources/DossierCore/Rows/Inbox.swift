package import Kernel
import Persistence
package import Web

/// The lists an officer works from. Each is one index range of materialised rows.
package enum Inbox: Hashable, Sendable {
    /// Filed and not yet received.
    case new
    /// Received, waiting to be handed over to those who process.
    case accepted
    /// In process, the next step is this role's, and nobody has taken it.
    case turn(Role)
    case mine
    /// The reader's opinion is asked for and not given yet.
    case opinions
    /// A supplement or a payment is awaited from the applicant.
    case waiting
    case late
    case dueSoon
    /// Filed online and not answered within eight working hours.
    case answerLate
    /// Filed online, the eight hours nearly over.
    case answerSoon
    /// The day by which the applicant was to supply something has passed.
    case unanswered
    /// Finished, waiting to be returned.
    case finished
    /// With another agency for its part.
    case passed
    /// Other agencies' dossiers, here for a part of the work.
    case received
    case closed
    case all

    /// The word in addresses.
    package var slug: String {
        switch self {
        case .new: "new"
        case .accepted: "accepted"
        case .turn(let role): "turn-\(role.rawValue)"
        case .mine: "mine"
        case .opinions: "opinions"
        case .waiting: "waiting"
        case .late: "late"
        case .dueSoon: "due-soon"
        case .answerLate: "answer-late"
        case .answerSoon: "answer-soon"
        case .unanswered: "supplement-late"
        case .finished: "finished"
        case .passed: "passed"
        case .received: "received"
        case .closed: "closed"
        case .all: "all"
        }
    }

    package init?(slug: String) {
        let all: [Inbox] = [
            .new, .accepted, .mine, .opinions, .waiting, .late, .dueSoon, .answerLate, .answerSoon, .unanswered,
            .finished,
            .passed, .received, .closed, .all,
        ]
        let turns = Role.allCases.map(Inbox.turn)
        guard let inbox = (all + turns).first(where: { $0.slug == slug }) else { return nil }
        self = inbox
    }

    package var name: Words {
        switch self {
        case .new: Words(vi: "Mới nộp", en: "New")
        case .accepted: Words(vi: "Chờ chuyển xử lý", en: "To hand over")
        case .turn(let role):
            Words(vi: "Chờ \(role.words.vi.lowercased())", en: "For the \(role.words.en.lowercased())")
        case .mine: Words(vi: "Của tôi", en: "Mine")
        case .opinions: Words(vi: "Xin ý kiến", en: "Opinions wanted")
        case .waiting: Words(vi: "Chờ người dân", en: "Waiting for the citizen")
        case .late: Words(vi: "Quá hạn", en: "Late")
        case .dueSoon: Words(vi: "Sắp đến hạn", en: "Due soon")
        case .answerLate: Words(vi: "Quá hạn trả lời lần đầu", en: "First answer late")
        case .answerSoon: Words(vi: "Sắp hết hạn trả lời", en: "First answer due soon")
        case .unanswered: Words(vi: "Quá hạn bổ sung", en: "Supplement overdue")
        case .finished: Words(vi: "Chờ trả kết quả", en: "To return")
        case .passed: Words(vi: "Đã chuyển cơ quan khác", en: "With another agency")
        case .received: Words(vi: "Cơ quan khác chuyển đến", en: "From other agencies")
        case .closed: Words(vi: "Đã kết thúc", en: "Closed")
        case .all: Words(vi: "Tất cả", en: "All")
        }
    }
}

/// Where a list goes on: the sort key and the ID of the last row shown.
package struct Cursor: Sendable, Equatable {
    package let key: Int
    package let id: String

    /// Reads `1637654400000-01abc…`; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, let key = InstantNumber(typed: parts[0]), !parts[1].isEmpty, parts[1].utf8.count <= 64
        else { return nil }
        (self.key, id) = (key.number, String(parts[1]))
    }

    package init(key: Int, id: String) { (self.key, self.id) = (key, id) }

    package var text: String { "\(key)-\(id)" }
}

/// A part of a list, and where the rest begins.
package struct Listing<Item: Sendable>: Sendable {
    package let items: [Item]
    package let next: Cursor?
}

/// Reads the lists.
package struct InboxReader: Sendable {
    let database: any Database
    /// First answers due before this are nearly due; two hours from now where nobody has counted working hours.
    var answersSoon: Instant?

    /// How many days before its due date a dossier counts as nearly due.
    static let soon = Span.days(2)

    func list(_ inbox: Inbox, for officer: ActingOfficer, now: Instant, after cursor: Cursor?, limit: Int) async throws
        -> Listing<DossierRow>
    {
        if inbox == .mine, !officer.standIns.isEmpty {
            return try await held(by: [officer.id] + officer.standIns.map(\.absent), officer, cursor, limit)
        }
        if inbox == .opinions { return try await opinions(for: officer, after: cursor, limit: limit) }
        let (filter, order) = scope(of: inbox, for: officer, now: now)
        let position = cursor.map { order.after($0) } ?? ""
        let rows = try await database.read { tx in
            try tx.fetch(
                """
                SELECT \(DossierRow.columns) FROM dossier d WHERE \(filter) \(position)
                ORDER BY \(order.sql) LIMIT \(limit + 1)
                """
            ).map(DossierRow.init)
        }
        return Listing(rows, limit: limit) {
            Cursor(key: order.key(of: $0)?.milliseconds ?? 0, id: $0.id.rawValue)
        }
    }

    /// Which of these lists hold `dossier`, for each of these officers: by the same conditions as the lists themselves.
    func lists(holding dossier: ID<Dossier>, among lists: [(officer: ActingOfficer, inbox: Inbox)], now: Instant)
        async throws -> [Bool]
    {
        guard !lists.isEmpty else { return [] }
        var answers: SQL = ""
        for (index, (officer, inbox)) in lists.enumerated() {
            let holders = inbox == .mine ? [officer.id] + officer.standIns.map(\.absent) : []
            let filter: SQL = holders.dropFirst().reduce(scope(of: inbox, for: officer, now: now).filter) {
                "\($0) OR \(Self.held(by: $1, in: officer.agency))"
            }
            let answer: SQL = "CASE WHEN \(filter) THEN 1 ELSE 0 END"
            answers = index == 0 ? answer : "\(answers), \(answer)"
        }
        let statement: SQL = "SELECT \(answers) FROM dossier d WHERE d.id = \(dossier)"
        return try await database.read { tx in
            guard let row = try tx.fetch(statement).first else { return lists.map { _ in false } }
            return try lists.indices.map { try row.int($0) == 1 }
        }
    }

    /// What comes first in a list; the ID breaks ties.
    enum Order {
        case newest, due, answerDue, supplementEnd, partDue, opinionEnd

        var sql: SQL {
            switch self {
            case .newest: "d.filed_at DESC, d.id DESC"
            case .due: "d.open_due, d.id"
            case .answerDue: "d.first_answer_due, d.id"
            case .supplementEnd: "d.answer_ends, d.id"
            case .partDue: "d.part_due, d.id"
            case .opinionEnd: "o.answer_ends, o.opinion"
            }
        }

        func after(_ cursor: Cursor) -> SQL {
            switch self {
            case .newest: "AND (d.filed_at, d.id) < (\(cursor.key), \(cursor.id))"
            case .due: "AND (d.open_due, d.id) > (\(cursor.key), \(cursor.id))"
            case .answerDue: "AND (d.first_answer_due, d.id) > (\(cursor.key), \(cursor.id))"
            case .supplementEnd: "AND (d.answer_ends, d.id) > (\(cursor.key), \(cursor.id))"
            case .partDue: "AND (d.part_due, d.id) > (\(cursor.key), \(cursor.id))"
            case .opinionEnd: "AND (o.answer_ends, o.opinion) > (\(cursor.key), \(cursor.id))"
            }
        }

        func key(of row: DossierRow) -> Instant? {
            switch self {
            case .newest: row.filedAt
            case .due: row.dueAt
            case .answerDue: row.firstAnswerDue
            case .supplementEnd: row.standing.answerEnds
            case .partDue: row.standing.partDue
            case .opinionEnd: row.wanted.map { Opinion.end(of: $0.answerBy) }
            }
        }
    }

    /// What an officer holds and what those hold in whose place they stand: a range of the index for each, put
    /// together here.
    private func held(by holders: [ID<Officer>], _ officer: ActingOfficer, _ cursor: Cursor?, _ limit: Int) async throws
        -> Listing<DossierRow>
    {
        let position: SQL = cursor.map { "AND (d.filed_at, d.id) < (\($0.key), \($0.id))" } ?? ""
        let rows = try await database.read { tx in
            var rows: [DossierRow] = []
            for holder in Set(holders) {
                rows += try tx.fetch(
                    """
                    SELECT \(DossierRow.columns) FROM dossier d WHERE \(Self.held(by: holder, in: officer.agency)) \(position)
                    ORDER BY d.filed_at DESC, d.id DESC LIMIT \(limit + 1)
                    """
                ).map(DossierRow.init)
            }
            return rows
        }
        let newest = rows.sorted { ($0.filedAt, $0.id.rawValue) > ($1.filedAt, $1.id.rawValue) }
        return Listing(newest, limit: limit) { Cursor(key: $0.filedAt.milliseconds, id: $0.id.rawValue) }
    }

    private static func held(by holder: ID<Officer>, in agency: ID<Agency>) -> SQL {
        "d.desk = \(agency) AND d.holder = \(holder) AND d.box = 'processing'"
    }

    /// What belongs to a list, and in which order it is read.
    private func scope(of inbox: Inbox, for officer: ActingOfficer, now: Instant) -> (filter: SQL, order: Order) {
        let agency = officer.agency
        switch inbox {
        case .new: return ("d.agency = \(agency) AND d.box = 'new'", .newest)
        case .accepted: return ("d.agency = \(agency) AND d.box = 'accepted'", .newest)
        case .waiting: return ("d.agency = \(agency) AND d.box = 'waiting'", .newest)
        case .finished: return ("d.agency = \(agency) AND d.box = 'finished'", .newest)
        case .closed: return ("d.agency = \(agency) AND d.box = 'closed'", .newest)
        case .turn(let role):
            return ("d.desk = \(agency) AND d.role = \(role) AND d.box = 'processing' AND d.holder IS NULL", .newest)
        case .mine:
            return (Self.held(by: officer.id, in: agency), .newest)
        case .opinions: return (Self.asked(of: officer.id, in: agency), .opinionEnd)
        case .all: return ("d.agency = \(agency)", .newest)
        case .passed: return ("d.agency = \(agency) AND d.part_due IS NOT NULL", .partDue)
        case .received: return ("d.desk = \(agency) AND d.part_due IS NOT NULL", .partDue)
        case .late: return ("d.agency = \(agency) AND d.open_due < \(now)", .due)
        case .unanswered: return ("d.agency = \(agency) AND d.answer_ends <= \(now)", .supplementEnd)
        case .dueSoon:
            return ("d.agency = \(agency) AND d.open_due >= \(now) AND d.open_due < \(now + Self.soon)", .due)
        case .answerLate: return ("d.agency = \(agency) AND d.first_answer_due < \(now)", .answerDue)
        case .answerSoon:
            let soon = answersSoon ?? now + Span.minutes(120)
            return (
                "d.agency = \(agency) AND d.first_answer_due >= \(now) AND d.first_answer_due < \(soon)", .answerDue
            )
        }
    }

    func list(of citizen: ID<Citizen>, after cursor: Cursor?, limit: Int) async throws -> Listing<DossierRow> {
        let position: SQL = cursor.map { "AND (d.filed_at, d.id) < (\($0.key), \($0.id))" } ?? ""
        let rows = try await database.read { tx in
            try tx.fetch(
                """
                SELECT \(DossierRow.columns) FROM dossier d WHERE d.applicant = \(citizen) \(position)
                ORDER BY d.filed_at DESC, d.id DESC LIMIT \(limit + 1)
                """
            ).map(DossierRow.init)
        }
        return Listing(rows, limit: limit) { Cursor(key: $0.filedAt.milliseconds, id: $0.id.rawValue) }
    }

    /// How many dossiers wait in each list, counted up to `Self.most`: a badge says "99+" beyond, and costs no more.
    func badges(_ inboxes: [Inbox], for officer: ActingOfficer, now: Instant) async throws -> [Inbox: Int] {
        guard !inboxes.isEmpty else { return [:] }
        var counts: SQL = ""
        var counted = inboxes.map { ($0, scope(of: $0, for: officer, now: now)) }
        let absent = Set(officer.standIns.map(\.absent)).subtracting([officer.id])
        if inboxes.contains(.mine) {
            counted += absent.map { (.mine, (Self.held(by: $0, in: officer.agency), .newest)) }
        }
        if inboxes.contains(.opinions) {
            counted += absent.map { (.opinions, (Self.asked(of: $0, in: officer.agency), .opinionEnd)) }
        }
        let all = counted
        for (index, (inbox, (filter, order))) in all.enumerated() {
            // In the order of the list's index: a planner that reads the table instead, because it expects to find a
            // hundred rows soon, may have to read all of it.
            let count: SQL = """
                (SELECT COUNT(*) FROM (
                    SELECT 1 FROM \(inbox.table) WHERE \(filter) ORDER BY \(order.sql) LIMIT \(Self.most)
                ) AS x)
                """
            counts = index == 0 ? count : "\(counts), \(count)"
        }
        let statement: SQL = "SELECT \(counts)"
        return try await database.read { tx in
            guard let row = try tx.fetch(statement).first else { return [:] }
            var badges: [Inbox: Int] = [:]
            for (index, (inbox, _)) in all.enumerated() {
                badges[inbox] = min(Self.most, badges[inbox, default: 0] + (try row.int(index)))
            }
            return badges
        }
    }

    package static let most = 100
}

extension Inbox {
    fileprivate var table: SQL { self == .opinions ? "dossier_opinion o" : "dossier d" }
}

extension Listing {
    /// `rows` were asked for one more than `limit`: the extra one says that there is a rest.
    package init(_ rows: [Item], limit: Int, cursor: (Item) -> Cursor) {
        items = Array(rows.prefix(limit))
        next = rows.count > limit ? items.last.map(cursor) : nil
    }
}

extension DossierBook {
    /// Which of these lists hold `dossier`, for each of these officers.
    package func lists(
        holding dossier: ID<Dossier>,
        among lists: [(officer: ActingOfficer, inbox: Inbox)],
        now: Instant
    ) async throws -> [Bool] {
        try await InboxReader(database: database).lists(holding: dossier, among: lists, now: now)
    }
}
