import Catalogue
package import Kernel

extension FilingDesk {
    /// The agency's dossiers that `typed` speaks of: by the code of a procedure, by what the dossiers say, and where they
    /// say nothing of it, by the name of a procedure.
    package func search(_ typed: String, agency: ID<Agency>, limit: Int = 50) async throws -> [DossierRow] {
        if let code = ProcedureCode(rawValue: typed.tidied.plainCode.uppercased()), catalogue.procedure(code) != nil {
            return try await book.search(procedures: [code.rawValue], agency: agency, limit: limit)
        }
        let rows = try await book.search(typed, agency: agency, limit: limit)
        guard rows.isEmpty, typed.contains(where: \.isLetter) else { return rows }
        let finding = catalogue.finder.finding(typed, limit: Self.mostProcedures)
        guard !finding.isLoose else { return [] }
        return try await book.search(procedures: finding.hits.map(\.code.rawValue), agency: agency, limit: limit)
    }

    private static let mostProcedures = 3
}
