import Hummingbird
import Kernel
import Markup
import Persistence
import Web

/// An officer's own account: the agency they act for, their password, where they are signed in.
struct StaffAccountRoutes: Sendable {
    let staff: StaffBook
    let sessions: Sessions
    let check: PasswordCheck
    let office: Office

    func add(to router: some RouterMethods<OfficerContext>) {
        router.group("account")
            .get(use: show)
            .post("agency", use: changeAgency)
            .post("password", use: changePassword)
            .post("sessions", use: signOutOthers)
            .post("offers/:proposal/agree", use: accept)
            .post("offers/:proposal/refuse", use: decline)
    }

    func show(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await page(request, context, done: try request.query["done"])
    }

    func changeAgency(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let form = try await request.form(context)
        guard let token = SessionCookie.token(in: request, context) else { throw Problem.notFound }
        try await sessions.move(token, of: context.officer.id, to: ID(rawValue: form["agency"] ?? ""))
        return .redirect(to: "/work/account?done=agency")
    }

    func accept(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await told {
            let proposal = try await offer(context)
            _ = try await staff.agree(
                to: proposal,
                on: context.officer.id,
                for: context.officer.agency,
                circumstances(context)
            )
            return .redirect(to: "/work/account?done=agreed")
        } again: { problem in
            try await page(request, context, problem)
        }
    }

    func decline(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await told {
            let proposal = try await offer(context)
            try await staff.refuse(
                proposal,
                on: context.officer.id,
                for: context.officer.agency,
                circumstances(context)
            )
            return .redirect(to: "/work/account?done=refused")
        } again: { problem in
            try await page(request, context, problem)
        }
    }

    /// One of those that wait for this officer's own word.
    private func offer(_ context: OfficerContext) async throws -> ID<Proposal> {
        let proposal = ID<Proposal>(rawValue: try context.parameters.require("proposal"))
        guard try await staff.offers(to: context.officer.id).contains(where: { $0.proposal.id == proposal }) else {
            throw StaffMember.Refusal.noSuchProposal
        }
        return proposal
    }

    private func circumstances(_ context: OfficerContext) -> Circumstances {
        Circumstances(at: office.now, actor: .officer(id: context.officer.id), request: context.requestID)
    }

    func changePassword(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let form = try await request.form(context)
        let officer = context.officer.id
        return try await told {
            var faults: [FieldError] = []
            let password = Password(
                chosen: form["password"],
                again: form["again"] ?? "",
                logins: try await staff.names(of: officer),
                leaked: check.leaked,
                faults: &faults
            )
            guard let password, faults.isEmpty else { throw Problem.invalid(faults) }
            let visitor = Visitor(request, context)
            let proof = try await check.prove(form["current"], .staff, id: officer.rawValue, visitor)
            try await staff.change(
                officer,
                to: password,
                keeping: SessionCookie.token(in: request, context),
                proof,
                circumstances(context)
            )
            return .redirect(to: "/work/account?done=password")
        } again: { problem in
            try await page(request, context, password: Form(context, typed: form, errors: problem.errors), problem)
        }
    }

    func signOutOthers(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await sessions.closeOthers(
            of: context.officer.id.rawValue,
            keeping: SessionCookie.token(in: request, context)
        )
        return .redirect(to: "/work/account?done=sessions")
    }

    private func page(
        _ request: Request,
        _ context: OfficerContext,
        password: Form? = nil,
        _ problem: Problem? = nil,
        done: String? = nil
    ) async throws -> Response {
        let officer = context.officer
        let open = try await sessions.open(of: officer.id.rawValue, current: SessionCookie.token(in: request, context))
        let names = try await staff.names(of: officer.id)
        var agencies: [Choice] = []
        for agency in try await staff.agencies(of: officer.id) {
            agencies.append(Choice(agency.rawValue, try await sessions.agencyName(agency)))
        }
        var offers: [PendingLine] = []
        for offer in try await staff.offers(to: officer.id) {
            let name = try await sessions.agencyName(offer.proposal.agency)
            offers.append(PendingLine(offer, agencyName: name, isAsked: true, isOwn: false))
        }
        let say = context.language
        return Web.page(say("Tài khoản của bạn", "Your account"), context) {
            """
            \(doneNotice(done, say))\(doneToProposal(done, say))\(errorSummary(problem?.errors ?? [], say))\(problem.flatMap { refusal($0, say) })
            \(offers.isEmpty ? nil : offersPanel(offers, context, say))
            \(panel(officer.name) {
                """
                \(definitionList([
                    (say("Tên đăng nhập", "User name"), .text(names.first ?? "")),
                    (say("Cơ quan", "Agency"), .text(officer.agencyName)),
                    (say("Vai trò", "Roles"), .text(officer.roles.ordered.map { say($0.words) }.joined(separator: ", "))),
                ]))
                \(agencies.count > 1 ? agencySwitch(agencies, officer, Form(context), say) : nil)
                """
            })
            \(passwordPanel(password ?? Form(context), say, action: "/work/account/password"))
            \(sessionsPanel(open, Form(context), say, action: "/work/account/sessions"))
            """
        }
    }

    /// Nobody is made to serve somewhere without being asked.
    private func offersPanel(_ offers: [PendingLine], _ context: OfficerContext, _ say: Language) -> HTML {
        """
        \(notice(.waiting) { """
            <p>\(say(
                "Cơ quan khác mời bạn nhận việc. Chỉ có hiệu lực khi bạn đồng ý. Quản trị viên ở đó quyết định vai trò của bạn ở đó; muốn khóa tài khoản hoặc cấp lại mật khẩu thì phải hỏi cả nơi bạn đang làm việc.",
                "Another agency asks you to serve there. It takes effect when you agree. Its administrators decide on your roles there; to disable your account or give a new password they have to ask where you serve now, too."
            ))</p>
            """ })
        \(pendingPanel(offers, Form(context), say, at: "/work/account/offers"))
        """
    }

    private func agencySwitch(_ agencies: [Choice], _ officer: OfficerIdentity, _ form: Form, _ say: Language) -> HTML {
        form.post(to: "/work/account/agency", label: say("Chuyển cơ quan", "Change agency")) {
            """
            \(form.radios("agency", say("Làm việc cho", "Act for"), agencies, value: officer.agency.rawValue))
            \(actions(button(say("Chuyển", "Change"), .plain)))
            """
        }
    }
}
