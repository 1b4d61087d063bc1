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
    func run(_ arguments: [String], on conninfo: Conninfo) async throws {
        // A command line is read by everybody on the machine, an environment only by its owner.
        var hidden: [Environment.Key: String?] = [:]
        for (name, value) in conninfo.hidden { Environment.Key(rawValue: name).map { hidden[$0] = value } }
        let result = try await Subprocess.run(
            .path(FilePath(try path())),
            arguments: Arguments(["--dbname=\(conninfo.visible)"] + arguments),
            environment: Environment.inherit.updating(hidden),
            output: .discarded,
            error: .string(limit: PostgresTool.longestComplaint)
        )
        guard result.terminationStatus.isSuccess else {
            let said = result.standardError.trimmingCharacters(in: .whitespacesAndNewlines)
            throw ToolFailed(description: "\(name) has failed: \(said)")
        }
    }

    /// The same for a transaction whose snapshot is copied. Its thread is one for waiting, which no task runs on: on one of
    /// theirs this might wait for itself.
    func runInTransaction(_ arguments: [String], on conninfo: Conninfo) throws {
        let done = DispatchSemaphore(value: 0)
        let failure = Mutex<(any Error)?>(nil)
        Task.detached {
            do {
                try await run(arguments, on: conninfo)
            } catch {
                failure.withLock { $0 = error }
            }
            done.signal()
        }
        done.wait()
        if let error = failure.withLock({ $0 }) { throw error }
    }

    private static let longestComplaint = 1 << 24

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
