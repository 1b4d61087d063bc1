import Catalogue
import Kernel
import Web

extension WorkRoutes {
    /// The officer with what absent colleagues have lent. Who has left or lost a role lends it no longer.
    func acting(_ context: OfficerContext) async throws -> ActingOfficer {
        let officer = context.officer
        let standIns = try await desk.book.absences.standIns(
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

    /// Gives out work among those who are there today.
    func assigner(_ context: OfficerContext) async throws -> Assigner {
        let agency = context.officer.agency
        let away = try await desk.book.absences.away(from: agency, on: desk.office.now.localDate)
        let catalogue = desk.catalogue
        return Assigner(present: try await directory.colleagues(in: agency).filter { !away.contains($0.id) }) { code in
            ProcedureCode(rawValue: code).flatMap { catalogue.procedure($0)?.field }
        }
    }
}
