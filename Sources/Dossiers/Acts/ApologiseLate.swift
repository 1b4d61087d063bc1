import DossierCore
import Kernel
import Markup
import Web

/// Apologises for a dossier that is late already, and says when its result is now expected. Nothing is put off by that:
/// time can only be asked for while there is some left (`Extend`).
struct ApologiseLate: OfficerAct {
    struct Said: ActSaid {
        let text: String?
        /// Nil also where what was typed is no day.
        let date: LocalDate?

        init(_ form: FormData) { (text, date) = (form["text"], form.day("date")) }
    }

    struct Terms: Sendable {
        let expected: LocalDate
        let reason: DossierTexts.Draft
        let at: Instant
    }

    let name = Words("Xin lỗi vì đã quá hạn", "Apologise for the delay")
    let key = "apologise-late"
    private let reason = ActText(
        label: Words("Lý do chậm và lời xin lỗi gửi người dân", "Why it is late, with the apology")
    )

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        _ = try dossier.mayExtend(by: officer)
    }

    func isTimely(for dossier: Dossier, at now: Instant) -> Bool { dossier.due.map { $0 <= now } ?? false }

    func fields(_ asked: ActForm) -> HTML {
        let say = asked.say
        return """
            \(asked.details.row.dueAt.map { "<p>\(say("Đã quá hạn từ", "Late since")) <strong>\($0.localMinute.vietnamese)</strong></p>" as HTML })
            \(asked.form.field("date", say("Ngày dự kiến trả kết quả", "Result expected on"), .date))
            \(reason.field(asked))
            """
    }

    func terms(_ said: Said, _ scene: ActScene, _ wrong: inout [FieldError]) -> Terms? {
        let reason = reason.read(said.text, at: scene.now, &wrong)
        guard let day = said.date, day >= scene.now.localDate else {
            wrong.append(
                FieldError(
                    "date",
                    "Ngày dự kiến phải từ hôm nay. Hãy nhập ngày/tháng/năm, ví dụ 25/08/2026.",
                    "The expected day must not have passed. Enter day/month/year, such as 25/08/2026."
                )
            )
            return nil
        }
        return reason.map { Terms(expected: day, reason: $0, at: scene.now) }
    }

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { [terms.reason] }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .apologiseLate(by: officer, reason: terms.reason.sealed, expected: terms.expected, at: terms.at)
    }
}
