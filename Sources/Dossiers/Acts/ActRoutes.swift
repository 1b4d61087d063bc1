import Agencies
import DossierCore
import Hummingbird
import Kernel
import Persistence
import Web

/// How acts are asked for and performed, by page and by program. It knows none of them by name.
extension WorkRoutes {
    func addActs(to dossier: RouterGroup<OfficerContext>) {
        dossier.get("act/:act", use: ask)
        dossier.post("act/:act", use: perform)
        dossier.post("result", use: prepareResult)
        dossier.post("pass-back", use: passBack)
        dossier.post("signed", use: addSigned)
        dossier.get("result", use: leadBack)
        dossier.get("pass-back", use: leadBack)
        dossier.get("signed", use: leadBack)
    }

    /// Who loads the answer to an act with files again is led to the dossier.
    func leadBack(_ request: Request, _ context: OfficerContext) throws -> Response {
        .redirect(to: "/work/dossiers/\(try context.parameters.require("dossier"))")
    }

    /// The page that asks for what an act needs: a reason, a colleague, the missing papers.
    func ask(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let details = try await desk.details(context)
        let act = try act(context)
        // Whoever may not do it is told before filling anything in.
        let officer = try await acting(context)
        do throws(Dossier.Refusal) {
            try act.require(details.dossier, by: officer)
        } catch {
            throw error.problem.leading(back: details)
        }
        var typed = FormData()
        for name in act.presets {
            if let value = request.uri.queryParameters[name[...]] { typed.append(name, String(value)) }
        }
        return try await actPage(act, details, context, typed: typed)
    }

    func actPage(
        _ act: any OfficerAct,
        _ details: DossierBook.Details,
        _ context: OfficerContext,
        typed: FormData,
        _ problem: Problem? = nil
    ) async throws -> Response {
        let asked = ActForm(
            form: Form(context, typed: typed, errors: problem?.errors ?? []),
            typed: typed,
            scene: try await scene(of: details, context),
            say: context.language
        )
        return ActPage(act: act, asked: asked, fields: try await act.fields(asked), problem: problem).show(context)
    }

    func perform(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await perform(try act(context), request, context)
    }

    private func perform<Act: OfficerAct>(_ act: Act, _ request: Request, _ context: OfficerContext) async throws
        -> Response
    {
        let form = try await request.form(context)
        let details = try await desk.details(context)
        return try await told {
            try await perform(act, Sent<Act.Said>(form), on: details, context, once: form.filled("once"))
            return .redirect(to: details.addressOfWhatFollows)
        } again: { problem in
            // A button that was merely pressed leaves nothing to keep.
            guard !problem.errors.isEmpty || form.filled("text") != nil else {
                throw problem.leading(back: details)
            }
            return try await actPage(act, try await desk.details(context), context, typed: form, problem)
        }
    }

    /// Performs an act with what was said, and throws what stands against it.
    func perform<Act: OfficerAct>(
        _ act: Act,
        _ sent: Sent<Act.Said>,
        on details: DossierBook.Details,
        _ context: OfficerContext,
        once key: String?
    ) async throws {
        let scene = try await scene(of: details, context)
        let terms = try await act.judge(sent.said, in: scene)
        try await perform(act, sent, terms, in: scene, context, once: key)
    }

    /// Keeps the files that come with an act and performs it. Answers the fields that were sent, and what is wrong with
    /// them or stands against it.
    func save<Act: ActWithFiles>(
        _ act: Act,
        _ request: Request,
        on details: DossierBook.Details,
        _ context: OfficerContext,
        once key: String?
    ) async throws -> (fields: FormData, problem: Problem?) {
        var scene = try await scene(of: details, context)
        // Asked before anything is read: a file of somebody who may not do it is not even stored.
        try act.require(scene.dossier, by: scene.officer)
        let collected = Collected()
        let (fields, refused) = try await uploads.receive(
            request,
            context,
            components: act.components(scene.rules)
        ) { await collected.add($0) }
        // The files may have taken a while.
        scene.now = desk.office.now
        let (sent, files) = (Sent<Act.Said>(fields), await collected.files)
        var wrong = refused
        let terms = act.terms(sent.said, files, scene, &wrong)
        guard let terms, wrong.isEmpty else { return (fields, Problem.invalid(wrong)) }
        do {
            try await perform(act, sent, terms, files, in: scene, context, once: key)
            return (fields, nil)
        } catch let refusal as any ProblemConvertible {
            return (fields, refusal.problem)
        }
    }

