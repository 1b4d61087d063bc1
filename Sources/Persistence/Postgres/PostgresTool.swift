import Foundation

/// A program of PostgreSQL's own, run as a child.
struct PostgresTool {
    private let name: String

    init(_ name: String) { self.name = name }

    /// Returns when it has succeeded.
    func run(_ arguments: [String], on conninfo: Conninfo) throws {
        let process = Process()
        process.executableURL = URL(filePath: try path())
        process.arguments = ["--dbname=\(conninfo.visible)"] + arguments
        // A command line is read by everybody on the machine, an environment only by its owner.
        process.environment = ProcessInfo.processInfo.environment.merging(conninfo.hidden) { _, new in new }
        let complaints = Pipe()
        process.standardError = complaints
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        // Until it ends: a pipe that nobody empties would stop it.
        let said = String(decoding: complaints.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw ToolFailed(description: "\(name) has failed: \(said.trimmingCharacters(in: .whitespacesAndNewlines))")
        }
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
