import Dispatch
import Foundation
import Subprocess
import Synchronization
import SystemPackage

/// A program of PostgreSQL's own, run as a child.
struct PostgresTool {
    private let name: String

    init(_ name: String) { self.name = name }

    /// Returns when it has succeeded.
    func run(_ arguments: [String], on conninfo: Conninfo) throws {
        let path = FilePath(try path())
        let arguments = Arguments(["--dbname=\(conninfo.visible)"] + arguments)
        // A command line is read by everybody on the machine, an environment only by its owner.
        var hidden: [Environment.Key: String?] = [:]
        for (name, value) in conninfo.hidden { Environment.Key(rawValue: name).map { hidden[$0] = value } }
        let environment = Environment.inherit.updating(hidden)
        let result = try blocking {
            try await Subprocess.run(
                .path(path),
                arguments: arguments,
                environment: environment,
                output: .discarded,
                error: .string(limit: PostgresTool.longestComplaint)
            )
        }
        guard result.terminationStatus.isSuccess else {
            let said = result.standardError.trimmingCharacters(in: .whitespacesAndNewlines)
            throw ToolFailed(description: "\(name) has failed: \(said)")
        }
    }

    private static let longestComplaint = 1 << 24

    /// Waits on this thread, which is one for waiting: the transaction whose snapshot is copied holds it meanwhile.
    private func blocking<T: Sendable>(_ work: @escaping @Sendable () async throws -> T) throws -> T {
        let done = DispatchSemaphore(value: 0)
        let result = Mutex<Result<T, any Error>?>(nil)
        Task.detached {
            do {
                let value = try await work()
                result.withLock { $0 = .success(value) }
            } catch {
                result.withLock { $0 = .failure(error) }
            }
            done.signal()
        }
        done.wait()
        return try result.withLock { $0 }!.get()
    }

    /// The newest that Debian has installed, or the one on the PATH: an old one refuses a newer server.
    private func path() throws -> String {
        let debian = "/usr/lib/postgresql"
        // Elsewhere there is no such folder.
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: debian)) ?? []
        let installed = versions.compactMap(Int.init).sorted(by: >).map { "\(debian)/\($0)/bin/\(name)" }
        let onPath = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
        guard let path = (installed + onPath).first(where: FileManager.default.isExecutableFile(atPath:)) else {
            throw ToolFailed(
                description: "There is no \(name) on this machine: install postgresql-client of the server's version"
            )
        }
        return path
    }
}

/// What a program of PostgreSQL said when it gave up.
package struct ToolFailed: Error, CustomStringConvertible {
    package let description: String
}
