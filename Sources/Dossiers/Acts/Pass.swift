import Agencies
import DossierCore
import Kernel
import Markup
import Web

/// Another agency does its part of the work.
struct Pass: OfficerAct {
    struct Said: ActSaid {
        let text: String?
        let agency: String?
        /// Nil also where what was typed is no day.
        let by: LocalDate?

        init(_ form: FormData) {
            (text, agency, by) = (form["text"], form["agency"], form.day("by"))
        }
    }

    struct Terms: Sendable {
        let agency: ID<Agency>
        let due: Instant
        let request: DossierTexts.Draft
        let at: Instant
    }

    let name = Words("Chuyển cơ quan phối hợp", "Pass to another agency")
    let key = "pass"
    private let request = ActText(label: Words("Nội dung đề nghị phối hợp", "What is asked of them"))

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayPass(by: officer)
    }

    func fields(_ asked: ActForm) async throws -> HTML {
        let (form, say, scene) = (asked.form, asked.say, asked.scene)
        return """
            \(notice { "<p>\(staysAnswerable(asked))</p>" })
            \(form.select(
                "agency",
                say("Cơ quan phối hợp", "To which agency"),
                try await scene.receivers().map { Web.Choice($0.id.rawValue, say($0.name)) }
            ))
            \(form.field(
                "by",
                say("Cần trả lời trước hết ngày", "Answer wanted by the end of"),
                .date,
                value: Self.usualDay(dueAt: asked.details.row.dueAt, calendar: scene.calendar, now: scene.now).vietnamese
            ))
            \(request.field(asked))
            """
    }

    private func staysAnswerable(_ asked: ActForm) -> String {
        let due = asked.details.row.dueAt.map { " (\($0.localMinute.vietnamese))" } ?? ""
        return asked.say(
            "Cơ quan nhận chỉ xem được hồ sơ trong thời gian phối hợp. Ngày hẹn trả cho người dân\(due) vẫn do cơ quan bạn chịu trách nhiệm.",
            "The other agency sees the dossier only while it is there. Your agency stays answerable for the day of return\(due)."
        )
    }

    /// The day that a form proposes: the last working day before the result is owed, or else the next.
    static func usualDay(dueAt: Instant?, calendar: WorkingCalendar, now: Instant) -> LocalDate {
        let next = calendar.workingDay(after: now.localDate)
        guard let dueAt else { return next }
        var day = dueAt.localDate.adding(days: -1)
        while day > next, !calendar.isWorkingDay(day) { day = day.adding(days: -1) }
        return max(day, next)
    }

    func terms(_ said: Said, _ scene: ActScene, _ wrong: inout [FieldError]) async throws -> Terms? {
        let request = request.read(said.text, at: scene.now, &wrong)
        let agency = said.agency?.written
        let receiver = try await scene.receivers().first { $0.id.rawValue == agency }?.id
        if receiver == nil {
            wrong.append(
                FieldError(
                    "agency",
                    "Chưa chọn cơ quan nhận, hoặc cơ quan đó chưa có cán bộ thụ lý trên hệ thống. Hãy chọn trong danh sách.",
                    "No agency is chosen, or it has no case officer here. Please choose one of the list."
                )
            )
        }
        let due = end(of: said.by, scene, &wrong)
        guard let request, let receiver, let due else { return nil }
        return Terms(agency: receiver, due: due, request: request, at: scene.now)
    }

    /// Until when an answer on that day comes in time.
    private func end(of day: LocalDate?, _ scene: ActScene, _ wrong: inout [FieldError]) -> Instant? {
        let calendar = scene.calendar
        let example = calendar.workingDay(after: scene.now.localDate).vietnamese
        guard let day else {
            wrong.append(
                FieldError(
                    "by",
                    "Chưa có ngày cần trả lời. Hãy nhập ngày/tháng/năm, ví dụ \(example).",
                    "The day is missing by which an answer is wanted. Enter day/month/year, such as \(example)."
                )
            )
            return nil
        }
        guard calendar.isWorkingDay(day), calendar.closing(on: day) > scene.now else {
            wrong.append(
                FieldError(
                    "by",
                    "\(day.vietnamese) đã qua hoặc là ngày nghỉ. Hãy chọn ngày làm việc sắp tới, ví dụ \(example).",
                    "\(day.vietnamese) is past or a day of rest. Please choose a coming working day, such as \(example)."
                )
            )
            return nil
        }
        return calendar.closing(on: day)
    }

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { [terms.request] }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .pass(by: officer, to: terms.agency, request: terms.request.sealed, due: terms.due, at: terms.at)
    }
}
