import Foundation
import HTTPTypes
import Testing

@testable import Web

@Suite struct `What operators see` {
    @Test func `numbers are told to whoever brings the token, and to nobody else`() async throws {
        let house = House()
        let asked = { (token: String) in
            try await house.get("/metrics", [.authorization: "Bearer \(token)", .accept: "text/plain"]).status
        }
        #expect(try await asked(House.metricsToken) == 200)
        #expect(try await asked("x" + House.metricsToken.dropFirst()) == 404)
        #expect(try await asked(House.metricsToken + "x") == 404)
        #expect(try await house.get("/metrics").status == 404)
        let silent = House(metricsToken: nil)
        #expect(try await silent.get("/metrics", [.authorization: "Bearer \(House.metricsToken)"]).status == 404)
    }

    @Test func `a refusal is counted under its rule, and the rule stays in the house`() async throws {
        let house = House()
        let answer = try await house.post("/echo", "a=b", token: "forged")
        #expect(answer.status == 403)
        #expect(!answer.headers.contains(HTTPField.Name("X-Refused-By")!))
        #expect(house.metrics.text.contains("motcua_refusals_total{rule=\"forged-form\"} 1"))
    }

    @Test func `readiness is asked apart from health`() async throws {
        let full = House(isReady: { throw Boom(secret: "no space") })
        #expect(try await full.get("/health").status == 200)
        let answer = try await full.get("/health/ready", [.accept: "application/json"])
        #expect(answer.status == 503 && answer.body.contains("/problems/not-ready"))
        #expect(!answer.body.contains("no space"))
        #expect(try await House().get("/health/ready").body == "ready\n")
        #expect(try await House(isHealthy: { throw Boom(secret: "db") }).get("/health/ready").status == 503)
    }

    @Test func `who has too many requests in hand is told to come back, and health is answered`() async throws {
        let places = Places(.init(total: 10, each: 2))
        let house = House(requests: places)
        let caller = Caller("")
        #expect(places.take(caller) && places.take(caller))
        let refused = try await house.get("/hello/x", [.accept: "application/json"])
        #expect(refused.status == 503 && refused.headers[.retryAfter] == "5" && refused.body.contains("/problems/busy"))
        #expect(refused.headers[.connection] == "close")
        #expect(try await house.get("/health").status == 200)
        places.leave(caller)
        #expect(try await house.get("/hello/x").status == 200)
        #expect(places.taken == 1, "an answered request gives its place back")
    }

    @Test func `the sample of the design is there only in a demonstration`() async throws {
        #expect(try await House(site: Site()).get("/design").status == 404)
        #expect(try await House().get("/design").status == 200)
    }
}
