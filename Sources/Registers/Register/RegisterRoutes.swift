import Agencies
import Catalogue
import DossierCore
import Hummingbird
import Kernel
import PrintedPapers
import Web

/// The register for those who keep, lead and supervise: as a page, as files, and for programs.
struct RegisterRoutes: Sendable {
    let desk: FilingDesk

    func add(to router: some RouterMethods<OfficerContext>) {
        let work = router.group("work")
        work.get("register", use: show)
        work.get("register.csv", use: csv)
        work.get("register.xlsx", use: workbook)
        work.get("register.pdf", use: paper)
        router.get("api/v1/work/register", use: list)
        router.get("api/v1/work/register.pdf", use: paper)
    }

    /// What the address asks for; everything that is wrong with it is in the errors.
    func read(_ request: Request, _ context: OfficerContext) async throws
        -> (query: RegisterQuery, errors: [FieldError], form: FormData, tree: AgencyTree)
    {
        try context.require(.reception, .returns, .leader, .clerk, .auditor)
        let form = try request.query
        let tree = try await desk.agencies.tree()
        let (query, errors) = RegisterQuery.read(
            form,
            by: context.officer,
            in: tree,
            desk.catalogue.current,
            today: desk.office.now.localDate
        )
        return (query, errors, form, tree)
    }

    // MARK: - The page

    func show(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let (query, errors, form, tree) = try await read(request, context)
        let now = desk.office.now
        let agencies = query.agencies.map(\.id)
        var part = RegisterPart(entries: [], next: nil)
        var totals: RegisterTotals?
        if errors.isEmpty {
            part = try await desk.book.register(query.filter, of: agencies, now: now, after: query.place)
            if query.withTotals { totals = try await desk.book.registerTotals(query.filter, of: agencies, now: now) }
        }
        return RegisterPage(
            query: query,
            errors: errors,
            readable: RegisterQuery.readable(by: context.officer, in: tree),
            catalogue: desk.catalogue.current,
            part: part,
            totals: totals,
            // A number too high says nothing worse than itself.
            first: query.place == nil ? 1 : LineNumber(nearest: form["number"] ?? "").number,
            now: now
        ).show(context)
    }

    /// Lines of a register, counted from 1: more than the country files in a year.
    private enum LineNumbers: NumberBounds { static let range = 1...100_000_000 }
    private typealias LineNumber = Bounded<LineNumbers>

    // MARK: - Files

    func csv(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let export = try await export(request, context)
        return file(export.csv(), "text/csv; charset=utf-8; header=present", "csv", export, context)
    }

    func workbook(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let export = try await export(request, context)
        let type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return file(export.workbook(), type, "xlsx", export, context)
    }

    private func export(_ request: Request, _ context: OfficerContext) async throws -> RegisterExport {
        let (query, errors, _, _) = try await read(request, context)
        guard errors.isEmpty else { throw Problem.invalid(errors) }
        return RegisterExport(
            book: desk.book,
            query: query,
            now: desk.office.now,
            say: context.language,
            agency: context.officer.agencyName,
            officer: context.officer.name
        )
    }

    private func file(
        _ body: ResponseBody,
        _ type: String,
        _ suffix: String,
        _ export: RegisterExport,
        _ context: OfficerContext
    ) -> Response {
        let filter = export.query.filter
        let name = "so-theo-doi-\(filter.from.rawValue)-\(filter.to.rawValue).\(suffix)"
        return download(name, type: type, context, body: body)
    }

    // MARK: - Programs

    private struct Shape: Encodable {
        let items: [RegisterEntryShape]
        let next: String?
        let totals: RegisterTotals?
    }

    func list(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let (query, errors, _, _) = try await read(request, context)
        let now = desk.office.now
        guard errors.isEmpty else { throw Problem.invalid(errors) }
        let limit = try limit(request)
        let agencies = query.agencies.map(\.id)
        let part = try await desk.book.register(query.filter, of: agencies, now: now, after: query.place, limit: limit)
        return try json(
            Shape(
                items: part.entries.map { RegisterEntryShape($0, isLate: $0.isLate(at: now)) },
                next: part.next?.text,
                totals: query.withTotals
                    ? try await desk.book.registerTotals(query.filter, of: agencies, now: now) : nil
            ),
            context
        )
    }
}

/// A line of the register as JSON. Names are part of the interface: add, never rename.
struct RegisterEntryShape: Encodable {
    let id: String
    let code: String
    let procedure: String
    let procedureName: String
    let agency: String
    let channel: Channel
    let applicantName: String
    let address: String?
    let phone: String?
    let stage: Stage
    let nationalState: Int
    let filedAt: String
    let receivedAt: String?
    let dueAt: String?
    let finishedAt: String?
    let returnedAt: String?
    /// As it went out, or as the applicant wants it.
    let returnBy: ReturnMethod
    let late: Bool
    let askedAgain: Bool
    let resultNumber: String?

    init(_ entry: RegisterEntry, isLate: Bool) {
        id = entry.id.rawValue
        code = entry.code.rawValue
        procedure = entry.procedureCode
        procedureName = entry.procedureName
        agency = entry.agency.rawValue
        channel = entry.channel
        applicantName = entry.applicantName
        address = entry.registered.address
        phone = entry.registered.phone
        stage = entry.stage
        nationalState = entry.stage.nationalState ?? 0
        filedAt = entry.filedAt.iso8601
        receivedAt = entry.registered.receivedAt?.iso8601
        dueAt = entry.dueAt?.iso8601
        finishedAt = entry.finishedAt?.iso8601
        returnedAt = entry.registered.returnedAt?.iso8601
        returnBy = entry.returnMethod
        late = isLate
        askedAgain = entry.wasAskedAgain
        resultNumber = entry.registered.resultNumber
    }
}
