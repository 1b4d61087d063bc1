import DossierCore
import Kernel
import Web

extension WorkRoutes {
    /// The officer with what absent colleagues have lent. Who has left or lost a role lends it no longer.
    func acting(_ context: OfficerContext) async throws -> ActingOfficer {
        let officer = context.officer
        let standIns = try await desk.book.staff.standIns(
            of: officer.id,
            in: officer.agency,
            on: desk.office.now.localDate
        )
        guard !standIns.isEmpty else { return ActingOfficer(officer) }
        let colleagues = try await directory.colleagues(in: officer.agency)
        let roles = Dictionary(colleagues.map { ($0.id, $0.roles) }, uniquingKeysWith: { first, _ in first })
        return ActingOfficer(
            officer,
            standIns: standIns.compactMap { standIn in
                let lent = standIn.roles.intersection(roles[standIn.absent] ?? [])
                guard !lent.isEmpty else { return nil }
                return StandIn(absent: standIn.absent, roles: lent, document: standIn.document, until: standIn.until)
            }
        )
    }
}
