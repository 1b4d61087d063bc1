import Kernel
import Persistence

extension Accounts {
    /// Computes the rights of officers again from the log, and answers what differs in the rows, at most `limit`.
    func differences(limit: Int = 20) async throws -> [String] {
        var differences: [String] = []
        var last: ID<StaffMember>?
        while differences.count < limit {
            let (members, found) = try await staff.verifyNext(after: last)
            guard let end = members.last else {
                differences += try await staff.strayRows(limit: limit - differences.count)
                break
            }
            last = end
            differences += found
        }
        return Array(differences.prefix(limit))
    }
}

extension StaffBook {
    fileprivate func verifyNext(after last: ID<StaffMember>?) async throws
        -> (members: [ID<StaffMember>], differences: [String])
    {
        try await database.read { tx in
            let members = try events.streams(of: StaffMember.self, after: last, limit: 200, in: tx)
            let differences = try members.compactMap { id in
                try difference(of: id, in: tx).map { "officer \(id.rawValue): \($0)" }
            }
            return (members, differences)
        }
    }

    private func difference(of id: ID<StaffMember>, in tx: borrowing Transaction) throws -> String? {
        let member = StaffMember(replaying: try events.history(of: id, in: tx).map(\.event))
        guard let account = try tx.fetch("SELECT disabled FROM staff_account WHERE id = \(id)").first else {
            return "the account's row is missing"
        }
        let isDisabled = try account.bool(0)
        guard isDisabled == member.isDisabled else {
            return "disabled is \(isDisabled), should be \(member.isDisabled)"
        }
        let posts = Dictionary(
            try tx.fetch("SELECT agency, roles FROM staff_post WHERE officer = \(id)").map {
                (ID<Agency>(rawValue: try $0.text(0)), try $0.text(1))
            },
            uniquingKeysWith: { first, _ in first }
        )
        for agency in Set(posts.keys).union(member.roles.keys).sorted(by: { $0.rawValue < $1.rawValue }) {
            let (stored, expected) = (posts[agency] ?? "none", member.roles[agency]?.stored ?? "none")
            guard stored == expected else {
                return "the roles in \(agency.rawValue) are \(stored), should be \(expected)"
            }
        }
        let waiting = Dictionary(
            try tx.fetch("SELECT id, body FROM staff_proposal WHERE officer = \(id)").map {
                (try $0.text(0), try $0.text(1))
            },
            uniquingKeysWith: { first, _ in first }
        )
        let expected = try Dictionary(
            member.proposals.map { ($0.id.rawValue, try Proposals.body(of: $0)) },
            uniquingKeysWith: { first, _ in first }
        )
        guard waiting == expected else {
            return "what waits for somebody's word is \(waiting.keys.sorted()), should be \(expected.keys.sorted())"
        }
        return nil
    }

    /// Rights that no history tells of, put in by another hand.
    fileprivate func strayRows(limit: Int) async throws -> [String] {
        try await database.read { tx in
            try tx.fetch(
                """
                SELECT r.officer FROM (
                    SELECT officer FROM staff_post UNION SELECT officer FROM staff_proposal
                    UNION SELECT id AS officer FROM staff_account
                ) AS r
                WHERE NOT EXISTS (
                    SELECT 1 FROM event e WHERE e.stream = \(StaffMember.category) || r.officer AND e.version = 1
                ) ORDER BY r.officer LIMIT \(limit)
                """
            ).map { "officer \(try $0.text(0)): the rows have no history" }
        }
    }
}
