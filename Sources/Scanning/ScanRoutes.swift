import Catalogue
import Documents
import DossierCore
import Hummingbird
import Kernel
import NIOCore
import Persistence
import PrintedPapers
import Scans
import Web

/// Piles of paper from the scanner, for the officers who receive and process dossiers.
struct ScanRoutes: Sendable {
    let desk: FilingDesk
    let uploads: Uploads
    let book: ScanBook

    func add(to router: some RouterMethods<OfficerContext>) {
        let work = router.group("work")
        work.get("dossiers/:dossier/digitise", use: showDigitising)
        work.post("dossiers/:dossier/digitise", use: digitise)
        work.get("dossiers/:dossier/separators", use: separators)
        let scan = work.group("scan")
        scan.get(use: list)
        scan.post(use: upload)
        scan.get("separators", use: genericSeparators)
        scan.get(":batch", use: show)
        scan.post(":batch", use: confirm)
        scan.post(":batch/discard", use: discard)
        scan.get(":batch/parts/:number", use: download)
        scan.get(":batch/parts/:number/trang-dau.png", use: firstPage)
    }

    // MARK: - Separator sheets

    /// One sheet for each paper of the dossier that lies on the counter and is not in the file yet.
    func separators(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let details = try await desk.details(context)
        let rules = try desk.rules(of: details.filing)
        let code = details.row.code.rawValue
        let sheets = try rules.digitisation(of: details.dossier).filter { $0.state == .none }.map { component, _ in
            SeparatorFacts(
                code: try QRCode(SeparatorMark(dossier: code, component: component.key).text),
                dossierCode: code,
                applicant: details.row.applicantName,
                paper: component.name.vi,
                counted: counted(details.dossier.papers.filter { $0.component == component.key })
            )
        }
        guard !sheets.isEmpty else { throw Problem.nothingToScan }
        return try await answer(sheets, named: "trang-phan-cach-\(code).pdf", context)
    }

    /// Sheets that only say that another paper begins.
    func genericSeparators(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try requireRole(context)
        let sheet = SeparatorFacts(
            code: try QRCode(SeparatorMark.generic.text),
            dossierCode: nil,
            applicant: nil,
            paper: nil,
            counted: nil
        )
        return try await answer([sheet], named: "trang-phan-cach.pdf", context)
    }

    private func answer(_ sheets: [SeparatorFacts], named name: String, _ context: OfficerContext) async throws
        -> Response
    {
        let issuer = try await desk.printedAgency(context.officer.agency).counter
        let papers = separatorSheets(sheets, from: issuer, at: desk.office.now.localMinute)
        return printed(try papers.pdf(), named: name, context)
    }

    private func counted(_ papers: [FiledPaper]) -> String? {
        let (originals, copies) = (papers.map(\.originals).reduce(0, +), papers.map(\.copies).reduce(0, +))
        guard originals + copies > 0 else { return nil }
        return "\(originals) bản chính, \(copies) bản sao"
    }

    // MARK: - Piles

    private func requireRole(_ context: OfficerContext) throws { try context.require(.reception, .caseOfficer) }

    func list(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try requireRole(context)
        return ScanListPage(batches: try await book.list(of: context.officer.agency), errors: []).show(context)
    }

    func upload(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try requireRole(context)
        let collected = Collected()
        var (_, errors) = try await uploads.receive(request, context, components: ["pile"]) {
            await collected.add($0)
        }
        let piles = await collected.files
        errors += piles.filter { $0.kind != FileKind.pdf.mediaType }.map { file in
            FieldError(
                "paper-pile",
                "“\(file.name)” không phải tệp PDF. Hãy đặt máy quét lưu cả tập thành một tệp PDF.",
                "“\(file.name)” is not a PDF. Please have the scanner save the whole pile as one PDF."
            )
        }
        if piles.isEmpty, errors.isEmpty {
            errors = [
                FieldError(
                    "paper-pile",
                    "Chưa chọn tệp nào. Hãy chọn tệp PDF của máy quét.",
                    "No file is chosen. Please choose the scanner's PDF."
                )
            ]
        }
        guard errors.isEmpty else {
            return ScanListPage(batches: try await book.list(of: context.officer.agency), errors: errors).show(context)
        }
        var begun: [ID<ScanBatch>] = []
        do {
            for pile in piles {
                begun.append(
                    try await book.begin(
                        pile,
                        agency: context.officer.agency,
                        officer: context.officer.id,
                        at: desk.office.now,
                        once: formKey(request, scope: "scan/\(context.officer.id.rawValue)", pile.digest)
                    )
                )
            }
        } catch let refusal as QuotaReached {
            let (batches, error) = (try await book.list(of: context.officer.agency), refusal.beside("paper-pile"))
            return ScanListPage(batches: batches, errors: [error]).show(context)
        }
        return .redirect(to: begun.count == 1 ? "/work/scan/\(begun[0].rawValue)" : "/work/scan")
    }

