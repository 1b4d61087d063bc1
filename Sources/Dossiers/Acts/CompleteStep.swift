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
        /// Signs what one has examined oneself.
        let ownWork: Bool?

        init(_ form: FormData) {
            (text, officer) = (form["text"], form["officer"])
            withoutOpinions = form.isTicked("withoutOpinions")
            ownWork = form.isTicked("ownWork")
        }
    }

    struct Terms: Sendable {
        var remark: DossierTexts.Draft?
        var next: Colleague?
        var withoutOpinions = false
        var signsOwnWork = false
    }

    let name = Words("Hoàn thành bước", "Complete the step")
    let key = "complete-step"
    let shortcut: String? = "h"
    let isAssigned = true
    private let remark = ActText(label: Words("Ý kiến xử lý", "Remark"), missing: nil)
    private let next = ColleagueField(label: Words("Người làm bước tiếp theo", "Who does the next step"))

    /// Whoever signs, or issues, is told that they do.
    func name(on dossier: Dossier) -> Words {
        switch dossier.currentRole {
        case .leader: Words("Ký duyệt kết quả", "Sign the result")
        case .clerk where dossier.nextRole == nil: Words("Ban hành kết quả", "Issue the result")
        case .reception, .caseOfficer, .clerk, .returns, .admin, .auditor: name
        }
    }

    /// Opinions that are missing do not make it impossible: the form asks whether to go on without them.
    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayCompleteStep(by: officer, withoutOpinions: true)
    }

    func fields(_ asked: ActForm) async throws -> HTML {
        // After the last step nobody goes on.
        let next: HTML? =
            if let role = asked.dossier.nextRole { try await next.field(asked, holding: [role]) } else { nil }
        let details = asked.details
        let names = try await asked.scene.colleagues().names
        let results = ResultPanel(
            details: details,
            rules: asked.scene.rules,
            names: names,
            path: "/work/dossiers/\(details.row.id.rawValue)"
        )
        return
            "\(results.show(asked.say))\(unsigned(asked))\(next)\(remark.field(asked))\(missingOpinions(asked, names))\(ownWork(asked))"
    }

    /// Whoever gives the result its number is told that the applicant would get what was submitted for signature.
    private func unsigned(_ asked: ActForm) -> HTML? {
        let dossier = asked.dossier
        guard dossier.currentRole == .clerk, dossier.nextRole == nil, dossier.unsigned.isEmpty, !dossier.results.isEmpty
        else { return nil }
        let say = asked.say
        return notice(.waiting, title: say("Chưa thêm bản đã ký, đóng dấu", "No signed version was added")) {
            """
            <p>\(say(
                "Người dân sẽ nhận đúng tệp đã trình ký ở trên. Nếu tệp đó chưa có chữ ký, con dấu, hãy quay lại và thêm bản đã ký trước.",
                "The applicant will get the file above, as it was submitted. If it bears no signature and seal, go back and add the signed version first."
            ))</p>
            """
        }
    }

    /// Whoever signs what they have examined themselves is told, and ticks that they know.
    private func ownWork(_ asked: ActForm) -> HTML? {
        guard asked.dossier.wouldSignOwnWork(asked.scene.officer) else { return nil }
        let say = asked.say
        return """
            \(notice(.waiting, title: say("Bạn đã thẩm định hồ sơ này", "You examined this dossier")) {
                """
                <p>\(say(
                    "Người thẩm định và người ký nên là hai người. Hãy để người khác ký nếu có thể; nếu vẫn ký, việc này được ghi vào quá trình của hồ sơ.",
                    "Whoever examines and whoever signs should be two people. Let somebody else sign if you can; if you sign, the history records it."
                ))</p>
                """
            })
            \(asked.form.checkbox("ownWork", say("Tôi vẫn ký hồ sơ do chính mình thẩm định", "I sign what I have examined myself")))
            """
    }

    /// Who has not answered yet, and the tick without which the step is not completed.
    private func missingOpinions(_ asked: ActForm, _ names: [ID<Officer>: String]) -> HTML? {
        let missing = asked.details.askedOpinions.filter { $0.opinion.state == .open }
        guard !missing.isEmpty else { return nil }
        let (say, now) = (asked.say, asked.scene.now)
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
            withoutOpinions: said.withoutOpinions == true,
            signsOwnWork: said.ownWork == true
        )
    }

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { [terms.remark].compactMap(\.self) }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .completeStep(
            by: officer,
            remark: terms.remark?.sealed,
            next: terms.next?.id,
            nextHolds: terms.next?.roles,
            withoutOpinions: terms.withoutOpinions,
            signsOwnWork: terms.signsOwnWork
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
        at now: Instant,
        colleagues: () async throws -> [Colleague],
        _ wrong: inout [FieldError]
    ) -> Terms? {
        Terms()
    }
}
