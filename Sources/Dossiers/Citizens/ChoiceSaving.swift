import Agencies
import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Web

/// Changing what was chosen for a draft: field by field, against what the page showed when it was read.
extension CitizenRoutes {
    func showChoices(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let work = try await work(context)
        let choices = try await choices(work)
        return try await startPage(
            work.rules,
            typed: try choices.typed(FormData(), over: work.draft),
            errors: [],
            of: work.draft,
            readAs: try choices.marks(of: work.draft),
            context
        )
    }

    private func choices(_ work: DraftAtWork) async throws -> DraftChoices {
        DraftChoices(work.rules, among: try await desk.competent(for: work.rules.procedure))
    }

    func choose(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let form = try await request.form(context)
        let work = try await work(context)
        let choices = try await choices(work)
        // Asked before anything is taken, because agencies and orders are not the draft's.
        var wrong = try await agencyErrors(choices.pairs(form).last { $0.name == "choices.agency" }?.value, work.rules)
        var clashes: [AnswerClash] = []
        if wrong.isEmpty {
            let found = try await desk.drafts.choose(for: work.draft.id, of: context.citizen.id, at: desk.office.now) {
                try choices.reading(form, into: $0)
            }
            (wrong, clashes) = (found.errors, found.clashes)
        }
        guard wrong.isEmpty else {
            return try await startPage(
                work.rules,
                typed: try choices.typed(form, over: work.draft),
                errors: wrong,
                of: work.draft,
                readAs: form.marks,
                context
            )
        }
        guard clashes.isEmpty else {
            let work = try await self.work(context)
            return ClashPage(
                path: work.path("lua-chon"),
                name: choices.section.name,
                read: try choices.marks(of: work.draft),
                clashes: clashes
            ).show(context)
        }
        return .redirect(to: form["_later"] == nil ? work.path("xem-lai") : "/ho-so?saved=\(work.draft.id.rawValue)")
    }

    /// Of a page that says nothing of the agency the draft's stays.
    private func agencyErrors(_ sent: String?, _ rules: FilingRules) async throws -> [FieldError] {
        guard let sent else { return [] }
        guard let agency = try await desk.competentAgency(sent, for: rules.procedure) else {
            return [FilingDesk.agencyMissing]
        }
        guard let closed = try await desk.closure(of: .online, rules, at: agency.id) else { return [] }
        return [FieldError("agency", closed.words.vi, closed.words.en)]
    }
}
