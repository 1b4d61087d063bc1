package import Hummingbird
package import Logging
package import Persistence
package import ServiceLifecycle

/// The card of a slice: all that it brings to the house. The server keeps a list of these and knows nothing else of them,
/// and what a slice does not have it leaves out.
package protocol Slice: Sendable {
    /// The steps of its tables, in order.
    static var migrations: [Migration] { get }

    /// What happens in it because something else has happened.
    var followers: [any Follower] { get }
    /// Those who bring what it has put into the outbox.
    func couriers(_ logger: Logger) -> [any Courier]
    /// What is done in it now and then.
    var chores: [Chore] { get }
    /// What runs beside the server.
    func services(_ logger: Logger) -> [any Service]
    /// What whoever starts the server should know of it now, if anything: English for the terminal.
    func noteAtStart() async throws -> String?

    /// Its lines in the menus, each with its place there.
    var menu: Menu { get }
    /// Tells its addresses to those who may lead there.
    func export(to links: inout Links)
    /// What it shows on the pages of others.
    var panels: [any PanelOfSlice] { get }

    /// Adds what anybody may open; `neighbours` are the other slices, as far as pages need them.
    func addPublic(to router: some RouterMethods<AppContext>, among neighbours: Neighbours)
    /// Adds what citizens open who have signed in.
    func addCitizens(to router: some RouterMethods<CitizenContext>, among neighbours: Neighbours)
    /// Adds what officers open.
    func addOfficers(to router: some RouterMethods<OfficerContext>, among neighbours: Neighbours)

    /// Computes its rows again from the log; `progress` is told how far it has come.
    func verify(_ progress: @Sendable (String) -> Void) async throws -> Verified
    /// Reads every file that it has, and compares its content with its digest.
    func verifyFiles() async throws -> (count: Int, faults: [String])
    /// Those of `digests` that it needs: what no slice needs is removed.
    func used(_ digests: [BlobDigest]) async throws -> Set<BlobDigest>
}

extension Slice {
    package static var migrations: [Migration] { [] }
    package var followers: [any Follower] { [] }
    package func couriers(_ logger: Logger) -> [any Courier] { [] }
    package var chores: [Chore] { [] }
    package func services(_ logger: Logger) -> [any Service] { [] }
    package func noteAtStart() async throws -> String? { nil }
    package var menu: Menu { Menu() }
    package func export(to links: inout Links) {}
    package var panels: [any PanelOfSlice] { [] }
    package func addPublic(to router: some RouterMethods<AppContext>, among neighbours: Neighbours) {}
    package func addCitizens(to router: some RouterMethods<CitizenContext>, among neighbours: Neighbours) {}
    package func addOfficers(to router: some RouterMethods<OfficerContext>, among neighbours: Neighbours) {}
    package func verify(_ progress: @Sendable (String) -> Void) async throws -> Verified { Verified() }
    package func verifyFiles() async throws -> (count: Int, faults: [String]) { (0, []) }
    package func used(_ digests: [BlobDigest]) async throws -> Set<BlobDigest> { [] }
}

/// What a slice knows of the others when it opens its pages.
package struct Neighbours: Sendable {
    /// Who the people are.
    package var directory: any Directory
    package var links: Links
    package var panels: [any PanelOfSlice]
    /// Signs what goes out and must come back unchanged.
    package var key: ServerKey

    package init(
        directory: any Directory,
        links: Links = Links(),
        panels: [any PanelOfSlice] = [],
        key: ServerKey
    ) {
        (self.directory, self.links, self.panels, self.key) = (directory, links, panels, key)
    }
}

/// What a slice has found when it computed its rows again.
package struct Verified: Sendable {
    /// What it counts for the operator, such as dossiers.
    package var counts: [Count] = []
    /// The first differences, each a sentence.
    package var differences: [String] = []

    /// So many streams in the log and so many rows: these have to be equal.
    package struct Count: Sendable {
        package let what: String
        package let inLog: Int
        package let rows: Int

        package init(_ what: String, inLog: Int, rows: Int) {
            (self.what, self.inLog, self.rows) = (what, inLog, rows)
        }
    }

    package init(counts: [Count] = [], differences: [String] = []) {
        (self.counts, self.differences) = (counts, differences)
    }
}