    func show(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let opened = try await open(context)
        guard !opened.batch.state.isWaiting else { return scanProgressPage(opened.batch, context) }
        return ScanBatchPage(opened: opened, errors: []).show(context)
    }

    /// A part alone, to look at before it is filed. What a scanner sends is a stranger's file and is not shown inside.
    func download(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let (part, digest) = try await part(context)
        let file = AttachedFile(
            id: ID(rawValue: ""),
            component: part.component,
            name: "trang-\(part.firstPage)-\(part.firstPage + part.pages - 1).pdf",
            kind: FileKind.pdf.mediaType,
            pages: part.pages,
            bytes: part.bytes,
            digest: digest.rawValue
        )
        return try await uploads.send(file, context)
    }

    /// The first page of a part as a small picture of our own drawing.
    func firstPage(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let (_, digest) = try await part(context)
        let path = uploads.blobs.path(of: digest)
        let png = try await uploads.reader.file(
            .picture(page: 0, longSide: 320),
            from: [path],
            for: .officer(context.officer.id)
        )
        let headers: HTTPFields = [
            .contentType: "image/png", .contentLength: String(png.count), .cacheControl: "private, max-age=3600",
        ]
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: png)))
    }

    private func part(_ context: OfficerContext) async throws -> (part: ScanBatch.Part, digest: BlobDigest) {
        try requireRole(context)
        let id = ID<ScanBatch>(rawValue: try context.parameters.require("batch"))
        guard let number = PlaceNumber(typed: try context.parameters.require("number"))?.number,
            let (_, parts) = try await book.batch(id, of: context.officer.agency),
            let part = parts.first(where: { $0.number == number }),
            let digest = part.digest.flatMap(BlobDigest.init(rawValue:))
        else { throw Problem.noSuchFile }
        return (part, digest)
    }

    func discard(_ request: Request, _ context: OfficerContext) async throws -> Response {
        _ = try await request.form(context)
        let opened = try await open(context)
        guard opened.batch.state != .filed else { throw Problem.pileIsFiled }
        try await book.close(opened.batch.id, as: .discarded, at: desk.office.now)
        return .redirect(to: "/work/scan")
    }

    // MARK: - Where the parts belong

    /// A pile with the dossiers that its parts name.
    struct Opened: Sendable {
        struct Part: Sendable {
            let part: ScanBatch.Part
            let dossier: DossierBook.Details?
            let rules: FilingRules?

            /// The paper of the dossier that it would become.
            var component: Component? { rules?.revision.components.first { $0.key == part.component } }
        }

        let batch: ScanBatch
        let parts: [Part]
    }

    func open(_ context: OfficerContext) async throws -> Opened {
        try requireRole(context)
        let id = ID<ScanBatch>(rawValue: try context.parameters.require("batch"))
        guard let (batch, parts) = try await book.batch(id, of: context.officer.agency) else {
            throw Problem.noSuchPile
        }
        let codes = Set(parts.compactMap { DossierCode(rawValue: $0.code)?.rawValue })
        let rows = try await book.dossiers(codes, of: context.officer.agency)
        var dossiers: [String: DossierBook.Details] = [:]
        // As many as one person lays on a scanner.
        for (code, row) in rows { dossiers[code] = try await desk.book.details(row.id) }
        return Opened(
            batch: batch,
            parts: try parts.map { part in
                let dossier = DossierCode(rawValue: part.code).flatMap { dossiers[$0.rawValue] }
                return Opened.Part(
                    part: part,
                    dossier: dossier,
                    rules: try dossier.map { try desk.rules(of: $0.filing) }
                )
            }
        )
    }

    /// Keeps what the officer has corrected, and files the parts when asked to.
    func confirm(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let form = try await request.form(context)
        let before = try await open(context)
        guard before.batch.state == .ready else { throw Problem.pileIsFiled }
        let assignments = before.parts.map(\.part).filter { $0.filedAt == nil }.map { part in
            ScanBook.Assignment(
                number: part.number,
                code: String((form["code-\(part.number)"] ?? part.code).tidied.prefix(60)),
                component: String((form["component-\(part.number)"] ?? part.component).prefix(200)),
                isDropped: form["drop-\(part.number)"] != nil
            )
        }
        try await book.assign(assignments, in: before.batch.id, at: desk.office.now)
        let path = "/work/scan/\(before.batch.id.rawValue)"
        guard form["_file"] != nil else { return .redirect(to: path) }
        let opened = try await open(context)
        var errors = opened.errors
        if errors.isEmpty { errors = try await file(opened, context) }
        guard errors.isEmpty else {
            return ScanBatchPage(opened: try await open(context), errors: errors).show(context)
        }
        try await book.close(opened.batch.id, as: .filed, at: desk.office.now)
        return .redirect(to: path)
    }

    /// Files what belongs to each dossier in one go; answers what the rules refused. Interrupted and done again, it
    /// files nothing twice.
    private func file(_ opened: Opened, _ context: OfficerContext) async throws -> [FieldError] {
        var errors: [FieldError] = []
        let open = opened.parts.filter { !$0.part.isDone }
        for (dossier, parts) in Dictionary(grouping: open, by: { $0.dossier?.row.id }) {
            guard let dossier else { continue }
            let now = desk.office.now
            let numbers = parts.map(\.part.number)
            let files = parts.compactMap { $0.file(at: now) }
            let digest = files.map(\.content).joined(separator: " ")
            do {
                try await desk.book.perform(
                    .digitise(
                        by: ActingOfficer(context.officer),
                        papers: files.map { FiledPaper(component: $0.component, file: $0.reference) }
                    ),
                    on: dossier,
                    desk.circumstances(context, at: now),
                    files: files,
                    once: IdempotencyKey(
                        scope: "scan/\(opened.batch.id.rawValue)",
                        key: "\(dossier.rawValue) \(numbers)",
                        digest: digest
                    )
                )
                try await book.noteFiled(numbers, in: opened.batch.id, at: now)
            } catch let refusal as Dossier.Refusal {
                let problem = refusal.problem
                errors += numbers.map { FieldError("code-\($0)", problem.vi, problem.en) }
            }
        }
        return errors.sorted { $0.field < $1.field }
    }
}

