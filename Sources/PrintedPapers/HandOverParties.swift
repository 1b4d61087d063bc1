import Agencies
import Catalogue
package import Documents
package import DossierCore
package import Kernel
import Persistence
package import Web

/// Between whom a list of dossiers or results goes: whom the record names or whoever prints it and really gives or
/// receives. A name that nobody can vouch for is left to the pen.
package struct HandOverParties: Equatable {
    package var from: String
    package var to: String
    package var giver: String?
    package var receiver: String?

    /// What `officer` hands on from their own hands, or receives into them; nil where somebody else did.
    package init?(_ kind: HandOverListFacts.Kind, _ rows: [DossierRow], by officer: OfficerIdentity, next: [String]) {
        switch kind {
        case .post:
            self.init(
                from: Role.returns.unit,
                to: "Bưu điện (dịch vụ bưu chính công ích)",
                giver: officer.roles.contains(.returns) ? officer.name : nil
            )
        case .results:
            guard officer.roles.contains(.clerk) else { return nil }
            self.init(from: Role.clerk.unit, to: Role.returns.unit, giver: officer.name)
        case .dossiers:
            if rows.allSatisfy({ $0.stage == .accepted }) {
                self.init(
                    from: Role.reception.unit,
                    to: Self.common(rows.map(\.role.unit)),
                    giver: officer.roles.contains(.reception) ? officer.name : nil
                )
            } else if rows.allSatisfy({ $0.holder == officer.id }) {
                self.init(from: Self.common(rows.map(\.role.unit)), to: Self.common(next), giver: officer.name)
            } else {
                return nil
            }
        }
    }

    /// As the histories have it: the last hand-over of each dossier.
    package init(recorded: [HandOverFacts], kind: HandOverListFacts.Kind, reader officer: OfficerIdentity) {
        self.init(
            from: Self.common(recorded.map(\.from)),
            to: kind == .results ? Role.returns.unit : Self.common(recorded.map(\.to)),
            giver: Self.same(recorded.map(\.giver)),
            receiver: Self.same(recorded.map(\.receiver))
        )
        if kind == .results, receiver == nil, officer.roles.contains(.returns) { receiver = officer.name }
    }

    private init(from: String, to: String, giver: String? = nil, receiver: String? = nil) {
        (self.from, self.to, self.giver, self.receiver) = (from, to, giver, receiver)
    }

    private static func common(_ units: [String]) -> String { same(units) ?? "Các bộ phận giải quyết" }

    private static func same(_ names: [String]) -> String? {
        guard let first = names.first, !first.isEmpty, names.allSatisfy({ $0 == first }) else { return nil }
        return first
    }
}

extension DossierPapers {
    /// Who gives `rows` to whom, and the hand-over on record of each that the printer takes no part in.
    package func parties(_ kind: HandOverListFacts.Kind, _ rows: [DossierRow], by officer: OfficerIdentity) async throws
        -> (parties: HandOverParties, recorded: [ID<Dossier>: HandOverFacts])
    {
        let next = rows.map { row in nextUnit(after: row) }
        if let own = HandOverParties(kind, rows, by: officer, next: next) { return (own, [:]) }
        let calendar = try await desk.calendars.calendar(of: officer.agency)
        var recorded: [ID<Dossier>: HandOverFacts] = [:]
        for row in rows {
            guard let details = try await desk.book.details(row.id) else { continue }
            recorded[row.id] =
                HandOverTrail(
                    details.history,
                    applicant: row.applicantName,
                    names: try await directory.names(of: details.officers),
                    calendar: calendar,
                    agencies: try await desk.names(of: details.agencies).mapValues(\.vi)
                ).handOvers.last
        }
        let last = rows.compactMap { recorded[$0.id] }
        return (HandOverParties(recorded: last, kind: kind, reader: officer), recorded)
    }

    /// Where a dossier goes when the step at which it stands is done.
    private func nextUnit(after row: DossierRow) -> String {
        let steps = rules(of: row)?.revision.steps ?? []
        let next = row.standing.step + 1
        return steps.indices.contains(next) ? Role(steps[next].role).unit : Role.returns.unit
    }
}

extension HandOverFacts {
    /// In one line, for lists whose dossiers went different ways.
    package var between: String { "\(giver) → \(receiver.isEmpty ? to : receiver)" }
}
