package import DossierCore
import Kernel
package import Persistence
package import Web

/// Finds who gets a dossier by the rules of its agency. What it does not know it reads in the transaction of the
/// command, so that two dossiers handed over at the same moment do not both go to the same idle colleague.
package struct Assigner: Assigning {
    /// The colleagues who are at work: neither away nor without an account.
    let present: [Colleague]
    /// The field of a procedure, by its code.
    let field: @Sendable (String) -> String?

    package init(present: [Colleague], field: @escaping @Sendable (String) -> String?) {
        self.present = present
        self.field = field
    }

    /// The officer whom the narrowest rule names for `role`; nil for whoever takes it.
    func choose(_ role: Role, for filing: Filing, in tx: borrowing Transaction) throws -> ID<Officer>? {
        let scopes: [AssignmentRules.Scope] =
            [.procedure(code: filing.procedure)] + (field(filing.procedure).map { [.field(key: $0)] } ?? [])
            + [.everything]
        // Locked, so that loads are counted one after the other.
        let rows = try tx.fetch(
            """
            SELECT scope, way FROM assignment_rule
            WHERE agency = \(filing.agency) AND role = \(role) AND scope IN \(list: scopes.map(\.text))
            \(sqlite: "", postgres: "ORDER BY scope FOR UPDATE")
            """
        )
        var ways: [String: AssignmentRules.Way] = [:]
        for row in rows { ways[try row.text(0)] = AssignmentRules.Way(text: try row.text(1)) }
        guard let way = scopes.lazy.compactMap({ ways[$0.text] }).first else { return nil }
        return try leastLoaded(of: way.officers, role, agency: filing.agency, in: tx)
    }

    /// Of those of `officers` who are there and hold `role`: who holds the fewest open dossiers, and among equals
    /// who has been without a new one for longest.
    func leastLoaded(of officers: [ID<Officer>], _ role: Role, agency: ID<Agency>, in tx: borrowing Transaction)
        throws -> ID<Officer>?
    {
        let able = Set(present.filter { $0.roles.contains(role) }.map(\.id))
        let candidates = officers.filter(able.contains)
        guard candidates.count > 1 else { return candidates.first }
        var loads: [String: Int] = [:]
        for row in try tx.fetch(
            """
            SELECT holder, COUNT(*) FROM dossier WHERE desk = \(agency) AND holder IN \(list: candidates)
                AND box IN ('accepted', 'processing', 'waiting') GROUP BY holder
            """
        ) { loads[try row.text(0)] = try row.int(1) }
        var turns: [String: Int] = [:]
        for row in try tx.fetch(
            "SELECT officer, given_at FROM officer_turn WHERE agency = \(agency) AND officer IN \(list: candidates)"
        ) { turns[try row.text(0)] = try row.int(1) }
        return candidates.min { left, right in
            (loads[left.rawValue, default: 0], turns[left.rawValue, default: .min])
                < (loads[right.rawValue, default: 0], turns[right.rawValue, default: .min])
        }
    }

    /// Remembers who has just been given a dossier.
    static func remember(_ change: Change<Dossier>, in tx: borrowing Transaction) throws {
        guard let agency = change.state.desk else { return }
        for recorded in change.events {
            guard case .assignment(let event) = recorded.event, let officer = event.receiver else { continue }
            let at = recorded.circumstances.at
            try tx.execute(
                """
                INSERT INTO officer_turn (agency, officer, given_at) VALUES (\(agency), \(officer), \(at))
                ON CONFLICT (agency, officer) DO UPDATE SET given_at = \(at)
                """
            )
        }
    }
}

extension Assigner {
    package func assigning(
        _ command: Dossier.Command,
        of dossier: Dossier,
        in tx: borrowing Transaction
    ) throws -> Dossier.Command {
        guard let filing = dossier.filing, dossier.stage.isOpen else { return command }
        if case .handOver(let officer, nil, _) = command {
            return .handOver(by: officer, to: try choose(dossier.currentRole, for: filing, in: tx))
        }
        if case .completeStep(let officer, let remark, nil, _, let issue, let withoutOpinions, let own) = command,
            let nextRole = dossier.nextRole
        {
            let next = try choose(nextRole, for: filing, in: tx)
            return .completeStep(
                by: officer,
                remark: remark,
                next: next,
                issue: issue,
                withoutOpinions: withoutOpinions,
                signsOwnWork: own
            )
        }
        if case .sendBack(let officer, let remark, nil) = command, let doer = dossier.doers[dossier.step - 1] {
            // Whoever did the step mends it, unless they are away or have left.
            let isThere = present.contains { $0.id == doer && $0.roles.contains(dossier.steps[dossier.step - 1].role) }
            return .sendBack(by: officer, remark: remark, to: isThere ? doer : nil)
        }
        if case .reassign(let officer, nil, _) = command {
            let others = present.map(\.id).filter { $0 != dossier.holder }
            let receiver = try leastLoaded(
                of: others,
                dossier.currentRole,
                agency: dossier.desk ?? filing.agency,
                in: tx
            )
            return .reassign(by: officer, to: receiver, holding: receiver == nil ? [] : [dossier.currentRole])
        }
        return command
    }
}
