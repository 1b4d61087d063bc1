package import Agencies
package import Catalogue
package import Hummingbird
import Kernel
package import Logging
package import Persistence
package import Scans
package import ServiceLifecycle
package import Web

/// Dossiers from the first line that a citizen types to the day on which the result is returned.
package struct Dossiers: Slice {
    package let book: DossierBook
    package let drafts: Drafts
    package let desk: FilingDesk
    package let scans: ScanBook
    private let blobs: BlobStore
    private let reader: any FileReader
    private let site: String
    /// Slows guessing of secrets down.
    private let tries: RateLimiter
    private let office: Office

    /// `site` is where this installation is reached, for the codes on papers; `reader` opens strangers' files; `tries`
    /// counts look-ups by somebody without an account.
    package init(
        database: any Database,
        blobs: BlobStore,
        reader: any FileReader,
        quotas: Quotas = Quotas(),
        agencies: AgencyBook,
        calendars: CalendarBook,
        orders: OrderBook,
        catalogue: CatalogueBook,
        office: Office,
        site: String,
        tries: RateLimiter
    ) {
        (self.blobs, self.reader, self.office, self.site, self.tries) = (blobs, reader, office, site, tries)
        book = DossierBook(database: database, quotas: quotas, blobs: blobs, orders: orders)
        drafts = Drafts(database: database, quotas: quotas, blobs: blobs)
        scans = ScanBook(database: database, quotas: quotas, blobs: blobs)
        desk = FilingDesk(
            catalogue: catalogue,
            agencies: agencies,
            book: book,
            drafts: drafts,
            calendars: calendars,
            office: office
        )
    }

    package static var migrations: [Migration] { DossierBook.migrations }

    // MARK: - What it does by itself

    package var followers: [any Follower] { [Tally(), Recounts(), PapersOnFile()] }

    package func couriers(_ logger: Logger) -> [any Courier] {
        [ScanReader(book: scans, blobs: blobs, reader: reader) { office.now }]
    }

    package func services(_ logger: Logger) -> [any Service] {
        [Recounting(recounter: Recounter(desk: desk), logger: logger)]
    }

    package var chores: [Chore] {
        [
            // A month is longer than anybody needs to see what has become of a pile.
            Chore("piles", atHour: 2, minute: 15) { try await scans.forget(before: office.now + .days(-30)) },
            Chore("unsent", atHour: 2, minute: 30) { try await book.forgetUnsent() },
        ]
    }

    // MARK: - What it shows

    package func export(to links: inout Links) {
        links.dossiers = DossierLinks(filing: { "/nop/\($0)" }, lookUp: "/tra-cuu")
    }

    package var panels: [any PanelOfSlice] {
        [book.todayPanel(office), book.heldPanel, book.recountPanel, desk.closedWaysPanel]
    }

    package func addPublic(to router: some RouterMethods<AppContext>, among neighbours: Neighbours) {
        LookUpRoutes(desk: desk, tries: tries).add(to: router)
    }

    package func addCitizens(to router: some RouterMethods<CitizenContext>, among neighbours: Neighbours) {
        let papers = papers(neighbours)
        CitizenRoutes(desk: desk, uploads: uploads, papers: papers).add(to: router)
        CitizenAPI(desk: desk, uploads: uploads, papers: papers).add(to: router)
    }

    package func addOfficers(to router: some RouterMethods<OfficerContext>, among neighbours: Neighbours) {
        let papers = papers(neighbours)
        let work = WorkRoutes(desk: desk, uploads: uploads, papers: papers, neighbours: neighbours)
        work.add(to: router)
        OfficerAPI(work: work).add(to: router)
        ScanRoutes(work: work, book: scans).add(to: router)
        RegisterRoutes(desk: desk, papers: papers).add(to: router)
        BoardRoutes(desk: desk, directory: neighbours.directory).add(to: router)
    }

    private var uploads: Uploads { Uploads(blobs: blobs, reader: reader, office: office) }

    private func papers(_ neighbours: Neighbours) -> DossierPapers {
        DossierPapers(desk: desk, site: site, directory: neighbours.directory)
    }

    // MARK: - What is proved of it

    package func verify(_ progress: @Sendable (String) -> Void) async throws -> Verified {
        let rows = try await book.verify { count in
            if count.isMultiple(of: 10_000) { progress("\(count) dossiers compared …") }
        }
        var differences = rows.differences.map(\.description)
        differences += try await book.verifyTally()
        differences += try await book.verifyPapersOnFile()
        differences += try await book.verifyBooks()
        differences += try await book.verifyLetters()
        let (inLog, inRows) = try await book.counts()
        return Verified(counts: [.init("dossiers", inLog: inLog, rows: inRows)], differences: differences)
    }

    package func verifyFiles() async throws -> (count: Int, faults: [String]) { try await book.verifyFiles(in: blobs) }

    package func used(_ digests: [BlobDigest]) async throws -> Set<BlobDigest> { try await book.used(digests) }
}
