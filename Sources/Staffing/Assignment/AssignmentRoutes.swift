import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Persistence
package import Web

/// Where those who lead an agency or keep its accounts say who gets what.
extension StaffRoutes {
    func addAssignment(to work: some RouterMethods<OfficerContext>) {
        work.get("assignment", use: assignment)
        work.post("assignment", use: setRule)
        work.post("assignment/remove", use: removeRule)
    }

    func assignment(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.leader, .admin)
        return try await assignmentPage(context, typed: FormData())
    }

    private func assignmentPage(_ context: OfficerContext, typed: FormData, _ problem: Problem? = nil) async throws
        -> Response
    {
        let agency = context.officer.agency
        let history = try await books.assignment.history(of: agency)
        let rules = try await books.assignment.rules(of: agency)
        var officers = Set(rules.flatMap(\.way.officers))
        for recorded in history {
            if case .officer(let author) = recorded.circumstances.actor { officers.insert(author) }
            if case .ruleSet(_, _, let way) = recorded.event { officers.formUnion(way.officers) }
        }
        return AssignmentPage(
            rules: rules,
            history: history,
            colleagues: try await directory.colleagues(in: agency),
            names: try await directory.names(of: officers),
            catalogue: desk.catalogue,
            typed: typed,
            problem: problem
        ).show(context)
    }

    func setRule(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.leader, .admin)
        let form = try await request.form(context)
        return try await told {
            let role = form.filled("role").flatMap(Role.init(rawValue:))
            let (scope, wrong) = scope(form)
            var errors = wrong
            if role == nil { errors.append(FieldError("role", "Hãy chọn vai trò.", "Please choose the role.")) }
            let officers = form.all("officer").map { ID<Officer>(rawValue: $0) }
            let way: AssignmentRules.Way? =
                switch form["way"] {
                case "open": .open
                // Work is shared among several; one alone gets all of it.
                case "chosen": officers.count == 1 ? .fixed(officer: officers[0]) : .leastLoaded(officers: officers)
                default: nil
                }
            if way == nil { errors.append(FieldError("way", "Hãy chọn cách giao.", "Please choose how.")) }
            guard let role, let scope, let way, errors.isEmpty else { throw Problem.invalid(errors) }
            let able = try await directory.colleagues(in: context.officer.agency).filter { $0.roles.contains(role) }
                .map(\.id)
            let author = ActingOfficer(context.officer)
            try await books.assignment.perform(
                .set(by: author, role: role, scope: scope, way: way, able: Set(able)),
                of: context.officer.agency,
                desk.circumstances(context)
            )
            return .redirect(to: "/work/assignment")
        } again: { problem in
            try await assignmentPage(context, typed: form, problem)
        }
    }

    private func scope(_ form: FormData) -> (AssignmentRules.Scope?, [FieldError]) {
        let code = form.filled("procedure")
        let field = form.filled("field")
        if let code {
            guard ProcedureCode(rawValue: code).flatMap({ desk.catalogue.procedure($0) }) != nil else {
                let error = FieldError(
                    "procedure",
                    "Không có thủ tục mang mã này. Hãy chép đúng mã, ví dụ 1.004772.",
                    "There is no procedure of that code. Copy it exactly, such as 1.004772."
                )
                return (nil, [error])
            }
            return (.procedure(code: code), [])
        }
        guard let field else { return (.everything, []) }
        guard desk.catalogue.current.fields[field] != nil else {
            return (nil, [FieldError("field", "Không có lĩnh vực này.", "There is no such field.")])
        }
        return (.field(key: field), [])
    }

    func removeRule(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.leader, .admin)
        let form = try await request.form(context)
        guard let role = form.filled("role").flatMap(Role.init(rawValue:)),
            let scope = form.filled("scope").flatMap(AssignmentRules.Scope.init(text:))
        else { throw AssignmentRules.Refusal.noSuchRule }
        try await books.assignment.perform(
            .remove(by: ActingOfficer(context.officer), role: role, scope: scope),
            of: context.officer.agency,
            desk.circumstances(context)
        )
        return .redirect(to: "/work/assignment")
    }
}

extension AssignmentRules.Refusal: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .notYours:
            Problem(
                "role-needed",
                "Quy tắc phân công do lãnh đạo hoặc quản trị của cơ quan đặt.",
                "The rules of assignment are set by leaders or administrators of the agency.",
                .forbidden
            )
        case .noSuchRule:
            Problem(
                "no-such-rule",
                "Quy tắc này không còn nữa. Hãy tải lại trang.",
                "This rule is gone already. Please reload the page.",
                .notFound
            )
        case .nobodyChosen:
            .invalid([
                FieldError("officer", "Hãy chọn ít nhất một người.", "Please choose at least one person.")
            ])
        case .lacksTheRole:
            .invalid([
                FieldError(
                    "officer",
                    "Có người không giữ vai trò đã chọn. Hãy bỏ chọn, hoặc nhờ quản trị thêm vai trò.",
                    "Somebody chosen does not hold the role. Leave them out, or have the role given to them."
                )
            ])
        case .roleWithoutSteps:
            .invalid([FieldError("role", "Hãy chọn một vai trò trong danh sách.", "Please choose a role of the list.")])
        }
    }
}
