import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import Logging
import Markup
import NIOCore
import Persistence
import Synchronization
import Testing

@testable import Web

/// A small site behind the real front door, with one route of every kind.
struct House {
    let app: Application<RouterResponder<AppContext>>
    let rescue = Rescue()
    let metrics = Metrics()
    let handled = Tally()

    static let key = ServerKey(secret: Array(repeating: 7, count: 32))
    static let browser = Browser(cookie: String(repeating: "ab", count: 16), key: key)

    static let metricsToken = "numbers-for-the-test"
    /// Shows `/design`, which is what most tests of pages look at.
    static let demonstration: Site = {
        var site = Site()
        site.isDemonstration = true
        return site
    }()

    init(
        site: Site = House.demonstration,
        assets: Assets = Assets(),
        metricsToken: String? = House.metricsToken,
        requests: Places = Places(.init(total: 400, each: 100)),
        isFull: @escaping @Sendable () -> Bool = { false },
        isHealthy: @escaping @Sendable () async throws -> Void = {},
        isReady: (@Sendable () async throws -> Void)? = nil
    ) {
        let router = Router(context: AppContext.self, options: .autoGenerateHeadEndpoints)
        FrontDoor(
            site: site,
            assets: assets,
            key: House.key,
            directory: People(),
            rescue: rescue,
            metrics: metrics,
            isFull: isFull,
            metricsToken: metricsToken,
            requests: requests,
            isHealthy: isHealthy,
            isReady: isReady
        ).open(router)
        let handled = handled

        router.get("hello/:name") { _, context in
            page("Xin chào", context) { "<p>\(context.parameters.get("name"))</p>" }
        }
        router.post("echo") { request, context in
            handled.add()
            let form = try await request.form(context)
            return form.pairs.map { "\($0.name)=\($0.value)" }.joined(separator: "\n")
        }
        router.post("upload") { request, context in
            handled.add()
            var lines: [String] = []
            for try await part in try MultipartStream(request, context) {
                var size = 0
                for try await chunk in part.body { size += chunk.readableBytes }
                lines.append("\(part.name)|\(part.filename ?? "-")|\(part.contentType ?? "-")|\(size)")
            }
            return lines.joined(separator: "\n")
        }
        router.post("sign-out") { _, _ in
            handled.add()
            return "out"
        }
        router.post("full") { request, context -> String in
            _ = try await request.form(context)
            throw Unavailable.full
        }
        router.get("busy") { _, _ -> String in throw Unavailable.busy }
        router.get("boom") { _, _ -> String in throw Boom(secret: "Nguyễn Thị Lan 001234567890") }
        router.get("refused") { _, _ -> String in
            throw Problem.invalid([FieldError("phone", "Số điện thoại có 10 chữ số.", "A phone number has 10 digits.")])
        }
        router.get("refused/:count") { _, context -> String in
            let count = try #require(Int(try context.parameters.require("count")))
            throw Problem.invalid((0..<count).map { FieldError("f\($0)", "Sai.", "Wrong.") })
        }
        router.get("teapot") { _, _ -> String in throw HTTPError(.init(code: 418), message: "secret detail") }
        router.get("file") { _, context in
            download(
                "Tờ khai \"số 1\".pdf",
                type: "application/pdf",
                size: 4,
                tag: "abc",
                context,
                body: .init(byteBuffer: ByteBuffer(string: "%PDF"))
            )
        }

        let citizens = router.group("my", context: CitizenContext.self)
        citizens.get("dossiers") { _, context in "dossiers of \(context.citizen.name)" }
        citizens.get("papers") { _, context in
            let form = Form(context)
            return page("Giấy tờ", context) {
                form.post(to: "/my/dossiers", hasFiles: true) { form.field("note", "Ghi chú") }
            }
        }
        citizens.post("dossiers") { request, context in
            handled.add()
            return try await request.form(context)["note"] ?? ""
        }
        let officers = router.group("work", context: OfficerContext.self)
        officers.get("inbox") { _, context in page(context.officer.name, context, width: .wide) { "<p>inbox</p>" } }
        officers.get("settings") { _, context in
            try context.require(.admin)
            return "settings"
        }

        struct Thing: Codable { let name: String, count: Int }
        let api = router.group("api/v1", context: CitizenContext.self)
        api.get("things") { _, context in try json([Thing(name: "một", count: 1)], context) }
        api.post("things") { request, context in
            try await request.json(Thing.self, context).name
        }
        api.post("files") { request, context in
            var names: [String] = []
            for try await part in try MultipartStream(request, context) { names.append(part.name) }
            return names.joined(separator: ",")
        }
        app = Application(router: router, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }
}

struct Boom: Error { let secret: String }

/// Counts how often a handler ran.
final class Tally: Sendable {
    private let number = Mutex(0)
    func add() { number.withLock { $0 += 1 } }
    var count: Int { number.withLock { $0 } }
}

struct People: IdentityDirectory {
    struct Down: Error {}

