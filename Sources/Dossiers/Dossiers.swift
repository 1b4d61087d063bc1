package import DossierCore
package import Hummingbird
package import Persistence
import PrintedPapers
package import Scans
package import Web

/// Dossiers from the first line that a citizen types to the day on which the result is returned.
package struct Dossiers: Slice {
    private let desk: FilingDesk
    private let blobs: BlobStore
    private let reader: any FileReader
    private let site: String
    /// Slows guessing of secrets down.
    private let tries: RateLimiter

    private var book: DossierBook { desk.book }

    /// `site` is where this installation is reached, for the codes on papers; `reader` opens strangers' files; `tries`
    /// counts look-ups by somebody without an account.
    package init(desk: FilingDesk, blobs: BlobStore, reader: any FileReader, site: String, tries: RateLimiter) {
        (self.desk, self.blobs, self.reader, self.site, self.tries) = (desk, blobs, reader, site, tries)
    }

    // MARK: - What it does by itself

    package var chores: [Chore] {
        [Chore("unsent", atHour: 2, minute: 30) { try await book.forgetUnsent() }]
    }

    // MARK: - What it shows

    package func export(to links: inout Links) {
        links.dossiers = DossierLinks(filing: { "/nop/\($0)" }, lookUp: "/tra-cuu")
    }

    package var panels: [any PanelOfSlice] { [desk.closedWaysPanel] }

    package func addPublic(to router: some RouterMethods<AppContext>, among neighbours: Neighbours) {
        LookUpRoutes(desk: desk, tries: tries).add(to: router)
    }

    package func addCitizens(to router: some RouterMethods<CitizenContext>, among neighbours: Neighbours) {
        let papers = papers(neighbours)
        CitizenRoutes(desk: desk, uploads: uploads, papers: papers, neighbours: neighbours).add(to: router)
        CitizenAPI(desk: desk, uploads: uploads, papers: papers).add(to: router)
        CitizenActRoutes(desk: desk, uploads: uploads).add(to: router)
    }

    package func addOfficers(to router: some RouterMethods<OfficerContext>, among neighbours: Neighbours) {
        let papers = papers(neighbours)
        let work = WorkRoutes(desk: desk, uploads: uploads, papers: papers, neighbours: neighbours)
        work.add(to: router)
        OfficerAPI(work: work).add(to: router)
    }

    private var uploads: Uploads { Uploads(blobs: blobs, reader: reader, office: desk.office) }

    private func papers(_ neighbours: Neighbours) -> DossierPapers {
        DossierPapers(desk: desk, site: site, directory: neighbours.directory)
    }

    // MARK: - What is proved of it

    package func verify(_ progress: @Sendable (String) -> Void) async throws -> Verified {
        let rows = try await book.verify { count in
            if count.isMultiple(of: 10_000) { progress("\(count) dossiers compared …") }
        }
        var differences = rows.differences.map(\.description)
        differences += try await book.verifyUnsent()
        differences += try await book.verifyLetters()
        let (inLog, inRows) = try await book.counts()
        return Verified(counts: [.init("dossiers", inLog: inLog, rows: inRows)], differences: differences)
    }

    package func verifyFiles() async throws -> (count: Int, faults: [String]) { try await book.verifyFiles(in: blobs) }

    package func used(_ digests: [BlobDigest]) async throws -> Set<BlobDigest> { try await book.used(digests) }
}
