package import Kernel

/// The addresses that slices open to those who do not know them. Each card writes its own; nil where no slice has such a
/// page, and then nothing leads there.
package struct Links: Sendable {
    package var dossiers: DossierLinks?
    package var visits: VisitLinks?
    package var staff: StaffLinks?
    package var procedures: ProcedureLinks?

    package init() {}
}

/// Where procedures are found.
package struct ProcedureLinks: Sendable {
    /// The list of what agencies of a level decide, such as `commune`; nil where there is no such list.
    package let atLevel: @Sendable (String) -> String?

    package init(atLevel: @escaping @Sendable (String) -> String?) { self.atLevel = atLevel }
}

/// Where dossiers are filed and followed.
package struct DossierLinks: Sendable {
    /// Where a procedure, known by its code, is filed online.
    package let filing: @Sendable (String) -> String
    /// Where somebody without an account asks how a dossier stands.
    package let lookUp: String

    package init(filing: @escaping @Sendable (String) -> String, lookUp: String) {
        (self.filing, self.lookUp) = (filing, lookUp)
    }
}

/// Where visits to an office are booked.
package struct VisitLinks: Sendable {
    /// For a procedure, known by its code.
    package let forProcedure: @Sendable (String) -> String
    /// At an agency; nil where nothing can be booked.
    package let atAgency: @Sendable (ID<Agency>) async throws -> String?

    package init(
        forProcedure: @escaping @Sendable (String) -> String,
        atAgency: @escaping @Sendable (ID<Agency>) async throws -> String?
    ) {
        (self.forProcedure, self.atAgency) = (forProcedure, atAgency)
    }
}

/// Where administrators keep the rights of officers.
package struct StaffLinks: Sendable {
    package let list: String

    package init(list: String) { self.list = list }
}
