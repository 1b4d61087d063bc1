import Catalogue
import DossierCore
import Kernel
import PrintedPapers
import Web

/// A draft with its rules, as the pages of filing work on it.
struct DraftAtWork: Sendable {
    let draft: Draft
    let files: [AttachedFile]
    var answers: Answers
    let rules: FilingRules
    let today: LocalDate
    /// The parts that were opened and saved.
    let saved: Set<String>

    init(draft: Draft, files: [AttachedFile], rules: FilingRules, today: LocalDate, saved: Set<String> = []) throws {
        (self.draft, self.files, self.rules, self.today, self.saved) = (draft, files, rules, today, saved)
        answers = rules.revision.form.following(
            returnByPost: draft.returnBy == .post,
            try Answers(stored: draft.answers)
        )
    }

    func path(_ rest: String) -> String { "/nhap/\(draft.id.rawValue)/\(rest)" }

    /// The part in which papers are added.
    static let papers = "giay-to"

    /// One step of the way, from the first section of the form to the last look.
    struct Step: Sendable {
        let name: Words
        let path: String
        let isDone: Bool
    }

    /// The steps as the answers so far make them: sections that do not apply are not among them.
    var steps: [Step] {
        var steps = sections.map { section in
            // Nothing missing is not yet something done: what nobody has looked at carries no mark.
            let isDone = saved.contains(section.key) && errors(of: section).isEmpty
            return Step(name: section.name, path: path("khai/\(section.key)"), isDone: isDone)
        }
        if !rules.uploads(in: draft.situation).isEmpty {
            let isDone = saved.contains(Self.papers) && rules.missing(files, in: draft.situation).isEmpty
            steps.append(Step(name: Words("Giấy tờ", "Papers"), path: path(Self.papers), isDone: isDone))
        }
        steps.append(Step(name: Words("Xem lại và nộp", "Review and file"), path: path("xem-lai"), isDone: false))
        return steps
    }

    /// Whether answers that are still missing may bring further sections.
    var mayGrow: Bool {
        let shown = sections
        return shown.count < rules.revision.form.sections.count && shown.contains { !errors(of: $0).isEmpty }
    }

    /// What it costs as far as the answers tell.
    var charges: Charges { Charges(rules, through: .online, answers: answers) }

    var sections: [FormSection] { rules.revision.form.shown(answers).sections.map(\.section) }

    func section(_ key: String) throws -> FormSection {
        guard let section = rules.revision.form.section(key) else { throw Problem.notFound }
        return section
    }

    func path(after rest: String) -> String {
        let paths = steps.map(\.path)
        guard let index = paths.firstIndex(of: path(rest)), index + 1 < paths.count else { return path("xem-lai") }
        return paths[index + 1]
    }

    func errors(of section: FormSection) -> [FieldError] {
        rules.revision.form.check(answers, on: today, sections: [section.key]).errors
    }

    var allErrors: [FieldError] {
        rules.check(answers, returnBy: draft.returnBy, on: today).errors
            + rules.missing(files, in: draft.situation) + rules.check(situation: draft.situation)
    }
}
