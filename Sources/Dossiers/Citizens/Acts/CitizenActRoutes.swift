import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Persistence
import Web

/// How citizens' acts are asked for and performed, by page and by program. It knows none of them by name.
struct CitizenActRoutes: Sendable {
    let desk: FilingDesk
    let uploads: Uploads

    func add(to router: some RouterMethods<CitizenContext>) {
        // The browser tests read the addresses from the acts' files.
        for act in CitizenActs.all {
            let page = "ho-so/:dossier/\(act.address)"
            router.get(RouterPath(page)) { _, context in try await ask(act, context) }
            router.post(RouterPath(page)) { request, context in
                try await perform(act, try await request.form(context), context)
            }
            router.on(RouterPath("api/v1/dossiers/:dossier/\(act.key)"), method: act.method) { request, context in
                try await answer(act, request, context)
            }
            guard act.takesFiles else { continue }
            router.post(RouterPath("\(page)/tep")) { request, context in try await keep(act, request, context) }
            router.post(RouterPath("\(page)/tep/:attachment/xoa")) { _, context in try await remove(act, context) }
        }
    }

    private func ask(_ act: any CitizenAct, _ context: CitizenContext) async throws -> Response {
        try await page(act, try await details(act, context), context)
    }

    /// The dossier, for whoever may do this with it; who may not any more is told before filling anything in.
    func details(_ act: any CitizenAct, _ context: CitizenContext) async throws -> DossierBook.Details {
        let details = try await desk.mine(context)
        try act.require(details.dossier, by: context.citizen.id)
        return details
    }

    func page(
        _ act: any CitizenAct,
        _ details: DossierBook.Details,
        _ context: CitizenContext,
        typed: FormData = FormData(),
        errors: [FieldError] = []
    ) async throws -> Response {
        let scene = try scene(of: details, [], context)
        let asked = CitizenForm(
            form: Form(context, typed: typed, errors: errors),
            typed: typed,
            scene: scene,
            offers: act.takesFiles ? try await offers(act, details, scene.rules, context) : [],
            say: context.language
        )
        return CitizenActPage(act: act, asked: asked, fields: try await act.fields(asked)).show(context)
    }

    func perform(_ act: some CitizenAct, _ form: FormData, _ context: CitizenContext) async throws -> Response {
        let details = try await details(act, context)
        return try await told {
            // What is kept with the dossier goes with it.
            let scene = try scene(of: details, details.staged, context)
            try await perform(act, said: .init(form), in: scene, context)
            return .redirect(to: "/ho-so/\(details.row.id.rawValue)")
        } again: { problem in
            guard !problem.errors.isEmpty else { throw problem }
            return try await page(act, details, context, typed: form, errors: problem.errors)
        }
    }

    /// A program says all at once, with the files if there are any.
    private func answer<Act: CitizenAct>(_ act: Act, _ request: Request, _ context: CitizenContext) async throws
        -> Response
    {
        let (said, files, refused): (Act.Said, [AttachedFile], [FieldError])
        if act.takesFiles {
            let details = try await details(act, context)
            let collected = Collected()
            let (fields, wrong) = try await uploads.receive(
                request,
                context,
                components: act.wanted(details, try desk.rules(of: details.filing)).map(\.key)
            ) { await collected.add($0) }
            (said, files, refused) = (Act.Said(fields), await collected.files, wrong)
        } else {
            (said, files, refused) = (try await request.json(Act.Said.self, context), [], [])
        }
        let scene = try scene(of: try await desk.mine(context), files, context)
        let id = scene.details.row.id
        try await perform(
            act,
            said: said,
            in: scene,
            context,
            besides: refused,
            bringing: files,
            once: try idempotencyKey(
                request,
                scope: "citizen/\(context.citizen.id.rawValue)",
                "\(act.key) \(id.rawValue) \(try said.fingerprint) \(files.map(\.content))"
            )
        )
        return try await desk.shape(of: try await desk.mine(context), context)
    }

    private func perform<Act: CitizenAct>(
        _ act: Act,
        said: Act.Said,
        in scene: CitizenScene,
        _ context: CitizenContext,
        besides refused: [FieldError] = [],
        bringing files: [AttachedFile] = [],
        once key: IdempotencyKey? = nil
    ) async throws {
        let terms = try await act.judge(said, in: scene, besides: refused)
        try await desk.book.perform(
            act.command(by: scene.citizen, terms),
            on: scene.details.row.id,
            desk.circumstances(context, at: scene.now),
            texts: act.texts(terms),
            files: files,
            once: key
        )
    }

    private func scene(
        of details: DossierBook.Details,
        _ files: [AttachedFile],
        _ context: CitizenContext
    ) throws -> CitizenScene {
        CitizenScene(
            details: details,
            rules: try desk.rules(of: details.filing),
            citizen: context.citizen.id,
            now: desk.office.now,
            desk: desk,
            files: files
        )
    }
}

extension FilingDesk {
    /// What else a citizen can do with a dossier, for its page.
    func otherActs(on details: DossierBook.Details, _ context: CitizenContext) async throws -> HTML? {
        let scene = CitizenScene(
            details: details,
            rules: try rules(of: details.filing),
            citizen: context.citizen.id,
            now: office.now,
            desk: self
        )
        return try await CitizenForm(
            form: Form(context),
            typed: FormData(),
            scene: scene,
            offers: [],
            say: context.language
        ).others()
    }
}
