import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Persistence
import Scans
import Web

/// How a citizen answers a request for a supplement: item by item, a file or a word for each, then all at once.
extension CitizenRoutes {
    func showSupplement(_ request: Request, _ context: CitizenContext) async throws -> Response {
        try await supplementPage(try await awaited(context), context)
    }

    private func supplementPage(
        _ details: DossierBook.Details,
        _ context: CitizenContext,
        typed: FormData = FormData(),
        errors: [FieldError] = []
    ) async throws -> Response {
        let rules = try desk.rules(of: details.filing)
        return SupplementPage(
            details: details,
            rules: rules,
            offers: try await offers(details, rules, context),
            asked: details.supplement,
            now: desk.office.now,
            typed: typed,
            errors: errors
        ).show(context)
    }

    /// Keeps the files that come; then sends all, removes one, or shows what is there, as the button says. What was
    /// typed comes back each time.
    func uploadSupplement(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let details = try await awaited(context)
        let known = details.wanted(try desk.rules(of: details.filing)).map(\.key)
        let (fields, refused) = try await uploads.receive(request, context, components: known) { file in
            try await desk.book.stage(
                file,
                on: details.row.id,
                at: desk.office.now,
                once: formKey(request, scope: "supplement/\(details.row.id.rawValue)", file.content)
            )
        }
        if let id = fields.filled("_remove") { try await removeStaged(ID(rawValue: id), of: details) }
        var errors = refused + (try await reuse(fields.all("reuse"), on: details, request, context))
        if let component = fields.filled("_bind"), errors.isEmpty {
            errors += try await bindStaged(component, of: details.row.id, context)
        }
        guard errors.isEmpty else {
            return try await supplementPage(try await desk.mine(context), context, typed: fields, errors: errors)
        }
        if fields["_send"] != nil { return try await send(fields, context) }
        let isTyped = fields.pairs.contains {
            !$0.value.isEmpty && ($0.name == "message" || $0.name.hasPrefix("word-"))
        }
        return isTyped
            ? try await supplementPage(try await desk.mine(context), context, typed: fields)
            : .redirect(to: "/ho-so/\(details.row.id.rawValue)/bo-sung")
    }

    func removeSupplement(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let details = try await awaited(context)
        try await removeStaged(ID(rawValue: try context.parameters.require("attachment")), of: details)
        return .redirect(to: "/ho-so/\(details.row.id.rawValue)/bo-sung")
    }

    private func removeStaged(_ id: ID<Attachment>, of details: DossierBook.Details) async throws {
        guard details.staged.contains(where: { $0.id == id }) else { throw Problem.noSuchFile }
        try await desk.book.unstage([id], from: details.row.id, at: desk.office.now)
    }

    /// Photos of one paper become one PDF.
    private func bindStaged(_ component: String, of id: ID<Dossier>, _ context: CitizenContext) async throws
        -> [FieldError]
    {
        let details = try await desk.mine(context)
        let photos = details.staged.filter { $0.component == component && $0.isPhoto }
        guard !photos.isEmpty else { return [] }
        do {
            let title = try desk.rules(of: details.filing).componentName(component).vi
            let bound = try await uploads.bind(
                photos,
                for: component,
                titled: title,
                by: .citizen(context.citizen.id)
            )
            try await desk.book.unstage(photos.map(\.id), from: id, for: bound, at: desk.office.now)
            return []
        } catch let problem as Problem {
            return [FieldError("paper-\(component)", problem.vi, problem.en)]
        } catch let refusal as any ProblemConvertible {
            return [FieldError("paper-\(component)", refusal.problem.vi, refusal.problem.en)]
        }
    }

    /// What the authorities hold already of the papers that are asked for.
    private func offers(_ details: DossierBook.Details, _ rules: FilingRules, _ context: CitizenContext) async throws
        -> [ReuseOffer]
    {
        try await desk.offers(for: details.wanted(rules), of: context.citizen.id, besides: details.files)
    }

    private func reuse(
        _ ticked: [String],
        on details: DossierBook.Details,
        _ request: Request,
        _ context: CitizenContext
    ) async throws -> [FieldError] {
        guard !ticked.isEmpty else { return [] }
        let offers = try await offers(details, try desk.rules(of: details.filing), context)
        var errors: [FieldError] = []
        for tick in ticked.prefix(Drafts.mostFiles) {
            guard let offer = offers.first(where: { $0.value == tick }) else {
                errors.append(.paperIsGone(tick))
                continue
            }
            let file = offer.attached(at: desk.office.now)
            try await desk.book.stage(
                file,
                on: details.row.id,
                at: desk.office.now,
                once: formKey(request, scope: "supplement/\(details.row.id.rawValue)", "reuse \(file.content)")
            )
        }
        return errors
    }

    func sendSupplement(_ request: Request, _ context: CitizenContext) async throws -> Response {
        try await send(try await request.form(context), context)
    }

    private func send(_ form: FormData, _ context: CitizenContext) async throws -> Response {
        let details = try await awaited(context)
        let now = desk.office.now
        let (answers, message, errors) = try desk.answers(form, to: details, files: details.staged, now: now)
        guard errors.isEmpty else {
            return try await supplementPage(details, context, typed: form, errors: errors)
        }
        try await desk.book.perform(
            .supplement(
                by: context.citizen.id,
                answers: answers.answers,
                message: message?.sealed,
                due: try await desk.dueAfterWaiting(details.dossier, details.history, now: now)
            ),
            on: details.row.id,
            desk.circumstances(context, at: now),
            texts: answers.texts + [message].compactMap(\.self)
        )
        return .redirect(to: "/ho-so/\(details.row.id.rawValue)")
    }

    private func awaited(_ context: CitizenContext) async throws -> DossierBook.Details {
        let details = try await desk.mine(context)
        guard details.row.stage == .awaitingSupplement else { throw Dossier.Refusal.nothingRequested }
        return details
    }
}

extension DossierBook.Details {
    /// The papers the office asked for; all of the procedure's where it named nothing.
    func wanted(_ rules: FilingRules) -> [Component] {
        guard !dossier.requestedItems.isEmpty else { return rules.revision.components.filter { !$0.form } }
        let asked = Set(dossier.requestedItems.compactMap(\.component))
        return rules.revision.components.filter { asked.contains($0.key) }
    }
}
