import Agencies
import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Persistence
import PrintedPapers
import Web

/// The citizen's journey for programs.
struct CitizenAPI: Sendable {
    let desk: FilingDesk
    let uploads: Uploads
    let papers: DossierPapers

    func add(to router: some RouterMethods<CitizenContext>) {
        let api = router.group("api/v1")
        api.get("drafts", use: drafts)
        api.post("drafts", use: begin)
        api.get("drafts/:draft", use: draft)
        api.put("drafts/:draft/answers", use: saveAnswers)
        api.post("drafts/:draft/files", use: upload)
        api.delete("drafts/:draft/files/:file", use: removeFile)
        api.get("drafts/:draft/held-papers", use: heldPapers)
        api.post("drafts/:draft/held-papers", use: useHeldPapers)
        api.delete("drafts/:draft", use: discard)
        api.post("drafts/:draft/submission", use: submit)
        api.get("dossiers", use: list)
        api.post("dossiers", use: file)
        api.get("dossiers/:dossier", use: show)
        api.get("dossiers/:dossier/clock", use: clock)
        api.get("dossiers/:dossier/proof.pdf", use: proof)
        api.get("dossiers/:dossier/papers/:paper", use: paper)
        api.get("dossiers/:dossier/files/:file", use: download)
    }

    // MARK: - Drafts

    func drafts(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let drafts = try await desk.drafts.listWithFiles(of: context.citizen.id)
        return try json(
            ListShape(items: try drafts.map { DraftShape(try work($0.draft, files: $0.files)) }, next: nil),
            context
        )
    }

    private struct Beginning: Decodable {
        let procedure: String
        let situation: String?
        let agency: String
        let returnBy: ReturnMethod
        /// Where the post brings the result; the applicant's address where it is left out.
        let deliveryAddress: String?
    }

    func begin(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let wish = try await request.json(Beginning.self, context)
        let rules = try desk.rules(for: wish.procedure, through: .online)
        var errors = rules.check(situation: wish.situation) + rules.check(returnBy: wish.returnBy)
        let agency = try await desk.competentAgency(wish.agency, for: rules.procedure)
        if agency == nil {
            errors.append(
                FieldError(
                    "agency",
                    "Cơ quan này không giải quyết thủ tục đã chọn.",
                    "This agency does not handle the procedure."
                )
            )
        }
        if let agency, let closed = try await desk.closure(of: .online, rules, at: agency.id) { throw closed }
        let address = rules.givenAddress(wish.deliveryAddress, &errors)
        guard errors.isEmpty, let agency else { throw Problem.invalid(errors) }
        let now = desk.office.now
        let answers = rules.revision.form.prefilled(
            Answers().delivered(to: address),
            for: KnownApplicant(try await papers.directory.citizen(context.citizen.id)),
            on: now.localDate
        )
        let id = try await desk.drafts.begin(
            rules.procedure.code.rawValue,
            revision: rules.revision.number,
            situation: wish.situation,
            agency: agency.id,
            returnBy: wish.returnBy,
            answers: answers.json,
            by: context.citizen.id,
            at: now,
            once: try idempotencyKey(
                request,
                scope: "citizen/\(context.citizen.id.rawValue)",
                "draft \(wish.procedure) \(wish.situation ?? "") \(wish.agency) \(wish.returnBy.rawValue) \(address ?? "")"
            )
        )
        return try json(
            DraftShape(try await work(id, context)),
            context,
            status: .created,
            headers: [.location: "/api/v1/drafts/\(id.rawValue)"]
        )
    }

    func draft(_ request: Request, _ context: CitizenContext) async throws -> Response {
        try shape(try await work(draftID(context), context), context)
    }

    /// Replaces the answers; they may be incomplete and wrong. `If-Match` with the draft's version keeps two programs
    /// from overwriting each other.
    func saveAnswers(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let tree = try await request.json(JSONTree.self, context, limit: largestJSON)
        let work = try await work(draftID(context), context)
        let (answers, errors) = work.rules.revision.form.answers(in: tree)
        guard errors.isEmpty else { throw Problem.invalid(errors) }
        let version = try request.headers[.ifMatch].map { condition in
            guard let version = StreamVersion(typed: condition.filter { !"\"vW/".contains($0) }) else {
                throw Problem.draftChanged
            }
            return version.number
        }
        do {
            try await desk.drafts.save(
                work.draft.id,
                of: context.citizen.id,
                expecting: version,
                at: desk.office.now
            ) { earlier in
                // The address for the post was given with the way of return, and is no answer of the form.
                guard work.rules.asksReturnAddress else { return answers.json }
                return answers.delivered(to: try Answers(stored: earlier)["delivery", "deliveryAddress"]).json
            }
        } catch Drafts.Refusal.changedElsewhere {
            let stored = try await self.work(draftID(context), context)
            throw Problem.draftChanged(to: stored, from: answers)
        }
        // What a program has saved was saved, as on the page; what it left out nobody has looked at.
        for section in work.rules.revision.form.sections where answers.tell(of: section) {
            try await desk.drafts.note(saved: section.key, of: work.draft.id, by: context.citizen.id)
        }
        return try shape(try await self.work(draftID(context), context), context)
    }

