import Agencies
package import Kernel
import Markup
import Persistence
import Web

/// The answer that an online filing must have within eight working hours (Decree 45/2020), a clock of its own beside
/// that of the procedure.
enum FirstAnswer {
    /// How much working time is left when an answer is called nearly due.
    static let soon = 120
}

extension FilingDesk {
    /// First answers due before this are nearly due: what is left of the working day counts, the night does not.
    package func answersSoon(at agency: ID<Agency>) async throws -> Instant {
        try await calendars.calendar(of: agency).adding(workingMinutes: FirstAnswer.soon, to: office.now)
    }
}

/// By when the filing has to be answered; nil for one that needs no answer any more.
func firstAnswer(_ row: DossierRow, now: Instant, _ say: Language) -> HTML? {
    guard let due = row.firstAnswerDue else { return nil }
    let late: HTML? = due < now ? " \(tag(say("Quá hạn trả lời", "Answer late"), .bad))" : nil
    return "\(say("Trả lời trước", "Answer by")) \(due.localMinute.vietnamese)\(late)"
}
