import Accounts
import Agencies
import Catalogue
import DossierCore
import DossierNews
import Dossiers
import DueDates
import Foundation
import Hummingbird
import Kernel
import Logging
import Notifications
import OneStop
import Persistence
import Registers
import Scanning
import Scans
import Staffing
import Web
import Yams

/// All parts of an installation, put together once. Read from the top it is the table of contents of the program.
struct House: Sendable {
    let settings: Settings
    let office: Office
    let database: any Database
    let blobs: BlobStore
    let events: EventStore
    /// What has been seen of the log's end, kept outside the database.
    let witness: LogWitness
    /// What others on this machine may read and we may not change, in sentences.
    let openToOthers: [String]
    let reserve: DiskReserve
    let capacity: Capacity
    let metrics = Metrics()
    /// Whether people and dossiers were invented here when this process began.
    let isDemonstration: Bool
    let reader: any FileReader
    private let agencySlice: Agencies
    let catalogue: CatalogueBook
    let accounts: Accounts
    /// What the slices about dossiers stand on.
    let desk: FilingDesk
    private let dossierSlice: Dossiers
    private let staffing: Staffing
    private let scanning: Scanning
    private let registers: Registers
    private let dueDates: DueDates
    private let dossierNews: DossierNews
    let notifications: Notifications
    let oneStop: OneStop

    /// The slices. Their tables are made, their pages opened and their rows verified in this order, and whatever is added
    /// to the house is a line here and in `kinds`.
    var cards: [any Slice] {
        [
            agencySlice, CatalogueSlice(book: catalogue, office: office), accounts, dossierSlice, staffing, scanning,
            registers, dueDates, dossierNews, notifications, oneStop,
        ]
    }

    private static let kinds: [any Slice.Type] = [
        Agencies.self, CatalogueSlice.self, Accounts.self, Dossiers.self, Staffing.self, Scanning.self, Registers.self,
        DueDates.self, DossierNews.self, Notifications.self, OneStop.self,
    ]

    static let migrations: [Migration] =
        EventStore.migrations + ChoreBook.migrations + Numbering.migrations + Outbox.migrations + DossierBook.migrations
        + kinds.flatMap { $0.migrations } + [Demonstration.migration]

    // What commands ask for.
    var agencies: AgencyBook { agencySlice.book }
    var calendars: CalendarBook { agencySlice.calendars }
    var orders: OrderBook { agencySlice.orders }
    var dossiers: DossierBook { desk.book }
    var drafts: Drafts { desk.drafts }

    /// Opens the database and brings its tables up to date.
    init(_ settings: Settings, office: Office = Office()) async throws {
        self.settings = settings
        self.office = office
        capacity = try Capacity(settings, descriptors: ProcessLimits.descriptors)
        capacity.show(in: metrics)
        try FileManager.default.createDirectory(atPath: settings.data, withIntermediateDirectories: true)
        openToOthers = Privacy.narrow(settings)
        database = try await openDatabase(settings.database, connections: settings.connections)
        try await EventStore.refuseEarlier(database)
        try await database.migrate(Self.migrations)
        isDemonstration = try await Demonstration.isMarked(database)
        blobs = try BlobStore(folder: "\(settings.data)/files")
        events = EventStore(database: database)
        witness = LogWitness(folder: "\(settings.data)/log-ends", events: events)
        reserve = DiskReserve(folders: settings.storageFolders, floor: settings.diskReserve)
        reader = ChildReader(logger: Logger(label: "motcua"))
        catalogue = try await CatalogueBook(database: database, folder: "\(settings.home)/Procedures")
        agencySlice = Agencies(
            database: database,
            office: office,
            nation: try Self.nation(settings),
            matters: catalogue.matterNames
        )
        let (agencies, calendars, orders) = (agencySlice.book, agencySlice.calendars, agencySlice.orders)
        accounts = Accounts(
            database: database,
            office: office,
            leaked: try settings.listOfLeakedPasswords(),
            ladder: AgencyLadder(
                below: { Set(try await agencies.tree().subtree(of: $0).map(\.id)) },
                above: { Set(try await agencies.tree().ancestors(of: $0).map(\.id)) }
            )
        ) { id in
            try await agencies.tree()[id]?.name.vi ?? ""
        }
        let (staff, papers) = (StaffBooks(database: database), PapersOnFileBook(database: database))
        desk = FilingDesk(
            catalogue: catalogue,
            agencies: agencies,
            book: DossierBook(
                database: database,
                staff: staff,
                quotas: settings.quotas,
                blobs: blobs,
                orders: orders
            ),
            drafts: Drafts(database: database, quotas: settings.quotas, blobs: blobs),
            calendars: calendars,
            held: papers,
            office: office
        )
        dossierSlice = Dossiers(
            desk: desk,
            blobs: blobs,
            reader: reader,
            site: settings.site,
            // Thirty looks at once, then one every ten seconds: plenty for people, hopeless for guessing 40 bits.
            tries: RateLimiter(burst: 30, oneMoreEvery: .seconds(10), office: office)
        )
        staffing = Staffing(books: staff, desk: desk)
        scanning = Scanning(
            database: database,
            papers: papers,
            desk: desk,
            blobs: blobs,
            reader: reader,
            quotas: settings.quotas
        )
        registers = Registers(desk: desk)
        dueDates = DueDates(desk: desk)
        dossierNews = DossierNews(desk: desk, site: settings.site)
        notifications = Notifications(
            database: database,
            office: office,
            gateway: try settings.messages.shortMessageGateway(),
            mail: settings.messages.letters(office),
            order: settings.messages.order,
            isDemonstration: isDemonstration,
            named: { [accounts, dossierNews] subject in
                guard let named = try await dossierNews.addressee(of: subject) else { return nil }
                guard let id = named.account, let account = try await accounts.citizens.account(id) else {
                    return NoticeContact(phone: named.phone, email: named.email)
                }
                return NoticeContact(phone: account.phone ?? named.phone, email: account.email ?? named.email)
            }
        ) { [accounts] id in
            try await accounts.citizens.account(id).map { NoticeContact(phone: $0.phone, email: $0.email) }
        }
        oneStop = OneStop(
            database: database,
            agencies: agencies,
            catalogue: catalogue,
            calendars: calendars,
            orders: orders,
            matters: catalogue.matterNames,
            office: office,
            site: settings.site,
            reach: notifications.reach,
            streams: capacity.streams
        )
    }

