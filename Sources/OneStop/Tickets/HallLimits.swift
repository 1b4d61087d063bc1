import Agencies
import Kernel
import Persistence
import Web

/// Whatever changes how many people a hall may hold changes the days that run, and so the displays: without it they would
/// show the old number until the next ticket.
struct HallLimits: Follower {
    let book: TicketBook
    let openings: OpeningBook
    let office: Office

    let name = "one-stop-hall-limits"
    let beginning = FollowerBeginning.now
    let categories: Set<String> = [OneStopOffice.category, AgencyOrders.category]

    func follow(_ events: [StoredEvent], in tx: borrowing Transaction) throws {
        for (id, _) in try Self.changed(by: openings, at: office.now, in: tx) { try apply(id, in: tx) }
    }

    /// An order begins and ends by the clock, when nobody does anything.
    func look() async throws {
        let changed = try await book.database.read { [openings, office] tx in
            try Self.changed(by: openings, at: office.now, in: tx).map(\.id)
        }
        guard !changed.isEmpty else { return }
        try await book.events.transaction { tx in for id in changed { try apply(id, in: tx) } }
    }

    /// Offices whose day of today holds another number than the rules now in force.
    private static func changed(by openings: OpeningBook, at now: Instant, in tx: borrowing Transaction) throws
        -> [(id: ID<Agency>, capacity: Int)]
    {
        let rows = try tx.fetch(
            "SELECT office, capacity FROM office_day WHERE day = \(now.localDate) AND open_until IS NOT NULL ORDER BY office"
        )
        return try rows.compactMap { row in
            let id = ID<Agency>(rawValue: try row.text(0))
            let capacity = try openings.days(of: id, in: tx).ordered.hallCapacity(at: now)
            return try row.int(1) == capacity ? nil : (id, capacity)
        }
    }

    private func apply(_ id: ID<Agency>, in tx: borrowing Transaction) throws {
        let now = office.now
        let capacity = try openings.days(of: id, in: tx).ordered.hallCapacity(at: now)
        let circumstances = Circumstances(at: now, actor: .system(name: .hallLimits))
        do {
            try book.perform(
                .changeCapacity(to: capacity, at: now),
                on: ID(id, now.localDate),
                id,
                circumstances,
                in: tx
            )
        } catch is OfficeDay.Refusal {
            // The day has been closed a moment ago: it has no hall any more.
        }
    }
}
