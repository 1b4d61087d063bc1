import DossierCore
import Kernel
import Web

/// Colleagues are asked for their opinion; most answer, some questions are withdrawn, and some stay open until the end.
extension Life {
    mutating func askOpinions(_ at: Instant, _ officer: ActingOfficer, _ office: SimulatedOffice) -> Move {
        let asked = [Role.leader, .clerk].map { office.officer($0, &lot) }.filter { $0.id != officer.id }
        let day = office.calendar.workingDay(after: at.localDate)
        return move(at, "Có vướng mắc gì không?", officer) {
            .opinions(
                .ask(
                    by: officer,
                    of: asked.map { .init(opinion: .fresh(at: at), officer: $0.id) },
                    question: $0,
                    answerBy: day
                )
            )
        }
    }

    /// What becomes of the oldest open question; nil when the work goes on without an answer.
    mutating func opinion(_ office: SimulatedOffice) -> Move? {
        for open in dossier.opinions.open {
            let at = office.work(lot.number(30...900), after: last)
            guard let colleague = office.staff.first(where: { $0.id == open.officer }),
                let asker = office.staff.first(where: { $0.id == open.asker })
            else { continue }
            if happens("opinion \(open.id.rawValue)", 0.8) {
                let stance = lot.pick(Opinion.Stance.allCases)
                return move(at, "Đã đối chiếu sổ gốc.", colleague) {
                    .opinions(.give(by: colleague, opinion: open.id, stance: stance, text: $0))
                }
            }
            if happens("question \(open.id.rawValue) withdrawn", 0.4) {
                return move(at, .opinions(.withdraw(by: asker, opinion: open.id)), asker)
            }
        }
        return nil
    }
}
