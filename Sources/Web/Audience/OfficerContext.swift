package import Hummingbird

/// A request that is known to come from a signed-in officer.
package struct OfficerContext: ChildRequestContext, AudienceContext {
    package var coreContext: CoreRequestContextStorage
    package let visit: Visit
    package let officer: OfficerIdentity

    package init(context: AppContext) throws {
        switch context.identity {
        case .officer(let officer): self.officer = officer
        case .citizen: throw Problem.forOfficersOnly
        case nil: throw SignInNeeded(audience: .officers)
        }
        coreContext = context.coreContext
        visit = context.visit
    }

    /// Refuses an officer who holds none of `roles`.
    package func require(_ roles: Role...) throws {
        guard officer.roles.isDisjoint(with: roles) else { return }
        throw Problem(
            "role-needed",
            "Việc này dành cho: \(roles.map(\.words.vi).joined(separator: ", ")). Hãy nhờ người có vai trò đó.",
            "This is for: \(roles.map(\.words.en).joined(separator: ", ")). Please ask somebody who holds that role.",
            .forbidden
        )
    }
}
