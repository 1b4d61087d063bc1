import Agencies
import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Persistence
import PrintedPapers
package import Web

/// What a signed-in citizen does: file, follow, receive. What they do with a filed dossier are acts (`CitizenActs`).
struct CitizenRoutes: Sendable {
    let desk: FilingDesk
    let uploads: Uploads
    let papers: DossierPapers
    let neighbours: Neighbours

    func add(to router: some RouterMethods<CitizenContext>) {
        router.get("nop/:code", use: start)
        router.post("nop/:code", use: begin)
        let draft = router.group("nhap/:draft")
        draft.get(use: resume)
        draft.get("lua-chon", use: showChoices)
        draft.post("lua-chon", use: choose)
        draft.get("giay-to", use: showPapers)
        draft.post("giay-to", use: upload)
        draft.post("giay-to/:attachment/xoa", use: removeFile)
        draft.get("gop-anh/:component", use: showAlbum)
        draft.post("gop-anh/:component", use: bindPhotos)
        draft.get("xem-lai", use: review)
        draft.get("nop", use: leadToReview)
        draft.post("nop", use: submit)
        draft.get("xoa", use: confirmDiscard)
        draft.post("xoa", use: discard)
        draft.get("khai/:section", use: showSection)
        draft.post("khai/:section", use: saveSection)
        draft.post("luu/:section", use: autosave)
        let mine = router.group("ho-so")
        mine.get(use: list)
        mine.get(":dossier", use: show)
        mine.get(":dossier/to-khai", use: declaration)
        mine.get(":dossier/thoi-han", use: clock)
        mine.get(":dossier/giay-xac-nhan.pdf", use: proof)
        mine.get(":dossier/giay/:paper", use: paper)
        mine.get(":dossier/tep/:attachment", use: download)
    }

    // MARK: - Beginning

    func start(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let rules = try desk.rules(for: try context.parameters.require("code"), through: .online)
        return try await startPage(rules, typed: FormData(), errors: [], context)
    }

    /// `read` is what the page showed of the draft's choices.
    func startPage(
        _ rules: FilingRules,
        typed: FormData,
        errors: [FieldError],
        of draft: Draft? = nil,
        readAs read: ReadMarks? = nil,
        _ context: CitizenContext
    ) async throws -> Response {
        let competent = try await desk.competent(for: rules.procedure)
        let closed = try await desk.closedWays(rules, rules.ways)
        let agencies = competent.filter { agency in !closed.closes(.online, at: agency.id) }
        let drafts = try await desk.drafts.list(of: context.citizen.id)
            .filter { $0.procedure == rules.procedure.code.rawValue && draft == nil }
        return StartPage(
            rules: rules,
            agencies: agencies,
            drafts: drafts,
            closed: closed.notice(context.language) { _ in CatalogueLinks.procedure(rules.procedure.code) },
            typed: typed,
            errors: errors,
            read: read,
            path: draft.map { "/nhap/\($0.id.rawValue)/lua-chon" } ?? "/nop/\(rules.procedure.code.rawValue)",
            filed: draft == nil ? try await desk.filedLately(rules, by: context.citizen.id) : []
        ).show(context)
    }

    func begin(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let form = try await request.form(context)
        let rules = try desk.rules(for: try context.parameters.require("code"), through: .online)
        let (choice, errors) = try await choice(form, rules)
        guard let choice else { return try await startPage(rules, typed: form, errors: errors, context) }
        let now = desk.office.now
        let answers = rules.revision.form.prefilled(
            Answers().delivered(to: choice.address),
            for: KnownApplicant(try await papers.directory.citizen(context.citizen.id)),
            on: now.localDate
        )
        let draft = try await desk.drafts.begin(
            rules.procedure.code.rawValue,
            revision: rules.revision.number,
            situation: choice.situation,
            agency: choice.agency,
            returnBy: choice.returnBy,
            answers: answers.json,
            by: context.citizen.id,
            at: now,
            once: formKey(
                request,
                scope: "citizen/\(context.citizen.id.rawValue)",
                "draft \(rules.procedure.code.rawValue) \(form.fingerprint)"
            )
        )
        return .redirect(to: "/nhap/\(draft.rawValue)")
    }

    private struct StartChoice {
        let situation: String?
        let agency: ID<Agency>
        let returnBy: ReturnMethod
        /// Where the post brings the result.
        let address: String?
    }

