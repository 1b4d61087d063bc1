import DossierCore
import Kernel
import Markup
import Web

/// One question to several colleagues, each of whom answers alone.
struct AskOpinions: OfficerAct {
    struct Said: ActSaid {
        let text: String?
        let officers: [String]?
        let answerBy: Given<LocalDate>?

        init(_ form: FormData) {
            (text, officers) = (form["text"], form.all("officers"))
            answerBy = form.given("answerBy", LocalDate.init(vietnamese:))
        }
    }

    struct Terms: Sendable {
        let asked: [Dossier.OpinionCommand.AskedColleague]
        let question: DossierTexts.Draft
        let answerBy: LocalDate
    }

    let name = Words("Lấy ý kiến", "Ask for opinions")
    let key = "ask-opinions"
    private let question = ActText(
        label: Words("Cần hỏi gì", "Question"),
        missing: FieldError(
            "text",
            "Chưa ghi điều cần hỏi. Hãy viết rõ câu hỏi.",
            "Please write what you want to know."
        )
    )

    /// What we propose: a choice of this program, which an officer may change.
    static let usualDays = 3

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayAskOpinions(by: officer)
    }

    /// Whom to ask, and until when.
    func fields(_ asked: ActForm) async throws -> HTML {
        let (say, scene) = (asked.say, asked.scene)
        return """
            \(whom(asked, try await scene.colleagues()))
            \(asked.form.field(
                "answerBy",
                say("Cần ý kiến trước hết ngày", "Wanted by the end of"),
                .date,
                hint: say(
                    "Đề xuất \(Self.usualDays) ngày làm việc, không quá ngày hẹn trả; sửa được.",
                    "\(Self.usualDays) working days are proposed, at most until the due date; you may change it."
                ),
                value: Self.usualDay(for: asked.dossier, scene.calendar, now: scene.now).vietnamese
            ))
            \(question.field(asked))
            """
    }

    private func whom(_ asked: ActForm, _ colleagues: [Colleague]) -> HTML {
        let say = asked.say
        let waited = Set(asked.dossier.opinions.open.map(\.officer))
        let free = colleagues.filter {
            $0.givesOpinions && $0.id != asked.scene.officer.id && !waited.contains($0.id)
        }
        guard !free.isEmpty else {
            return notice(.waiting) {
                "<p>\(say("Không còn ai trong cơ quan để hỏi: mọi người khác đang được hỏi rồi.", "There is nobody left in the agency to ask."))</p>"
            }
        }
        let names = colleagues.filter { waited.contains($0.id) }.map(\.name).joined(separator: ", ")
        return asked.form.checkboxes(
            "officers",
            say("Xin ý kiến của", "Whose opinion"),
            free.map { Web.Choice($0.id.rawValue, $0.nameAndRoles(say)) },
            hint: waited.isEmpty
                ? say("Mỗi người trả lời riêng.", "Each answers alone.")
                : say(
                    "Mỗi người trả lời riêng. Đang chờ ý kiến của: \(names).",
                    "Each answers alone. Already asked: \(names)."
                ),
            required: true
        )
    }

    /// Three working days from now, or the day on which the dossier is due where that comes sooner.
    static func usualDay(for dossier: Dossier, _ calendar: WorkingCalendar, now: Instant) -> LocalDate {
        let first = calendar.workingDay(after: now.localDate)
        var day = first
        for _ in 1..<usualDays { day = calendar.workingDay(after: day) }
        guard let due = dossier.due?.localDate, due < day else { return day }
        return max(first, calendar.workingDay(before: due.adding(days: 1)))
    }

    func terms(_ said: Said, _ scene: ActScene, _ wrong: inout [FieldError]) async throws -> Terms? {
        let question = question.read(said.text, at: scene.now, &wrong)
        let officers = colleagues(said.officers ?? [], try await scene.colleagues(), &wrong)
        let day = day(said.answerBy, scene, &wrong)
        guard let question, let day else { return nil }
        return Terms(
            asked: officers.map { .init(opinion: .fresh(at: scene.now), officer: $0) },
            question: question,
            answerBy: day
        )
    }

    private func colleagues(_ typed: [String], _ colleagues: [Colleague], _ wrong: inout [FieldError])
        -> [ID<Officer>]
    {
        let known = Set(colleagues.filter(\.givesOpinions).map(\.id))
        var seen = Set<ID<Officer>>()
        let chosen = typed.map { ID<Officer>(rawValue: $0.tidied) }.filter { seen.insert($0).inserted }
        if chosen.isEmpty { wrong += Dossier.OpinionRefusal.nobodyAsked.problem.errors }
        if !known.isSuperset(of: chosen) {
            wrong.append(
                FieldError(
                    "officers",
                    "Có người không thuộc cơ quan hoặc không làm hồ sơ. Hãy chọn lại trong danh sách.",
                    "Somebody is not of the agency, or has nothing to do with dossiers. Please choose from the list."
                )
            )
        }
        return chosen
    }

    private func day(_ given: Given<LocalDate>?, _ scene: ActScene, _ wrong: inout [FieldError]) -> LocalDate? {
        let (calendar, today) = (scene.calendar, scene.now.localDate)
        let usual = Self.usualDay(for: scene.dossier, calendar, now: scene.now)
        guard let given else { return usual }
        guard let day = given.value else {
            wrong.append(
                FieldError(
                    "answerBy",
                    "Ngày không đúng. Hãy nhập ngày/tháng/năm, ví dụ \(usual.vietnamese).",
                    "This is not a day. Write day/month/year, such as \(usual.vietnamese)."
                )
            )
            return nil
        }
        if day < today || day > today.adding(months: 12) {
            wrong.append(
                FieldError(
                    "answerBy",
                    "Hãy chọn một ngày từ hôm nay và trong vòng một năm, ví dụ \(usual.vietnamese).",
                    "Please choose a day from today on and within a year, such as \(usual.vietnamese)."
                )
            )
        } else if !calendar.isWorkingDay(day) {
            let next = calendar.workingDay(after: day).vietnamese
            wrong.append(
                FieldError(
                    "answerBy",
                    "\(day.vietnamese) là ngày nghỉ. Hãy chọn ngày làm việc, ví dụ \(next).",
                    "Nobody works on \(day.vietnamese). Please choose a working day, such as \(next)."
                )
            )
        }
        return day
    }

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { [terms.question] }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .opinions(.ask(by: officer, of: terms.asked, question: terms.question.sealed, answerBy: terms.answerBy))
    }
}

extension Colleague {
    /// Who keeps accounts, or only supervises, has no part in the work on a dossier.
    var givesOpinions: Bool { !roles.isSubset(of: [.admin, .auditor]) }
}
