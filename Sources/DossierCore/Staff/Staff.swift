package import Kernel
package import Persistence
package import Web

/// What agencies have settled about their people and their numbers, asked where orders are given and performed; answered
/// by the slice that keeps these books.
package protocol Staff: Sendable {
    /// In whose place an officer acts on `day`.
    func standIns(of deputy: ID<Officer>, in agency: ID<Agency>, on day: LocalDate) async throws -> [StandIn]

    /// Who gives out the work of an agency on `day` among those of `colleagues` who are there. `field` tells the field of
    /// a procedure, by its code.
    func assigner(
        among colleagues: [Colleague],
        of agency: ID<Agency>,
        on day: LocalDate,
        field: @escaping @Sendable (String) -> String?
    ) async throws -> any Assigning

    /// Remembers who has just been given a dossier.
    func remember(_ change: Change<Dossier>, in tx: borrowing Transaction) throws

    /// The number under which the result of `dossier` is issued. It is taken in the transaction that issues the result, so
    /// that none is left out.
    func nextNumber(
        for filing: Filing,
        _ dossier: ID<Dossier>,
        at now: Instant,
        in tx: borrowing Transaction
    ) throws -> String

    /// The numbers that the series have given to results of `dossier`.
    func numbers(of dossier: ID<Dossier>, in tx: borrowing Transaction) throws -> [(number: String, year: Int)]
}

/// Gives dossiers out by the rules of their agency.
package protocol Assigning: Sendable {
    /// `command` with whom the rules give the dossier to, where nobody was chosen by hand.
    func assigning(
        _ command: Dossier.Command,
        of dossier: Dossier,
        in tx: borrowing Transaction
    ) throws -> Dossier.Command
}
