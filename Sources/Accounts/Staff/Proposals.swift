import Kernel
import Persistence
import Web

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The rows of what waits for somebody's word, for the lists of those who are asked.
enum Proposals {
    static func add(_ proposal: Proposal, on officer: ID<Officer>, at now: Instant, in tx: borrowing Transaction) throws
    {
        try tx.execute(
            """
            INSERT INTO staff_proposal (id, officer, body, at)
            VALUES (\(proposal.id), \(officer), \(try body(of: proposal)), \(now))
            """
        )
    }

    /// Makes the rows of an officer agree with what still waits.
    static func store(_ proposals: [Proposal], of officer: ID<Officer>, in tx: borrowing Transaction) throws {
        try tx.execute(
            "DELETE FROM staff_proposal WHERE officer = \(officer) AND id NOT IN \(list: proposals.map(\.id))"
        )
        for proposal in proposals {
            try tx.execute("UPDATE staff_proposal SET body = \(try body(of: proposal)) WHERE id = \(proposal.id)")
        }
    }

    static func body(of proposal: Proposal) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(proposal), as: UTF8.self)
    }

    static func proposal(in body: String) throws -> Proposal {
        try JSONDecoder().decode(Proposal.self, from: Data(body.utf8))
    }
}

/// A proposal as those see whom it concerns.
struct Pending: Sendable {
    let proposal: Proposal
    let officer: ID<Officer>
    let userName: String
    let name: String
    let proposer: String
    let at: Instant
    /// Where the officer serves now.
    let agencies: Set<ID<Agency>>
    /// Nobody is there who could agree, but whoever runs the installation.
    var isUpToOperator = false
}

extension StaffBook {
    /// What waits for an administrator's word, was proposed in their agencies, or by themselves; oldest first.
    func pending(for administrator: Administrator) async throws -> [Pending] {
        var pending = try await pending().filter { pending in
            let proposal = pending.proposal
            let isAsked = !proposal.answerable(by: .administrator(administrator), whileServingIn: pending.agencies)
                .isEmpty
            return isAsked || proposal.by == administrator.id || administrator.over.contains(proposal.agency)
        }
        for index in pending.indices { pending[index].isUpToOperator = try await isUpToOperator(pending[index]) }
        return pending
    }

    /// What waits for an officer's own word.
    func offers(to officer: ID<Officer>) async throws -> [Pending] {
        try await pending(on: officer).filter { $0.proposal.needs.contains(.person) }
    }

    /// Whether something waits for the own word of whoever signs in with this name.
    func hasOffers(userName: String) async throws -> Bool {
        guard let name = UserName(rawValue: userName), let officer = try await officer(name) else { return false }
        return try await !offers(to: officer).isEmpty
    }

    /// What waits about an officer; about anybody for nil. There are few of these at any time: each is an exception that
    /// somebody is about to answer.
    func pending(on officer: ID<Officer>? = nil) async throws -> [Pending] {
        let condition: SQL = if let officer { "p.officer = \(officer)" } else { "1 = 1" }
        return try await database.read { tx in
            let rows = try tx.fetch(
                """
                SELECT p.body, p.at, p.officer, o.user_name, o.name
                FROM staff_proposal p JOIN staff_account o ON o.id = p.officer WHERE \(condition)
                ORDER BY p.at, p.id
                """
            )
            return try rows.map { row in
                let proposal = try Proposals.proposal(in: row.text(0))
                let officer = ID<Officer>(rawValue: try row.text(2))
                let proposer = try tx.fetch("SELECT name FROM staff_account WHERE id = \(proposal.by)").first
                return Pending(
                    proposal: proposal,
                    officer: officer,
                    userName: try row.text(3),
                    name: try row.text(4),
                    proposer: try proposer?.text(0) ?? "",
                    at: Instant(milliseconds: try row.int(1)),
                    agencies: Set(try StaffBook.agencies(of: officer, in: tx))
                )
            }
        }
    }

    /// Whose account a proposal is about; nil when it waits no longer.
    func subject(of proposal: ID<Proposal>) async throws -> ID<Officer>? {
        try await database.read { tx in
            try tx.fetch("SELECT officer FROM staff_proposal WHERE id = \(proposal)").first
                .map { ID(rawValue: try $0.text(0)) }
        }
    }

    private func isUpToOperator(_ pending: Pending) async throws -> Bool {
        for case .administrator(let agency) in pending.proposal.needs {
            let above = try await ladder.above(agency)
            let posts = try await database.read { tx in
                try tx.fetch(
                    """
                    SELECT p.officer, p.roles FROM staff_post p JOIN staff_account o ON o.id = p.officer
                    WHERE p.agency IN \(list: above) AND o.disabled = 0
                    """
                ).map { (officer: ID<Officer>(rawValue: try $0.text(0)), roles: Set<Role>(stored: try $0.text(1))) }
            }
            let others = posts.filter { $0.officer != pending.proposal.by && $0.officer != pending.officer }
            if !others.contains(where: { $0.roles.contains(.admin) }) { return true }
        }
        return false
    }
}
