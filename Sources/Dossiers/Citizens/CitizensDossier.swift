import DossierCore
import Hummingbird
import Kernel
import Persistence
import Web

/// What the citizen's pages and the citizen's API share.
extension FilingDesk {
    /// The dossier that the path names, if it is this citizen's.
    func mine(_ context: CitizenContext) async throws -> DossierBook.Details {
        let id = ID<Dossier>(rawValue: try context.parameters.require("dossier"))
        guard let details = try await book.details(id), details.row.applicant == context.citizen.id else {
            throw Problem.noSuchDossier
        }
        return details
    }

    /// The dossier as its applicant's programs see it.
    func shape(of details: DossierBook.Details, _ context: CitizenContext) async throws -> Response {
        try json(
            DetailsShape(
                details,
                rules: try rules(of: details.filing),
                agencies: try await names(of: details.agencies),
                for: nil,
                now: office.now
            ),
            context
        )
    }

    /// The citizen acts, online and now.
    func circumstances(_ context: CitizenContext, at now: Instant? = nil) -> Circumstances {
        Circumstances(
            at: now ?? office.now,
            actor: .citizen(id: context.citizen.id),
            channel: .online,
            request: context.requestID
        )
    }
}
