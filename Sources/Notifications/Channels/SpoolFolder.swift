import Foundation
import Glibc
import Kernel
import Persistence

/// A folder from which a program beside the server takes messages and sends them, each in a file as the outgoing queue of
/// SMS Server Tools 3 has it: `To:`, an empty line, the text.
package struct SpoolFolder: ShortMessageGateway {
    private let folder: String
    private let threads = BlockingThreads(count: 1)

    /// Throws when nothing can be written there.
    package init(_ folder: String) throws {
        self.folder = folder
        // Files become visible to the other program when they are whole; it does not look into folders.
        let unfinished = "\(folder)/.unfinished"
        if !FileManager.default.fileExists(atPath: unfinished) {
            try FileManager.default.createDirectory(atPath: unfinished, withIntermediateDirectories: false)
        }
        guard access(folder, W_OK | X_OK) == 0, access(unfinished, W_OK | X_OK) == 0 else {
            throw CocoaError(.fileWriteNoPermission)
        }
    }

    /// The other program may have taken the first file when the second comes.
    package var knowsRepetitions: Bool { false }

    package func send(_ message: ShortMessage) async throws {
        // The country code, as the outgoing queue wants it.
        let text = "To: \(message.to.withCountry)\n\n\(message.text)\n"
        let (folder, name) = (folder, "motcua-\(message.id.rawValue)")
        try await threads.run {
            let unfinished = "\(folder)/.unfinished/\(name)"
            try DurableFile.write(Data(text.utf8), to: unfinished)
            // For the group that the folder belongs to, which is the other program's.
            guard chmod(unfinished, 0o640) == 0, rename(unfinished, "\(folder)/\(name)") == 0 else {
                throw CocoaError(.fileWriteUnknown)
            }
            try DurableFile.flush(folder)
        }
    }
}
