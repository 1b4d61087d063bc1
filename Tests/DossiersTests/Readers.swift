import Quarantine
import Scans

/// Opens files in the process of the tests, which have made them themselves.
struct HereReader: FileReader {
    func run(
        _ errand: Errand,
        on paths: [String],
        for asker: Asker,
        progress: @escaping @Sendable (PileProgress) -> Void
    ) async throws -> Finding {
        try Quarantine.Room.run(errand, on: paths) { progress($0) }
    }
}

/// Reads nothing.
struct NoReader: FileReader {
    let refusal: any Error

    func run(
        _ errand: Errand,
        on paths: [String],
        for asker: Asker,
        progress: @escaping @Sendable (PileProgress) -> Void
    ) async throws -> Finding {
        throw refusal
    }
}
