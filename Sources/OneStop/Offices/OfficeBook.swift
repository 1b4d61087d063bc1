import HallPlan
package import Kernel
package import Persistence

/// Keeps the offices: performs commands and answers what each of them is now, from one row.
package struct OfficeBook: Sendable {
    /// How many people fit into a hall `distance` centimetres apart; nil where the plan cannot tell.
    package typealias Spacing = @Sendable (_ plan: String, _ distance: Int) -> Int?

    let database: any Database
    let events: EventStore
    let hallSpacing: HallSpacing

    package init(database: any Database, spacing: @escaping Spacing = OfficeBook.byPlan) {
        self.database = database
        events = EventStore(database: database)
        hallSpacing = HallSpacing(spacing)
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
