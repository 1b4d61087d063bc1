import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Persistence
import Scans
import Web

/// The files of an act come one by one and are kept with the dossier, where no officer sees them, until all is sent.
extension CitizenActRoutes {
    /// Keeps the files that come; then sends all, removes one, or shows what is there, as the button says. What was
    /// typed comes back each time.
    func keep(_ act: some CitizenAct, _ request: Request, _ context: CitizenContext) async throws -> Response {
        let details = try await details(act, context)
        let known = act.wanted(details, try desk.rules(of: details.filing)).map(\.key)
        let (fields, refused) = try await uploads.receive(request, context, components: known) { file in
            try await stage(file, file.content, for: act, of: details, request)
        }
        if let id = fields.filled("_remove") { try await remove(ID(rawValue: id), of: details) }
        var errors = refused + (try await reuse(fields.all("reuse"), for: act, on: details, request, context))
        if let component = fields.filled("_bind"), errors.isEmpty {
            errors += try await bind(component, of: details.row.id, context)
        }
        guard errors.isEmpty else {
            return try await page(act, try await desk.mine(context), context, typed: fields, errors: errors)
        }
        if fields["_send"] != nil { return try await perform(act, fields, context) }
        return fields.holdsWords
            ? try await page(act, try await desk.mine(context), context, typed: fields)
            : .redirect(to: "/ho-so/\(details.row.id.rawValue)/\(act.address)")
    }

    func remove(_ act: any CitizenAct, _ context: CitizenContext) async throws -> Response {
        let details = try await details(act, context)
        try await remove(ID(rawValue: try context.parameters.require("attachment")), of: details)
        return .redirect(to: "/ho-so/\(details.row.id.rawValue)/\(act.address)")
    }

    private func remove(_ id: ID<Attachment>, of details: DossierBook.Details) async throws {
        guard details.staged.contains(where: { $0.id == id }) else { throw Problem.noSuchFile }
        try await desk.book.unstage([id], from: details.row.id, at: desk.office.now)
    }

    private func stage(
        _ file: AttachedFile,
        _ content: String,
        for act: any CitizenAct,
        of details: DossierBook.Details,
        _ request: Request
    ) async throws {
        try await desk.book.stage(
            file,
            on: details.row.id,
            at: desk.office.now,
            once: formKey(request, scope: "\(act.key)/\(details.row.id.rawValue)", content)
        )
    }

    /// Photos of one paper become one PDF.
    private func bind(_ component: String, of id: ID<Dossier>, _ context: CitizenContext) async throws -> [FieldError] {
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
    func offers(
        _ act: any CitizenAct,
        _ details: DossierBook.Details,
        _ rules: FilingRules,
        _ context: CitizenContext
    ) async throws -> [ReuseOffer] {
        try await desk.offers(for: act.wanted(details, rules), of: context.citizen.id, besides: details.files)
    }

    private func reuse(
        _ ticked: [String],
        for act: any CitizenAct,
        on details: DossierBook.Details,
        _ request: Request,
        _ context: CitizenContext
    ) async throws -> [FieldError] {
        guard !ticked.isEmpty else { return [] }
        let offers = try await offers(act, details, try desk.rules(of: details.filing), context)
        var errors: [FieldError] = []
        for tick in ticked.prefix(Drafts.mostFiles) {
            guard let offer = offers.first(where: { $0.value == tick }) else {
                errors.append(.paperIsGone(tick))
                continue
            }
            let file = offer.attached(at: desk.office.now)
            try await stage(file, "reuse \(file.content)", for: act, of: details, request)
        }
        return errors
    }
}

extension FormData {
    /// Something was typed, beside what the form's own fields say.
    fileprivate var holdsWords: Bool {
        pairs.contains { !$0.value.isEmpty && !$0.name.hasPrefix("_") && !["csrf", "reuse"].contains($0.name) }
    }
}
