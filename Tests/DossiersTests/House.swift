import Agencies
import Catalogue
import DossierNews
import DueDates
import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import Logging
import Notifications
import Persistence
import Registers
import Staffing
import TestSupport
import Testing
import Web

@testable import Accounts
@testable import DossierCore
@testable import Dossiers
@testable import Scanning

/// A small installation behind the real front door: two procedures, two Justice Departments and a ward, people of
/// every role.
struct House: Sendable {
    let database: any Database
    let clock: TestClock
    let accounts: Accounts
    let book: DossierBook
    let calendars: CalendarBook
    let orders: OrderBook
    let desk: FilingDesk
    let news: DossierNews
    let client: any TestClientProtocol
    let blobs: BlobStore
    private let files: String

    static let password = "bàn đá chín bông hồng"
    static let justice = "stp-hn", danang = "stp-dn", ward = "doi-can"
    /// Everybody serves in the first Justice Department, but one who holds every role in the other, and one who
    /// supervises for the city above.
    static let staff: [(login: String, name: String, agency: String, roles: Set<Role>)] =
        Role.allCases.map { ($0.rawValue.lowercased(), "Cán bộ \(names[$0] ?? "")", justice, [$0]) }
        + [("danang", "Lê Đà Nẵng", danang, Set(Role.allCases)), ("thanhtra", "Cao Thanh Tra", "h26", [.auditor])]
    private static let names: [Role: String] = [
        .reception: "Hoa", .caseOfficer: "Bình", .leader: "Dũng", .clerk: "Mai", .returns: "Tâm", .auditor: "Thanh",
        .admin: "Quân",
    ]

    static func open(
        on kind: TestDatabase,
        _ body: @escaping @Sendable (House) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "house-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Procedures.write(to: folder)
        try await kind.fresh { database in
            try await database.migrate(
                EventStore.migrations + Numbering.migrations + Outbox.migrations + Agencies.migrations
                    + CatalogueBook.migrations
                    + Accounts.migrations + DossierBook.migrations + Notifications.migrations
            )
            try await open(database, folder, body)
        }
    }

    private static func open(
        _ database: any Database,
        _ folder: String,
        _ body: @escaping @Sendable (House) async throws -> Void
    ) async throws {
        let clock = TestClock()
        let office = Office { clock.now }
        let agencySlice = Agencies(database: database, office: office)
        let agencies = agencySlice.book
        _ = try await agencies.store(profiles)
        let accounts = Accounts(
            database: database,
            office: office,
            scrypt: ScryptCost(logRounds: 3, blockSize: 1, parallelism: 1)
        ) { id in try await agencies.tree()[id]?.name.vi ?? "" }
        try await people(accounts)
        let blobs = try BlobStore(folder: "\(folder)/files")
        let catalogue = try await CatalogueBook(database: database, folder: folder)
        #expect(catalogue.faults.map { $0.line(in: .en) } == [])
        let (staff, papers) = (StaffBooks(database: database), PapersOnFileBook(database: database))
        let desk = FilingDesk(
            catalogue: catalogue,
            agencies: agencies,
            book: DossierBook(database: database, staff: staff, blobs: blobs, orders: agencySlice.orders),
            drafts: Drafts(database: database, blobs: blobs),
            calendars: agencySlice.calendars,
            held: papers,
            office: office
        )
        let dossiers = Dossiers(
            desk: desk,
            blobs: blobs,
            reader: HereReader(),
            site: "https://motcua.example.vn",
            tries: RateLimiter(burst: 6, oneMoreEvery: .seconds(10), office: office)
        )
        let scanning = Scanning(database: database, papers: papers, desk: desk, blobs: blobs, reader: HereReader())
        let news = DossierNews(desk: desk, site: "https://motcua.example.vn")
        let others: [any Slice] = [
            dossiers, news, Staffing(books: staff, desk: desk), scanning, Registers(desk: desk), DueDates(desk: desk),
        ]
        let router = router(accounts, [agencySlice] + others)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        try await Application(router: router, logger: logger).test(.router) { client in
            try await body(
                House(
                    database: database,
                    clock: clock,
                    accounts: accounts,
                    book: desk.book,
                    calendars: agencySlice.calendars,
                    orders: agencySlice.orders,
                    desk: desk,
                    news: news,
                    client: client,
                    blobs: blobs,
                    files: "\(folder)/files"
                )
            )
        }
    }

