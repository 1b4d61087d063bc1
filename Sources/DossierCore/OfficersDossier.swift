import Catalogue
import Hummingbird
package import Kernel
package import Persistence
package import Web

/// What officers' pages and programs share, whichever slice they are of.
extension FilingDesk {
    /// A dossier of the officer's own agency, or one that is with it for a part of the work. Administrators of accounts
    /// have no business with dossiers.
    package func details(_ context: OfficerContext) async throws -> DossierBook.Details {
        try await details(ID<Dossier>(rawValue: try context.parameters.require("dossier")), context)
    }

    package func details(_ id: ID<Dossier>, _ context: OfficerContext) async throws -> DossierBook.Details {
        try context.require(.reception, .caseOfficer, .leader, .clerk, .returns, .auditor)
        guard let details = try await book.details(id), details.dossier.isVisible(to: context.officer.agency)
        else {
            throw Problem.noSuchDossier
        }
        // The look-up secret is the applicant's and of their own agency: no page and no paper of a partner has it.
        return details.row.agency == context.officer.agency ? details : details.withoutSecret()
    }

    package func circumstances(_ context: OfficerContext, at now: Instant? = nil) -> Circumstances {
        Circumstances(at: now ?? office.now, actor: .officer(id: context.officer.id), request: context.requestID)
    }

    /// Gives out work among those who are there today.
    package func assigner(_ context: OfficerContext, _ directory: any Directory) async throws -> any Assigning {
        let agency = context.officer.agency
        return try await book.staff.assigner(
            among: try await directory.colleagues(in: agency),
            of: agency,
            on: office.now.localDate
        ) { [catalogue] code in ProcedureCode(rawValue: code).flatMap { catalogue.procedure($0)?.field } }
    }
}