    private func perform<Act: OfficerAct>(
        _ act: Act,
        _ sent: Sent<Act.Said>,
        _ terms: Act.Terms,
        _ files: [AttachedFile] = [],
        in scene: ActScene,
        _ context: OfficerContext,
        once key: String?
    ) async throws {
        let id = scene.details.row.id
        let order = Order(
            by: scene.officer,
            desk.circumstances(context, at: scene.now),
            assigner: act.isAssigned ? try await desk.assigner(context, directory) : nil
        ) { officer in
            act.command(by: officer, terms)
        }
        try await desk.book.perform(
            order,
            on: id,
            texts: act.texts(terms),
            files: files,
            expecting: sent.version?.number,
            once: try key.map { key in
                try idempotencyKey(
                    key,
                    scope: "work/\(context.officer.id.rawValue)",
                    "\(act.key) \(id.rawValue) \(try sent.fingerprint) \(files.map(\.content))"
                )
            }
        )
    }

    // MARK: - Acts with files

    func prepareResult(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let details = try await desk.details(context)
        let (fields, problem) = try await save(PrepareResult(), request, on: details, context, once: nil)
        guard let problem else { return .redirect(to: details.addressOfWhatFollows) }
        // What was typed is still there, below the reason why it was not taken.
        var response = try await dossierPage(try await desk.details(context), context, typed: fields, problem)
        response.status = problem.status
        return response
    }

    func addSigned(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let details = try await desk.details(context)
        let (fields, problem) = try await save(AddSigned(), request, on: details, context, once: nil)
        guard let problem else { return .redirect(to: details.addressOfWhatFollows) }
        var response = try await actPage(AddSigned(), details, context, typed: fields, problem)
        response.status = problem.status
        return response
    }

    func passBack(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let details = try await desk.details(context)
        let (fields, problem) = try await save(PassBack(), request, on: details, context, once: nil)
        guard let problem else { return .redirect(to: "/work/inbox/\(Inbox.received.slug)") }
        var response = try await actPage(PassBack(), details, context, typed: fields, problem)
        response.status = problem.status
        return response
    }

    // MARK: - What the routes share

    func act(_ context: OfficerContext) throws -> any OfficerAct {
        guard let act = Acts.named(try context.parameters.require("act")) else { throw Problem.notFound }
        return act
    }

    func scene(of details: DossierBook.Details, _ context: OfficerContext) async throws -> ActScene {
        let agency = context.officer.agency
        return ActScene(
            details: details,
            rules: try desk.rules(of: details.filing),
            officer: try await acting(context),
            calendar: try await desk.calendars.calendar(of: details.row.agency),
            now: desk.office.now,
            desk: desk,
            colleagues: { try await directory.colleagues(in: agency) },
            receivers: { try await receivers(details) }
        )
    }
}

extension DossierBook.Details {
    /// The dossier's page, which says there what was recorded after this was read.
    fileprivate var addressOfWhatFollows: String {
        "/work/dossiers/\(row.id.rawValue)?since=\(history.last?.version ?? 0)"
    }
}

extension Problem {
    /// The dossier's page tells what has become of it, and what can be done with it now.
    fileprivate func leading(back details: DossierBook.Details) -> Problem {
        var problem = self
        if problem.way == nil {
            let code = details.row.code.rawValue
            problem.way = Way(
                Words("Về hồ sơ \(code)", "Back to dossier \(code)"),
                "/work/dossiers/\(details.row.id.rawValue)"
            )
        }
        return problem
    }
}

extension Sent {
    /// The same for the same content.
    fileprivate var fingerprint: String {
        get throws {
            "\(version.map { String($0.number) } ?? "-") \(try said.fingerprint)"
        }
    }
}