    private func choice(_ form: FormData, _ rules: FilingRules) async throws -> (StartChoice?, [FieldError]) {
        let situation = form.filled("situation")
        let returnBy = form.filled("returnBy").flatMap(ReturnMethod.init(rawValue:))
        let agency = try await desk.competentAgency(form["agency"], for: rules.procedure)
        var errors = agency == nil ? [FilingDesk.agencyMissing] : []
        if let agency, let closed = try await desk.closure(of: .online, rules, at: agency.id) {
            errors.append(FieldError("agency", closed.words.vi, closed.words.en))
        }
        errors += rules.check(situation: situation) + rules.check(returnBy: returnBy)
        let (address, wrong) = rules.returnAddress(form["deliveryAddress"], for: returnBy)
        errors += wrong
        guard errors.isEmpty, let agency, let returnBy else { return (nil, errors) }
        return (StartChoice(situation: situation, agency: agency.id, returnBy: returnBy, address: address), [])
    }

    func resume(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let work = try await work(context)
        return .redirect(to: work.steps.first { !$0.isDone }?.path ?? work.path("xem-lai"))
    }

    // MARK: - The form, section by section

    func showSection(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let work = try await work(context)
        let section = try work.section(context.parameters.require("section"))
        let errors = request.uri.queryParameters["check"] == nil ? [] : work.errors(of: section)
        return SectionPage(work: work, section: section, errors: errors).show(context)
    }

    func work(_ context: CitizenContext) async throws -> DraftAtWork {
        let id = ID<Draft>(rawValue: try context.parameters.require("draft"))
        guard let (draft, files) = try await desk.drafts.draft(id, of: context.citizen.id) else {
            throw Drafts.Refusal.notFound
        }
        if let dossier = draft.dossier { throw FilingDesk.AlreadyFiled(dossier: dossier) }
        return try DraftAtWork(
            draft: draft,
            files: files,
            rules: try desk.rules(of: draft),
            today: desk.office.now.localDate,
            saved: try await desk.drafts.savedParts(of: id)
        )
    }

    /// A part that was saved once is not noted again with every pause in typing.
    func note(_ part: String, of work: DraftAtWork, _ context: CitizenContext) async throws {
        guard !work.saved.contains(part) else { return }
        try await desk.drafts.note(saved: part, of: work.draft.id, by: context.citizen.id)
    }

    // MARK: - Papers

    func showPapers(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let work = try await work(context)
        let errors =
            request.uri.queryParameters["check"] == nil
            ? [] : work.rules.missing(work.files, in: work.draft.situation)
        return PapersPage(work: work, errors: errors, offers: try await desk.offers(work, of: context.citizen.id)).show(
            context
        )
    }

    func upload(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let work = try await work(context)
        let known = work.rules.uploads(in: work.draft.situation).map(\.key)
        let (fields, refused) = try await uploads.receive(request, context, components: known) { file in
            try await desk.drafts.attach(
                file,
                to: work.draft.id,
                of: context.citizen.id,
                at: desk.office.now,
                once: formKey(request, scope: "draft/\(work.draft.id.rawValue)", file.content)
            )
        }
        let errors =
            refused
            + (try await desk.reuse(fields.all("reuse"), in: work, of: context.citizen.id) { file, _ in
                formKey(request, scope: "draft/\(work.draft.id.rawValue)", "reuse \(file.content)")
            })
        try await note(DraftAtWork.papers, of: work, context)
        guard errors.isEmpty else {
            let work = try await self.work(context)
            return PapersPage(work: work, errors: errors, offers: try await desk.offers(work, of: context.citizen.id))
                .show(context)
        }
        guard fields["_next"] != nil else { return .redirect(to: work.path("giay-to")) }
        let missing = work.rules.missing(try await self.work(context).files, in: work.draft.situation)
        return .redirect(to: missing.isEmpty ? work.path("xem-lai") : work.path("giay-to?check=1"))
    }

    func removeFile(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let work = try await work(context)
        try await desk.drafts.detach(
            ID(rawValue: try context.parameters.require("attachment")),
            from: work.draft.id,
            of: context.citizen.id
        )
        return .redirect(to: work.path("giay-to"))
    }

    // MARK: - Filing

    func review(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let work = try await work(context)
        return ReviewPage(
            work: work,
            agency: try await desk.agency(work.draft.agency),
            closed: try await desk.closure(of: .online, work.rules, at: work.draft.agency),
            errors: work.allErrors
        ).show(context)
    }

