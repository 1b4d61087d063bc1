import Catalogue
import DossierCore
import Kernel
import Web

/// By which day a supplement is to be answered.
struct SupplementTime {
    let day: LocalDate
    /// The article that sets it; nil where the office chooses.
    let basis: String?

    /// What we propose where no law is known: a choice of this program, which an officer may change.
    static let usualDays = 30

    /// The time that the rules give for what is asked for at `now`.
    init(_ rules: FilingRules, askedAt now: Instant, calendar: WorkingCalendar) {
        let term = rules.revision.supplement
        let within = term?.within ?? TimeLimit(amount: Self.usualDays, unit: .days)
        day = dueDate(received: now, term: within, calendar: calendar).at.localDate
        basis = term?.basis
    }
}