    /// A draft with its version as its tag, for `If-Match`.
    private func shape(_ work: DraftAtWork, _ context: CitizenContext) throws -> Response {
        try json(DraftShape(work), context).tagged("v\(work.draft.version)", context.visit)
    }

    func upload(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let work = try await work(draftID(context), context)
        let collected = Collected()
        let (_, errors) = try await uploads.receive(
            request,
            context,
            components: work.rules.uploads(in: work.draft.situation).map(\.key)
        ) { file in
            await collected.add(
                try await desk.drafts.attach(
                    file,
                    to: work.draft.id,
                    of: context.citizen.id,
                    at: desk.office.now,
                    once: try idempotencyKey(
                        request,
                        scope: "citizen/\(context.citizen.id.rawValue)",
                        "paper \(work.draft.id.rawValue) \(file.content)",
                        number: await collected.files.count
                    )
                )
            )
        }
        guard errors.isEmpty else { throw Problem.invalid(errors) }
        try await desk.drafts.note(saved: DraftAtWork.papers, of: work.draft.id, by: context.citizen.id)
        return try json(
            ListShape(items: await collected.files.map(FileShape.init), next: nil),
            context,
            status: .created
        )
    }

    // MARK: - Papers that the authorities hold already

    private struct HeldPaperShape: Encodable {
        /// What is sent back to use it again.
        let id: String
        let component: String
        let name: Words
        /// The earlier dossier's code.
        let dossier: String
        /// The key of the result, where it was issued there.
        let result: String?
        let at: String

        init(_ offer: ReuseOffer) {
            id = offer.value
            component = offer.component
            name = offer.name
            dossier = offer.code.rawValue
            result = offer.origin.result
            at = offer.at.iso8601
        }
    }

    func heldPapers(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let offers = try await desk.offers(try await work(draftID(context), context), of: context.citizen.id)
        return try json(ListShape(items: offers.map(HeldPaperShape.init), next: nil), context)
    }

    private struct Chosen: Decodable { let ids: [String] }

    func useHeldPapers(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let chosen = try await request.json(Chosen.self, context)
        let work = try await work(draftID(context), context)
        let errors = try await desk.reuse(chosen.ids, in: work, of: context.citizen.id) { file, number in
            try idempotencyKey(
                request,
                scope: "citizen/\(context.citizen.id.rawValue)",
                "reuse \(work.draft.id.rawValue) \(file.content)",
                number: number
            )
        }
        guard errors.isEmpty else { throw Problem.invalid(errors) }
        try await desk.drafts.note(saved: DraftAtWork.papers, of: work.draft.id, by: context.citizen.id)
        return try shape(try await self.work(draftID(context), context), context)
    }

    func removeFile(_ request: Request, _ context: CitizenContext) async throws -> Response {
        try await desk.drafts.detach(
            ID(rawValue: try context.parameters.require("file")),
            from: try draftID(context),
            of: context.citizen.id
        )
        return Response(status: .noContent)
    }

    func discard(_ request: Request, _ context: CitizenContext) async throws -> Response {
        try await desk.drafts.discard(try draftID(context), of: context.citizen.id)
        return Response(status: .noContent)
    }

    /// Files the draft. Filing a draft again answers with the dossier it became.
    func submit(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let id = try draftID(context)
        let dossier: ID<Dossier>
        do {
            dossier = try await desk.submit(id, by: context.citizen, desk.circumstances(context)).dossier
        } catch let filed as FilingDesk.AlreadyFiled {
            dossier = filed.dossier
        }
        guard let details = try await desk.book.details(dossier) else { throw Problem.noSuchDossier }
        return try created(
            DossierBook.Receipt(dossier: dossier, code: details.row.code, secret: details.secret ?? ""),
            context
        )
    }

