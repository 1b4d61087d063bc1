import Agencies
package import Documents
package import DossierCore
package import Kernel
import Web

/// An agency as papers name it: its counter, and itself in letters that its leader signs.
package struct PrintedAgency {
    package let counter: IssuerFacts
    let whole: IssuerFacts
}

extension FilingDesk {
    /// The agency as papers name it.
    package func printedAgency(_ id: ID<Agency>) async throws -> PrintedAgency {
        let tree = try await agencies.tree()
        guard let agency = tree[id] else { throw Problem.unknownAgency }
        func issuer(_ superior: String?, _ name: String) -> IssuerFacts {
            IssuerFacts(
                superior: superior,
                name: name,
                place: tree.place(of: id) ?? "",
                address: agency.address ?? "",
                phone: agency.phone?.rawValue
            )
        }
        return PrintedAgency(
            counter: issuer(agency.name.vi, Role.reception.unit),
            whole: issuer(tree.ancestors(of: id).last?.name.vi, agency.name.vi)
        )
    }
}
