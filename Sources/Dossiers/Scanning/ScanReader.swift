package import Kernel
package import Persistence
import Scans

/// Reads piles in the background: what each page is, and what belongs together. A reader that dies in the middle begins
/// again; the pile and the order to read it outlive it.
package struct ScanReader: Courier {
    private let book: ScanBook
    private let blobs: BlobStore
    private let now: @Sendable () -> Instant
    /// Poppler reads one pile at a time, and a second would only slow both down.
    private let desk = BlockingThreads(count: 1)

    package init(book: ScanBook, blobs: BlobStore, now: @escaping @Sendable () -> Instant) {
        self.book = book
        self.blobs = blobs
        self.now = now
    }

    package var topic: String { ScanBook.topic }

    /// How long reading a pile may take: more than half a second for each of 500 pages.
    private static let patience = Duration.seconds(300)

    /// A pile that has ended the process so often will do it again.
    private static let mostAttempts = 3

    package func deliver(_ message: OutboxMessage) async throws {
        try await read(ID(rawValue: message.payload), attempt: message.attempt)
    }

    func read(_ id: ID<ScanBatch>, attempt: Int) async throws {
        guard let batch = try await book.waiting(id), let digest = BlobDigest(rawValue: batch.digest) else { return }
        do {
            guard attempt <= Self.mostAttempts else { throw PileFault.unreadable }
            let path = blobs.path(of: digest)
            let sheets = try await read(path, for: id)
            var parts: [(section: PileSection, blob: Blob?)] = []
            for section in PileSection.sections(of: sheets) {
                parts.append((section, try await cut(section, from: path)))
            }
            try await book.finish(id, parts, pages: sheets.count, at: now())
        } catch let fault as PileFault {
            try await book.fail(id, fault, at: now())
        }
    }

    /// Looks at every page and notes how far it has come.
    private func read(_ path: String, for id: ID<ScanBatch>) async throws -> [PileSheet] {
        let (progress, reporter) = AsyncStream.makeStream(of: (Int, Int).self, bufferingPolicy: .bufferingNewest(1))
        async let sheets = desk.run { () throws -> [PileSheet] in
            defer { reporter.finish() }
            let pile = try Pile(path: path)
            let end = ContinuousClock.now + Self.patience
            return try (0..<pile.pages).map { index in
                guard ContinuousClock.now < end else { throw PileFault.tooSlow }
                if index.isMultiple(of: 5) { reporter.yield((index, pile.pages)) }
                return try pile.sheet(at: index)
            }
        }
        for await (read, pages) in progress { try await book.note(read, of: pages, in: id, at: now()) }
        return try await sheets
    }

    private func cut(_ section: PileSection, from path: String) async throws -> Blob? {
        guard section.count > 0 else { return nil }
        let pdf = try await desk.run {
            try PileCutter(path: path).pages(from: section.first, count: section.count)
        }
        return try await blobs.store(pdf)
    }
}
