package import Kernel
package import Persistence
import Synchronization
package import Web

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Keeps agencies, and answers questions about them from memory.
package final class AgencyBook: Sendable {
    let database: any Database
    private let office: Office
    /// The newest tree this process has seen, and when it last asked for a newer one.
    private let cache = Mutex<(tree: AgencyTree, asked: Instant)?>(nil)

    package init(database: any Database, office: Office = Office()) {
        self.database = database
        self.office = office
    }

    /// Agencies change a few times a year, and a change may take this long to be seen by other processes.
    private static let patience = Span.seconds(5)

    /// All agencies as they are now.
    package func tree() async throws -> AgencyTree {
        let now = office.now
        let cached = cache.withLock(\.self)
        // A clock that was put back does not keep an old tree.
        if let cached, cached.asked <= now, now - cached.asked < AgencyBook.patience { return cached.tree }
        let known = cached?.tree.revision
        let tree = try await database.read { tx -> AgencyTree? in
            try tx.fetch("SELECT revision FROM agency_revision")[0].int(0) == known ? nil : try self.read(in: tx)
        }
        return cache.withLock { cache in
            // Somebody else may have been here in the meantime with a newer one.
            let newest = [cache?.tree, tree, cached?.tree].compactMap(\.self).max { $0.revision < $1.revision }
            let result = newest ?? AgencyTree(revision: -1, profiles: [])
            cache = (result, now)
            return result
        }
    }

    /// All agencies as a larger transaction sees them.
    package func tree(in tx: borrowing Transaction) throws -> AgencyTree {
        let revision = try tx.fetch("SELECT revision FROM agency_revision")[0].int(0)
        if let cached = cache.withLock(\.self)?.tree, cached.revision == revision { return cached }
        return try read(in: tx)
    }

    /// What a number of agencies became.
    package struct Changes: Codable, Hashable, Sendable {
        package var added = 0
        package var changed = 0
        package var unchanged = 0
    }

    /// Stores agencies, new ones and others; all of them or, with `AgencyFaults`, none.
    package func store(_ profiles: [AgencyProfile]) async throws -> Changes {
        let changes = try await database.transaction { tx in try self.store(profiles, in: tx) }
        forget()
        return changes
    }

    private func store(_ profiles: [AgencyProfile], in tx: borrowing Transaction) throws -> Changes {
        let stored = Dictionary(uniqueKeysWithValues: try self.profiles(in: tx).map { ($0.id, $0) })
        let all = stored.merging(profiles.map { ($0.id, $0) }) { _, new in new }
        let faults = faults(in: all)
        guard faults.isEmpty else { throw AgencyFaults(faults: faults) }
        var changes = Changes()
        // From the top down, so that parents are there before their children.
        let tree = AgencyTree(revision: 0, profiles: Array(all.values))
        for profile in tree.all {
            let path = tree.path(of: profile.id)
            switch stored[profile.id] {
            case nil:
                changes.added += 1
                try insert(profile, path, in: tx)
            case profile?:
                // Its own facts are the same, but something above it may have moved.
                try tx.execute("UPDATE agency SET path = \(path) WHERE id = \(profile.id) AND path <> \(path)")
            case _?:
                changes.changed += 1
                try update(profile, path, in: tx)
            }
        }
        changes.unchanged = Set(profiles.map(\.id)).count - changes.added - changes.changed
        if changes.added + changes.changed > 0 { try announce(in: tx) }
        return changes
    }

    private func insert(_ profile: AgencyProfile, _ path: AgencyPath, in tx: borrowing Transaction) throws {
        try tx.execute(
            """
            INSERT INTO agency (id, parent, path, level, kind, name, folded, profile)
            VALUES (\(profile.id), \(profile.parent), \(path), \(profile.level), \(profile.kind),
                \(profile.name.vi), \(profile.name.vi.folded), \(try json(profile)))
            """
        )
    }

    private func update(_ profile: AgencyProfile, _ path: AgencyPath, in tx: borrowing Transaction) throws {
        try tx.execute(
            """
            UPDATE agency SET parent = \(profile.parent), path = \(path), level = \(profile.level),
                kind = \(profile.kind), name = \(profile.name.vi), folded = \(profile.name.vi.folded),
                profile = \(try json(profile))
            WHERE id = \(profile.id)
            """
        )
    }

    /// Stores what a list outside says of codes.
    package func store(_ codes: [KnownCode]) async throws -> Changes {
        let changes = try await database.transaction { tx in
            let stored = Dictionary(uniqueKeysWithValues: try self.knownCodes(in: tx).map { ($0.code.code, $0) })
            var changes = Changes()
            for code in codes {
                switch stored[code.code.code] {
                case nil:
                    changes.added += 1
                    try tx.execute(
                        """
                        INSERT INTO known_code (code, name, entry)
                        VALUES (\(code.code.code), \(code.name), \(try self.json(code)))
                        """
                    )
                case code?: changes.unchanged += 1
                case _?:
                    changes.changed += 1
                    try tx.execute(
                        """
                        UPDATE known_code SET name = \(code.name), entry = \(try self.json(code))
                        WHERE code = \(code.code.code)
                        """
                    )
                }
            }
            if changes.added + changes.changed > 0 { try self.announce(in: tx) }
            return changes
        }
        forget()
        return changes
    }

    /// The ids of an agency and of all below it, as the database has them.
    package func subtree(of path: AgencyPath, in tx: borrowing Transaction) throws -> [ID<Agency>] {
        try tx.fetch("SELECT id FROM agency WHERE \(path.contains("id")) ORDER BY path").map {
            ID(rawValue: try $0.text(0))
        }
    }

    private func announce(in tx: borrowing Transaction) throws {
        try tx.execute("UPDATE agency_revision SET revision = revision + 1")
    }

    /// The next question is answered from the database.
    private func forget() {
        cache.withLock { cache in
            if let known = cache { cache = (known.tree, Instant(milliseconds: 0)) }
        }
    }

    private func read(in tx: borrowing Transaction) throws -> AgencyTree {
        AgencyTree(
            revision: try tx.fetch("SELECT revision FROM agency_revision")[0].int(0),
            profiles: try profiles(in: tx),
            knownCodes: try knownCodes(in: tx)
        )
    }

    private func profiles(in tx: borrowing Transaction) throws -> [AgencyProfile] {
        try tx.fetch("SELECT profile FROM agency").map {
            try JSONDecoder().decode(AgencyProfile.self, from: Data(try $0.text(0).utf8))
        }
    }

    private func knownCodes(in tx: borrowing Transaction) throws -> [KnownCode] {
        try tx.fetch("SELECT entry FROM known_code").map {
            try JSONDecoder().decode(KnownCode.self, from: Data(try $0.text(0).utf8))
        }
    }

    private func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