    /// Who comes back to where they filed, by Back or after signing in, has the page before them again.
    func leadToReview(_ request: Request, _ context: CitizenContext) async throws -> Response {
        .redirect(to: "/nhap/\(try await work(context).draft.id.rawValue)/xem-lai")
    }

    func submit(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let work = try await work(context)
        do {
            let receipt = try await desk.submit(
                work.draft.id,
                by: context.citizen,
                in: context.language,
                desk.circumstances(context)
            )
            return .redirect(to: "/ho-so/\(receipt.dossier.rawValue)?filed=1")
        } catch let problem as Problem where !problem.errors.isEmpty {
            return ReviewPage(
                work: work,
                agency: try await desk.agency(work.draft.agency),
                closed: try await desk.closure(of: .online, work.rules, at: work.draft.agency),
                errors: problem.errors,
                isRefused: true
            ).show(context)
        } catch let filed as FilingDesk.AlreadyFiled {
            return .redirect(to: "/ho-so/\(filed.dossier.rawValue)")
        }
    }

    func confirmDiscard(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let work = try await work(context)
        return discardPage(work, context)
    }

    func discard(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let work = try await work(context)
        try await desk.drafts.discard(work.draft.id, of: context.citizen.id)
        return .redirect(to: "/ho-so")
    }

    // MARK: - My dossiers

    func list(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let cursor = try cursor(request)
        let drafts = cursor == nil ? try await desk.drafts.list(of: context.citizen.id) : []
        return MyDossiersPage(
            drafts: try drafts.map { ($0, try desk.rules(of: $0).procedure.name) },
            listing: try await desk.book.list(of: context.citizen.id, after: cursor),
            use: cursor == nil ? try await desk.drafts.use(of: context.citizen.id).bytes : 0,
            allowed: desk.drafts.quotas.bytes,
            now: desk.office.now,
            saved: request.uri.queryParameters["saved"].map { ID(rawValue: String($0)) }
        ).show(context)
    }

    func show(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let details = try await desk.mine(context)
        return CitizenDossierPage(
            details: details,
            rules: try desk.rules(of: details.filing),
            agency: try await desk.agency(details.filing.agency),
            agencies: try await desk.names(of: details.agencies),
            now: desk.office.now,
            answerable: try await desk.answerable(details.row),
            told: try await neighbours.panels(about: DossierOnPage(details.row.id), context.language),
            otherActs: try await desk.otherActs(on: details, context),
            unlistedDays: try await desk.unlistedDays(details),
            lookUpCode: request.uri.queryParameters["filed"] == nil ? nil : try papers.lookUpCode(details)
        ).show(context)
    }

    func declaration(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let details = try await desk.mine(context)
        return DeclarationPage(
            details: details,
            rules: try desk.rules(of: details.filing),
            agency: try await desk.agency(details.filing.agency)
        ).show(context)
    }

    func clock(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let details = try await desk.mine(context)
        let say = context.language
        return ClockPage(counted: try await desk.counted(details), details: details).show(
            context,
            crumbs: [
                Crumb(say("Hồ sơ của tôi", "My dossiers"), "/ho-so"),
                Crumb(details.row.code.rawValue, "/ho-so/\(details.row.id.rawValue)"),
            ]
        )
    }

    func proof(_ request: Request, _ context: CitizenContext) async throws -> Response {
        try await papers.show(.proof, of: try await desk.mine(context), context)
    }

    /// What the agency has written to the applicant.
    func paper(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let paper = try DossierPaper.named(in: context, DossierPaper.forApplicants)
        return try await papers.show(paper, of: try await desk.mine(context), context)
    }

    /// A file the citizen sent, or the result.
    func download(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let details = try await desk.mine(context)
        let id = ID<Attachment>(rawValue: try context.parameters.require("attachment"))
        guard let file = details.files.first(where: { $0.id == id }), details.isVisibleToApplicant(file) else {
            throw Problem.noSuchFile
        }
        try await desk.book.collect(details, file, by: context.citizen.id, desk.circumstances(context))
        return try await uploads.send(file, context)
    }
}

extension FormData {
    /// The fields of an electronic form, without the form's own.
    var answerPairs: [(name: String, value: String)] {
        pairs.filter { $0.name != "csrf" }.map { ($0.name, $0.value) }
    }
}

extension FilingDesk.AlreadyFiled: ProblemConvertible {
    package var problem: Problem {
        var problem = Drafts.Refusal.alreadyFiled.problem
        problem.way = Problem.Way(Words("Mở hồ sơ", "Open the dossier"), "/ho-so/\(dossier.rawValue)")
        return problem
    }
}