    /// `others` stand beside the accounts, as in the whole house.
    private static func router(_ accounts: Accounts, _ others: [any Slice]) -> Router<AppContext> {
        var site = Site()
        site.behindProxy = true
        let router = Router(context: AppContext.self)
        let cards: [any Slice] = [accounts] + others
        var links = Links()
        for card in cards { card.export(to: &links) }
        let neighbours = Neighbours(
            directory: accounts.directory,
            links: links,
            panels: cards.flatMap { $0.panels },
            key: .fresh()
        )
        FrontDoor(
            site: site,
            assets: Assets(),
            key: neighbours.key,
            directory: accounts.sessions,
            rescue: accounts.keptForms
        ).open(router)
        let citizens = router.group(context: CitizenContext.self)
        let officers = router.group(context: OfficerContext.self)
        for card in cards {
            card.addPublic(to: router, among: neighbours)
            card.addCitizens(to: citizens, among: neighbours)
            card.addOfficers(to: officers, among: neighbours)
        }
        return router
    }

    private static var profiles: [AgencyProfile] {
        func agency(
            _ id: String,
            _ name: String,
            _ kind: AgencyKind,
            _ level: AgencyLevel,
            _ code: String?,
            under: String?
        )
            -> AgencyProfile
        {
            AgencyProfile(
                id: ID(rawValue: id),
                name: Words(name, "\(id) in English"),
                kind: kind,
                level: level,
                parent: under.map { ID(rawValue: $0) },
                codes: code.flatMap { AgencyCode($0, status: .demonstration) }.map { [$0] } ?? [],
                place: "Hà Nội",
                address: "Số 1 phố Thử",
                serves: kind == .department ? .fields(["criminal-record"]) : .everything
            )
        }
        return [
            agency("h26", "UBND thành phố Hà Nội", .peoplesCommittee, .province, "000.00.00.H26", under: nil),
            agency("h17", "UBND thành phố Đà Nẵng", .peoplesCommittee, .province, "000.00.00.H17", under: nil),
            agency(justice, "Sở Tư pháp Hà Nội", .department, .province, "000.00.19.H26", under: "h26"),
            agency(danang, "Sở Tư pháp Đà Nẵng", .department, .province, "000.00.19.H17", under: "h17"),
            agency(ward, "UBND phường Đội Cấn", .peoplesCommittee, .commune, nil, under: "h26"),
        ]
    }

    private static func people(_ accounts: Accounts) async throws {
        func contact(_ name: String, _ phone: String) -> Contact {
            Contact(name: PersonName(rawValue: name)!, phone: PhoneNumber(rawValue: phone), email: nil)
        }
        try await accounts.demo(
            citizens: [contact("Nguyễn Thị Lan", "0912000001"), contact("Trần Văn Minh", "0912000002")],
            officers: staff.map { person in
                Accounts.DemoOfficer(
                    UserName(rawValue: person.login)!,
                    PersonName(rawValue: person.name)!,
                    ID(rawValue: person.agency),
                    person.roles
                )
            },
            password: Password(password)!
        )
    }

    // MARK: - Visitors

    func browser() -> Browser { Browser(client: client, address: "10.0.0.\(Int.random(in: 1...250))") }

    func lan() async throws -> Browser { try await signedIn("0912000001", "citizen") }
    func minh() async throws -> Browser { try await signedIn("0912000002", "citizen") }
    func officer(_ role: Role) async throws -> Browser { try await signedIn(role.rawValue.lowercased(), "staff") }
    func stranger() async throws -> Browser { try await signedIn("danang", "staff") }
    func supervisor() async throws -> Browser { try await signedIn("thanhtra", "staff") }

    private func signedIn(_ login: String, _ kind: String) async throws -> Browser {
        let browser = browser()
        let answer = try await browser.api(
            .post,
            "/api/v1/sessions",
            #"{"login":"\#(login)","password":"\#(House.password)","kind":"\#(kind)"}"#
        )
        guard let token = try answer.object["token"] as? String else {
            throw Unexpected(status: answer.status, body: answer.body)
        }
        browser.use(session: token)
        return browser
    }

    // MARK: - Short cuts

    static let complete = """
        {"applicant":{"fullName":"Nguyễn Thị Lan","phone":"0912000001","address":"Số 1 Kim Mã"},\
        "request":{"kind":"1","purpose":"Xin việc"}}
        """

