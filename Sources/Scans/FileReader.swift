/// Reads strangers' files, each asker in turn.
package protocol FileReader: Sendable {
    /// Throws a `PileFault` or `PhotoFault` about the files, and a `ReadingRefusal` when there was no turn for them.
    func run(
        _ errand: Errand,
        on paths: [String],
        for asker: Asker,
        progress: @escaping @Sendable (PileProgress) -> Void
    ) async throws -> Finding
}

/// The reader answered something else than it was asked for.
struct OtherFinding: Error {}

extension FileReader {
    /// What each page of a pile is.
    package func sheets(
        of pile: String,
        for asker: Asker,
        progress: @escaping @Sendable (PileProgress) -> Void
    ) async throws -> [PileSheet] {
        guard case .sheets(let sheets) = try await run(.sheets, on: [pile], for: asker, progress: progress) else {
            throw OtherFinding()
        }
        return sheets
    }

    /// The file that `errand` makes of those at `paths`.
    package func file(_ errand: Errand, from paths: [String], for asker: Asker) async throws -> [UInt8] {
        guard case .file(let bytes) = try await run(errand, on: paths, for: asker, progress: { _ in }) else {
            throw OtherFinding()
        }
        return bytes
    }
}

/// Why a file was not read, though nothing is known against it.
package enum ReadingRefusal: Error, Equatable {
    /// The asker has as many files waiting as one may have.
    case tooManyOfOne
    /// Everybody together has, or the turn did not come while somebody could be kept waiting.
    case crowded
    /// The server is being stopped, or whoever asked has gone.
    case interrupted
}
