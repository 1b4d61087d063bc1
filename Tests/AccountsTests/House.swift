import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import Logging
import NIOCore
import Persistence
import TestSupport
import Web

@testable import Accounts

/// A small site with these accounts behind the real front door, and a page for every kind of visitor.
struct House: Sendable {
    let accounts: Accounts
    let database: any Database
    let clock: TestClock
    let client: any TestClientProtocol

    static let cheap = ScryptCost(logRounds: 3, blockSize: 1, parallelism: 1)
    static let hanoi = ID<Agency>(rawValue: "ha-noi"), danang = ID<Agency>(rawValue: "da-nang")

    static func open(
        on kind: TestDatabase,
        secureCookies: Bool = false,
        ladder: AgencyLadder = AgencyLadder(),
        _ body: @escaping @Sendable (House) async throws -> Void
    ) async throws {
        try await kind.fresh { database in
            try await database.migrate(EventStore.migrations + Accounts.migrations)
            let clock = TestClock()
            let accounts = House.accounts(database, clock, ladder: ladder)
            var site = Site()
            site.behindProxy = true
            site.secureCookies = secureCookies
            let router = Router(context: AppContext.self)
            let neighbours = Neighbours(directory: accounts.directory, key: .fresh())
            FrontDoor(
                site: site,
                assets: Assets(),
                key: neighbours.key,
                directory: accounts.sessions,
                rescue: accounts.keptForms
            ).open(router)
            accounts.addPublic(to: router, among: neighbours)
            accounts.addCitizens(to: router.group(context: CitizenContext.self), among: neighbours)
            accounts.addOfficers(to: router.group(context: OfficerContext.self), among: neighbours)
            router.group("my", context: CitizenContext.self)
                .get("page") { _, context in "page of \(context.citizen.name)" }
                .post("page") { request, context in
                    let form = try await request.form(context)
                    return "received \(form["note"] ?? "")"
                }
            router.group("work", context: OfficerContext.self)
                .get { _, context in
                    "\(context.officer.agencyName): \(context.officer.roles.ordered.map(\.rawValue))"
                }
                .get("dossiers") { _, context in
                    try context.require(.reception, .caseOfficer, .leader, .clerk, .returns)
                    return "dossiers"
                }
            var logger = Logger(label: "test")
            logger.logLevel = .critical
            let app = Application(router: router, logger: logger)
            try await app.test(.router) { client in
                try await body(House(accounts: accounts, database: database, clock: clock, client: client))
            }
        }
    }

    /// What a second process on the same database would hold.
    static func accounts(
        _ database: any Database,
        _ clock: TestClock,
        scrypt cost: ScryptCost = House.cheap,
        ladder: AgencyLadder = AgencyLadder()
    ) -> Accounts {
        Accounts(
            database: database,
            office: Office { clock.now },
            scrypt: cost,
            ladder: ladder,
            // Whoever waits for a turn finds that the time has passed.
            pause: { clock.advance(by: $0) }
        ) { agency in
            agency == hanoi ? "Sở Tư pháp Hà Nội" : "Sở Tư pháp Đà Nẵng"
        }
    }

    func browser(from address: String = "10.0.0.1") -> Browser { Browser(client: client, address: address) }

    /// Lan has an account and a browser in which she is signed in.
    func lan() async throws -> Browser {
        let browser = browser()
        let answer = try await browser.post("/sign-up", lanSignsUp)
        try check(answer.status == 303, answer)
        return browser
    }

    func officer(
        _ userName: String,
        _ roles: Set<Role>,
        in agency: ID<Agency> = hanoi,
        called name: String = "Trần Thị Hoa"
    ) async throws -> ID<Officer> {
        try await accounts.staff.add(
            UserName(rawValue: userName)!,
            PersonName(rawValue: name)!,
            to: agency,
            roles,
            password: Password(officerPassword)!,
            isOneTime: false,
            Circumstances(at: clock.now, actor: .system(name: "test"))
        )
    }

    /// An officer with these roles, signed in.
    func office(
        _ userName: String,
        _ roles: Set<Role>,
        in agency: ID<Agency> = hanoi,
        called name: String = "Trần Thị Hoa"
    ) async throws -> Browser {
        _ = try await officer(userName, roles, in: agency, called: name)
        return try await signedIn(userName)
    }

