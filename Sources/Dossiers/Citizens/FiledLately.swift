import Catalogue
import DossierCore
import Kernel
import Web

extension FilingDesk {
    /// For how long a filing is mentioned to somebody who begins the same procedure again.
    private static let lately = Span.days(-1)

    /// The person's filings of the same procedure since yesterday, the newest first.
    func filedLately(_ rules: FilingRules, by citizen: ID<Citizen>) async throws -> [DossierRow] {
        let since = office.now + Self.lately
        return try await book.list(of: citizen).items.filter {
            $0.procedureCode == rules.procedure.code.rawValue && $0.filedAt > since
        }
    }
}
