import Foundation
import Persistence
import TestSupport
import Testing

@testable import Server

/// How a real installation begins: with agencies of its own, a first administrator, and nobody invented.
@Suite(.serialized) struct `The first administrator` {
    private struct Added: Decodable {
        let userName: String
        let agency: String
        let roles: [String]
        let oneTimePassword: String
    }

    private struct Line: Decodable {
        let userName: String
        let state: String
        let posts: [String: [String]]
    }

    private struct Done: Decodable {
        let done: String
        let oneTimePassword: String?
    }

    private func decoded<T: Decodable>(_ outcome: Installation.Outcome) throws -> T {
        try #require(outcome.status == 0, "\(outcome.complaint)")
        return try JSONDecoder().decode(T.self, from: Data(outcome.output.utf8))
    }

    @Test(arguments: TestDatabase.kinds)
    func `is added on the command line, and a demonstration keeps out of their database`(kind: TestDatabase)
        async throws
    {
        try await Installation.fresh(kind) { installation in
            let add = [
                "staff", "add", "--user-name", "lan.nguyen", "--name", "Nguyễn Thị Lan", "--agency", "000.00.16.H26",
                "--admin", "--json",
            ]
            let early = try await installation.motcua(all: add)
            #expect(early.status != 0)
            #expect(early.complaint.contains("motcua agencies load"), "\(early.complaint)")
            let file = "\(Installation.root)/Authorities/hanoi-2021.yaml"
            let load = try await installation.motcua("agencies", "load", file)
            #expect(load.status == 0, "\(load.complaint)")

            let added: Added = try decoded(try await installation.motcua(all: add))
            #expect(added.agency == "h26-tu-phap")
            #expect(added.roles == ["admin"])
            #expect(added.oneTimePassword.count == 14)
            let again = try await installation.motcua(all: add)
            #expect(again.complaint.contains("lan.nguyen is taken"), "\(again.complaint)")

            var lines: [Line] = try decoded(try await installation.motcua("staff", "list", "--json"))
            #expect(lines.map(\.state) == ["one-time password"])
            #expect(lines.first?.posts == ["h26-tu-phap": ["admin"]])
            let reset: Done = try decoded(try await installation.motcua("staff", "reset", "lan.nguyen", "--json"))
            #expect(reset.oneTimePassword?.count == 14 && reset.oneTimePassword != added.oneTimePassword)
            _ = try await installation.motcua("staff", "disable", "lan.nguyen")
            lines = try decoded(try await installation.motcua("staff", "list", "--json"))
            #expect(lines.map(\.state) == ["disabled"])
            let unknown = try await installation.motcua("staff", "enable", "nobody.there")
            #expect(unknown.status != 0 && unknown.complaint.contains("nobody.there"))
            let actors = try await installation.meddle { tx in
                try tx.fetch("SELECT circumstances FROM event WHERE stream LIKE 'staff/%'").map { try $0.text(0) }
            }
            #expect(actors.count == 4 && actors.allSatisfy { $0.contains("command line") })

            let demo = try await installation.motcua("demo", "--json")
            #expect(demo.status != 0)
            #expect(demo.complaint.contains("This database is no demonstration"), "\(demo.complaint)")
            let simulate = try await installation.motcua("simulate", "--dossiers", "1")
            #expect(simulate.complaint.contains("This database is no demonstration"), "\(simulate.complaint)")
            lines = try decoded(try await installation.motcua("staff", "list", "--json"))
            #expect(lines.count == 1, "nobody was invented")
            #expect(try await installation.motcua("verify").status == 0)
        }
    }

    @Test(arguments: [
        ["MOTCUA_SITE": "https://motcua.example.vn"], ["MOTCUA_HOST": "0.0.0.0"],
        ["MOTCUA_SITE": "http://127.0.0.1.example.vn"],
    ])
    func `a demonstration that others can reach is loaded only when told twice`(open: [String: String]) async throws {
        try await Installation.fresh(.sqlite) { installation in
            for flags in [[], ["--for-everybody"], ["--really"]] {
                let refused = try await installation.motcua(all: ["demo"] + flags, with: open)
                #expect(refused.status != 0)
                #expect(refused.complaint.contains("--for-everybody --really"), "\(refused.complaint)")
            }
            let shown = try await installation.motcua("demo", "--show", with: open)
            #expect(shown.status == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a demonstration from before there was a mark is known by its people`(kind: TestDatabase) async throws {
        try await Installation.fresh(kind) { installation in
            #expect(try await installation.motcua("demo", "--json").status == 0)
            try await installation.meddle { tx in _ = try tx.execute("DELETE FROM demonstration") }
            #expect(try await installation.motcua("demo", "--json").status == 0)
            try await installation.meddle { tx in
                try tx.execute("DELETE FROM demonstration")
                _ = try tx.execute("UPDATE staff_account SET name = 'Nguyễn Thật' WHERE user_name = 'quantri'")
            }
            #expect(try await installation.motcua("demo", "--json").status != 0)
        }
    }

    @Test func `a list of leaked passwords that is none stops the start`() async throws {
        try await Installation.fresh(.sqlite) { installation in
            let file = "\(installation.folder)/list"
            try Data("password\n".utf8).write(to: URL(filePath: file))
            let outcome = try await installation.motcua("serve", with: ["MOTCUA_LEAKED_PASSWORDS": file])
            #expect(outcome.status != 0)
            #expect(outcome.complaint.contains("MOTCUA_LEAKED_PASSWORDS"), "\(outcome.complaint)")
        }
    }
}
