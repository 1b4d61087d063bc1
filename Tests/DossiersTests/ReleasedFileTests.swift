import HTTPTypes
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore

/// What a refusal or a removal leaves is gone after the grace, and what somebody else still has is not.
struct ReleasedFileTests {
    private func tidied(_ house: House) async throws -> Int {
        try await house.blobs.tidy(olderThan: 0, isWanted: house.book.used)
    }

    private func contents(_ house: House) throws -> Int {
        try house.storedFiles.count { $0.split(separator: "/").last?.utf8.count == 64 }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the files of a refused filing go, those of a filed one stay`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let refused = try await lan.send(
                .post,
                "/api/v1/dossiers",
                [.file("paper-a", "a.pdf", Paper.pdf), .file("paper-b", "b.png", Paper.png), .field("dossier", "{}")]
            )
            #expect((400..<500).contains(refused.status))
            #expect(try contents(house) == 2)
            // The same content, handed in properly.
            _ = try await house.filed(by: lan)
            #expect(try await tidied(house) == 1)
            #expect(try contents(house) == 1)
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a removed file and a discarded draft leave nothing, unless another draft has the same file`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            func draft(_ files: [[UInt8]]) async throws -> String {
                let begun = try await lan.post(
                    "/nop/\(Procedures.record)",
                    ["agency": House.justice, "situation": "self", "returnBy": "online"]
                )
                for file in files {
                    let sent = try await lan.upload(
                        "\(begun.location)/giay-to",
                        [.file("paper-identity-copy", "a.pdf", file)]
                    )
                    #expect(sent.status == 303)
                }
                return begun.location
            }
            let first = try await draft([Paper.pdf, Paper.png])
            let second = try await draft([Paper.pdf])
            #expect(try await tidied(house) == 0)
            let removals = try await lan.get("\(first)/giay-to").actions.filter { $0.contains("/giay-to/") }
            for removal in removals { #expect(try await lan.post(removal).status == 303) }
            #expect(try await tidied(house) == 1, "the picture; the other draft has the paper")
            #expect(try await lan.post("\(second)/xoa").status == 303)
            #expect(try await tidied(house) == 1)
            #expect(try contents(house) == 0)
        }
    }
}
