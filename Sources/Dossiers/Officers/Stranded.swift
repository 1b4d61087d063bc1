package import DossierCore
package import Kernel
import Persistence
import Web

/// That every dossier lies, at every moment, in the list of somebody who can act on it.
extension DossierBook {
    /// The dossiers on their way that lie in no working list of anybody of `staff` whom the rules let act on them.
    package func stranded(among staff: [ActingOfficer], now: Instant) async throws -> [ID<Dossier>] {
        var readers: [ID<Dossier>: [ActingOfficer]] = [:]
        for officer in staff {
            for list in Inbox.lists(for: officer.allRoles) where list.isWork {
                var next: Cursor?
                repeat {
                    let part = try await self.list(list, for: officer, now: now, after: next, limit: 500)
                    for row in part.items { readers[row.id, default: []].append(officer) }
                    next = part.next
                } while next != nil
            }
        }
        var stranded: [ID<Dossier>] = []
        for id in try await onTheirWay() {
            guard let dossier = try await details(id)?.dossier else { continue }
            let canAct = (readers[id] ?? []).contains { !Acts.offered(on: dossier, by: $0, at: now).isEmpty }
            if !canAct { stranded.append(id) }
        }
        return stranded
    }

    /// Everything that somebody still has to do something about.
    private func onTheirWay() async throws -> [ID<Dossier>] {
        try await database.read { tx in
            try tx.fetch("SELECT id FROM dossier WHERE box <> \(DossierRow.Box.closed) ORDER BY id")
                .map { ID(rawValue: try $0.text(0)) }
        }
    }
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
