import Catalogue
import DossierCore
import Kernel
import Markup
import Web

/// Another case was chosen at the counter than the visitor's, or its papers were counted wrong.
struct CorrectPapers: OfficerAct {
    struct Said: ActSaid {
        struct Paper: Codable, Sendable {
            let component: String
            let originals: Given<Quantity>?
            let copies: Given<Quantity>?
        }

        let situation: String?
        /// Everything that lies there; what is not named was not handed in.
        let papers: [Paper]?
        let text: String?

        init(_ form: FormData) {
            (situation, text) = (form.filled("situation"), form["text"])
            var names: [String] = []
            for pair in form.pairs {
                for prefix in ["originals-", "copies-"] where pair.name.hasPrefix(prefix) {
                    let component = String(pair.name.dropFirst(prefix.count))
                    if !names.contains(component) { names.append(component) }
                }
            }
            papers = names.map { component in
                Paper(
                    component: component,
                    originals: form.given("originals-\(component)", Quantity.init(typed:)),
                    copies: form.given("copies-\(component)", Quantity.init(typed:))
                )
            }
        }
    }

    struct Terms: Sendable {
        let taken: TakenPapers
        let reason: DossierTexts.Draft
    }

    let name = Words("Sửa trường hợp, giấy tờ đã nhận", "Correct the case and the papers")
    let key = "correct-papers"
    let width = PageWidth.wide
    private let reason = ActText(label: Words("Lý do sửa", "Why it is corrected"), rows: 3)

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayCorrectPapers(by: officer)
    }

    func fields(_ asked: ActForm) -> HTML {
        let (say, rules, form) = (asked.say, asked.scene.rules, asked.form)
        let taken = TakenPapers(asked.dossier)
        return """
            \(rules.revision.cases.isEmpty ? nil : form.select(
                "situation",
                say("Trường hợp", "Case"),
                rules.revision.cases.map { Web.Choice($0.key, say($0.name)) },
                value: taken.situation
            ))
            <table class="dense"><caption class="unseen">\(say("Số bản đã nhận", "Numbers received"))</caption>
            <thead><tr><th scope="col">\(say("Giấy tờ", "Paper"))</th><th scope="col" class="number">\(say("Bản chính", "Originals"))</th>\
            <th scope="col" class="number">\(say("Bản sao", "Copies"))</th></tr></thead>
            <tbody>\(rules.revision.components.map { row($0, taken, asked) })</tbody></table>
            <p class="quiet">\(say(
                "Bảng có giấy tờ của mọi trường hợp; ô trống là không nhận. Tệp quét đã có trong hồ sơ không đổi.",
                "The table has the papers of every case; empty means not received. Scans already in the file stay."
            ))</p>
            \(reason.field(asked))
            """
    }

    private func row(_ component: Component, _ taken: TakenPapers, _ asked: ActForm) -> HTML {
        let paper = taken.papers.first { $0.component == component.key }
        let (say, name) = (asked.say, asked.say(component.name))
        return """
            <tr><th scope="row">\(name)\(asked.form.errorLine(of: "originals-\(component.key)"))</th>\
            \(count("originals-\(component.key)", paper?.originals, say("Bản chính", "Originals"), name, asked))\
            \(count("copies-\(component.key)", paper?.copies, say("Bản sao", "Copies"), name, asked))</tr>
            """
    }

    private func count(_ name: String, _ now: Int?, _ label: String, _ paper: String, _ asked: ActForm) -> HTML {
        let recorded = now.flatMap { $0 > 0 ? String($0) : nil }
        return """
            <td class="number" data-label="\(label)"><input id="f-\(name)" name="\(name)" \
            value="\(asked.typed[name] ?? recorded ?? "")" inputmode="numeric" class="tiny" maxlength="2" \
            aria-label="\(label): \(paper)"></td>
            """
    }

    func terms(_ said: Said, _ scene: ActScene, _ wrong: inout [FieldError]) -> Terms? {
        let rules = scene.rules
        let reason = reason.read(said.text, at: scene.now, &wrong)
        wrong += rules.check(situation: said.situation)
        var papers: [FiledPaper] = []
        for paper in said.papers ?? [] {
            guard let component = rules.revision.components.first(where: { $0.key == paper.component }) else {
                wrong.append(
                    FieldError(
                        "originals-\(paper.component)",
                        "“\(paper.component)” không phải là giấy tờ của thủ tục này. Hãy xem lại thành phần hồ sơ.",
                        "“\(paper.component)” is not a paper of this procedure. Please see the list of papers."
                    )
                )
                continue
            }
            let counts = [paper.originals, paper.copies].map { given in given.map { $0.value?.number } ?? 0 }
            guard let originals = counts[0], let copies = counts[1] else {
                wrong.append(.numberOfPapers(component))
                continue
            }
            if originals + copies > 0 {
                papers.append(FiledPaper(component: component.key, originals: originals, copies: copies))
            }
        }
        wrong += rules.strangers(among: papers, in: said.situation)
        // Who has handed nothing in has not been taken in.
        if papers.isEmpty, let first = rules.revision.components.first, !TakenPapers(scene.dossier).papers.isEmpty {
            wrong.append(
                FieldError(
                    "originals-\(first.key)",
                    """
                    Không còn giấy tờ nào. Nếu thiếu giấy tờ, hãy yêu cầu bổ sung; nếu nhập nhầm và chưa ai giải quyết, \
                    hãy hủy lần tiếp nhận.
                    """,
                    """
                    No paper is left. If papers are missing, ask for a supplement; if it was taken in by mistake and nobody \
                    works on it, cancel it.
                    """
                )
            )
        }
        guard let reason, wrong.isEmpty else { return nil }
        return Terms(taken: TakenPapers(situation: said.situation, papers: papers), reason: reason)
    }

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { [terms.reason] }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .correct(.papers(by: officer, terms.taken, reason: terms.reason.sealed))
    }
}
