import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Persistence
import TestSupport
import Testing
import Web
import Yams

@testable import Server

/// What `Docs/openapi.yaml` says and what the router does are the same. That answers have the shapes described is
/// tested from outside, in `Browser/test_api.py`.
@Suite struct `The description of the API` {
    private static let described: Set<String> = {
        guard let text = try? String(contentsOfFile: "\(Installation.root)/Docs/openapi.yaml", encoding: .utf8),
            let document = try? Yams.load(yaml: text) as? [String: Any],
            let paths = document["paths"] as? [String: [String: Any]]
        else {
            // An empty set fails every test here, with the names of all routes.
            return []
        }
        let methods: Set<String> = ["get", "put", "post", "delete", "patch", "head", "options"]
        return Set(
            paths.flatMap { path, operations in
                operations.keys.filter(methods.contains).map { "\($0.uppercased()) \(anonymous(path))" }
            }
        )
    }()

    /// `/dossiers/{dossier}` and `/dossiers/:dossier` are one path, whatever the parameter is called.
    private static func anonymous(_ path: String) -> String {
        "/"
            + path.split(separator: "/").map { $0.hasPrefix("{") || $0.hasPrefix(":") ? "*" : String($0) }.joined(
                separator: "/"
            )
    }

    private func routes() async throws -> [Router<AppContext>.RouteDescription] {
        try await Installation.fresh(.sqlite) { installation in
            let house = try await House(try installation.settings())
            let routes = try house.router(logger: Logger(label: "test")).routes
            await house.database.close()
            return routes
        }
    }

    @Test func `every route of the API is described, and every described path is a route`() async throws {
        let served = Set(
            try await routes().map { "\($0.method.rawValue) \(Self.anonymous($0.path.description))" }
                .filter { $0.contains(" /api/") }
        )
        #expect(served.count > 20)
        #expect(served.subtracting(Self.described).sorted() == [], "routes that Docs/openapi.yaml does not describe")
        #expect(Self.described.subtracting(served).sorted() == [], "described paths that no route serves")
    }

    /// All doors that open to somebody who has not signed in. A new one has to be added here on purpose.
    private static let open: Set<String> = [
        "GET /", "GET /health", "GET /health/ready", "GET /metrics", "GET /design", "GET /assets/*/*", "GET /assets/**",
        "GET /kept",
        "GET /work/design", "GET /thu-tuc", "GET /thu-tuc/*", "GET /co-quan", "GET /co-quan/*", "GET /tra-cuu",
        "POST /tra-cuu",
        "GET /sign-in", "POST /sign-in", "GET /sign-up", "POST /sign-up", "POST /sign-out",
        "GET /work/sign-in", "POST /work/sign-in", "GET /work/new-password", "POST /work/new-password",
        "POST /work/sign-out",
        "GET /mot-cua", "GET /mot-cua/*/live", "GET /bang/*", "GET /quay/*", "POST /quay/*", "GET /phieu/*",
        "POST /phieu/*", "GET /co-quan/*/khi-nao-nen-den", "GET /v", "POST /v", "GET /quay/*/may", "POST /quay/*/may",
        "GET /quay/*/ma/*", "POST /quay/*/ma/*",
        "GET /dat-lich", "GET /dat-lich/dat", "POST /dat-lich/dat", "GET /dat-lich/ma/*", "POST /dat-lich/ma/*",
        "GET /lich-hen/*", "GET /lich-hen/*/*", "GET /lich-hen/*/lich.ics", "GET /lich-hen/*/doi",
        "POST /lich-hen/*/doi", "POST /lich-hen/*/huy", "POST /lich-hen/*/nhan",
        "POST /api/v1/sessions", "POST /api/v1/accounts", "GET /api/v1/procedures", "GET /api/v1/procedures/*",
        "GET /api/v1/agencies", "GET /api/v1/agencies/*", "GET /api/v1/agencies/*/orders", "POST /api/v1/look-ups",
    ]

    @Test func `every deed that the log names is a route`() async throws {
        let served = try await routes().map { (method: $0.method, path: Self.anonymous($0.path.description)) }
        for deed in House.deeds {
            for pattern in deed.routes {
                let start = pattern.hasSuffix("*") ? String(pattern.dropLast()) : pattern
                let isServed = served.contains {
                    $0.method == deed.method && (pattern.hasSuffix("*") ? $0.path.hasPrefix(start) : $0.path == start)
                }
                #expect(isServed, "\(deed.name): no route \(deed.method) \(pattern)")
            }
        }
    }

    @Test func `every other route asks for sign-in`() async throws {
        try await Installation.fresh(.sqlite) { installation in
            let house = try await House(try installation.settings())
            let router = try house.router(logger: Logger(label: "test"))
            let guarded = router.routes.map { (method: $0.method, path: $0.path.description) }.filter {
                !Self.open.contains("\($0.method.rawValue) \(Self.anonymous($0.path))")
            }
            #expect(guarded.count > 40)
            try await Application(router: router).test(.router) { client in
                for (method, pattern) in guarded {
                    let path = pattern.split(separator: "/").map { $0.hasPrefix(":") ? "/x" : "/\($0)" }.joined()
                    try await client.execute(uri: path.isEmpty ? "/" : path, method: method) { answer in
                        let isRefused =
                            path.hasPrefix("/api/")
                            ? answer.status == .unauthorized
                            : answer.status == .forbidden || answer.status == .unsupportedMediaType
                                || answer.headers[.location]?.contains("sign-in") == true
                        #expect(isRefused, "\(method) \(pattern) answers \(answer.status.code) to a visitor")
                    }
                }
            }
            await house.database.close()
        }
    }
}
