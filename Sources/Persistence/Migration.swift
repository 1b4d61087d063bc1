/// A step of the schema that is taken once per database, known by its name: `dossiers-1`.
package struct Migration: Sendable {
    package let name: String
    let statements: [SQL]

    package init(_ name: String, _ statements: SQL...) {
        (self.name, self.statements) = (name, statements)
    }
}

extension Database {
    /// Names of the migrations that were taken, in order; none where there is no database yet.
    package func taken() async throws -> [String] {
        try await read { tx in
            guard try tx.has(table: "migration") else { return [] }
            return try tx.fetch("SELECT name FROM migration ORDER BY position").map { try $0.text(0) }
        }
    }

    /// Takes those of `migrations` that were not taken yet, in order; all of them or none.
    package func migrate(_ migrations: [Migration]) async throws {
        try await transaction { tx in
            // Several processes may start at once, and `IF NOT EXISTS` alone does not keep two of them apart in
            // PostgreSQL. SQLite's writer is alone anyhow. The number is arbitrary, but all must use the same.
            if tx.dialect == .postgres { _ = try tx.fetch("SELECT pg_advisory_xact_lock(7303014151)") }
            try tx.execute("CREATE TABLE IF NOT EXISTS migration (position \(SQL.position), name TEXT NOT NULL UNIQUE)")
            let taken = Set(try tx.fetch("SELECT name FROM migration").map { try $0.text(0) })
            for migration in migrations where !taken.contains(migration.name) {
                for statement in migration.statements { try tx.execute(statement) }
                try tx.execute("INSERT INTO migration (name) VALUES (\(migration.name))")
            }
        }
    }
}

extension Transaction {
    /// Whether the database has a table of this name.
    borrowing func has(table name: String) throws -> Bool {
        try !fetch(
            """
            SELECT 1 FROM \(sqlite: "sqlite_master", postgres: "pg_tables")
            WHERE \(sqlite: "name", postgres: "schemaname = current_schema() AND tablename") = \(name)
            """
        ).isEmpty
    }
}
