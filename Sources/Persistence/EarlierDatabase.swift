/// A database of 0.1.0: its events have another stored form, which no later version reads.
package struct EarlierDatabase: Error, CustomStringConvertible {
    package var description: String {
        """
        This database was made by motcua 0.1.0, whose events later versions cannot read; nothing in it was changed. \
        Go on with motcua 0.1.0, or name another database in MOTCUA_DATABASE.
        """
    }
}

extension EventStore {
    /// Refuses a database that has a log without our first step in it, before anything is done to it.
    package static func refuseEarlier(_ database: any Database) async throws {
        guard try await !database.taken().contains(firstMigration) else { return }
        guard try await database.read({ tx in try tx.has(table: "event") }) else { return }
        throw EarlierDatabase()
    }

    /// Whether whoever took these steps was 0.1.0.
    package static func areEarlier(_ migrations: [String]) -> Bool { !migrations.contains(firstMigration) }
}