    /// Files Lan's complete dossier and answers its id.
    func filed(by browser: Browser, returnBy: String = "online", identity: [UInt8] = Paper.pdf) async throws -> String {
        let whole = """
            {"procedure":"\(Procedures.record)","situation":"self","agency":"\(House.justice)",\
            "returnBy":"\(returnBy)","answers":\(House.complete)}
            """
        let answer = try await browser.send(
            .post,
            "/api/v1/dossiers",
            [
                .field("dossier", whole),
                .file("paper-identity-copy", identity == Paper.pdf ? "cccd.pdf" : "cccd.png", identity),
            ]
        )
        guard answer.status == 201, let id = try answer.object["id"] as? String else {
            throw Unexpected(status: answer.status, body: answer.body)
        }
        return id
    }

    /// Lets officers bring a dossier to `stage`, as far as the ordinary way leads there.
    func bring(_ id: String, to stage: Stage) async throws {
        let way: [(Stage, Role, String)] = [
            (.accepted, .reception, "accept"), (.processing, .reception, "hand-over"),
        ]
        for (reached, role, act) in way {
            try await self.act(act, on: id, by: role)
            if reached == stage { return }
        }
        let answer = try await officer(.caseOfficer).send(
            .post,
            "/api/v1/work/dossiers/\(id)/result",
            [.field("outcome", "granted"), .file("paper-certificate", "phieu.pdf", Paper.pdf)]
        )
        guard answer.status == 200 else { throw Unexpected(status: answer.status, body: answer.body) }
        for role in [Role.caseOfficer, .leader, .clerk] { try await act("complete-step", on: id, by: role) }
        if stage == .returned {
            try await act("return", on: id, by: .returns, #"{"method":"counter","collector":"applicant"}"#)
        }
    }

    func act(_ act: String, on id: String, by role: Role, _ order: String = "{}") async throws {
        let answer = try await officer(role).api(.post, "/api/v1/work/dossiers/\(id)/acts/\(act)", order)
        guard answer.status == 200 else { throw Unexpected(status: answer.status, body: answer.body) }
    }

    func row(_ id: String) async throws -> DossierRow {
        guard let details = try await book.details(ID(rawValue: id)) else { throw Unexpected(status: 404, body: id) }
        return details.row
    }

    func stage(_ id: String) async throws -> Stage? { try await book.details(ID(rawValue: id))?.row.stage }

    /// Lets what follows from the log catch up.
    func follow() async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        try await FollowerService(database: database, followers: [PapersOnFile()], logger: logger).catchUp()
        #expect(try await PapersOnFileBook(database: database).verify() == [])
    }

    /// The files that are kept, whoever handed them in.
    var storedFiles: Set<String> {
        get throws { Set(try FileManager.default.subpathsOfDirectory(atPath: files)) }
    }

    func count(_ sql: SQL) async throws -> Int {
        try await database.read { tx in try tx.fetch(sql)[0].int(0) }
    }

    func isClean() async throws -> Bool { try await book.verify().differences.isEmpty }
}

struct Unexpected: Error { let status: Int, body: String }

/// The catalogue of the house.
enum Procedures {
    /// With situations, papers, repeated rows and an electronic result.
    static let record = "1.000001"
    /// Not open online, with the short form.
    static let counterOnly = "1.000002"
    /// As the first, with a fee for each copy that the form asks for.
    static let copies = "1.000003"

    static func write(to folder: String) throws {
        try FileManager.default.createDirectory(atPath: "\(folder)/lists", withIntermediateDirectories: true)
        for (name, text) in [
            ("lists/fields", "- { key: criminal-record, code: G15-LL, vi: Lý lịch tư pháp, en: Criminal records }\n"),
            (record, yaml(record, "Cấp Phiếu lý lịch tư pháp", channels: ["counter", "online", "post"], form: form)),
            (counterOnly, yaml(counterOnly, "Xác nhận tại chỗ", channels: ["counter"], form: "")),
            (
                copies,
                yaml(
                    copies,
                    "Cấp bản sao",
                    channels: ["counter", "online"],
                    fees: "[{ vi: Bản sao trích lục, en: Copy, amount: 8000, per: copy, basis: 281/2016/TT-BTC }]",
                    form: form + copiesWanted
                )
            ),
        ] {
            try text.write(toFile: "\(folder)/\(name).yaml", atomically: true, encoding: .utf8)
        }
    }

