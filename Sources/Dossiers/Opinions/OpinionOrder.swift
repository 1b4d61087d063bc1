import Kernel
import Web

/// What an act about opinions says besides its text.
struct OpinionTerms {
    var asked: [Dossier.OpinionCommand.AskedColleague] = []
    var answerBy = LocalDate(dayNumber: 0)
    var opinion = ID<Opinion>(rawValue: "")
    var stance: Opinion.Stance?
}

/// The form of an act about opinions: whom to ask and until when, or which question is answered or withdrawn.
struct OpinionOrder {
    private(set) var terms = OpinionTerms()
    private(set) var errors: [FieldError] = []

    /// What we propose: a choice of this program, which an officer may change.
    static let usualDays = 3

    private let form: FormData

    init(
        _ act: Act,
        _ form: FormData,
        on dossier: Dossier,
        by officer: ActingOfficer,
        colleagues: [Colleague],
        calendar: WorkingCalendar,
        now: Instant
    ) {
        self.form = form
        switch act {
        case .askOpinions:
            readColleagues(colleagues.filter(\.givesOpinions), now)
            readDay(Self.usualDay(for: dossier, calendar, now: now), calendar, today: now.localDate)
        case .giveOpinion:
            readOpinion(
                among: dossier.opinions(toGiveBy: officer),
                OpinionTerms(sampleOf: act, on: dossier, by: officer)
            )
            readStance()
        case .withdrawOpinion:
            readOpinion(
                among: dossier.opinions(toWithdrawBy: officer),
                OpinionTerms(sampleOf: act, on: dossier, by: officer)
            )
        default: break
        }
    }

    /// Three working days from now, or the day on which the dossier is due where that comes sooner.
    static func usualDay(for dossier: Dossier, _ calendar: WorkingCalendar, now: Instant) -> LocalDate {
        let first = calendar.workingDay(after: now.localDate)
        var day = first
        for _ in 1..<usualDays { day = calendar.workingDay(after: day) }
        guard let due = dossier.due?.localDate, due < day else { return day }
        return max(first, calendar.workingDay(before: due.adding(days: 1)))
    }

    private mutating func refuse(_ name: String, _ vi: String, _ en: String) { errors.append(FieldError(name, vi, en)) }

    private mutating func readColleagues(_ colleagues: [Colleague], _ now: Instant) {
        let known = Set(colleagues.map(\.id))
        var seen = Set<ID<Officer>>()
        let chosen = form.all("officers").map { ID<Officer>(rawValue: $0) }.filter { seen.insert($0).inserted }
        if chosen.isEmpty { errors += Dossier.OpinionRefusal.nobodyAsked.problem.errors }
        if !known.isSuperset(of: chosen) {
            refuse(
                "officers",
                "Có người không thuộc cơ quan hoặc không làm hồ sơ. Hãy chọn lại trong danh sách.",
                "Somebody is not of the agency, or has nothing to do with dossiers. Please choose from the list."
            )
        }
        terms.asked = chosen.map { .init(opinion: .fresh(at: now), officer: $0) }
    }

    private mutating func readDay(_ usual: LocalDate, _ calendar: WorkingCalendar, today: LocalDate) {
        terms.answerBy = usual
        guard let typed = form.filled("answerBy") else { return }
        guard let day = LocalDate(vietnamese: typed) else {
            return refuse(
                "answerBy",
                "Ngày không đúng. Hãy nhập ngày/tháng/năm, ví dụ \(usual.vietnamese).",
                "This is not a day. Write day/month/year, such as \(usual.vietnamese)."
            )
        }
        if day < today || day > today.adding(months: 12) {
            refuse(
                "answerBy",
                "Hãy chọn một ngày từ hôm nay và trong vòng một năm, ví dụ \(usual.vietnamese).",
                "Please choose a day from today on and within a year, such as \(usual.vietnamese)."
            )
        } else if !calendar.isWorkingDay(day) {
            let next = calendar.workingDay(after: day).vietnamese
            refuse(
                "answerBy",
                "\(day.vietnamese) là ngày nghỉ. Hãy chọn ngày làm việc, ví dụ \(next).",
                "Nobody works on \(day.vietnamese). Please choose a working day, such as \(next)."
            )
        }
        terms.answerBy = day
    }

    /// Where only one can be meant it need not be named.
    private mutating func readOpinion(among opinions: [Opinion], _ first: OpinionTerms) {
        if let named = form.filled("opinion") {
            terms.opinion = ID(rawValue: named)
        } else if opinions.count > 1 {
            refuse("opinion", "Chưa chọn câu hỏi nào. Hãy chọn một câu.", "Please choose which question.")
        } else {
            terms.opinion = first.opinion
        }
    }

    private mutating func readStance() {
        guard let typed = form.filled("stance") else { return }
        terms.stance = Opinion.Stance(rawValue: typed)
        if terms.stance == nil {
            refuse("stance", "Kết luận không đúng. Hãy chọn lại.", "Please choose one of the conclusions.")
        }
    }
}

extension Act {
    /// The command of an act about opinions.
    func command(by officer: ActingOfficer, _ text: SealedText, _ terms: OpinionTerms) -> Dossier.OpinionCommand {
        switch self {
        case .askOpinions: .ask(by: officer, of: terms.asked, question: text, answerBy: terms.answerBy)
        case .giveOpinion: .give(by: officer, opinion: terms.opinion, stance: terms.stance, text: text)
        default: .withdraw(by: officer, opinion: terms.opinion)
        }
    }
}

extension OpinionTerms {
    /// Stands for what a form of `act` would say, to ask the rules whether the act is possible.
    init(sampleOf act: Act, on dossier: Dossier, by officer: ActingOfficer) {
        asked = [.init(opinion: ID(rawValue: ""), officer: ID(rawValue: ""))]
        let candidates =
            act == .withdrawOpinion ? dossier.opinions(toWithdrawBy: officer) : dossier.opinions(toGiveBy: officer)
        if let first = candidates.first ?? dossier.opinions.open.first { opinion = first.id }
    }
}

extension Colleague {
    /// Who keeps accounts, or only supervises, has no part in the work on a dossier.
    var givesOpinions: Bool { !roles.isSubset(of: [.admin, .auditor]) }
}
