import Foundation
import Logging
import Synchronization
import TestSupport
import Testing
import Web

@testable import Server

@Suite struct `What the process says of itself` {
    @Test func `a line of the log is one JSON object whatever stands in it`() throws {
        let lines = Mutex<[String]>([])
        var logger = Logger(label: "test") { label in
            JSONLog(label: label) { line in lines.withLock { $0.append(line) } }
        }
        logger[metadataKey: "hb.request.id"] = "abc"
        logger.notice(
            "two\nlines and a \"quote\"",
            metadata: ["status": .stringConvertible(404), "ms": .stringConvertible(1.5)]
        )
        logger.info("below the level")
        let written = lines.withLock { $0 }
        #expect(written.count == 1)
        let line = try #require(written.first)
        #expect(line.hasSuffix("\n") && line.dropLast().contains("\n") == false)
        let object = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(object["status"] as? Int == 404 && object["ms"] as? Double == 1.5)
        #expect(object["message"] as? String == "two\nlines and a \"quote\"")
        #expect(object["level"] as? String == "notice" && object["hb.request.id"] as? String == "abc")
        let time = try #require(object["time"] as? String)
        #expect(try abs(Date(time, strategy: JSONLog.time).timeIntervalSinceNow) < 60)
    }

    @Test func `it tells its version`() async throws {
        try await Installation.fresh(.sqlite) { installation in
            let told = try await installation.motcua("--version")
            #expect(told.output == "motcua \(MotCua.version)\n")
        }
    }

    @Test func `more connections than files that may be open are refused with the way out`() async throws {
        try await Installation.fresh(.sqlite) { installation in
            let settings = try installation.settings(["MOTCUA_MAX_CONNECTIONS": "5000"])
            let error = #expect(throws: Settings.Unusable.self) { try Capacity(settings, descriptors: 1024) }
            #expect(error?.description.contains("LimitNOFILE") == true)
            let capacity = try Capacity(try installation.settings(), descriptors: 1024)
            #expect(capacity.connections.limits == .init(total: 768, each: 400))
            #expect(capacity.streams.limits == .init(total: 384, each: 200))
            let behind = try Capacity(try installation.settings(["MOTCUA_BEHIND_PROXY": "true"]), descriptors: 65_536)
            #expect(behind.connections.limits == .init(total: 10_000, each: nil))
        }
    }
}
