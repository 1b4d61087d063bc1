package import Kernel
package import Persistence
package import Web

/// An officer as whoever runs the installation sees them.
package struct StaffLine: Sendable {
    package let officer: ID<Officer>
    package let userName: String
    package let name: String
    package let isDisabled: Bool
    /// Still has to replace a one-time password.
    package let hasOneTimePassword: Bool
    package let posts: [ID<Agency>: Set<Role>]
    /// What waits for somebody's word about them.
    package let waiting: [Words]
}

/// What the command line does: it speaks for the whole installation, and is the second person where there is no second
/// administrator.
extension StaffBook {
    /// Every officer of the installation, by user name.
    package func everybody() async throws -> [StaffLine] {
        let waiting = Dictionary(grouping: try await pending(), by: \.officer)
        return try await database.read { tx in
            let posts = Dictionary(
                grouping: try tx.fetch("SELECT officer, agency, roles FROM staff_post").map { row in
                    (
                        officer: ID<Officer>(rawValue: try row.text(0)), agency: ID<Agency>(rawValue: try row.text(1)),
                        roles: Set<Role>(stored: try row.text(2))
                    )
                },
                by: \.officer
            )
            return try tx.fetch(
                "SELECT id, user_name, name, disabled, one_time_until FROM staff_account ORDER BY user_name"
            ).map { row in
                let officer = ID<Officer>(rawValue: try row.text(0))
                return StaffLine(
                    officer: officer,
                    userName: try row.text(1),
                    name: try row.text(2),
                    isDisabled: try row.bool(3),
                    hasOneTimePassword: try row.optionalInt(4) != nil,
                    posts: Dictionary(
                        posts[officer, default: []].map { ($0.agency, $0.roles) },
                        uniquingKeysWith: { first, _ in first }
                    ),
                    waiting: waiting[officer, default: []].map(\.proposal.act.words)
                )
            }
        }
    }

    /// Whether anybody has an officer's account.
    package func isEmpty() async throws -> Bool {
        try await database.read { tx in try tx.fetch("SELECT 1 FROM staff_account LIMIT 1").isEmpty }
    }

    /// Whether no citizen has an account either: nobody can sign in at all.
    package func isNobodyThere() async throws -> Bool {
        try await database.read { tx in
            try tx.fetch("SELECT 1 FROM staff_account LIMIT 1").isEmpty
                && tx.fetch("SELECT 1 FROM citizen_account LIMIT 1").isEmpty
        }
    }

    /// Answers everything that waits about an officer, but not what waits for their own word: nobody else says that they
    /// want to serve somewhere. Tells what was answered, and the one-time password that came of it.
    package func answer(
        _ isYes: Bool,
        on officer: ID<Officer>,
        _ circumstances: Circumstances
    ) async throws -> (answered: [Words], password: Password?) {
        var answered: [Words] = []
        var password: Password?
        for waiting in try await pending(on: officer) where isYes ? waiting.proposal.needs != [.person] : true {
            let proposal = waiting.proposal
            if isYes {
                let new = try await agree(to: proposal.id, on: officer, for: proposal.agency, circumstances)
                password = new ?? password
            } else {
                try await refuse(proposal.id, on: officer, for: proposal.agency, circumstances)
            }
            answered.append(proposal.act.words)
        }
        return (answered, password)
    }
}
