import DossierCore
package import Kernel
import Persistence
import Web

/// What a leader asks of the dossiers that are on their way. Each is one index range per agency.
package enum BoardQuestion: String, CaseIterable, Sendable {
    case late
    /// Filed online and not answered within eight working hours.
    case answerLate = "answer-late"
    case today, soon, waiting

    var name: Words {
        switch self {
        case .late: Words("Quá hạn", "Late")
        case .answerLate: Words("Quá hạn trả lời lần đầu", "First answer late")
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
        case .answerLate: "\(own) AND d.first_answer_due < \(now)"
        case .today: "\(own) AND d.open_due >= \(now) AND d.open_due < \(endOfToday)"
        case .soon: "\(own) AND d.open_due >= \(endOfToday) AND d.open_due < \(endOfSoon)"
        case .waiting: "\(own) AND d.box = 'waiting'"
        }
    }
}

extension BoardQuestion {
    /// The longest late or nearest due first; of those waited for, the longest.
    var column: SQL {
        switch self {
        case .late, .today, .soon: "d.open_due"
        case .answerLate: "d.first_answer_due"
        case .waiting: "d.held_since"
        }
    }

    func key(of row: DossierRow) -> Instant? {
        switch self {
        case .late, .today, .soon: row.dueAt
        case .answerLate: row.firstAnswerDue
        case .waiting: row.standing.heldSince
        }
    }

    /// What is late weighs more than what will be.
    var isUrgent: Bool { self == .late || self == .answerLate }
}
