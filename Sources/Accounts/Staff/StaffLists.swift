package import Kernel
import Persistence
package import Web

extension StaffBook {
    /// Everybody who serves in `agency`, by user name.
    package func colleagues(in agency: ID<Agency>) async throws -> [Colleague] {
        try await database.read { tx in
            try tx.fetch(
                """
                SELECT o.id, o.user_name, o.name, o.disabled, o.one_time_until, p.roles
                FROM staff_post p JOIN staff_account o ON o.id = p.officer
                WHERE p.agency = \(agency) ORDER BY o.user_name
                """
            ).map(Colleague.init)
        }
    }

    /// One of them; nil for those who do not serve there.
    package func colleague(_ officer: ID<Officer>, in agency: ID<Agency>) async throws -> Colleague? {
        try await database.read { tx in
            try tx.fetch(
                """
                SELECT o.id, o.user_name, o.name, o.disabled, o.one_time_until, p.roles
                FROM staff_post p JOIN staff_account o ON o.id = p.officer
                WHERE p.agency = \(agency) AND p.officer = \(officer)
                """
            ).first.map(Colleague.init)
        }
    }

    /// The agencies in which somebody who can sign in holds `role`.
    package func agencies(with role: Role) async throws -> Set<ID<Agency>> {
        let posts = try await database.read { tx in
            try tx.fetch(
                """
                SELECT p.agency, p.roles FROM staff_post p JOIN staff_account o ON o.id = p.officer
                WHERE o.disabled = 0 ORDER BY p.agency
                """
            ).map { (agency: ID<Agency>(rawValue: try $0.text(0)), roles: try Set<Role>(stored: $0.text(1))) }
        }
        return Set(posts.filter { $0.roles.contains(role) }.map(\.agency))
    }

    /// The agencies in which an officer serves, in a fixed order.
    func agencies(of officer: ID<Officer>) async throws -> [ID<Agency>] {
        try await database.read { tx in try StaffBook.agencies(of: officer, in: tx) }
    }

    static func agencies(of officer: ID<Officer>, in tx: borrowing Transaction) throws -> [ID<Agency>] {
        try tx.fetch("SELECT agency FROM staff_post WHERE officer = \(officer) ORDER BY agency")
            .map { ID(rawValue: try $0.text(0)) }
    }

    /// Who signs in with this name.
    package func officer(_ userName: UserName) async throws -> ID<Officer>? {
        try await database.read { tx in
            try tx.fetch("SELECT id FROM staff_account WHERE user_name = \(userName)").first
                .map { ID(rawValue: try $0.text(0)) }
        }
    }

    /// What officers are called, those who have left included.
    package func names(of officers: Set<ID<Officer>>) async throws -> [ID<Officer>: String] {
        guard !officers.isEmpty else { return [:] }
        return try await database.read { tx in
            let rows = try tx.fetch("SELECT id, name FROM staff_account WHERE id IN \(list: officers)")
            return Dictionary(
                try rows.map { (ID(rawValue: try $0.text(0)), try $0.text(1)) },
                uniquingKeysWith: { first, _ in first }
            )
        }
    }

    /// What an officer signs in with and is called.
    func names(of officer: ID<Officer>) async throws -> [String] {
        try await database.read { tx in
            try tx.fetch("SELECT user_name, name FROM staff_account WHERE id = \(officer)").first
                .map { [try $0.text(0), try $0.text(1)] } ?? []
        }
    }
}
