import Agencies
package import DossierCore
import Kernel
import Persistence
import Web

/// Counts due dates anew after a change of a calendar: a few dossiers in one transaction, which also moves on the place
/// that was reached. It may be stopped at any time, and run by several processes: what has its new date already is left
/// as it is.
package struct Recounter: Sendable {
    let desk: FilingDesk
    /// So many that the work gets on, so few that other writers are not kept waiting.
    var batch = 25
    /// How many agencies without such dossiers are passed by in one transaction.
    private let strides = 100

    package init(desk: FilingDesk) { self.desk = desk }

    /// Other processes may count by the old calendar for a few seconds more. What they accept meanwhile must not be passed
    /// by, so the counting begins when they have all seen the new one.
    static let settling = Span.seconds(20)

    package enum Progress: Sendable { case more, done }

    /// Counts the next few dossiers, if there is a change to be followed.
    package func step() async throws -> Progress {
        let ripe = desk.office.now + Span(milliseconds: -Self.settling.milliseconds)
        guard let job = try await next(ripe) else { return .done }
        let calendars = try await desk.calendars.calendars()
        let agencies = calendars.tree.subtree(of: job.agency).map(\.id).sorted { $0.rawValue < $1.rawValue }
        let circumstances = Circumstances(
            at: desk.office.now,
            actor: .system(name: .calendar),
            basis: job.ground.document.vi
        )
        return try await desk.book.events.transaction { tx in
            // Another process is at work on it, or has been here since.
            guard var place = try Place.locked(job.id, in: tx) else { return .done }
            let left = agencies.filter { $0.rawValue >= place.agency ?? "" }
            var room = batch
            var calendar: (of: ID<Agency>, days: WorkingCalendar)?
            for agency in left.prefix(strides) where room > 0 {
                let dossiers = try Self.running(agency, from: job.first, after: place.after(agency), room, in: tx)
                for dossier in dossiers {
                    let days = calendar?.of == agency ? calendar?.days : nil
                    calendar = (agency, days ?? calendars.calendar(of: agency))
                    guard let calendar else { continue }
                    place.moved += try recount(dossier, job.ground, calendar.days, circumstances, in: tx) ? 1 : 0
                }
                room -= dossiers.count
                place.reach(agency, dossiers.last, isThrough: room > 0)
                place.seen += dossiers.count
            }
            let isThrough = room > 0 && left.count <= strides
            try place.write(job.id, finishedAt: isThrough ? circumstances.at : nil, in: tx)
            return .more
        }
    }

    /// Counts until nothing is left to be counted.
    package func catchUp() async throws {
        while try await step() == .more {}
    }

    private struct Job: Sendable {
        let id: String
        let agency: ID<Agency>
        let first: LocalDate
        let ground: RecountGround
    }

    /// The oldest change that is not followed yet.
    private func next(_ ripe: Instant) async throws -> Job? {
        try await desk.book.database.read { tx in
            try tx.fetch(
                """
                SELECT id, agency, first_day, ground FROM recount
                WHERE finished_at IS NULL AND begun_at <= \(ripe) ORDER BY begun_at, id LIMIT 1
                """
            ).first.map { row in
                Job(
                    id: try row.text(0),
                    agency: ID(rawValue: try row.text(1)),
                    first: LocalDate(rawValue: try row.text(2)) ?? LocalDate(dayNumber: 0),
                    ground: try Recounts.ground(from: try row.text(3))
                )
            }
        }
    }

    /// Dossiers of an agency whose clock runs beyond the first changed day. What was due before is not touched.
    static func running(
        _ agency: ID<Agency>,
        from day: LocalDate,
        after last: String,
        _ limit: Int,
        in tx: borrowing Transaction
    ) throws -> [ID<Dossier>] {
        let first = day.beginning
        return try tx.fetch(
            """
            SELECT d.id FROM dossier d WHERE d.agency = \(agency) AND d.id > \(last)
                AND (d.open_due IS NOT NULL OR d.first_answer_due IS NOT NULL)
                AND (d.open_due >= \(first) OR d.first_answer_due >= \(first))
            ORDER BY d.id LIMIT \(limit)
            """
        ).map { ID(rawValue: try $0.text(0)) }
    }

    /// Whether the dossier has another date now.
    private func recount(
        _ id: ID<Dossier>,
        _ ground: RecountGround,
        _ calendar: WorkingCalendar,
        _ circumstances: Circumstances,
        in tx: borrowing Transaction
    ) throws -> Bool {
        let history: [Recorded<Dossier.Event>] = try desk.book.events.history(of: id, in: tx)
        let dossier = Dossier(replaying: history.map(\.event))
        guard let command = command(dossier, history, ground, calendar) else {
            return false
        }
        // A history that somebody has gone on with meanwhile is read again by the next attempt.
        let version = try desk.book.perform(Order(command, circumstances), on: id, expecting: history.count, in: tx)
        return version > history.count
    }

    /// What the new calendar makes of the dossier's clock; nil where none runs.
    private func command(
        _ dossier: Dossier,
        _ history: [Recorded<Dossier.Event>],
        _ ground: RecountGround,
        _ calendar: WorkingCalendar
    ) -> Dossier.Command? {
        guard let filing = dossier.filing else { return nil }
        if filing.firstAnswerDue != nil, let filed = history.first, history.beginning == nil {
            let due = firstAnswerDue(filed: filed.circumstances.at, calendar: calendar).at
            return .recountFirstAnswer(due: due, ground: ground)
        }
        // A procedure that has left the catalogue has no rules to count by: its dossiers keep the day they were told.
        guard let rules = try? desk.rules(of: filing),
            let clock = DossierClock(rules, channel: dossier.channel, history: history)
        else { return nil }
        return .recount(due: clock.counted(in: calendar).at, ground: ground)
    }
}

/// How far a recount has come: through the agencies, and within one through its dossiers, each by id.
private struct Place {
    private(set) var agency: String?
    private var dossier: String
    var seen: Int
    var moved: Int

    /// Nil when it is finished, or another process is at work with it.
    static func locked(_ id: String, in tx: borrowing Transaction) throws -> Place? {
        try tx.fetch(
            """
            SELECT last_agency, last_dossier, seen, moved FROM recount WHERE id = \(id) AND finished_at IS NULL
            \(sqlite: "", postgres: "FOR UPDATE SKIP LOCKED")
            """
        ).first.map { row in
            Place(
                agency: try row.optionalText(0),
                dossier: try row.optionalText(1) ?? "",
                seen: try row.int(2),
                moved: try row.int(3)
            )
        }
    }

    func after(_ agency: ID<Agency>) -> String { agency.rawValue == self.agency ? dossier : "" }

    mutating func reach(_ agency: ID<Agency>, _ last: ID<Dossier>?, isThrough: Bool) {
        // After every id there is.
        let end = isThrough ? "~" : last?.rawValue ?? after(agency)
        (self.agency, dossier) = (agency.rawValue, end)
    }

    func write(_ id: String, finishedAt: Instant?, in tx: borrowing Transaction) throws {
        try tx.execute(
            """
            UPDATE recount SET last_agency = \(agency), last_dossier = \(dossier), seen = \(seen), moved = \(moved),
                finished_at = \(finishedAt)
            WHERE id = \(id)
            """
        )
    }
}

extension Machine {
    fileprivate static let calendar = Machine(rawValue: "calendar")
}
