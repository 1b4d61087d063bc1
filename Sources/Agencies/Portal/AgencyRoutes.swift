import Hummingbird
import Kernel
import Web

/// Agencies for everybody: pages and the same facts as JSON.
struct AgencyRoutes: Sendable {
    let book: AgencyBook
    let orders: OrderBook
    let matters: MatterNames
    let office: Office
    let neighbours: Neighbours

    private var links: Links { neighbours.links }

    func addPublic(to router: some RouterMethods<AppContext>) {
        router.get("co-quan", use: list)
        router.get("co-quan/:id", use: show)
        router.get("api/v1/agencies", use: listJSON)
        router.get("api/v1/agencies/:id", use: showJSON)
        router.get("api/v1/agencies/:id/orders", use: listOrders)
    }

    func list(_ request: Request, _ context: AppContext) async throws -> Response {
        let tree = try await book.tree()
        let words = try request.query["q"] ?? ""
        return words.isEmpty
            ? agencyTreePage(tree, on: office.now.localDate, context)
            : agencySearchPage(words, found: tree.search(words), tree, on: office.now.localDate, context)
    }

    func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let tree = try await book.tree()
        let agency = try agency(context, in: tree)
        let today = office.now.localDate
        let visited = tree.reception(of: agency.id, on: today) ?? agency
        return agencyPage(
            agency,
            tree,
            on: today,
            procedures: links.procedures?.atLevel(tree.decider(for: agency).level.rawValue),
            booking: agency.exists(on: today) ? try await links.visits?.atAgency(visited.id) : nil,
            orders: ordersNotice(
                try await orders.binding(agency.id),
                at: office.now,
                matters,
                tree,
                context.language
            ),
            panels: agency.exists(on: today) ? try await neighbours.panels(about: agency.id, context.language) : [],
            context
        )
    }

    func listJSON(_ request: Request, _ context: AppContext) async throws -> Response {
        let tree = try await book.tree()
        return try json(AgencyList(of: tree, try AgencyQuery(request.uri.queryParameters)), context)
    }

    func showJSON(_ request: Request, _ context: AppContext) async throws -> Response {
        let tree = try await book.tree()
        return try json(AgencyDocument(try agency(context, in: tree), tree, on: office.now.localDate), context)
    }

    func listOrders(_ request: Request, _ context: AppContext) async throws -> Response {
        let agency = try agency(context, in: try await book.tree())
        return try json(OrderList(try await orders.binding(agency.id), at: office.now), context)
    }

    private func agency(_ context: AppContext, in tree: AgencyTree) throws -> AgencyProfile {
        guard let agency = tree[ID(rawValue: try context.parameters.require("id"))] else {
            throw Problem(
                "no-such-agency",
                "Không có cơ quan này. Hãy tìm lại theo tên trong danh sách cơ quan.",
                "There is no such agency. Please look for it by name in the list of agencies.",
                .notFound
            )
        }
        return agency
    }
}
