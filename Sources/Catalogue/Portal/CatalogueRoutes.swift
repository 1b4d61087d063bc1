package import Hummingbird
import Kernel
package import Markup
package import Web

/// The public pages of the catalogue and its API.
package struct CatalogueRoutes: Sendable {
    /// Something another slice shows on the home page; nil when it has nothing to say to this visitor.
    package typealias Panel = @Sendable (AppContext) async throws -> HTML?

    let book: CatalogueBook
    let office: Office
    private let panels: [Panel]
    private let booking: @Sendable (Procedure) -> String?
    private let notice: @Sendable (Procedure, Language) async throws -> HTML?

    /// `booking` is the address at which a visit for a procedure can be booked, `notice` what others have to say of it
    /// before anybody begins.
    package init(
        book: CatalogueBook,
        office: Office,
        panels: [Panel] = [],
        notice: @escaping @Sendable (Procedure, Language) async throws -> HTML? = { _, _ in nil },
        booking: @escaping @Sendable (Procedure) -> String? = { _ in nil }
    ) {
        self.booking = booking
        self.notice = notice
        self.book = book
        self.office = office
        self.panels = panels
    }

    package func addPublic(to router: some RouterMethods<AppContext>) {
        router.get("/", use: home)
        router.get("thu-tuc", use: search)
        router.get("thu-tuc/:code", use: show)
        CatalogueAPI(book: book, office: office).add(to: router.group("api/v1"))
    }

    func home(_ request: Request, _ context: AppContext) async throws -> Response {
        var shown: [HTML] = []
        for panel in panels {
            if let html = try await panel(context) { shown.append(html) }
        }
        return HomePage(catalogue: book.current, panels: shown, today: office.now.localDate).show(context)
    }

    func search(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = try ProcedureQuery(try request.query)
        let catalogue = book.current
        let hits = book.finder.find(query.words, limit: ProcedureQuery.most, filter: query.filter)
        return SearchPage(
            query: query,
            found: hits.compactMap { catalogue[$0.code] },
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
            booking: booking(procedure),
            notice: try await notice(procedure, context.language)
        ).show(context)
    }
}
