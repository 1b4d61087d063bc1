import DossierCore
import Kernel
import Persistence
import Web

/// Reminds those of whom a supplement is awaited, before its last day.
struct SupplementReminders {
    let book: DossierBook
    let teller: Teller
    let office: Office

    /// Who reads it in the morning has that day and two more.
    static let daysAhead = 2
    /// So many that the work gets on, so few that other writers are not kept waiting.
    private static let batch = 50

    func remind() async throws {
        let now = office.now
        let end = Instant(LocalMinute(date: now.localDate.adding(days: Self.daysAhead + 1), minuteOfDay: 0))
        let waiting = try await book.database.read { tx in
            try tx.fetch(
                "SELECT d.id FROM dossier d WHERE d.answer_ends > \(now) AND d.answer_ends <= \(end) ORDER BY d.id"
            ).map { ID<Dossier>(rawValue: try $0.text(0)) }
        }
        for start in stride(from: 0, to: waiting.count, by: Self.batch) {
            let some = Array(waiting[start..<min(start + Self.batch, waiting.count)])
            try await book.database.transaction { tx in
                // An answer that comes now waits until this is said, so that it takes it back.
                let still = try tx.fetch(
                    """
                    SELECT d.id FROM dossier d WHERE d.id IN \(list: some) AND d.answer_ends IS NOT NULL ORDER BY d.id
                    \(sqlite: "", postgres: "FOR UPDATE")
                    """
                )
                for row in still { try remind(ID(rawValue: try row.text(0)), at: now, in: tx) }
            }
        }
    }

    /// Once for each request; one of today has just been told.
    private func remind(_ id: ID<Dossier>, at now: Instant, in tx: borrowing Transaction) throws {
        let history: [Recorded<Dossier.Event>] = try book.events.history(of: id, in: tx)
        let dossier = Dossier(replaying: history.map(\.event))
        let request = history.last { if case .supplement(.requested) = $0.event { true } else { false } }
        guard dossier.stage == .awaitingSupplement, let request, let day = dossier.answerBy,
            request.circumstances.at.localDate < now.localDate
        else { return }
        try teller.tell(
            News(DossierNotice.supplementReminder, lastDay: day),
            of: id,
            dossier,
            at: now,
            once: "\(request.version)/reminder",
            in: tx
        )
    }
}
