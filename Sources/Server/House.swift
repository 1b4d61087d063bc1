import Accounts
import Agencies
import Catalogue
import Dossiers
import Foundation
import Hummingbird
import Kernel
import Logging
import OneStop
import Persistence
import Scans
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
    private let agencySlice: Agencies
    let catalogue: CatalogueBook
    let accounts: Accounts
    let drafts: Drafts
    let dossiers: DossierBook
    let desk: FilingDesk
    let oneStop: OneStop
    let scans: ScanBook
    let reserve: DiskReserve
    let capacity: Capacity
    let metrics = Metrics()
    /// Whether people and dossiers were invented here when this process began.
    let isDemonstration: Bool
    let reader: any FileReader

    static let migrations: [Migration] =
        EventStore.migrations + ChoreBook.migrations + Numbering.migrations + Outbox.migrations
        + Agencies.migrations + CatalogueBook.migrations + Accounts.migrations + DossierBook.migrations
        + OneStop.migrations + [Demonstration.migration]

    var agencies: AgencyBook { agencySlice.book }
    var calendars: CalendarBook { agencySlice.calendars }
    var orders: OrderBook { agencySlice.orders }

    /// Opens the database and brings its tables up to date.
    init(_ settings: Settings, office: Office = Office()) async throws {
        self.settings = settings
        self.office = office
        capacity = try Capacity(settings, descriptors: ProcessLimits.descriptors)
        capacity.show(in: metrics)
        try FileManager.default.createDirectory(atPath: settings.data, withIntermediateDirectories: true)
        openToOthers = Privacy.narrow(settings)
        database = try await openDatabase(settings.database, connections: settings.connections)
        try await database.migrate(Self.migrations)
        isDemonstration = try await Demonstration.isMarked(database)
        blobs = try BlobStore(folder: "\(settings.data)/files")
        events = EventStore(database: database)
        witness = LogWitness(folder: "\(settings.data)/log-ends", events: events)
        let offices = OfficeBook(database: database)
        let nation = try Self.nation(settings)
        catalogue = try await CatalogueBook(database: database, folder: "\(settings.home)/Procedures")
        agencySlice = Agencies(
            database: database,
            office: office,
            nation: nation,
            matters: catalogue.matterNames,
            procedures: { "/thu-tuc?co-quan=\($0.rawValue)" },
            booking: { try await offices.model(of: $0).isReady ? "/dat-lich?co-quan=\($0.rawValue)" : nil }
        )
        let agencies = agencySlice.book
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
        reserve = DiskReserve(folders: settings.storageFolders, floor: settings.diskReserve)
        drafts = Drafts(database: database, quotas: settings.quotas, blobs: blobs)
        scans = ScanBook(database: database, quotas: settings.quotas, blobs: blobs)
        dossiers = DossierBook(
            database: database,
            quotas: settings.quotas,
            blobs: blobs,
            orders: agencySlice.orders
        )
        reader = ChildReader(logger: Logger(label: "motcua"))
        desk = FilingDesk(
            catalogue: catalogue,
            agencies: agencies,
            book: dossiers,
            drafts: drafts,
            calendars: agencySlice.calendars,
            office: office
        )
        oneStop = OneStop(
            database: database,
            agencies: agencies,
            catalogue: catalogue,
            calendars: agencySlice.calendars,
            orders: agencySlice.orders,
            matters: catalogue.matterNames,
            office: office,
            site: settings.site,
            streams: capacity.streams,
            known: { [accounts] id in
                guard let account = try await accounts.citizens.account(id), let phone = account.phone else {
                    return nil
                }
                return KnownVisitor(name: account.name, phone: phone)
            }
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

        let citizens = router.group(context: CitizenContext.self)
        let officers = router.group(context: OfficerContext.self)
        let uploads = Uploads(blobs: blobs, reader: reader, office: office)
        let papers = DossierPapers(desk: desk, site: settings.site) { [accounts] officers in
            try await accounts.staff.names(of: officers)
        }
        let known: @Sendable (ID<Citizen>) async throws -> KnownApplicant = { [accounts] id in
            let account = try await accounts.citizens.account(id)
            return KnownApplicant(
                name: account?.name.rawValue,
                phone: account?.phone?.rawValue,
                email: account?.email?.rawValue
            )
        }
        let colleagues: @Sendable (ID<Agency>) async throws -> [Dossiers.Colleague] = { [accounts] agency in
            try await accounts.staff.colleagues(in: agency).filter { !$0.isDisabled }.map {
                Dossiers.Colleague(id: $0.id, name: $0.name, roles: $0.roles)
            }
        }

        let booking: @Sendable (Procedure) -> String? = { "/dat-lich?thu-tuc=\($0.code.rawValue)" }
        CatalogueRoutes(
            book: catalogue,
            office: office,
            panels: [orders.homePanel(office, catalogue.matterNames), dossiers.todayPanel(office)],
            notice: { [desk] procedure, say in
                try await desk.closedWays(of: procedure, say) { way in
                    switch way {
                    case .online: "/nop/\(procedure.code.rawValue)"
                    case .counter: booking(procedure)
                    case .post: "/co-quan"
                    }
                }
            },
            booking: booking
        ).addPublic(to: router)
        agencySlice.addPublic(to: router)
        accounts.addPublic(to: router)
        accounts.addCitizens(to: citizens)
        accounts.addOffice(to: officers.group("work"), panel: dossiers.heldPanel)
        agencySlice.addOffice(
            to: officers.group("work"),
            office: office,
            names: { [accounts] officers in try await accounts.staff.names(of: officers) },
            effect: { [dossiers] entry, say in try await dossiers.recountPanel(of: entry, say) }
        )
        // Thirty looks at once, then one every ten seconds: plenty for people, hopeless for guessing 40 bits.
        LookUpRoutes(desk: desk, tries: RateLimiter(burst: 30, oneMoreEvery: .seconds(10), office: office)).add(
            to: router
        )
        CitizenRoutes(desk: desk, uploads: uploads, papers: papers, known: known).add(to: citizens)
        CitizenAPI(desk: desk, uploads: uploads, papers: papers, known: known).add(to: citizens)
        let work = WorkRoutes(desk: desk, uploads: uploads, papers: papers, colleagues: colleagues) { [accounts] in
            try await accounts.staff.agencies(with: $0)
        }
        work.add(to: officers)
        OfficerAPI(work: work).add(to: officers)
        ScanRoutes(work: work, book: scans).add(to: officers)
        RegisterRoutes(desk: desk, papers: papers).add(to: officers)
        oneStop.addPublic(to: router, key: key)
        oneStop.addOfficers(to: officers, key: key)
        BoardRoutes(desk: desk) { [accounts] in try await accounts.staff.names(of: $0) }.add(to: officers)
        return router
    }

    /// Throws while this process cannot do all of its work: `/health/ready` says so.
    func requireReady() async throws {
        try reserve.requireRoom()
        try await database.read { tx in _ = try tx.fetch("SELECT 1 AS one") }
    }

    private var site: Site {
        var site = Site()
        site.owner = Words("Cổng dịch vụ công trực tuyến", "Online public services")
        site.publicLinks = [
            Site.Link(Words("Thủ tục", "Procedures"), "/thu-tuc"),
            Site.Link(Words("Hồ sơ của tôi", "My dossiers"), "/ho-so"),
            Site.Link(Words("Đặt lịch hẹn", "Appointments"), "/dat-lich"),
            Site.Link(Words("Tra cứu", "Follow a dossier"), "/tra-cuu"),
            Site.Link(Words("Cơ quan", "Agencies"), "/co-quan"),
            Site.Link(Words("Một cửa hôm nay", "Offices today"), "/mot-cua"),
        ]
        site.officeLinks = [
            Site.Link(Words("Hồ sơ", "Dossiers"), "/work", key: "d"),
            Site.Link(Words("Nhận tại quầy", "Counter intake"), "/work/intake", roles: [.reception], key: "q"),
            Site.Link(Words("Quầy", "Counter"), "/work/counter", roles: [.reception, .returns], key: "u"),
            Site.Link(Words("Hướng dẫn", "Triage"), "/work/triage", roles: [.reception, .returns], key: "h"),
            Site.Link(Words("Quét hồ sơ", "Scanning"), "/work/scan", roles: [.reception, .caseOfficer], key: "k"),
            Site.Link(
                Words("Sổ theo dõi", "Register"),
                "/work/register",
                roles: [.reception, .returns, .leader, .clerk, .auditor],
                key: "s"
            ),
            Site.Link(
                Words("Lịch hẹn", "Appointments"),
                "/work/appointments",
                roles: [.reception, .returns, .leader, .auditor]
            ),
            Site.Link(Words("Một cửa", "One-stop"), "/work/office", roles: [.leader, .admin]),
            Site.Link(Words("Lịch làm việc", "Calendar"), "/work/calendar", roles: [.admin, .leader, .reception]),
            Site.Link(Words("Mệnh lệnh", "Orders"), "/work/orders", roles: [.leader, .admin, .reception]),
            Site.Link(Words("Thời hạn", "Time limits"), "/work/board", roles: [.leader, .auditor], key: "w"),
            Site.Link(
                Words("Vắng mặt", "Absences"),
                "/work/absences",
                roles: [.reception, .caseOfficer, .leader, .clerk, .returns, .admin]
            ),
            Site.Link(Words("Phân công", "Assignment"), "/work/assignment", roles: [.leader, .admin]),
            Site.Link(
                Words("Số văn bản", "Numbers"),
                "/work/numbering",
                roles: [.clerk]
            ),
            Site.Link(Words("Cán bộ", "Staff"), "/work/staff", roles: [.admin]),
        ]
        site.footerLinks = [Site.Link(Words("Dành cho cán bộ", "For officers"), "/work")]
        site.isDemonstration = isDemonstration
        if isDemonstration { site.footerLinks.append(Site.Link(Words("Giao diện mẫu", "Design"), "/design")) }
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
