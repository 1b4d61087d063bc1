package import DossierCore
package import Kernel
import Persistence
import Web

/// That every dossier lies, at every moment, in the list of somebody who can carry it on.
extension DossierBook {
    /// The dossiers on their way that lie in no working list of anybody of `staff` whom the rules let carry them on.
    package func stranded(among staff: [ActingOfficer], now: Instant) async throws -> [ID<Dossier>] {
        var stranded: [ID<Dossier>] = []
        for id in try await onTheirWay() {
            guard let dossier = try await details(id)?.dossier else { continue }
            if try await isStranded(id, dossier, among: staff, now: now) { stranded.append(id) }
        }
        return stranded
    }

    /// Whether nobody of `staff` has one of those dossiers, which stands as `dossier`, in a list to carry it on.
    package func isStranded(_ id: ID<Dossier>, _ dossier: Dossier, among staff: [ActingOfficer], now: Instant)
        async throws -> Bool
    {
        guard dossier.stage.box != .closed else { return false }
        let able = staff.filter { Acts.carriesOn(dossier, by: $0, at: now) }
        let lists = able.flatMap { officer in
            Inbox.lists(for: officer.allRoles).filter(\.isWork).map { (officer: officer, inbox: $0) }
        }
        return try await !self.lists(holding: id, among: lists, now: now).contains(true)
    }

    /// Everything that somebody still has to do something about.
    private func onTheirWay() async throws -> [ID<Dossier>] {
        try await database.read { tx in
            try tx.fetch("SELECT id FROM dossier WHERE box <> \(DossierRow.Box.closed) ORDER BY id")
                .map { ID(rawValue: try $0.text(0)) }
        }
    }
}

/// The keys of the acts that pages and programs offer an officer, and an applicant, at this moment.
package func offeredActs(on dossier: Dossier, to officer: ActingOfficer, at now: Instant, under rules: FilingRules)
    -> [String]
{
    let prepares = PrepareResult().isPossible(on: dossier, by: officer) ? [PrepareResult().key] : []
    return Acts.offered(on: dossier, by: officer, at: now, under: rules).map(\.key) + prepares
}

package func offeredActs(on dossier: Dossier, to citizen: ID<Citizen>) -> [String] {
    CitizenActs.offered(on: dossier, by: citizen).map(\.key)
}

extension Inbox {
    /// Whether it says what is to be done by its reader; the others show what is late, over, or everybody's.
    fileprivate var isWork: Bool {
        switch self {
        case .new, .accepted, .turn, .mine, .waiting, .finished, .received: true
        case .opinions, .late, .dueSoon, .answerLate, .answerSoon, .unanswered, .passed, .closed, .all: false
        }
    }
}
