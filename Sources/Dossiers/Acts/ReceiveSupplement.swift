import Catalogue
import DossierCore
import Kernel
import Markup
import Web

/// What a visitor or the post brings to the counter is taken in, item by item: the clock goes on.
struct ReceiveSupplement: OfficerAct {
    struct Said: ActSaid {
        let text: String?
        /// The papers that were brought.
        let components: [String]?
        /// What is said of those that were not.
        let words: [String: String]?

        init(_ form: FormData) {
            (text, components, words) = (form["text"], form.all("component"), form.words)
        }
    }

    struct Terms: Sendable {
        let answers: SupplementAnswers
        let message: DossierTexts.Draft?
        let due: Instant?
    }

    let name = Words("Nhận giấy tờ bổ sung", "Take the supplement in")
    let key = "receive-supplement"
    let shortcut: String? = "b"
    private let message = ActText(label: Words("Ghi chú", "Note"), missing: nil)

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayReceiveSupplement(by: officer)
    }

    func fields(_ asked: ActForm) -> HTML { "\(brought(asked))\(message.field(asked))" }

    private func brought(_ asked: ActForm) -> HTML {
        let (form, say, rules) = (asked.form, asked.say, asked.scene.rules)
        let items = asked.details.supplement?.items ?? []
        guard !items.isEmpty else {
            return form.checkboxes(
                "component",
                say("Giấy tờ đã nhận", "Papers received"),
                rules.handedIn(in: asked.dossier.situation).map { Web.Choice($0.key, say($0.name)) }
            )
        }
        return table(
            say("Giấy tờ đã yêu cầu", "What was asked for"),
            [
                Column(say("Đã nhận", "Received")), Column(say("Yêu cầu", "Asked for")),
                Column(say("Nếu không có: vì sao", "If not: why")),
            ],
            hidesCaption: true,
            rows: items.enumerated().map { index, asked in
                let name = say(rules.itemName(asked.item))
                return [
                    asked.item.component.map { form.cellTick("component", $0, name, isFirst: index == 0) } ?? "\(name)",
                    "\([asked.item.counts(say), asked.text ?? ""].filter { !$0.isEmpty }.joined(separator: " – "))",
                    form.cellText("word-\(asked.item.key)", say("Lời giải thích: \(name)", "Explanation: \(name)")),
                ]
            }
        )
    }

    func terms(_ said: Said, _ scene: ActScene, _ wrong: inout [FieldError]) throws -> Terms? {
        let message = message.read(said.text, at: scene.now, &wrong)
        let brought = (said.components ?? []).map(\.tidied)
        if !Set(brought).isSubset(of: scene.rules.revision.components.map(\.key)) {
            wrong.append(
                FieldError("component", "Giấy tờ không thuộc thủ tục này.", "A paper is not one of this procedure.")
            )
        }
        let items = scene.dossier.requestedItems
        var answers = SupplementAnswers(
            said.words ?? [:],
            to: items,
            papers: papers(brought, scene),
            scene.rules,
            now: scene.now
        )
        // A request of earlier days that named nothing.
        if items.isEmpty, answers.answers.isEmpty, message == nil { answers.refuseEmptiness() }
        wrong += answers.errors
        return Terms(answers: answers, message: message, due: try scene.dueAfterWaiting())
    }

    /// As many as were asked for, where the request said so.
    private func papers(_ brought: [String], _ scene: ActScene) -> [FiledPaper] {
        scene.rules.papers(brought).map { paper in
            let asked = scene.dossier.requestedItems.first { $0.component == paper.component }?.onPaper
            return asked.map { FiledPaper(component: paper.component, originals: $0.originals, copies: $0.copies) }
                ?? paper
        }
    }

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { [terms.message].compactMap(\.self) + terms.answers.texts }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .receiveSupplement(
            by: officer,
            answers: terms.answers.answers,
            message: terms.message?.sealed,
            due: terms.due
        )
    }
}

extension SupplementItem {
    /// The numbers as a dossier's papers are counted; nil where none was given.
    fileprivate var onPaper: (originals: Int, copies: Int)? {
        let copies = certifiedCopies + self.copies
        return originals + copies == 0 ? nil : (originals, copies)
    }
}
