import Subprocess
import SystemPackage

/// What a program has said when it has ended.
package struct Finished: Sendable {
    /// What it exited with; less than 0 is the signal that ended it.
    package let status: Int32
    package let output: [UInt8]
    package let complaint: String

    package var text: String { String(decoding: output, as: UTF8.self) }
}

/// Runs a program, found on the PATH or by its whole path, to its end. Never by Foundation's `Process`, which reads beyond
/// its memory where several programs are started at once.
package func program(
    _ name: String,
    _ arguments: [String],
    in folder: String = "/",
    with changes: [String: String] = [:]
) async throws -> Finished {
    let most = 1 << 28
    var environment: [Environment.Key: String?] = [:]
    for (name, value) in changes { Environment.Key(rawValue: name).map { environment[$0] = value } }
    let result = try await run(
        .path("/usr/bin/env"),
        arguments: Arguments([name] + arguments),
        environment: .inherit.updating(environment),
        workingDirectory: FilePath(folder),
        output: .bytes(limit: most),
        error: .string(limit: most)
    )
    let status =
        switch result.terminationStatus {
        case .exited(let code): code
        case .signaled(let signal): -signal
        }
    return Finished(status: status, output: result.standardOutput, complaint: result.standardError)
}