    func identity(session token: String) async throws -> Identity? {
        switch token {
        case "lan": .citizen(CitizenIdentity(id: ID(rawValue: "c1"), name: "Nguyễn Thị Lan"))
        case "hoa":
            .officer(
                OfficerIdentity(
                    id: ID(rawValue: "o1"),
                    name: "Trần Hoa",
                    agency: ID(rawValue: "a1"),
                    agencyName: "UBND phường Hàng Bài",
                    roles: [.reception]
                )
            )
        case "broken": throw Down()
        case "unreachable": throw Unavailable.gone
        default: nil
        }
    }
}

final class Rescue: FormRescue {
    private let forms = Mutex<[String: KeptForm]>([:])

    func holder(ofEnded session: String) async throws -> FormHolder? {
        session == "ended" ? FormHolder(person: "c1") : nil
    }

    func keep(_ form: KeptForm, of holder: FormHolder) async throws -> String? {
        forms.withLock { forms in
            let token = "kept\(forms.count)"
            forms[token] = form
            return token
        }
    }

    func kept(_ token: String, of holder: FormHolder) async throws -> KeptForm? {
        holder.person == "c1" ? forms.withLock { $0[token] } : nil
    }
    var count: Int { forms.withLock { $0.count } }
}

extension House {
    struct Answer {
        let status: Int
        let headers: HTTPFields
        let body: String
    }

    func get(_ uri: String, as session: String? = nil, _ headers: HTTPFields = [:]) async throws -> Answer {
        try await send(.get, uri, as: session, headers, nil)
    }

    /// Sends a form as the test's own browser would, with its token in front.
    func post(
        _ uri: String,
        _ form: String,
        as session: String? = nil,
        token: String? = House.browser.token,
        _ headers: HTTPFields = [:]
    ) async throws -> Answer {
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        let body = [token.map { "csrf=\($0)" }, form].compactMap(\.self).joined(separator: "&")
        return try await send(.post, uri, as: session, headers, Array(body.utf8))
    }

    func send(
        _ method: HTTPRequest.Method,
        _ uri: String,
        as session: String? = nil,
        _ headers: HTTPFields,
        _ body: [UInt8]?
    ) async throws -> Answer {
        var headers = headers
        let cookies = ["browser=\(House.browser.cookie)", session.map { "session=\($0)" }, headers[.cookie]]
        if headers[.cookie] != "", headers[.cookie]?.hasPrefix("browser=") != true {
            headers[.cookie] = cookies.compactMap(\.self).joined(separator: "; ")
        }
        if method == .get, headers[.accept] == nil { headers[.accept] = "text/html" }
        return try await app.test(.router) { [headers] client in
            let response = try await client.execute(
                uri: uri,
                method: method,
                headers: headers,
                body: body.map { ByteBuffer(bytes: $0) }
            )
            return Answer(
                status: response.status.code,
                headers: response.headers,
                body: String(buffer: response.body)
            )
        }
    }
}
