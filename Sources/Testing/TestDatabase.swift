import Foundation
package import Persistence
import Synchronization

/// A kind of database that every store test runs on.
///
///     @Test(arguments: TestDatabase.kinds)
///     func `a fact`(kind: TestDatabase) async throws {
///         try await kind.fresh { database in … }
///     }
package enum TestDatabase: String, Sendable, CaseIterable {
    case sqlite, postgres

    /// SQLite, and PostgreSQL when `TEST_POSTGRES` holds a conninfo or `TEST_POSTGRES_REQUIRED` insists on it.
    package static var kinds: [TestDatabase] {
        let environment = ProcessInfo.processInfo.environment
        return environment["TEST_POSTGRES"].isPresent || environment["TEST_POSTGRES_REQUIRED"].isPresent
            ? [.sqlite, .postgres] : [.sqlite]
    }

    /// Lends `body` an empty database that nobody else sees, and removes it afterwards.
    package func fresh<T>(
        connections: Int = 4,
        _ body: (any Database) async throws -> T
    ) async throws -> T {
        switch self {
        case .sqlite:
            let database = try SQLiteDatabase.temporary()
            return try await closing(database) { try await body(database) }
        case .postgres:
            await TestDatabase.places.enter()
            defer { TestDatabase.places.leave() }
            return try await freshSchema(connections: connections, body)
        }
    }

    /// Where the throw-away PostgreSQL server is.
    package static var conninfo: String {
        get throws {
            guard let conninfo = ProcessInfo.processInfo.environment["TEST_POSTGRES"], !conninfo.isEmpty else {
                throw NoTestServer()
            }
            return conninfo
        }
    }

    /// A schema is created many times faster than a database and hides others' tables just as well.
    private func freshSchema<T>(
        connections: Int,
        _ body: (any Database) async throws -> T
    ) async throws -> T {
        let schema = "test_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
        let database = try await PostgresDatabase(
            try TestDatabase.conninfo(searching: schema),
            connections: connections
        )
        return try await closing(database) {
            _ = try await database.transaction { tx in try tx.execute(SQL(stringLiteral: "CREATE SCHEMA \(schema)")) }
            let result: T
            do {
                result = try await body(database)
            } catch {
                // The test has failed already; its own error says more than one of the clean-up.
                try? await drop(schema, of: database)
                throw error
            }
            try await drop(schema, of: database)
            return result
        }
    }

    private func drop(_ schema: String, of database: any Database) async throws {
        _ = try await database.transaction { tx in
            try tx.execute(SQL(stringLiteral: "DROP SCHEMA \(schema) CASCADE"))
        }
    }

    private func closing<T>(_ database: any Database, _ body: () async throws -> T) async throws -> T {
        do {
            let result = try await body()
            await database.close()
            return result
        } catch {
            await database.close()
            throw error
        }
    }

    private static func conninfo(searching schema: String) throws -> String {
        let conninfo = try conninfo
        guard conninfo.contains("://") else { return "\(conninfo) options='-c search_path=\(schema)'" }
        return "\(conninfo)\(conninfo.contains("?") ? "&" : "?")options=-c%20search_path%3D\(schema)"
    }

    /// Tests run all at once, but a server has a limited number of connections.
    private static let places = Places(8)
}

/// `TEST_POSTGRES_REQUIRED` is set and `TEST_POSTGRES` is not: the tests must not pass by leaving a database out.
package struct NoTestServer: Error, CustomStringConvertible {
    package var description: String { "TEST_POSTGRES must hold the conninfo of a throw-away PostgreSQL server" }
}

/// A limited number of places, given in order of arrival.
private final class Places: Sendable {
    private let state: Mutex<(free: Int, waiting: [CheckedContinuation<Void, Never>])>

    init(_ count: Int) { state = Mutex((count, [])) }

    func enter() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.free > 0 {
                    state.free -= 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.free += 1
            return nil
        }
        next?.resume()
    }
}

extension String? {
    fileprivate var isPresent: Bool { self?.isEmpty == false }
}