    /// Notes where the log ends and gives everything back.
    func close() async {
        // Without the note the witness lags behind, as it does after a power cut, and nobody is told anything untrue.
        try? await witness.note()
        await database.close()
    }

    /// The days that hold for the whole country.
    static func nation(_ settings: Settings) throws -> CalendarDays {
        let file = "\(settings.home)/Calendar/vietnam.yaml"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        return try YAMLDecoder().decode(CalendarDays.self, from: text)
    }

    // MARK: - Routes

    func router(logger: Logger) throws -> Router<AppContext> {
        let router = Router(context: AppContext.self)
        let key = ServerKey(secret: try secret())
        FrontDoor(
            site: site,
            assets: try Assets(folder: "\(settings.home)/Public"),
            key: key,
            directory: accounts.sessions,
            rescue: accounts.keptForms,
            metrics: metrics,
            isFull: { [reserve] in reserve.isTouched },
            metricsToken: settings.metricsToken,
            deeds: Self.deeds,
            requests: capacity.requests,
            isHealthy: { [database] in try await database.read { tx in _ = try tx.fetch("SELECT 1 AS one") } },
            isReady: requireReady
        ).open(router)

        let neighbours = neighbours(key)
        let citizens = router.group(context: CitizenContext.self)
        let officers = router.group(context: OfficerContext.self)
        KeyRoutes().add(to: officers)
        for card in cards {
            card.addPublic(to: router, among: neighbours)
            card.addCitizens(to: citizens, among: neighbours)
            card.addOfficers(to: officers, among: neighbours)
        }
        return router
    }

    /// The slices as they see each other.
    private func neighbours(_ key: ServerKey) -> Neighbours {
        var links = Links()
        for card in cards { card.export(to: &links) }
        return Neighbours(
            directory: accounts.directory,
            links: links,
            panels: cards.flatMap { $0.panels },
            key: key
        )
    }

    /// Throws while this process cannot do all of its work: `/health/ready` says so.
    func requireReady() async throws {
        try reserve.requireRoom()
        try await database.read { tx in _ = try tx.fetch("SELECT 1 AS one") }
    }

    private var site: Site {
        var site = Site()
        site.owner = Words("Cổng dịch vụ công trực tuyến", "Online public services")
        let menus = cards.map { $0.menu }
        (site.publicLinks, site.officeLinks) = (menus.publicLinks, menus.officeLinks)
        site.footerLinks = [Site.Link(Words("Dành cho cán bộ", "For officers"), "/work")]
        site.isDemonstration = isDemonstration
        site.origins = [settings.site]
        site.behindProxy = settings.behindProxy
        site.secureCookies = settings.site.hasPrefix("https:")
        return site
    }

    /// The secret by which forms are recognised as ours; made at the first start, the same ever after.
    private func secret() throws -> [UInt8] {
        let file = settings.secretFile
        if let data = FileManager.default.contents(atPath: file) {
            guard data.count >= 32 else {
                throw Settings.Unusable(
                    description: "\(file) holds fewer than 32 bytes; remove it to have it made anew."
                )
            }
            return Array(data)
        }
        let secret = randomBytes(32)
        guard
            FileManager.default.createFile(
                atPath: file,
                contents: Data(secret),
                attributes: [.posixPermissions: 0o600]
            )
        else { throw Settings.Unusable(description: "\(file) cannot be written.") }
        return secret
    }
}
