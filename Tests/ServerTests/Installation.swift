import Configuration
import Foundation
import Persistence
import Synchronization
import TestSupport

@testable import Server

/// An installation in a folder of its own, on either database; removed when the test is done.
struct Installation: Sendable {
    let folder: String
    let environment: [String: String]

    /// The project's folder, which holds `Procedures` and `Public`.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    var url: String { environment["MOTCUA_DATABASE"] ?? "" }

    /// Lends `body` an installation on which nothing has been done yet.
    static func fresh<T>(_ kind: TestDatabase, _ body: (Installation) async throws -> T) async throws -> T {
        let name = "motcua-\(UUID().uuidString.lowercased())"
        let folder = FileManager.default.temporaryDirectory.appending(path: name).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let schema = "server_\(name.suffix(12))"
        let database =
            switch kind {
            case .sqlite: "sqlite:\(folder)/motcua.db"
            case .postgres: "\(try TestDatabase.conninfo) options='-c search_path=\(schema)'"
            }
        if kind == .postgres { try await onServer("CREATE SCHEMA \(schema)") }
        let installation = Installation(
            folder: folder,
            environment: [
                "MOTCUA_DATABASE": database, "MOTCUA_DATA": folder, "MOTCUA_HOME": root, "MOTCUA_CONNECTIONS": "4",
                "MOTCUA_PORT": "0",
            ]
        )
        let result: Result<T, any Error>
        do {
            result = .success(try await body(installation))
        } catch {
            result = .failure(error)
        }
        if kind == .postgres { try await onServer("DROP SCHEMA \(schema) CASCADE") }
        try FileManager.default.removeItem(atPath: folder)
        return try result.get()
    }

    private static func onServer(_ statement: String) async throws {
        let server = try await PostgresDatabase(try TestDatabase.conninfo, connections: 1)
        try await server.transaction { tx in _ = try tx.execute(SQL(stringLiteral: statement)) }
        await server.close()
    }

    func settings(_ changes: [String: String] = [:]) throws -> Settings {
        let variables = environment.merging(changes) { _, new in new }
        return try Settings(
            ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: variables)).scoped(to: "motcua")
        )
    }

    /// Does something with the database as another hand would, past all rules.
    func meddle<T: Sendable>(_ body: @escaping @Sendable (borrowing Transaction) throws -> T) async throws -> T {
        let database = try await openDatabase(url, connections: 1)
        let result = try await database.transaction(body)
        await database.close()
        return result
    }

    // MARK: - Commands

    struct Outcome {
        let status: Int32
        let output: String
        let complaint: String
    }

    /// Runs `motcua` as an operator does.
    func motcua(_ arguments: String..., with changes: [String: String] = [:]) async throws -> Outcome {
        try await motcua(all: arguments, with: changes)
    }

    func motcua(all arguments: [String], with changes: [String: String] = [:]) async throws -> Outcome {
        let finished = try await program(
            Self.binary.path,
            arguments,
            in: folder,
            with: environment.merging(changes) { _, new in new }
        )
        return Outcome(status: finished.status, output: finished.text, complaint: finished.complaint)
    }

    /// Built together with the tests, beside them.
    static var binary: URL {
        let tests = URL(filePath: CommandLine.arguments.first ?? "").deletingLastPathComponent()
        let beside = tests.appending(path: "motcua")
        return FileManager.default.isExecutableFile(atPath: beside.path)
            ? beside : URL(filePath: "\(root)/.build/debug/motcua")
    }
}
