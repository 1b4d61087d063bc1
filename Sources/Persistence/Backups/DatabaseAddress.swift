import Foundation

/// Where a database is, for whoever copies it or puts it back.
package struct DatabaseAddress: Sendable {
    package let url: String

    package init(_ url: String) { self.url = url }

    package var dialect: Dialect { file == nil ? .postgres : .sqlite }

    /// SQLite's file.
    package var file: String? { url.hasPrefix("sqlite:") ? String(url.dropFirst("sqlite:".count)) : nil }

    /// Whether nothing has been kept there.
    package func isEmpty() async throws -> Bool {
        if let file { return !["", "-wal", "-journal"].contains { Self.holdsAnything(file + $0) } }
        return try await opened { database in
            try await database.read { tx in
                try tx.fetch("SELECT 1 FROM pg_tables WHERE schemaname = current_schema() LIMIT 1").isEmpty
            }
        }
    }

    /// Copies one moment of the database into a new file, beside writers, and answers what `body` reads of exactly
    /// that moment.
    package func copy<T: Sendable>(
        to path: String,
        _ body: @escaping @Sendable (borrowing Transaction) throws -> T
    ) async throws -> (schema: String?, value: T) {
        if let file {
            let database = try SQLiteDatabase.file(file)
            return (nil, try await closing(database) { try await database.copy(to: path, body) })
        }
        let conninfo = try Conninfo(url)
        return try await opened { database in
            try await database.read { tx in
                let rows = try tx.fetch("SELECT pg_export_snapshot(), current_schema()::text")
                guard let row = rows.first else { throw TransactionIsLost() }
                let schema = try row.text(1)
                let value = try body(tx)
                // The snapshot lives as long as this transaction.
                try PostgresTool("pg_dump").runInTransaction(
                    [
                        "--format=custom", "--no-owner", "--no-privileges", "--snapshot=\(try row.text(0))",
                        "--schema=\"\(schema)\"", "--file=\(path)",
                    ],
                    on: conninfo
                )
                try DurableFile.flush(path)
                return (schema, value)
            }
        }
    }

    /// Puts a copy back into an empty place.
    package func restore(from path: String, schema: String?) async throws {
        if let file {
            let folder = (file as NSString).deletingLastPathComponent
            if !folder.isEmpty {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            }
            let beside = "\(file).restoring"
            try FileManager.default.copyItem(atPath: path, toPath: beside)
            try DurableFile.flush(beside)
            try FileManager.default.moveItem(atPath: beside, toPath: file)
            return try DurableFile.flush(folder)
        }
        guard let schema else { throw WrongSchema(wanted: "", found: nil) }
        let found = try await opened { database in
            try await database.read { tx in
                try tx.fetch("SELECT coalesce(current_schema()::text, '')").first?.text(0)
            }
        }
        guard found == schema else { throw WrongSchema(wanted: schema, found: found) }
        try await PostgresTool("pg_restore").run(
            [
                "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", "--schema=\(schema)", path,
            ],
            on: try Conninfo(url)
        )
    }

    /// Lends `body` an empty place that is removed afterwards: a file in `folder`, or a database on the same server.
    package func rehearsing<T>(
        in folder: String,
        schema: String?,
        _ body: (DatabaseAddress) async throws -> T
    ) async throws -> T {
        guard file == nil else { return try await body(DatabaseAddress("sqlite:\(folder)/motcua.db")) }
        let name = "motcua_rehearsal_\(UUID().uuidString.lowercased().prefix(8))"
        var conninfo = try Conninfo(url)
        conninfo["dbname"] = name
        let address = DatabaseAddress(conninfo.text)
        do {
            try await execute("CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'UTF8'")
        } catch let error as PostgresError where error.sqlState == "42501" {
            throw RehearsalNotAllowed()
        }
        let result: Result<T, any Error>
        do {
            if let schema, schema != "public" {
                try await address.execute("CREATE SCHEMA \"\(schema.replacing("\"", with: "\"\""))\"")
            }
            result = .success(try await body(address))
        } catch {
            result = .failure(error)
        }
        try await execute("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
        return try result.get()
    }

    private func execute(_ statement: String) async throws {
        try await opened { database in _ = try await database.statement(SQL(stringLiteral: statement)) }
    }

    private func opened<T>(_ body: (PostgresDatabase) async throws -> T) async throws -> T {
        let database = try await PostgresDatabase(url, connections: 1)
        return try await closing(database) { try await body(database) }
    }

    private func closing<T>(_ database: any Database, _ body: () async throws -> T) async throws -> T {
        let result: Result<T, any Error>
        do {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        await database.close()
        return try result.get()
    }

    private static func holdsAnything(_ path: String) -> Bool {
        // What is not there holds nothing.
        ((try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0) > 0
    }
}

/// A dump goes back into the schema it was taken from.
package struct WrongSchema: Error, CustomStringConvertible {
    let wanted: String
    let found: String?

    package var description: String {
        "The backup is of the schema “\(wanted)”, and the database looks into “\(found ?? "")”: "
            + "create the schema and set search_path to it"
    }
}

/// The role of the connection may not create the database in which a rehearsal takes place.
package struct RehearsalNotAllowed: Error, CustomStringConvertible {
    package var description: String {
        "A rehearsal creates a temporary database, which this role may not: ALTER ROLE … CREATEDB, or rehearse on "
            + "another server by MOTCUA_DATABASE"
    }
}
