import Hummingbird
import Kernel
import Persistence
import Web

/// Where leaders give orders, and officers read what is ordered of them.
struct OrderRoutes: Sendable {
    let book: OrderBook
    let office: Office
    let matters: MatterNames
    let directory: any Directory

    func add(to work: some RouterMethods<OfficerContext>) {
        work.group("orders")
            .get(use: list)
            .get("new", use: showNew)
            .post("new", use: create)
            .get(":order", use: show)
            .get(":order/lift", use: askToLift)
            .post(":order/lift", use: lift)
    }

    func list(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let (agency, now) = (context.officer.agency, office.now)
        let orders = try await book.list(for: agency)
        let hall = try await book.agencies.tree().reception(of: agency, on: now.localDate).flatMap {
            $0.id == agency ? nil : $0
        }
        let atHall = if let hall { try await book.binding(hall.id) } else { BindingOrders() }
        return OrdersPage(
            hall: hall,
            inForce: try await book.binding(agency).inForce(at: now),
            inForceAtHall: atHall.inForce(at: now),
            orders: orders,
            facts: try await facts(orders),
            names: matters,
            now: now
        ).show(context)
    }

    func showNew(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.leader)
        return try await newPage(context, typed: FormData(), nil)
    }

    private func newPage(_ context: OfficerContext, typed: FormData, _ problem: Problem?) async throws -> Response {
        NewOrderPage(agencies: try await ordered(by: context), names: matters, typed: typed, problem: problem).show(
            context
        )
    }

    func create(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.leader)
        let form = try await request.form(context)
        return try await told {
            let circumstances = circumstances(context)
            let agencies = try await ordered(by: context).map(\.id)
            let filled = try OrderForm(
                form,
                agencies: agencies,
                names: matters,
                tree: try await book.agencies.tree(),
                now: circumstances.at
            )
            try await book.impose(filled.order, on: filled.agency, by: context.officer.agency, circumstances)
            return .redirect(to: "/work/orders/\(filled.order.id.rawValue)")
        } again: { problem in
            try await newPage(context, typed: form, problem)
        }
    }

    func show(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let (order, mayLift) = try await order(context)
        return OrderPage(
            order: order,
            mayLift: mayLift && context.officer.roles.contains(.leader) && !order.order.isOver(at: office.now),
            facts: try await facts([order]),
            names: matters,
            now: office.now
        ).show(context)
    }

    func askToLift(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.leader)
        let (order, mayLift) = try await order(context)
        guard mayLift else { throw AgencyOrders.Refusal.notYours.problem }
        // Its page tells when and by whom it was lifted, or that it has ended.
        guard !order.order.isOver(at: office.now) else {
            return .redirect(to: "/work/orders/\(order.order.id.rawValue)")
        }
        return liftPage(order, matters, context, typed: FormData())
    }

    func lift(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.leader)
        let form = try await request.form(context)
        let (order, _) = try await order(context)
        return try await told {
            var reader = FormReader(form)
            let reason = reader.text(
                "reason",
                max: 200,
                missing: Words(
                    "Chưa ghi lý do. Hãy ghi văn bản hoặc vì sao dừng áp dụng.",
                    "Please name the document, or say why the order is lifted."
                )
            )
            guard let reason else { throw Problem.invalid(reader.errors) }
            try await book.lift(order.order.id, reason: reason, by: context.officer.agency, circumstances(context))
            return .redirect(to: "/work/orders/\(order.order.id.rawValue)")
        } again: { problem in
            // Beyond the reason nothing on the form could mend it.
            guard !problem.errors.isEmpty else { throw problem }
            return liftPage(order, matters, context, typed: form, problem)
        }
    }

    // MARK: - What the routes share

    /// The agencies of which the officer's agency may order something: itself and all below it that still exist.
    private func ordered(by context: OfficerContext) async throws -> [AgencyProfile] {
        let today = office.now.localDate
        return try await book.agencies.tree().subtree(of: context.officer.agency).filter { $0.exists(on: today) }
    }

    /// An order that concerns the officer's agency or one below it, and whether that agency may lift it.
    private func order(_ context: OfficerContext) async throws -> (ImposedOrder, mayLift: Bool) {
        let id = ID<StandingOrder>(rawValue: try context.parameters.require("order"))
        let tree = try await book.agencies.tree()
        let own = context.officer.agency
        guard let order = try await book.order(id) else { throw Problem.notFound }
        let above = Set(tree.ancestors(of: own).map(\.id))
        let isAbove = order.agency == own || tree.ancestors(of: order.agency).contains { $0.id == own }
        guard try await book.places(concerning: own).contains(order.agency) else { throw Problem.notFound }
        return (order, isAbove && !above.contains(order.by))
    }

    private func facts(_ orders: [ImposedOrder]) async throws -> CalendarFacts {
        let officers = orders.flatMap { [$0.imposed.by, $0.lifted?.deed.by] }.compactMap(\.self)
        return CalendarFacts(tree: try await book.agencies.tree(), names: try await directory.names(of: Set(officers)))
    }

    private func circumstances(_ context: OfficerContext) -> Circumstances {
        Circumstances(at: office.now, actor: .officer(id: context.officer.id), request: context.requestID)
    }
}
