import ArgumentParser
import Quarantine

/// What the server starts to have a stranger's file read; of no use to anybody else.
struct ReadFile: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read-file",
        abstract: "Read files that lie open from descriptor 3 on, within limits.",
        shouldDisplay: false
    )

    @Argument var errand: String
    @Argument var files: Int

    func validate() throws {
        guard (0...200).contains(files) else { throw ValidationError("files is not a number from 0 to 200") }
    }

    func run() throws { try Room.answer(errand, files: files) }
}
