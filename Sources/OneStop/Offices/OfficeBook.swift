import HallPlan
package import Kernel
package import Persistence

/// Keeps the offices: performs commands and answers what each of them is now, from one row.
package struct OfficeBook: Sendable {
    /// How many people fit into a hall `distance` centimetres apart; nil where the plan cannot tell.
    package typealias Spacing = @Sendable (_ plan: String, _ distance: Int) -> Int?

    let database: any Database
    let events: EventStore
    private let spacing: Spacing
    // The search for seats that keep their distance may take seconds for a hall of 2,000: one hall at a time, and not on
    // the threads that answer requests.
    private let planning = BlockingThreads(count: 1)

    package init(database: any Database, spacing: @escaping Spacing = OfficeBook.byPlan) {
        self.database = database
        events = EventStore(database: database)
        self.spacing = spacing
    }

    /// What the hall's plan gives.
    package static let byPlan: Spacing = { plan, distance in
        // A plan that cannot be read gives no number; it was read before it was stored.
        try? HallPlan(json: Array(plan.utf8)).capacity(percent: nil, distance: Double(distance) / 100).byDistance
    }

    /// What the office is; an office that nobody has set up yet is empty.
    package func model(of agency: ID<Agency>) async throws -> OfficeModel {
        try await database.read { tx in try OfficeBook.model(of: agency, in: tx) }
    }

    package static func model(of agency: ID<Agency>, in tx: borrowing Transaction) throws -> OfficeModel {
        try tx.fetch("SELECT model FROM one_stop_office WHERE agency = \(agency)").first
            .map { try StoredForm.value(from: try $0.text(0)) } ?? OfficeModel()
    }

    /// Every office that is set up.
    package func all() async throws -> [ID<Agency>: OfficeModel] {
        try await database.read { tx in
            let rows = try tx.fetch("SELECT agency, model FROM one_stop_office ORDER BY agency")
            return Dictionary(
                try rows.map { (ID(rawValue: try $0.text(0)), try StoredForm.value(from: try $0.text(1))) },
                uniquingKeysWith: { first, _ in first }
            )
        }
    }

    package func history(of agency: ID<Agency>) async throws -> [Recorded<OneStopOffice.Event>] {
        try await events.history(of: ID<OneStopOffice>(agency))
    }

    /// Orders a mode of working: the one door for whoever may order it, an authority above or the office's leader.
    package func impose(
        _ mode: OperatingMode,
        on agency: ID<Agency>,
        by authority: OfficeAuthority,
        _ circumstances: Circumstances
    ) async throws {
        let plan = try await model(of: agency).hall.plan
        let apart = try await seatsApart(plan, Set([mode.distance].compactMap(\.self)))
        try await perform(
            .impose(mode, seatsApart: mode.distance.flatMap { apart[$0] }, by: authority, at: circumstances.at),
            on: agency,
            circumstances.resting(on: mode.document)
        )
    }

    package func lift(
        _ mode: ID<OperatingMode>,
        of agency: ID<Agency>,
        by authority: OfficeAuthority,
        _ circumstances: Circumstances
    ) async throws {
        try await perform(.lift(mode, by: authority, at: circumstances.at), on: agency, circumstances)
    }

    /// Sets the hall, with what its plan gives at every distance that was ever ordered.
    package func setHall(
        seats: Int,
        plan: String?,
        of agency: ID<Agency>,
        by authority: OfficeAuthority,
        _ circumstances: Circumstances
    ) async throws {
        let distances = Set(try await model(of: agency).modes.compactMap(\.distance))
        let hall = OfficeHall(seats: seats, plan: plan, seatsApart: try await seatsApart(plan, distances))
        try await perform(.setHall(hall, by: authority), on: agency, circumstances)
    }

    /// How many people `plan` seats at each of `distances`.
    private func seatsApart(_ plan: String?, _ distances: Set<Int>) async throws -> [Int: Int] {
        guard let plan, !distances.isEmpty else { return [:] }
        return try await planning.run { [spacing] in
            Dictionary(
                distances.compactMap { distance in spacing(plan, distance).map { (distance, $0) } },
                uniquingKeysWith: { first, _ in first }
            )
        }
    }

    package func perform(
        _ command: OneStopOffice.Command,
        on agency: ID<Agency>,
        _ circumstances: Circumstances
    ) async throws {
        try await events.transaction { [events] tx in
            try OfficeBook.perform(command, on: agency, circumstances, by: events, in: tx)
        }
    }

    /// The same as part of a larger transaction of `events`.
    static func perform(
        _ command: OneStopOffice.Command,
        on agency: ID<Agency>,
        _ circumstances: Circumstances,
        by events: EventStore,
        in tx: borrowing Transaction
    ) throws {
        try events.perform(command, on: ID<OneStopOffice>(agency), circumstances, in: tx) {
            (change: Change<OneStopOffice>, tx) in
            let model = try StoredForm.text(change.state.model)
            try tx.execute(
                """
                INSERT INTO one_stop_office (agency, version, model)
                VALUES (\(agency), \(change.version), \(model))
                ON CONFLICT (agency) DO UPDATE SET version = excluded.version, model = excluded.model
                """
            )
        }
    }
}

extension ID where Entity == OneStopOffice {
    package init(_ agency: ID<Agency>) { self.init(rawValue: agency.rawValue) }
}

extension Circumstances {
    fileprivate func resting(on document: LegalDocument) -> Circumstances {
        var circumstances = self
        circumstances.basis = document.number
        return circumstances
    }
}