    func signedIn(_ userName: String) async throws -> Browser {
        let browser = browser()
        let answer = try await browser.post("/work/sign-in", ["login": userName, "password": officerPassword])
        try check(answer.status == 303, answer)
        return browser
    }

    func rows(_ sql: SQL) async throws -> [Row] { try await database.read { tx in try tx.fetch(sql) } }

    private func check(_ isTrue: Bool, _ answer: Answer) throws {
        if !isTrue { throw Unexpected(status: answer.status, body: answer.body) }
    }
}

struct Unexpected: Error { let status: Int, body: String }

let lanPassword = "con mèo leo cây cau"
let officerPassword = "bàn đá chín bông hồng"
let lanSignsUp: FormData = [
    "name": "Nguyễn Thị Lan", "phone": "0912 345 678", "email": "", "password": lanPassword, "again": lanPassword,
]

extension FormData: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init()
        for (name, value) in elements { append(name, value) }
    }

    func with(_ name: String, _ value: String) -> FormData {
        var form = self
        form.append(name, value)
        return form
    }
}

struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let body: String
    var location: String? { headers[.location] }
}

/// A browser that keeps cookies and sends forms with the token of their page.
final class Browser: @unchecked Sendable {
    private let client: any TestClientProtocol
    // A test uses a browser from one task at a time.
    private(set) var cookies: [String: String] = [:]
    private(set) var setCookies: [String] = []
    private let address: String
    private var token: String?

    init(client: any TestClientProtocol, address: String) {
        self.client = client
        self.address = address
    }

    var isSignedIn: Bool { !(cookies["session"] ?? "").isEmpty }

    func get(_ uri: String, _ headers: HTTPFields = [:]) async throws -> Answer {
        try await send(.get, uri, headers, nil)
    }

    func post(_ uri: String, _ form: FormData = [:]) async throws -> Answer {
        try await post(uri, escaped: form.pairs.map { ($0.name, queryEscaped($0.value)) })
    }

    /// Sends values that are escaped already, or wrongly.
    func post(_ uri: String, escaped fields: [(String, String)]) async throws -> Answer {
        if token == nil {
            let page = try await get("/sign-up").body
            token = page.firstMatch(of: /name="csrf" value="([^"]+)"/).map { String($0.1) }
        }
        let pairs = [("csrf", token ?? "")] + fields
        return try await post(uri, raw: pairs.map { "\($0.0)=\($0.1)" }.joined(separator: "&"))
    }

    func post(_ uri: String, raw body: String) async throws -> Answer {
        try await send(.post, uri, [.contentType: "application/x-www-form-urlencoded"], body)
    }

    func send(
        _ method: HTTPRequest.Method,
        _ uri: String,
        _ headers: HTTPFields,
        _ body: String?
    ) async throws -> Answer {
        var headers = headers
        if headers[.accept] == nil { headers[.accept] = "text/html" }
        headers[.init("X-Forwarded-For")!] = address
        headers[.userAgent] = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
        if !cookies.isEmpty {
            headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ")
        }
        let response = try await client.execute(
            uri: uri,
            method: method,
            headers: headers,
            body: body.map { ByteBuffer(string: $0) }
        )
        for cookie in response.headers[values: .setCookie] {
            setCookies.append(cookie)
            let pair = cookie.split(separator: ";")[0].split(separator: "=", maxSplits: 1).map(String.init)
            cookies[pair[0]] = pair.count == 2 ? pair[1] : ""
        }
        return Answer(status: response.status.code, headers: response.headers, body: String(buffer: response.body))
    }

    /// Like closing and opening a browser that keeps only what lasts: here, only the cookie of the browser itself.
    func forgetSession() { cookies["session"] = nil }

    func use(session: String) { cookies["session"] = session }

    func use(device: String) { cookies["__Host-device"] = device }

    /// Calls the API as a program, with whatever cookies this browser has.
    func api(
        _ method: HTTPRequest.Method,
        _ uri: String,
        _ json: String? = nil,
        bearer: String? = nil
    ) async throws -> Answer {
        var headers: HTTPFields = [.accept: "application/json"]
        if json != nil { headers[.contentType] = "application/json" }
        headers[.authorization] = bearer.map { "Bearer \($0)" }
        return try await send(method, uri, headers, json)
    }
}

extension Answer {
    func field(_ name: String) throws -> String? {
        let object = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
        return object?[name] as? String
    }
}
