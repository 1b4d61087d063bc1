import DossierCore
import Kernel
import Markup
import Web

/// The step at which the dossier stands is done.
struct CompleteStep: BulkAct {
    struct Said: ActSaid {
        let text: String?
        let officer: String?
        /// Completes the step although an opinion is missing.
        let withoutOpinions: Bool?

        init(_ form: FormData) {
            (text, officer) = (form["text"], form["officer"])
            withoutOpinions = form.isTicked("withoutOpinions")
        }
    }

    struct Terms: Sendable {
        var remark: DossierTexts.Draft?
        var next: ID<Officer>?
        var withoutOpinions = false
    }

    let name = Words("Hoàn thành bước", "Complete the step")
    let key = "complete-step"
    let shortcut: String? = "h"
    let isAssigned = true
    private let remark = ActText(label: Words("Ý kiến xử lý", "Remark"), missing: nil)
    private let next = ColleagueField(label: Words("Người làm bước tiếp theo", "Who does the next step"))

    /// Opinions that are missing do not make it impossible: the form asks whether to go on without them.
    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayCompleteStep(by: officer, withoutOpinions: true)
    }

    func fields(_ asked: ActForm) async throws -> HTML {
        // After the last step nobody goes on.
        let next = asked.dossier.nextRole == nil ? nil : try await next.field(asked)
        return "\(next)\(remark.field(asked))\(try await missingOpinions(asked))"
    }

    /// Who has not answered yet, and the tick without which the step is not completed.
    private func missingOpinions(_ asked: ActForm) async throws -> HTML? {
        let missing = asked.details.askedOpinions.filter { $0.opinion.state == .open }
        guard !missing.isEmpty else { return nil }
        let (say, now) = (asked.say, asked.scene.now)
        let names = try await asked.scene.colleagues().names
        return """
            \(notice(.waiting, title: say("Chưa đủ ý kiến", "Opinions are missing")) {
                """
                <ul>\(missing.map { asked -> HTML in
                    """
                    <li>\(names[asked.opinion.officer] ?? say("người đã rời cơ quan", "a former colleague")), \
                    \(say("trước hết ngày", "by the end of")) \(asked.opinion.answerBy.vietnamese)\
                    \(asked.isLate(now: now) ? " \(tag(say("Quá hạn", "Late"), .bad))" as HTML : nil)</li>
                    """
                })</ul>
                """
            })
            \(asked.form.checkbox("withoutOpinions", say("Hoàn thành khi chưa đủ ý kiến", "Complete without the opinions")))
            """
    }

    func terms(_ said: Said, _ scene: ActScene, _ wrong: inout [FieldError]) async throws -> Terms? {
        Terms(
            remark: remark.read(said.text, at: scene.now, &wrong),
            next: try await next.read(said.officer, among: scene.colleagues, &wrong),
            withoutOpinions: said.withoutOpinions == true
        )
    }

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { [terms.remark].compactMap(\.self) }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .completeStep(
            by: officer,
            remark: terms.remark?.sealed,
            next: terms.next,
            withoutOpinions: terms.withoutOpinions
        )
    }

    // MARK: - Several at once

    func isOffered(in list: Inbox, to roles: Set<Role>) -> Bool {
        if case .turn(let role) = list { roles.contains(role) } else { list == .mine }
    }

    func bulkName(in list: Inbox) -> Words {
        list == .turn(.leader)
            ? Words("Ký duyệt các hồ sơ đã chọn", "Sign the chosen dossiers")
            : Words("Hoàn thành bước các hồ sơ đã chọn", "Complete the step of the chosen ones")
    }

    /// A text or a colleague would be said of each alone.
    func bulkTerms(
        _ form: FormData,
        colleagues: () async throws -> [Colleague],
        _ wrong: inout [FieldError]
    ) -> Terms? {
        Terms()
    }
}