    private static func yaml(
        _ code: String,
        _ name: String,
        channels: [String],
        fees: String = "unknown",
        form: String
    ) -> String {
        """
        code: "\(code)"
        name: { vi: \(name), en: Certificate \(code) }
        field: criminal-record
        levels: [province]
        audiences: [citizen]
        revisions:
          - from: 2022-08-15
            online: \(channels.contains("online") ? "full" : "unstated")
            presence: false
            post: { submit: \(channels.contains("post")), return: true }
            summary: { vi: Xác nhận án tích., en: Certifies convictions. }
            channels:
        \(channels.map { "      \($0): { term: 10 working-days, fees: \(fees) }" }.joined(separator: "\n"))
            cases:
              - { key: self, vi: Tự mình yêu cầu, en: For oneself }
              - { key: proxy, vi: Được ủy quyền, en: By proxy }
            components:
              - { key: declaration, vi: Tờ khai, en: Declaration, original: 1, form: true }
              - { key: identity-copy, vi: Bản chụp căn cước, en: Copy of the identity card, copies: 1 }
              - { key: mandate, vi: Văn bản ủy quyền, en: Power of attorney, cases: [proxy], original: 1 }
              - { key: household, vi: Sổ hộ khẩu, en: Household book, required: false, copies: 1, reuse: [certificate] }
              - { key: original-card, vi: Căn cước, en: Identity card, show: true }
            results:
              - { key: certificate, vi: Phiếu lý lịch tư pháp, en: Certificate, electronic: true }
            steps:
              - { key: receive, vi: Tiếp nhận, en: Reception, role: reception, hours: 2 }
              - { key: examine, vi: Thẩm tra, en: Examination, role: case, hours: 40 }
              - { key: sign, vi: Ký duyệt, en: Signature, role: leader, hours: 8 }
              - { key: issue, vi: Vào sổ, en: Registration, role: clerk, hours: 2 }
            legal:
              - { number: 28/2009/QH12, vi: Luật Lý lịch tư pháp, en: Law on Criminal Records, date: 2009-06-17 }
        \(form)
        """
    }

    private static let copiesWanted = """
                - key: copies
                  vi: Bản sao
                  en: Copies
                  fields:
                    - { key: count, vi: Số bản sao, en: Number of copies, type: number, counts: copy, required: true, at-least: 1 }
                    - { key: day, vi: Ngày làm đơn, en: Date, type: date, required: true, fill: today }

        """

    private static let form = """
            form:
              rules:
                - { key: purpose-is-name, kind: refused, same: [applicant.fullName, request.purpose], vi: "“Mục đích” là “Họ và tên” của người nộp. Hãy ghi mục đích.", en: "The “Purpose” is the “Full name”. Write the purpose." }
                - { key: purpose-is-address, kind: asked, same: [applicant.address, request.purpose], vi: "“Mục đích” ghi giống “Địa chỉ”.", en: "The “Purpose” is the “Address”." }
              sections:
                - key: applicant
                  vi: Người nộp hồ sơ
                  en: The applicant
                  fields:
                    - { key: fullName, vi: Họ và tên, en: Full name, type: name, required: true, fill: account.name }
                    - { key: phone, vi: Số điện thoại, en: Phone number, type: phone, required: true, fill: account.phone }
                    - { key: address, vi: Địa chỉ, en: Address, type: address, required: true }
                - key: request
                  vi: Nội dung yêu cầu
                  en: What is asked for
                  fields:
                    - { key: kind, vi: Loại phiếu, en: Kind, type: choice, required: true, options: [{ value: "1", vi: Phiếu số 1, en: No. 1 }, { value: "2", vi: Phiếu số 2, en: No. 2 }] }
                    - { key: purpose, vi: Mục đích, en: Purpose, type: paragraph, max: 500 }
                - key: residence
                  vi: Quá trình cư trú
                  en: Residences
                  when: { field: request.kind, is: ["2"] }
                  repeat: { min: 1, max: 3 }
                  fields:
                    - { key: start, vi: Từ, en: From, type: partial-date, required: true }
                    - { key: place, vi: Nơi ở, en: Place, type: address, required: true }

        """
}
