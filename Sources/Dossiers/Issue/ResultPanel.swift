import Catalogue
import DossierCore
import Kernel
import Markup
import Persistence
import Web

/// What is proposed or decided, for everybody who may read the dossier: who signs sees what they sign, who returns sees
/// what they return.
struct ResultPanel {
    let details: DossierBook.Details
    let rules: FilingRules
    let names: [ID<Officer>: String]
    /// The dossier's page.
    let path: String

    private var dossier: Dossier { details.dossier }

    func show(_ say: Language) -> HTML { "\(current(say))\(replaced(say))" }

    private func current(_ say: Language) -> HTML? {
        guard let outcome = dossier.outcome else { return nil }
        let isSigned = dossier.stage == .finished || dossier.stage == .returned || !dossier.unsigned.isEmpty
        return panel(
            isSigned ? say("Kết quả", "Result") : say("Kết quả trình ký", "Result submitted for signature"),
            aside: outcome == .granted
                ? tag(say("Chấp thuận", "Granted"), .good) : tag(say("Không chấp thuận", "Denied"), .bad)
        ) {
            """
            \(dossier.issue.map { issue in
                "<p>\(say("Số", "No.")) <strong>\(issue.number)</strong>, \(issue.date.vietnamese)</p>" as HTML
            })
            \(explanation.map { "<p class=\"pre\">\($0)</p>" as HTML })
            \(list(dossier.results, say))
            \(author.map { "<p class=\"quiet\">\(say("Người chuẩn bị", "Prepared by")): \($0)</p>" as HTML })
            \(signature.map { "<p class=\"quiet\">\(say("Lãnh đạo ký", "Signed by the leader")): \($0)</p>" as HTML })
            \(dossier.unsigned.isEmpty ? nil : notice(.neutral, title: say("Bản trình ký, không giao cho người dân", "As submitted for signature; not for the applicant")) {
                list(dossier.unsigned, say) ?? ""
            })
            """
        }
    }

    private func replaced(_ say: Language) -> HTML? {
        guard !dossier.replaced.isEmpty else { return nil }
        return panel(say("Kết quả đã bị thay thế", "Results that were replaced")) { list(dossier.replaced, say) ?? "" }
    }

    private func list(_ results: [ResultFile], _ say: Language) -> HTML? {
        results.isEmpty
            ? nil : "<ul>\(results.map { item($0.file.attachment, say(rules.resultName($0.result)), say) })</ul>"
    }

    private func item(_ id: ID<Attachment>, _ name: String, _ say: Language) -> HTML {
        let file = details.files.first { $0.id == id }
        return """
            <li>\(name)\(file.map {
                ": <a href=\"\(path)/files/\($0.id.rawValue)\">\($0.name)</a> <span class=\"quiet\">(\(pages($0, say)), \(size(of: $0.bytes)))</span>" as HTML
            })</li>
            """
    }

    private var preparation: Recorded<Dossier.Event>? {
        details.history.last { if case .result(.prepared) = $0.event { true } else { false } }
    }

    private var explanation: String? {
        guard case .result(.prepared(_, _, let explanation)) = preparation?.event else { return nil }
        return explanation.flatMap { details.texts[$0.text] }
    }

    /// Who has done the leader's step since the result was prepared, and when.
    private var signature: String? {
        let since = preparation?.version ?? 0
        let signed = details.history.last { recorded in
            guard recorded.version > since, case .processing(.stepCompleted(let step, _, _, _)) = recorded.event else {
                return false
            }
            return dossier.steps.indices.contains(step) && dossier.steps[step].role == .leader
        }
        guard let signed, case .officer(let id) = signed.circumstances.actor, let name = names[id] else { return nil }
        return "\(name), \(signed.circumstances.at.localMinute.vietnamese)"
    }

    private var author: String? {
        guard case .officer(let id) = preparation?.circumstances.actor else { return nil }
        return names[id]
    }
}
