import Hummingbird
import Kernel
import Markup
import Persistence
import Web

/// Where administrators keep the rights of their agency's officers; nobody else gets in.
struct StaffRoutes: Sendable {
    let staff: StaffBook
    let office: Office
    /// Panels about an `OfficerInAgency` stand on the officer's page, such as what they hold.
    let neighbours: Neighbours

    static let path = "/work/staff"

    func add(to router: some RouterMethods<OfficerContext>) {
        router.group("staff")
            .get(use: list)
            .get("new", use: showNew)
            .post("new", use: create)
            .post("proposals/:proposal/agree", use: agree)
            .post("proposals/:proposal/refuse", use: refuse)
            .get(":officer", use: show)
            .post(":officer/roles", use: changeRoles)
            .post(":officer/disabled", use: changeDisabled)
            .post(":officer/password", use: resetPassword)
    }

    func list(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.admin)
        return try await page(context, done: try request.query["done"])
    }

    private func page(
        _ context: OfficerContext,
        _ problem: Problem? = nil,
        done: String? = nil
    ) async throws -> Response {
        let administrator = try await staff.administrator(context.officer.id, of: context.officer.agency)
        var pending: [PendingLine] = []
        for waiting in try await staff.pending(for: administrator) {
            pending.append(
                PendingLine(
                    waiting,
                    agencyName: try await staff.sessions.agencyName(waiting.proposal.agency),
                    isAsked: waiting.proposal.by != administrator.id
                        && !waiting.proposal.answerable(
                            by: waiting.officer == administrator.id ? .themselves : .administrator(administrator),
                            whileServingIn: waiting.agencies
                        ).isEmpty,
                    isOwn: waiting.proposal.by == administrator.id
                )
            )
        }
        let colleagues = try await staff.colleagues(in: context.officer.agency)
        return staffPage(colleagues, pending, context, problem, done: done)
    }

    func agree(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.admin)
        return try await told {
            let (proposal, officer) = try await proposal(context)
            let agency = context.officer.agency
            guard
                let password = try await staff.agree(to: proposal, on: officer, for: agency, circumstances(context))
            else { return .redirect(to: "/work/staff?done=agreed") }
            let userName = try await staff.names(of: officer).first ?? ""
            return oneTimePasswordPage("/work/staff", userName, password, context)
        } again: { problem in
            try await page(context, problem)
        }
    }

    func refuse(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.admin)
        return try await told {
            let (proposal, officer) = try await proposal(context)
            try await staff.refuse(proposal, on: officer, for: context.officer.agency, circumstances(context))
            return .redirect(to: "/work/staff?done=refused")
        } again: { problem in
            try await page(context, problem)
        }
    }

    private func proposal(_ context: OfficerContext) async throws -> (ID<Proposal>, ID<Officer>) {
        let proposal = ID<Proposal>(rawValue: try context.parameters.require("proposal"))
        guard let officer = try await staff.subject(of: proposal) else { throw StaffMember.Refusal.noSuchProposal }
        return (proposal, officer)
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
                let (officer, outcome) = try await appoint(colleague, context)
                switch outcome {
                case .done: return .redirect(to: "/work/staff/\(officer.rawValue)?done=roles")
                case .waits: return .redirect(to: "/work/staff?done=proposed")
                }
            }
            let password = Password.oneTime()
            let (_, outcome) = try await staff.open(
                colleague.userName,
                colleague.name,
                to: agency,
                colleague.roles,
                password: password,
                isOneTime: true,
                circumstances(context)
            )
            let next = outcome == .waits ? "/work/staff?done=proposed" : "/work/staff"
            return oneTimePasswordPage(next, colleague.userName.rawValue, password, context)
        } again: { problem in
            newColleaguePage(context, typed: form, problem)
        }
    }

    /// An officer of another agency comes to serve here as well. Their name has to be known, so that a similar user
    /// name does not give a stranger rights.
    private func appoint(
        _ colleague: NewColleague,
        _ context: OfficerContext
    ) async throws -> (ID<Officer>, StaffBook.Outcome) {
        guard let officer = try await staff.officer(colleague.userName),
            try await staff.names(of: officer).last?.folded == colleague.name.rawValue.folded
        else { throw NewColleague.noSuchPerson }
        guard try await staff.colleague(officer, in: context.officer.agency) == nil else {
            throw NewColleague.servesHereAlready
        }
        let agency = context.officer.agency
        return (officer, try await staff.set(colleague.roles, of: officer, in: agency, circumstances(context)))
    }

    func show(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.admin)
        return try await colleaguePage(
            try await colleague(context),
            staff,
            neighbours,
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
            let agency = context.officer.agency
            let outcome = try await staff.set(roles, of: colleague.id, in: agency, circumstances(context))
            if outcome == .waits { return .redirect(to: "/work/staff?done=proposed") }
            // Without a role the person is no colleague any more.
            return .redirect(to: roles.isEmpty ? "/work/staff" : "/work/staff/\(colleague.id.rawValue)?done=roles")
        } again: { problem in
            try await colleaguePage(colleague, staff, neighbours, context, problem)
        }
    }

    func changeDisabled(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.admin)
        let form = try await request.form(context)
        let colleague = try await colleague(context)
        return try await told {
            let disabled = form["disabled"] == "yes"
            let agency = context.officer.agency
            let outcome = try await staff.set(disabled: disabled, colleague.id, in: agency, circumstances(context))
            if outcome == .waits { return .redirect(to: "/work/staff?done=proposed") }
            return .redirect(to: "/work/staff/\(colleague.id.rawValue)?done=\(disabled ? "disabled" : "enabled")")
        } again: { problem in
            try await colleaguePage(colleague, staff, neighbours, context, problem)
        }
    }

    func resetPassword(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.admin)
        let colleague = try await colleague(context)
        return try await told {
            guard
                let password = try await staff.resetPassword(
                    of: colleague.id,
                    in: context.officer.agency,
                    circumstances(context)
                )
            else { return .redirect(to: "/work/staff?done=proposed") }
            let next = "/work/staff/\(colleague.id.rawValue)"
            return oneTimePasswordPage(next, colleague.userName, password, context)
        } again: { problem in
            try await colleaguePage(colleague, staff, neighbours, context, problem)
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
