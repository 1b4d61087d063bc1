import Agencies
import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Persistence
import Web

/// What somebody declared, as they filed it, with what the agency has corrected since: where, when and why.
struct DeclarationPage {
    let details: DossierBook.Details
    let rules: FilingRules
    let agency: AgencyProfile?

    private var path: String { "/ho-so/\(details.row.id.rawValue)" }

    func show(_ context: CitizenContext) -> Response {
        let say = context.language
        return page(
            say("Nội dung đã khai", "What was declared"),
            context,
            lead: "\(details.row.code.rawValue) – \(say(rules.procedure.name))",
            crumbs: draftCrumbs(say) + [Crumb(details.row.code.rawValue, path)]
        ) {
            """
            <p>\(say("Nộp lúc", "Filed at")) \(details.row.filedAt.localMinute.vietnamese)\
            \(agency.map { ", \(say($0.name))" as HTML })</p>
            \(corrections(say))
            \(answers(say))
            \(panel(say("Giấy tờ", "Papers")) { paperList(details, rules, say) })
            <p class="actions">\(linkButton(say("Về hồ sơ", "Back to the dossier"), path, .plain))</p>
            """
        }
    }

    private func corrections(_ say: Language) -> HTML? {
        let corrected = details.history.filter {
            if case .correction(.answersCorrected) = $0.event { true } else { false }
        }
        guard !corrected.isEmpty else { return nil }
        let agency = agency.map { say($0.name) } ?? say("Cơ quan giải quyết", "The agency")
        let history = History(say: say, rules: rules, texts: details.texts, isForOfficers: false)
        return panel(say("\(agency) đã sửa nội dung khai", "Corrected by \(agency)")) {
            timeline(history.tell(corrected))
        }
    }

    private func answers(_ say: Language) -> HTML {
        guard let filed = read(details.filing.content), let now = details.readAnswers else {
            return notice {
                "<p>\(say("Nội dung khai đã xóa theo quy định, hoặc không còn đọc được.", "The answers have been erased by law, or cannot be read any more."))</p>"
            }
        }
        let form = rules.revision.form
        let (before, after) = (form.summary(of: filed), form.summary(of: now))
        let changed = now.fields(differingFrom: filed).compactMap(FieldPath.init(rawValue:))
        guard !changed.isEmpty else { return answersPanel(before, say) }
        let current = Dictionary(after.lines.map { ($0.path, $0.value) }, uniquingKeysWith: { first, _ in first })
        let known = Set(before.lines.map(\.path))
        let added = after.lines.filter { changed.contains($0.path) && !known.contains($0.path) }
        return """
            \(answersPanel(before, say, mark: { line in
                guard changed.contains(line.path) else { return nil }
                let value = current[line.path].flatMap(\.self).map { say($0) } ?? "–"
                return "<br><strong>\(say("Nay sửa thành", "Corrected to")): \(value)</strong>"
            }))
            \(added.isEmpty ? nil : panel(say("Mục có thêm sau khi sửa", "Added by the correction")) {
                definitionList(added.map { (say($0.label), "\($0.value.map { say($0) } ?? "–")") })
            })
            """
    }

    private func read(_ content: SealedText) -> Answers? {
        // Answers of an older form, or erased ones, are not shown as if nothing had been declared.
        details.texts[content.text].flatMap { try? Answers(stored: $0) }
    }
}

extension AnswerSummary {
    fileprivate var lines: [Line] { sections.flatMap { $0.rows.flatMap(\.self) } }
}

/// The papers of a dossier as its applicant sees them, each with its file.
func paperList(_ details: DossierBook.Details, _ rules: FilingRules, _ say: Language) -> HTML {
    """
    <ul>\(details.dossier.papers.map { paper -> HTML in
        let file = paper.file.flatMap { reference in details.files.first { $0.id == reference.attachment } }
        return """
            <li>\(say(rules.componentName(paper.component)))\(file.map {
                ": <a href=\"/ho-so/\(details.row.id.rawValue)/tep/\($0.id.rawValue)\">\($0.name)</a> (\(pages($0, say)), \(size(of: $0.bytes)))" as HTML
            })</li>
            """
    })</ul>
    """
}
