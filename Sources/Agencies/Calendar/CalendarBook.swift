package import Kernel
package import Persistence
import Synchronization
package import Web

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Keeps what authorities decide of their working days, and answers by which calendar an agency's terms are counted.
package final class CalendarBook: Sendable {
    /// The days that hold for the whole country.
    package let nation: CalendarDays
    let database: any Database
    let events: EventStore
    let agencies: AgencyBook
    private let office: Office
    /// The newest calendars this process has seen, and when it last asked for newer ones.
    private let cache = Mutex<Known?>(nil)

    private struct Known {
        let stamp: Stamp
        let calendars: AgencyCalendars
        var asked: Instant
        /// Those that somebody has asked for.
        var built: [ID<Agency>: WorkingCalendar] = [:]
    }

    /// What calendars were made of: as long as it is the same, so are they.
    private struct Stamp: Equatable {
        let decisions: Int
        let tree: Int
    }

    package init(
        database: any Database,
        agencies: AgencyBook,
        nation: CalendarDays = CalendarDays(),
        office: Office = Office()
    ) {
        self.database = database
        events = EventStore(database: database)
        self.agencies = agencies
        self.nation = nation
        self.office = office
    }

    /// How long a change may take to be seen by other processes.
    package static let patience = Span.seconds(5)

    // MARK: - By which calendar

    /// The calendar by which the terms of `agency` are counted.
    package func calendar(of agency: ID<Agency>) async throws -> WorkingCalendar {
        let known = try await known()
        if let built = known.built[agency] { return built }
        let calendar = known.calendars.calendar(of: agency)
        cache.withLock { cache in
            // Newer ones may have come meanwhile, of which this is none.
            if cache?.stamp == known.stamp { cache?.built[agency] = calendar }
        }
        return calendar
    }

    /// The calendars of all agencies, as they are now.
    package func calendars() async throws -> AgencyCalendars { try await known().calendars }

    /// The same as a larger transaction sees them: never older than what was committed before it asks.
    package func calendars(in tx: borrowing Transaction) throws -> AgencyCalendars { try known(in: tx).calendars }

    /// The calendar of one agency as a larger transaction sees it.
    package func calendar(of agency: ID<Agency>, in tx: borrowing Transaction) throws -> WorkingCalendar {
        let known = try known(in: tx)
        return known.built[agency] ?? known.calendars.calendar(of: agency)
    }

    private func known() async throws -> Known {
        let (now, tree) = (office.now, try await agencies.tree())
        let cached = cache.withLock(\.self)
        if let cached, cached.stamp.tree == tree.revision, now - cached.asked < CalendarBook.patience { return cached }
        return keep(try await database.read { tx in try self.newest(tree, cached, in: tx) })
    }

    private func known(in tx: borrowing Transaction) throws -> Known {
        keep(try newest(try agencies.tree(in: tx), cache.withLock(\.self), in: tx))
    }

    private func newest(_ tree: AgencyTree, _ cached: Known?, in tx: borrowing Transaction) throws -> Known {
        let stamp = Stamp(
            decisions: try tx.fetch("SELECT revision FROM calendar_revision")[0].int(0),
            tree: tree.revision
        )
        if let cached, cached.stamp == stamp { return cached }
        let decisions = try tx.fetch("SELECT agency, decision FROM calendar_entry WHERE withdrawn_at IS NULL")
            .map { (ID<Agency>(rawValue: try $0.text(0)), try Self.decision(from: try $0.text(1))) }
        return Known(
            stamp: stamp,
            calendars: AgencyCalendars(
                nation: WorkingCalendar(days: nation),
                tree: tree,
                decisions: Dictionary(grouping: decisions, by: \.0).mapValues { $0.map(\.1) }
            ),
            asked: office.now
        )
    }

    private func keep(_ newest: Known) -> Known {
        var known = newest
        known.asked = office.now
        return cache.withLock { [known] cache in
            // Somebody else may have been here in the meantime with newer ones.
            if let cache, cache.stamp.decisions > known.stamp.decisions { return cache }
            cache = known
            return known
        }
    }

    /// The next question is answered from the database.
    private func forget() { cache.withLock { $0 = nil } }

    // MARK: - Deciding

    /// Enters what the authority `agency` has decided; it holds for those below as well.
    @discardableResult
    package func decide(
        _ decision: CalendarDecision,
        in agency: ID<Agency>,
        _ circumstances: Circumstances
    ) async throws -> ID<CalendarEntry> {
        let entry = ID<CalendarEntry>.fresh(at: circumstances.at)
        try await perform(.decide(decision, as: entry), in: agency, circumstances)
        return entry
    }

    package func withdraw(
        _ entry: ID<CalendarEntry>,
        in agency: ID<Agency>,
        reason: String,
        _ circumstances: Circumstances
    ) async throws {
        try await perform(.withdraw(entry, reason: reason), in: agency, circumstances)
    }

    private func perform(
        _ command: AgencyCalendar.Command,
        in agency: ID<Agency>,
        _ circumstances: Circumstances
    ) async throws {
        let calendar = ID<AgencyCalendar>(rawValue: agency.rawValue)
        try await events.perform(command, on: calendar, circumstances) { change, tx in
            for recorded in change.events { try Self.project(recorded, of: agency, in: tx) }
            try tx.execute("UPDATE calendar_revision SET revision = revision + 1")
        }
        forget()
    }

    private static func project(
        _ recorded: Recorded<AgencyCalendar.Event>,
        of agency: ID<Agency>,
        in tx: borrowing Transaction
    ) throws {
        let entry = CalendarEntry(of: agency, recorded)
        if let entry {
            try tx.execute(
                """
                INSERT INTO calendar_entry (id, agency, first_day, decision, decided_at, decided_by)
                VALUES (\(entry.id), \(agency), \(entry.decision.first), \(try text(entry.decision)),
                    \(entry.decided.at), \(entry.decided.by))
                """
            )
        } else if let withdrawal = CalendarEntry.Withdrawal(recorded) {
            try tx.execute(
                """
                UPDATE calendar_entry SET withdrawn_at = \(withdrawal.deed.at), withdrawn_by = \(withdrawal.deed.by),
                    withdrawn_reason = \(withdrawal.reason)
                WHERE id = \(recorded.event.entry)
                """
            )
        }
    }

    private static func text(_ decision: CalendarDecision) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(decision), as: UTF8.self)
    }

    private static func decision(from text: String) throws -> CalendarDecision {
        try JSONDecoder().decode(CalendarDecision.self, from: Data(text.utf8))
    }

    // MARK: - Questions

    /// What concerns `agency` of the days from `first` to `last`: decided by itself or above it, by day; the week that
    /// was decided last before them included.
    package func entries(for agency: ID<Agency>, from first: LocalDate, to last: LocalDate) async throws
        -> [CalendarEntry]
    {
        let tree = try await agencies.tree()
        let deciding = tree.ancestors(of: agency).map(\.id) + [agency]
        return try await database.read { tx in
            try tx.fetch(
                """
                SELECT \(Self.columns) FROM calendar_entry
                WHERE agency IN \(list: deciding) AND first_day <= \(last) ORDER BY first_day, id
                """
            ).map(Self.entry).filter { $0.decision.last.map { $0 >= first } ?? true }
        }
    }

    /// What was entered under `id`, withdrawn or not.
    package func entry(_ id: ID<CalendarEntry>) async throws -> CalendarEntry? {
        try await database.read { tx in try Self.entry(id, in: tx) }
    }

    /// The same as part of a larger transaction.
    package static func entry(_ id: ID<CalendarEntry>, in tx: borrowing Transaction) throws -> CalendarEntry? {
        try tx.fetch("SELECT \(columns) FROM calendar_entry WHERE id = \(id)").first.map(entry)
    }

    private static let columns: SQL =
        "id, agency, decision, decided_at, decided_by, withdrawn_at, withdrawn_by, withdrawn_reason"

    private static func entry(_ row: Row) throws -> CalendarEntry {
        func officer(_ column: Int) throws -> ID<Officer>? { try row.optionalText(column).map(ID.init(rawValue:)) }
        let withdrawnAt = try row.optionalInt(5).map(Instant.init(milliseconds:))
        return CalendarEntry(
            id: ID(rawValue: try row.text(0)),
            agency: ID(rawValue: try row.text(1)),
            decision: try decision(from: try row.text(2)),
            decided: .init(at: Instant(milliseconds: try row.int(3)), by: try officer(4)),
            withdrawn: try withdrawnAt.map { at in
                .init(deed: .init(at: at, by: try officer(6)), reason: try row.optionalText(7) ?? "")
            }
        )
    }

    // MARK: - Verification

    /// Computes every row again from the log and names those that differ.
    package func verify() async throws -> [String] {
        try await database.read { tx in
            var expected: [ID<CalendarEntry>: CalendarEntry] = [:]
            try self.events.eachHistory(of: AgencyCalendar.self, in: tx) { stream, history in
                for recorded in history {
                    if let entry = CalendarEntry(of: ID(rawValue: stream.rawValue), recorded) {
                        expected[entry.id] = entry
                    } else if let entry = expected[recorded.event.entry] {
                        expected[entry.id] = entry.withdrawn(CalendarEntry.Withdrawal(recorded))
                    }
                }
            }
            let stored = try tx.fetch("SELECT \(Self.columns) FROM calendar_entry").map(Self.entry)
            let rows = Dictionary(stored.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            return Set(rows.keys).union(expected.keys).sorted { $0.rawValue < $1.rawValue }
                .filter { rows[$0] != expected[$0] }
                .map { "calendar entry \($0.rawValue): its row is not what was decided" }
        }
    }
}

extension CalendarEntry {
    /// The entry that an event makes; nil for one that changes another.
    fileprivate init?(of agency: ID<Agency>, _ recorded: Recorded<AgencyCalendar.Event>) {
        guard let decision = recorded.event.decision else { return nil }
        self.init(
            id: recorded.event.entry,
            agency: agency,
            decision: decision,
            decided: Deed(recorded.circumstances),
            withdrawn: nil
        )
    }

    fileprivate func withdrawn(_ withdrawal: Withdrawal?) -> CalendarEntry {
        CalendarEntry(id: id, agency: agency, decision: decision, decided: decided, withdrawn: withdrawal)
    }
}

extension CalendarEntry.Withdrawal {
    fileprivate init?(_ recorded: Recorded<AgencyCalendar.Event>) {
        guard case .withdrawn(_, let reason) = recorded.event else { return nil }
        self.init(deed: CalendarEntry.Deed(recorded.circumstances), reason: reason)
    }
}

extension CalendarEntry.Deed {
    init(_ circumstances: Circumstances) {
        var officer: ID<Officer>?
        if case .officer(let id) = circumstances.actor { officer = id }
        self.init(at: circumstances.at, by: officer)
    }
}
