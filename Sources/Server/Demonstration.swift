import Accounts
import Agencies
import DossierCore
import Foundation
import Kernel
import Persistence
import Web

/// Invented people belong into a database of their own: their password is published, and their dossiers would count among
/// real ones.
enum Demonstration {
    static let migration = Migration("server-0.2", "CREATE TABLE demonstration (since BIGINT NOT NULL)")

    static func isMarked(_ database: any Database) async throws -> Bool {
        try await !database.read { tx in try tx.fetch("SELECT since FROM demonstration") }.isEmpty
    }

    /// Marks a database in which nobody real can be; refuses any other.
    ///
    /// Demonstrations from before there was a mark are known by their officers: where all of them are invented, nobody
    /// serves real citizens.
    static func begin(in house: House) async throws {
        guard try await !isMarked(house.database) else { return }
        let officers = try await house.accounts.staff.everybody()
        let isOurs = !officers.isEmpty && officers.allSatisfy { DemoPeople.hold($0.userName, $0.name) }
        let isEmpty = try await isEmpty(house)
        guard isOurs || isEmpty else {
            throw Settings.Unusable(
                description: """
                    This database is no demonstration: it holds agencies, accounts or dossiers of its own, so nothing \
                    was written. For a demonstration set MOTCUA_DATABASE and MOTCUA_DATA to new places, such as \
                    MOTCUA_DATA=demo.
                    """
            )
        }
        let now = house.office.now
        try await house.database.transaction { tx in
            _ = try tx.execute("INSERT INTO demonstration (since) VALUES (\(now.milliseconds))")
        }
    }

    private static func isEmpty(_ house: House) async throws -> Bool {
        guard try await house.accounts.staff.isNobodyThere(), try await house.agencies.tree().isEmpty else {
            return false
        }
        return try await house.dossiers.counts() == (0, 0)
    }

    /// Refuses an address under which others than this machine could sign in with the published password.
    static func refuseStrangers(_ settings: Settings) throws {
        let site = URL(string: settings.site)?.host() ?? settings.site
        let reachable = [("MOTCUA_SITE", settings.site, site), ("MOTCUA_HOST", settings.host, settings.host)]
        guard let open = reachable.first(where: { !isLoopback($0.2) }) else { return }
        throw Settings.Unusable(
            description: """
                \(open.0)=\(open.1) can be reached by others, and the passwords of the demonstration are published. If \
                everybody may come in, say so twice: motcua demo --for-everybody --really
                """
        )
    }

    private static func isLoopback(_ host: String) -> Bool {
        let name = host.trimmingCharacters(in: ["[", "]"]).lowercased()
        return name == "localhost" || name.hasSuffix(".localhost") || name == "::1" || isLoopbackIPv4(name)
    }

    /// 127.0.0.0/8, and not a name such as `127.0.0.1.example.vn`.
    private static func isLoopbackIPv4(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

extension Settings {
    /// Opens the list that the operator keeps, and stops the start when it is none.
    func listOfLeakedPasswords() throws -> LeakedPasswords? {
        guard let leakedPasswords else { return nil }
        do {
            return try LeakedPasswords(path: leakedPasswords)
        } catch let fault as LeakedPasswords.Unreadable {
            throw Unusable(description: "MOTCUA_LEAKED_PASSWORDS: \(fault.description)")
        }
    }
}
