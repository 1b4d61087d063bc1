import DossierCore
import Kernel
import Markup
import Web

/// Apologises and gives another day.
struct Extend: OfficerAct {
    struct Said: ActSaid {
        let text: String?
        /// Nil also where what was typed is no day.
        let date: LocalDate?
        /// Extend although it was extended before.
        let exception: Bool?

        init(_ form: FormData) {
            (text, date) = (form["text"], form.day("date"))
            exception = form.isTicked("exception")
        }
    }

    struct Terms: Sendable {
        let due: Instant
        let reason: DossierTexts.Draft
        let isException: Bool
        let at: Instant
    }

    let name = Words("Xin lỗi và gia hạn", "Apologise and extend")
    let key = "extend"
    let shortcut: String? = "g"
    private let reason = ActText(
        label: Words("Lý do chậm và lời xin lỗi gửi người dân", "Why it takes longer, with the apology")
    )

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayExtend(by: officer)
    }

    /// The apology comes before the day; afterwards there is `ApologiseLate`.
    func isTimely(for dossier: Dossier, at now: Instant) -> Bool { dossier.due.map { now < $0 } ?? false }

    func fields(_ asked: ActForm) -> HTML {
        let say = asked.say
        return """
            \(asked.details.row.dueAt.map { "<p>\(say("Hẹn trả hiện nay", "Due at present")): <strong>\($0.localMinute.vietnamese)</strong></p>" as HTML })
            \(asked.form.field("date", say("Ngày hẹn mới", "New day"), .date))
            \(asked.dossier.extensions > 0 ? exception(asked.form, say) : nil)
            \(reason.field(asked))
            """
    }

    private func exception(_ form: Form, _ say: Language) -> HTML {
        """
        \(notice(.waiting) {
            "<p>\(say("Hồ sơ đã được gia hạn một lần. Gia hạn lần nữa được ghi lại là ngoại lệ.", "It was extended once. Another time is recorded as an exception."))</p>"
        })
        \(form.checkbox("exception", say("Đây là trường hợp ngoại lệ", "This is an exception")))
        """
    }

    func terms(_ said: Said, _ scene: ActScene, _ wrong: inout [FieldError]) -> Terms? {
        let reason = reason.read(said.text, at: scene.now, &wrong)
        let day = workingDay(said.date, scene.calendar, &wrong)
        guard let reason, let day else { return nil }
        return Terms(
            due: scene.calendar.closing(on: day),
            reason: reason,
            isException: said.exception == true,
            at: scene.now
        )
    }

    /// The result can only be fetched on a day on which somebody is there.
    private func workingDay(_ date: LocalDate?, _ calendar: WorkingCalendar, _ wrong: inout [FieldError])
        -> LocalDate?
    {
        guard let date else {
            wrong.append(
                FieldError(
                    "date",
                    "Chưa có ngày hẹn mới. Hãy nhập ngày/tháng/năm, ví dụ 25/08/2026.",
                    "The new day is missing. Enter day/month/year, such as 25/08/2026."
                )
            )
            return nil
        }
        guard !calendar.isWorkingDay(date) else { return date }
        let next = calendar.workingDay(after: date).vietnamese
        wrong.append(
            FieldError(
                "date",
                "\(date.vietnamese) là ngày nghỉ. Hãy chọn ngày làm việc, ví dụ \(next).",
                "Nobody works on \(date.vietnamese). Please choose a working day, such as \(next)."
            )
        )
        return nil
    }

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { [terms.reason] }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .extend(
            by: officer,
            to: terms.due,
            reason: terms.reason.sealed,
            asException: terms.isException,
            at: terms.at
        )
    }
}
