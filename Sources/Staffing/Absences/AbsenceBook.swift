package import DossierCore
package import Kernel
package import Persistence
package import Web

/// Keeps who is away and who stands in. The rows follow from the log of each absence.
package struct AbsenceBook: Sendable {
    let database: any Database
    let events: EventStore

    /// One absence as lists show it.
    package struct Entry: Sendable, Equatable {
        package let id: ID<Absence>
        package let officer: ID<Officer>
        package let deputy: ID<Officer>?
        package let roles: Set<Role>
        package let document: String?
        package let from: LocalDate
        package let until: LocalDate
        package let author: ID<Officer>
        package let recordedAt: Instant
        package let endedAt: Instant?

        package func isOver(on day: LocalDate) -> Bool { endedAt != nil || until < day }
        func counts(on day: LocalDate) -> Bool { endedAt == nil && from <= day && day <= until }

        init(_ row: Row) throws {
            id = ID(rawValue: try row.text(0))
            officer = ID(rawValue: try row.text(1))
            deputy = try row.optionalText(2).map(ID.init(rawValue:))
            roles = Set(try row.text(3).split(separator: " ").compactMap { Role(rawValue: String($0)) })
            document = try row.optionalText(4)
            from = try row.value(5)
            until = try row.value(6)
            author = ID(rawValue: try row.text(7))
            recordedAt = Instant(milliseconds: try row.int(8))
            endedAt = try row.optionalInt(9).map(Instant.init(milliseconds:))
        }
    }

    private static let columns: SQL =
        "id, officer, deputy, roles, document, from_day, until_day, author, recorded_at, ended_at"

    // MARK: - Changes

    /// Records that somebody is away; from the first day on the deputy may act.
    @discardableResult
    package func record(
        _ plan: Absence.Plan,
        by author: ActingOfficer,
        _ circumstances: Circumstances
    ) async throws -> ID<Absence> {
        let id = ID<Absence>.fresh(at: circumstances.at)
        let today = circumstances.at.localDate
        try await events.transaction { tx in
            var plan = plan
            plan.deputyIsAway = try plan.deputy.map { try isAway($0, plan, of: author.agency, in: tx) } ?? false
            let command = Absence.Command.record(by: author, plan: plan, today: today)
            try events.perform(command, on: id, circumstances, in: tx, project: Self.project)
        }
        return id
    }

    /// Somebody is back before the last day; the deputy's rights end at once.
    package func end(_ id: ID<Absence>, by author: ActingOfficer, _ circumstances: Circumstances) async throws {
        let command = Absence.Command.end(by: author, today: circumstances.at.localDate)
        try await events.perform(command, on: id, circumstances, project: Self.project)
    }

    private static func project(_ change: Change<Absence>, in tx: borrowing Transaction) throws {
        for recorded in change.events {
            let at = recorded.circumstances.at
            switch recorded.event {
            case .recorded(let officer, let agency, let from, let until, let deputy, let roles, let document):
                let author = if case .officer(let id) = recorded.circumstances.actor { id.rawValue } else { "" }
                let words = roles.map(\.rawValue).joined(separator: " ")
                try tx.execute(
                    """
                    INSERT INTO absence (id, agency, officer, deputy, roles, document, from_day, until_day, author,
                        recorded_at)
                    VALUES (\(change.id), \(agency), \(officer), \(deputy), \(words), \(document), \(from), \(until),
                        \(author), \(at))
                    """
                )
            case .endedEarly: try tx.execute("UPDATE absence SET ended_at = \(at) WHERE id = \(change.id)")
            }
        }
    }

    private func isAway(
        _ officer: ID<Officer>,
        _ plan: Absence.Plan,
        of agency: ID<Agency>,
        in tx: borrowing Transaction
    ) throws -> Bool {
        try !tx.fetch(
            """
            SELECT 1 FROM absence WHERE agency = \(agency) AND until_day >= \(plan.from) AND from_day <= \(plan.until)
                AND officer = \(officer) AND ended_at IS NULL LIMIT 1
            """
        ).isEmpty
    }

    // MARK: - Questions

    /// In whose place an officer acts on `day`.
    package func standIns(of deputy: ID<Officer>, in agency: ID<Agency>, on day: LocalDate) async throws -> [StandIn] {
        try await database.read { tx in
            try tx.fetch(
                """
                SELECT \(Self.columns) FROM absence
                WHERE agency = \(agency) AND deputy = \(deputy) AND until_day >= \(day) ORDER BY until_day
                """
            ).map(Entry.init).filter { $0.counts(on: day) }.map {
                StandIn(absent: $0.officer, roles: $0.roles, document: $0.document, until: $0.until)
            }
        }
    }

    /// Who is away from `agency` on `day`.
    package func away(from agency: ID<Agency>, on day: LocalDate) async throws -> Set<ID<Officer>> {
        Set(
            try await database.read { tx in
                try tx.fetch(
                    """
                    SELECT \(Self.columns) FROM absence WHERE agency = \(agency) AND until_day >= \(day)
                    """
                ).map(Entry.init)
            }.filter { $0.counts(on: day) }.map(\.officer)
        )
    }

    /// The absences of an agency, those that end last first, at most `limit`.
    package func list(of agency: ID<Agency>, limit: Int = 100) async throws -> [Entry] {
        try await database.read { tx in
            try tx.fetch(
                """
                SELECT \(Self.columns) FROM absence WHERE agency = \(agency)
                ORDER BY until_day DESC, id DESC LIMIT \(limit)
                """
            ).map(Entry.init)
        }
    }
}
