import Agencies
import DossierCore
import Kernel
import Web

extension WorkRoutes {
    /// The agencies that can do a part of the work on a dossier: all others with somebody to take it.
    func receivers(_ details: DossierBook.Details) async throws -> [AgencyProfile] {
        let today = desk.office.now.localDate
        let tree = try await desk.agencies.tree()
        return try await directory.agencies(with: .caseOfficer).subtracting([details.row.agency])
            .compactMap { tree[$0] }
            .filter { ($0.validUntil ?? today) >= today }
            .sorted { ($0.name.vi, $0.id.rawValue) < ($1.name.vi, $1.id.rawValue) }
    }
}
