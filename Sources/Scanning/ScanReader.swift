import DossierCore
package import Kernel
package import Persistence
package import Scans

/// Has piles read in the background: what each page is, and what belongs together. Interrupted in the middle it begins
/// again; the pile and the order to read it outlive the server.
package struct ScanReader: Courier {
    private let book: ScanBook
    private let blobs: BlobStore
    private let reader: any FileReader
    private let now: @Sendable () -> Instant

    package init(
        book: ScanBook,
        blobs: BlobStore,
        reader: any FileReader,
        now: @escaping @Sendable () -> Instant
    ) {
        self.book = book
        self.blobs = blobs
        self.reader = reader
        self.now = now
    }

    package var topic: String { ScanBook.topic }
    /// Five minutes for reading a pile, and as much again for cutting and storing its parts.
    package let lease = Span.minutes(10)

    package func deliver(_ message: OutboxMessage) async throws { try await read(ID(rawValue: message.payload)) }

    /// A pile that cannot be read is marked so at once; only what is not the pile's fault is tried again.
    func read(_ id: ID<ScanBatch>) async throws {
        guard let batch = try await book.waiting(id), let digest = BlobDigest(rawValue: batch.digest) else { return }
        do {
            let path = blobs.path(of: digest)
            let sheets = try await sheets(at: path, of: batch)
            var parts: [(section: PileSection, blob: Blob?)] = []
            for section in PileSection.sections(of: sheets) {
                parts.append((section, try await cut(section, from: path, for: .officer(batch.officer))))
            }
            try await book.finish(id, parts, pages: sheets.count, at: now())
        } catch let fault as PileFault {
            try await book.fail(id, fault, at: now())
        }
    }

    /// Looks at every page and notes how far it has come.
    private func sheets(at path: String, of batch: ScanBatch) async throws -> [PileSheet] {
        let (progress, reporter) = AsyncStream.makeStream(of: PileProgress.self, bufferingPolicy: .bufferingNewest(1))
        async let sheets = {
            defer { reporter.finish() }
            return try await reader.sheets(of: path, for: .officer(batch.officer)) { far in
                if far.read.isMultiple(of: 5) { reporter.yield(far) }
            }
        }()
        for await far in progress { try await book.note(far.read, of: far.pages, in: batch.id, at: now()) }
        return try await sheets
    }

    private func cut(_ section: PileSection, from path: String, for officer: Asker) async throws -> Blob? {
        guard section.count > 0 else { return nil }
        let pdf = try await reader.file(
            .pages(first: section.first, count: section.count),
            from: [path],
            for: officer
        )
        return try await blobs.store(pdf)
    }
}