    private func draftID(_ context: CitizenContext) throws -> ID<Draft> {
        ID(rawValue: try context.parameters.require("draft"))
    }

    private func work(_ id: ID<Draft>, _ context: CitizenContext) async throws -> DraftAtWork {
        guard let (draft, files) = try await desk.drafts.draft(id, of: context.citizen.id) else {
            throw Drafts.Refusal.notFound
        }
        return try work(draft, files: files)
    }

    private func work(_ draft: Draft, files: [AttachedFile]) throws -> DraftAtWork {
        try DraftAtWork(
            draft: draft,
            files: files,
            rules: try desk.rules(of: draft),
            today: desk.office.now.localDate
        )
    }

    // MARK: - Dossiers

    private struct Whole: Decodable {
        let procedure: String
        let situation: String?
        let agency: String
        let returnBy: ReturnMethod
        let deliveryAddress: String?
        let answers: JSONTree
    }

    /// Files a whole dossier in one request: a part `dossier` with JSON first, then the files as `paper-<component>`.
    func file(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let collected = Collected()
        let (fields, refused) = try await uploads.receive(request, context, components: nil) { await collected.add($0) }
        guard let text = fields["dossier"] else { throw Problem.wholeDossierMissing }
        let whole = try await readJSON(Whole.self, from: Array(text.utf8))
        let rules = try desk.rules(for: whole.procedure, through: .online)
        var (answers, wrong) = rules.revision.form.answers(in: whole.answers)
        answers = answers.delivered(to: rules.givenAddress(whole.deliveryAddress, &wrong))
        let (submission, errors) = try await desk.judge(
            FilingDesk.Application(
                procedure: whole.procedure,
                situation: whole.situation,
                agency: whole.agency,
                channel: .online,
                returnBy: whole.returnBy,
                applicant: context.citizen.id,
                answers: answers,
                papers: [],
                files: await collected.files
            )
        )
        guard let submission, wrong.isEmpty, refused.isEmpty else { throw Problem.invalid(wrong + refused + errors) }
        let receipt = try await desk.book.file(
            submission,
            desk.circumstances(context),
            once: try idempotencyKey(request, scope: "file/\(context.citizen.id.rawValue)", submission.fingerprint)
        )
        return try created(receipt, context)
    }

    private func created(_ receipt: DossierBook.Receipt, _ context: CitizenContext) throws -> Response {
        try json(
            ReceiptShape(receipt),
            context,
            status: .created,
            headers: [.location: "/api/v1/dossiers/\(receipt.dossier.rawValue)"]
        )
    }

    func list(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let listing = try await desk.book.list(
            of: context.citizen.id,
            after: try cursor(request),
            limit: try limit(request)
        )
        return dossierList(listing.items, next: listing.next?.text, context)
    }

    func show(_ request: Request, _ context: CitizenContext) async throws -> Response {
        try await desk.shape(of: try await desk.mine(context), context)
    }

    func clock(_ request: Request, _ context: CitizenContext) async throws -> Response {
        try json(ClockShape(try await desk.counted(try await desk.mine(context))), context)
    }

    func proof(_ request: Request, _ context: CitizenContext) async throws -> Response {
        try await papers.show(.proof, of: try await desk.mine(context), context)
    }

    func paper(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let paper = try DossierPaper.named(in: context, DossierPaper.forApplicants)
        return try await papers.show(paper, of: try await desk.mine(context), context)
    }

    func download(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let details = try await desk.mine(context)
        let id = ID<Attachment>(rawValue: try context.parameters.require("file"))
        guard let file = details.files.first(where: { $0.id == id }), details.isVisibleToApplicant(file) else {
            throw Problem.noSuchFile
        }
        try await desk.book.collect(details, file, by: context.citizen.id, desk.circumstances(context))
        return try await uploads.send(file, context)
    }
}

extension Problem {
    /// Somebody else has changed the draft: the fields that are not what the program has sent.
    fileprivate static func draftChanged(to stored: DraftAtWork, from sent: Answers) -> Problem {
        let changed = Problem.draftChanged
        let errors = stored.answers.fields(differingFrom: sent).map {
            FieldError(
                $0,
                "Bản nháp đang ghi khác với nội dung gửi đến.",
                "The draft holds something else than what was sent."
            )
        }
        return Problem(changed.slug, changed.vi, changed.en, changed.status, errors: errors)
    }
}
