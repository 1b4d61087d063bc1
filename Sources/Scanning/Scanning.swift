package import DossierCore
package import Hummingbird
import Kernel
package import Logging
package import Persistence
package import Scans
package import Web

/// Papers become files: piles from the scanner, scans and photos at the counter, and what is on file already.
package struct Scanning: Slice {
    package let book: ScanBook
    private let papers: PapersOnFileBook
    private let desk: FilingDesk
    private let blobs: BlobStore
    private let reader: any FileReader

    /// `papers` lists what is on file; `reader` opens strangers' files.
    package init(
        database: any Database,
        papers: PapersOnFileBook,
        desk: FilingDesk,
        blobs: BlobStore,
        reader: any FileReader,
        quotas: Quotas = Quotas()
    ) {
        (self.papers, self.desk, self.blobs, self.reader) = (papers, desk, blobs, reader)
        book = ScanBook(database: database, quotas: quotas, blobs: blobs)
    }

    package var followers: [any Follower] { [PapersOnFile()] }

    package func couriers(_ logger: Logger) -> [any Courier] {
        [ScanReader(book: book, blobs: blobs, reader: reader) { [office = desk.office] in office.now }]
    }

    package var chores: [Chore] {
        [
            // A month is longer than anybody needs to see what has become of a pile.
            Chore("piles", atHour: 2, minute: 15) { try await book.forget(before: desk.office.now + .days(-30)) }
        ]
    }

    package var menu: Menu {
        Menu(
            officeLinks: [
                (
                    50,
                    Site.Link(
                        Words("Quét hồ sơ", "Scanning"),
                        "/work/scan",
                        roles: [.reception, .caseOfficer],
                        key: "k"
                    )
                )
            ]
        )
    }

    package func addOfficers(to router: some RouterMethods<OfficerContext>, among neighbours: Neighbours) {
        let uploads = Uploads(blobs: blobs, reader: reader, office: desk.office)
        ScanRoutes(desk: desk, uploads: uploads, book: book).add(to: router)
    }

    package func verify(_ progress: @Sendable (String) -> Void) async throws -> Verified {
        Verified(differences: try await papers.verify() + book.verify())
    }

    package func verifyFiles() async throws -> (count: Int, faults: [String]) { try await book.verifyFiles(in: blobs) }

    package func used(_ digests: [BlobDigest]) async throws -> Set<BlobDigest> { try await book.used(digests) }
}
