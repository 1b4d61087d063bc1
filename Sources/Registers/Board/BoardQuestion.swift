import DossierCore
package import Kernel
import Persistence
import Web

/// What a leader asks of the dossiers that are on their way. Each is one index range per agency.
package enum BoardQuestion: String, CaseIterable, Sendable {
    case late, today, soon, waiting

    var name: Words {
        switch self {
        case .late: Words("Quá hạn", "Late")
        case .today: Words("Đến hạn hôm nay", "Due today")
        case .soon: Words("Trong 2 ngày làm việc", "Within 2 working days")
        case .waiting: Words("Chờ người dân", "Waiting for the citizen")
        }
    }
}

/// The moments between which dossiers are late, due today and due soon.
package struct BoardMoments: Sendable {
    package let now: Instant
    let endOfToday: Instant
    let endOfSoon: Instant

    package init(now: Instant, calendar: WorkingCalendar) {
        self.now = now
        let today = now.localDate
        let last = calendar.workingDay(after: calendar.workingDay(after: today))
        endOfToday = Instant(LocalMinute(date: today.adding(days: 1), minuteOfDay: 0))
        endOfSoon = Instant(LocalMinute(date: last.adding(days: 1), minuteOfDay: 0))
    }

    func condition(_ question: BoardQuestion, of agency: ID<Agency>) -> SQL {
        let own: SQL = "d.agency = \(agency)"
        return switch question {
        case .late: "\(own) AND d.open_due < \(now)"
        case .today: "\(own) AND d.open_due >= \(now) AND d.open_due < \(endOfToday)"
        case .soon: "\(own) AND d.open_due >= \(endOfToday) AND d.open_due < \(endOfSoon)"
        case .waiting: "\(own) AND d.box = 'waiting'"
        }
    }
}

extension BoardQuestion {
    /// The longest late or nearest due first; of those waited for, the longest.
    var column: SQL { self == .waiting ? "d.held_since" : "d.open_due" }

    func key(of row: DossierRow) -> Instant? { self == .waiting ? row.standing.heldSince : row.dueAt }
}
