import DossierCore
import Kernel
import Persistence
import Registers
import Web

/// What the log says of dossiers, counted without any row: the other side of the register's sums.
struct LogSums: Sendable {
    /// By basis and first day of the month.
    private(set) var totals: [RegisterFilter.Basis: [LocalDate: RegisterTotals]] = [:]
    private(set) var happened: [Counted: Int] = [:]

    mutating func add(_ history: [Recorded<Dossier.Event>], now: Instant) {
        let dossier = Dossier(replaying: history.map(\.event))
        guard let filing = dossier.filing else { return }
        var days: [RegisterFilter.Basis: Instant] = [:]
        var finished: Instant?
        for recorded in history {
            let at = recorded.circumstances.at
            switch recorded.event {
            case .filing(.filed):
                days[.filed] = at
                happened[.filed, default: 0] += 1
            case .filing(.accepted):
                days[.received] = at
                happened[.accepted, default: 0] += 1
            case .result(.finished):
                finished = at
                happened[.finished, default: 0] += 1
            case .result(.returned):
                days[.returned] = at
                happened[.returned, default: 0] += 1
            case .correction(.intakeCancelled):
                happened[.filed, default: 0] -= 1
                happened[.accepted, default: 0] -= 1
            default: break
            }
        }
        days[.due] = dossier.due
        let counts = Self.counts(dossier, filing.channel, finished, now: now)
        for (basis, at) in days {
            let day = at.localDate
            totals[basis, default: [:]][day.adding(days: 1 - day.civil.day), default: RegisterTotals()] += counts
        }
    }

    private static func counts(_ dossier: Dossier, _ channel: Channel, _ finished: Instant?, now: Instant)
        -> RegisterTotals
    {
        var one = RegisterTotals()
        guard dossier.stage != .cancelled else {
            one.cancelled = 1
            return one
        }
        one.all = 1
        switch channel {
        case .online: one.online = 1
        case .post: one.post = 1
        case .counter: one.counter = 1
        }
        if dossier.stage.isOpen {
            one.open = 1
            // While the applicant is waited for, nothing is overdue.
            let waits = [.awaitingSupplement, .awaitingObligation].contains(dossier.stage)
            let isLate = !waits && dossier.due.map { $0 < now } ?? false
            if isLate { one.openLate = 1 } else { one.openInTime = 1 }
        } else {
            one.solved = 1
            if let finished, let due = dossier.due, finished > due {
                one.solvedLate = 1
            } else if let finished, let due = dossier.due, finished.localDate < due.localDate {
                one.solvedEarly = 1
            } else {
                one.solvedOnTime = 1
            }
        }
        return one
    }
}

extension RegisterTotals {
    static func += (left: inout RegisterTotals, right: RegisterTotals) { left = left + right }
}