extension ScanRoutes.Opened.Part {
    /// The part as a file of its dossier.
    fileprivate func file(at now: Instant) -> AttachedFile? {
        guard let component, let digest = part.digest else { return nil }
        return AttachedFile(
            id: .fresh(at: now),
            component: component.key,
            name: "\(component.name.vi.prefix(80)).pdf",
            kind: FileKind.pdf.mediaType,
            pages: part.pages,
            bytes: part.bytes,
            digest: digest
        )
    }
}

extension ScanRoutes.Opened {
    /// What has to be said before the pile can be filed.
    fileprivate var errors: [FieldError] {
        parts.filter { !$0.part.isDone }.compactMap { part in
            if part.dossier == nil {
                return FieldError(
                    "code-\(part.part.number)",
                    "Phần \(part.part.number): không thấy hồ sơ “\(part.part.code)” trong cơ quan. Hãy nhập mã hồ sơ, hoặc đánh dấu bỏ qua.",
                    "Part \(part.part.number): there is no dossier “\(part.part.code)” here. Enter its code, or leave the part out."
                )
            }
            guard part.component == nil else { return nil }
            return FieldError(
                "component-\(part.part.number)",
                "Phần \(part.part.number): chưa chọn giấy tờ. Hãy chọn trong danh sách.",
                "Part \(part.part.number): no paper is chosen. Please choose one."
            )
        }
    }
}

extension Problem {
    fileprivate static let noSuchPile = Problem(
        "no-such-scan",
        "Không có tập quét này trong cơ quan của bạn. Hãy mở lại danh sách tập quét.",
        "There is no such scan in your agency. Please open the list again.",
        .notFound
    )
    fileprivate static let pileIsFiled = Problem(
        "scan-is-closed",
        "Tập quét này đã lưu vào hồ sơ hoặc đã bỏ. Hãy tải lại trang.",
        "This scan has been filed or thrown away. Please reload the page.",
        .conflict
    )
    fileprivate static let nothingToScan = Problem(
        "nothing-to-scan",
        "Mọi giấy tờ của hồ sơ này đã được số hóa nên không cần trang phân cách.",
        "Every paper of this dossier is digitised, so no separator sheets are needed.",
        .conflict
    )
}
