import Hummingbird
import Kernel
import Markup
import Persistence
import Web

/// Where administrators keep the rights of their agency's officers; nobody else gets in.
struct StaffRoutes: Sendable {
    let staff: StaffBook
    let office: Office
    let panel: ColleaguePanel

    func add(to router: some RouterMethods<OfficerContext>) {
        router.group("staff")
            .get(use: list)
            .get("new", use: showNew)
            .post("new", use: create)
            .get(":officer", use: show)
            .post(":officer/roles", use: changeRoles)
            .post(":officer/disabled", use: changeDisabled)
            .post(":officer/password", use: resetPassword)
    }

    func list(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.admin)
        return staffPage(try await staff.colleagues(in: context.officer.agency), context)
    }

    func showNew(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.admin)
        return newColleaguePage(context, typed: FormData())
    }

    func create(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.admin)
        let form = try await request.form(context)
        return try await told {
            let colleague = try NewColleague(form)
            let agency = context.officer.agency
            if form["existing"] == "yes" {
                let officer = try await appoint(colleague, context)
                return .redirect(to: "/work/staff/\(officer.rawValue)?done=roles")
            }
            let password = Password.oneTime()
            let officer = try await staff.add(
                colleague.userName,
                colleague.name,
                to: agency,
                colleague.roles,
                password: password,
                isOneTime: true,
                circumstances(context)
            )
            return oneTimePasswordPage(officer, colleague.userName.rawValue, password, context)
        } again: { problem in
            newColleaguePage(context, typed: form, problem)
        }
    }

    /// An officer of another agency comes to serve here as well. Their name has to be known, so that a similar user
    /// name does not give a stranger rights.
    private func appoint(_ colleague: NewColleague, _ context: OfficerContext) async throws -> ID<Officer> {
        guard let officer = try await staff.officer(colleague.userName),
            try await staff.names(of: officer).last?.folded == colleague.name.rawValue.folded
        else { throw NewColleague.noSuchPerson }
        guard try await staff.colleague(officer, in: context.officer.agency) == nil else {
            throw NewColleague.servesHereAlready
        }
        try await staff.set(colleague.roles, of: officer, in: context.officer.agency, circumstances(context))
        return officer
    }

    func show(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.admin)
        return try await colleaguePage(
            try await colleague(context),
            staff,
            panel,
            context,
            done: try request.query["done"]
        )
    }

    func changeRoles(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.admin)
        let form = try await request.form(context)
        let colleague = try await colleague(context)
        return try await told {
            let roles = Set(form.all("roles").compactMap(Role.init(rawValue:)))
            try await staff.set(roles, of: colleague.id, in: context.officer.agency, circumstances(context))
            // Without a role the person is no colleague any more.
            return .redirect(to: roles.isEmpty ? "/work/staff" : "/work/staff/\(colleague.id.rawValue)?done=roles")
        } again: { problem in
            try await colleaguePage(colleague, staff, panel, context, problem)
        }
    }

    func changeDisabled(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.admin)
        let form = try await request.form(context)
        let colleague = try await colleague(context)
        return try await told {
            let disabled = form["disabled"] == "yes"
            try await staff.set(disabled: disabled, colleague.id, in: context.officer.agency, circumstances(context))
            return .redirect(to: "/work/staff/\(colleague.id.rawValue)?done=\(disabled ? "disabled" : "enabled")")
        } again: { problem in
            try await colleaguePage(colleague, staff, panel, context, problem)
        }
    }

    func resetPassword(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.admin)
        let colleague = try await colleague(context)
        return try await told {
            let password = try await staff.resetPassword(
                of: colleague.id,
                in: context.officer.agency,
                circumstances(context)
            )
            return oneTimePasswordPage(colleague.id, colleague.userName, password, context)
        } again: { problem in
            try await colleaguePage(colleague, staff, panel, context, problem)
        }
    }

    /// Only those who serve in the administrator's agency can be found here.
    private func colleague(_ context: OfficerContext) async throws -> Colleague {
        let officer = ID<Officer>(rawValue: try context.parameters.require("officer"))
        guard let colleague = try await staff.colleague(officer, in: context.officer.agency) else {
            throw Problem.notFound
        }
        return colleague
    }

    private func circumstances(_ context: OfficerContext) -> Circumstances {
        Circumstances(at: office.now, actor: .officer(id: context.officer.id), request: context.requestID)
    }
}
