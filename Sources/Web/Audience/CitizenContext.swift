package import Hummingbird

/// A request that is known to come from a signed-in citizen: routes that ask for this context cannot be reached,
/// nor even mounted, without one.
package struct CitizenContext: ChildRequestContext, AudienceContext {
    package var coreContext: CoreRequestContextStorage
    package let visit: Visit
    package let citizen: CitizenIdentity

    package init(context: AppContext) throws {
        switch context.identity {
        case .citizen(let citizen): self.citizen = citizen
        case .officer: throw Problem.forCitizensOnly
        case nil: throw SignInNeeded(audience: .citizens)
        }
        coreContext = context.coreContext
        visit = context.visit
    }
}
