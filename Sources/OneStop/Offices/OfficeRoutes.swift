import Agencies
import Catalogue
import Hummingbird
import Kernel
import Persistence
import Web

/// Where leaders and administrators set up their office.
struct OfficeRoutes: Sendable {
    let openings: OpeningBook
    let agencies: AgencyBook
    let catalogue: CatalogueBook
    let matters: MatterNames
    /// What the counters of an office have measured until a day.
    let measured: @Sendable (ID<Agency>, LocalDate) async throws -> [ServiceMeasurement]
    let office: Office

    private var offices: OfficeBook { openings.offices }

    func add(to router: some RouterMethods<OfficerContext>) {
        router.get("work/office", use: own)
        router.group("work/office/:office")
            .get(use: show)
            .post("sessions", use: addSessions)
            .post("counters", use: addCounter)
            .post("times", use: setTimes)
            .post("times/:part/pin") { try await keep($0, $1, OneStopOffice.Command.pinServiceTime) }
            .post("times/:part/release") { try await keep($0, $1, OneStopOffice.Command.releaseServiceTime) }
            .post("visitors", use: declareVisitors)
            .post("visitors/withdraw", use: withdrawVisitors)
            .post("hall", use: setHall)
            .post("rules", use: setRules)
            .post("sessions/:part/remove") { try await remove($0, $1, OneStopOffice.Command.removeSession) }
            .post("counters/:part/remove") { try await remove($0, $1, OneStopOffice.Command.removeCounter) }
    }

    /// The office of the officer's own agency.
    func own(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.leader, .admin)
        let tree = try await agencies.tree()
        let own = tree.reception(of: context.officer.agency, on: office.now.localDate)?.id ?? context.officer.agency
        return .redirect(to: "/work/office/\(own.rawValue)")
    }

    func show(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await desk(context).page(context, done: request.uri.queryParameters["done"].map(String.init))
    }

    func addSessions(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await change(request, context, "sessions") { form, desk in
            try desk.form(form).sessions(at: office.now).map { .addSessions($0, by: desk.authority) }.get()
        }
    }

    func addCounter(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await change(request, context, "counters") { form, desk in
            try desk.form(form).counter(at: office.now).map { .addCounter($0, by: desk.authority) }.get()
        }
    }

    func setRules(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await change(request, context, "rules") { form, desk in
            try desk.form(form).rules(desk.model.rules).map { .setRules($0, by: desk.authority) }.get()
        }
    }

    func setTimes(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await change(request, context, "times") { form, desk in
            try desk.form(form).serviceTime().map { field, minutes in
                .setServiceTime(field: field, minutes: minutes, by: desk.authority)
            }.get()
        }
    }

    func declareVisitors(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await change(request, context, "visitors") { form, desk in
            let served = Set(desk.fields.map(\.key).filter(desk.model.serves))
            return try OfficeForm(form: form, fields: served).visitors()
                .map { .declareVisitors($0, by: desk.authority) }.get()
        }
    }

    func withdrawVisitors(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await change(request, context, "visitors") { _, desk in .declareVisitors(nil, by: desk.authority) }
    }

    /// Whether what was declared of a field counts, or what is measured.
    private func keep(
        _ request: Request,
        _ context: OfficerContext,
        _ command: @escaping @Sendable (String, OfficeAuthority) -> OneStopOffice.Command
    ) async throws -> Response {
        let field = try context.parameters.require("part")
        return try await change(request, context, "times") { _, desk in
            guard desk.fields.contains(where: { $0.key == field }) else { throw Problem.notFound }
            return command(field, desk.authority)
        }
    }

    func setHall(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await change(request, context, "hall") { form, desk in
            try desk.form(form).hall().map { .setHall($0, by: desk.authority) }.get()
        }
    }

    private func remove<Part>(
        _ request: Request,
        _ context: OfficerContext,
        _ command: @escaping @Sendable (ID<Part>, OfficeAuthority) -> OneStopOffice.Command
    ) async throws -> Response {
        let part = ID<Part>(rawValue: try context.parameters.require("part"))
        return try await change(request, context, "removed") { _, desk in command(part, desk.authority) }
    }

    // MARK: - What the routes share

    /// Does what the form asks; what is refused is told on the page with everything typed still in its place.
    private func change(
        _ request: Request,
        _ context: OfficerContext,
        _ done: String,
        _ command: (FormData, OfficeDesk) throws -> OneStopOffice.Command
    ) async throws -> Response {
        let form = try await request.form(context)
        let desk = try await desk(context)
        return try await told {
            try await offices.perform(try command(form, desk), on: desk.agency.id, circumstances(context))
            return .redirect(to: "/work/office/\(desk.agency.id.rawValue)?done=\(done)")
        } again: { problem in
            desk.page(context, typed: form, in: done, problem)
        }
    }

    private func desk(_ context: OfficerContext) async throws -> OfficeDesk {
        let tree = try await agencies.tree()
        let agency = try context.officeToSetUp(in: tree)
        let id = agency.id
        return OfficeDesk(
            agency: agency,
            below: tree.subtree(of: context.officer.agency).filter { $0.kind == .oneStop && $0.id != id },
            days: try await openings.days(of: id),
            measured: try await measured(id, office.now.localDate),
            fields: catalogue.current.fieldsReceived(at: agency, in: tree),
            history: try await offices.history(of: id),
            authority: context.setsUp,
            tree: tree,
            matters: matters,
            now: office.now
        )
    }

    private func circumstances(_ context: OfficerContext) -> Circumstances {
        Circumstances(at: office.now, actor: .officer(id: context.officer.id), request: context.requestID)
    }
}

extension OfficerContext {
    /// The office that is asked for, where the officer's agency may speak for it; others do not exist for them.
    func officeToSetUp(in tree: AgencyTree) throws -> AgencyProfile {
        try require(.leader, .admin)
        let id = ID<Agency>(rawValue: try parameters.require("office"))
        let own = officer.agency
        guard let agency = tree[id], id == own || tree.ancestors(of: id).contains(where: { $0.id == own }) else {
            throw Problem.notFound
        }
        return agency
    }

    /// With what right the officer changes such an office.
    var setsUp: OfficeAuthority { OfficeAuthority(agency: officer.agency, roles: officer.roles, isAbove: true) }
}

extension Catalogue {
    /// The fields of which an office may receive something, by name.
    func fieldsReceived(at office: AgencyProfile, in tree: AgencyTree) -> [Field] {
        let decider = tree.decider(for: office)
        let keys = Set(
            procedures.values.filter { procedure in
                procedure.levels.contains { $0.rawValue == decider.level.rawValue }
                    && decider.serves.includes(procedure.field)
            }.map(\.field)
        )
        return keys.compactMap { fields[$0] }.sorted { $0.name.vi.folded < $1.name.vi.folded }
    }
}
