import Hummingbird
import Kernel
import Web

/// The public pages of the catalogue and its API.
struct CatalogueRoutes: Sendable {
    let book: CatalogueBook
    let office: Office
    /// Panels about the `FrontPage` stand there, those about a `Procedure` on its page.
    let neighbours: Neighbours

    func addPublic(to router: some RouterMethods<AppContext>) {
        router.get("/", use: home)
        router.get("thu-tuc", use: search)
        router.get("thu-tuc/:code", use: show)
        CatalogueAPI(book: book, office: office).add(to: router.group("api/v1"))
    }

    func home(_ request: Request, _ context: AppContext) async throws -> Response {
        HomePage(
            catalogue: book.current,
            panels: try await neighbours.panels(about: FrontPage(), context.language),
            lookUp: neighbours.links.dossiers?.lookUp,
            today: office.now.localDate
        ).show(context)
    }

    func search(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = try ProcedureQuery(try request.query)
        let catalogue = book.current
        let finding = book.finder.finding(query.words, limit: ProcedureQuery.most, filter: query.filter)
        return SearchPage(
            query: query,
            found: finding.hits.compactMap { catalogue[$0.code] },
            isLoose: finding.isLoose,
            catalogue: catalogue,
            today: office.now.localDate
        ).show(context)
    }

    func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let typed = try context.parameters.require("code")
        let catalogue = book.current
        guard let code = ProcedureCode(rawValue: typed), let procedure = catalogue[code],
            let latest = procedure.revisions.last
        else {
            return MissingProcedurePage(typed: typed, alternatives: book.search(typed, limit: 5)).show(context)
        }
        let today = office.now.localDate
        return ProcedurePage(
            procedure: procedure,
            revision: procedure.revision(on: today) ?? latest,
            isInForce: procedure.revision(on: today) != nil,
            field: catalogue.fields[procedure.field]?.name,
            chosen: try request.query.filled("truong-hop"),
            namesOfResults: ResultNames(catalogue),
            booking: neighbours.links.visits?.forProcedure(code.rawValue),
            filing: neighbours.links.dossiers?.filing(code.rawValue),
            notices: try await neighbours.panels(about: procedure, context.language)
        ).show(context)
    }
}
