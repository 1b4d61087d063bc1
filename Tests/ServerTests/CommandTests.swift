import Foundation
import Persistence
import TestSupport
import Testing

@testable import Server

/// The commands as an operator runs them: the real program, its exit status and what it prints.
@Suite(.serialized) struct `The commands` {
    @Test func `a bad setting stops the start with a sentence and nothing else`() async throws {
        try await Installation.fresh(.sqlite) { installation in
            let outcome = try await installation.motcua("serve", with: ["MOTCUA_PORT": "eighty"])
            #expect(outcome.status != 0)
            #expect(outcome.complaint == "Error: MOTCUA_PORT=eighty is not a number from 0 to 65535\n")
        }
    }

    @Test func `the shipped catalogue has no faults, and a broken one is explained with file and line`() async throws {
        try await Installation.fresh(.sqlite) { installation in
            let shipped = try await installation.motcua("catalogue", "check", "--json")
            #expect(shipped.status == 0, "\(shipped.output)")

            let folder = "\(installation.folder)/Procedures"
            try FileManager.default.copyItem(atPath: "\(Installation.root)/Procedures", toPath: folder)
            let file = "\(folder)/1.001193.yaml"
            let text = try String(contentsOfFile: file, encoding: .utf8)
            try text.replacing("field: civil-status", with: "field: civil-statos").write(
                toFile: file,
                atomically: true,
                encoding: .utf8
            )
            let line = 1 + text.components(separatedBy: "\n").prefix { !$0.hasPrefix("field:") }.count
            let broken = try await installation.motcua("catalogue", "check", folder)
            #expect(broken.status == 1)
            #expect(broken.output.contains("1.001193.yaml:\(line)"), "\(broken.output)")
        }
    }

    @Test(arguments: [
        ("giay khai sinh cho con", "1.001193"), ("ly lich tu phap", "2.000488"), ("đăng ký kết hôn", "1.000894"),
    ])
    func `the catalogue is searched by everyday words`(words: String, code: String) async throws {
        struct Found: Decodable { let code: String }
        try await Installation.fresh(.sqlite) { installation in
            let outcome = try await installation.motcua("catalogue", "search", words, "--json")
            let found = try JSONDecoder().decode([Found].self, from: Data(outcome.output.utf8))
            #expect(found.prefix(3).contains { $0.code == code }, "\(found.map(\.code))")
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the demonstration can be loaded twice, and verify finds what another hand has changed`(kind: TestDatabase)
        async throws
    {
        try await Installation.fresh(kind) { installation in
            var queues: [[Int]] = []
            for dossiers in ["0", "12"] {
                let demo = try await installation.motcua("demo", "--json", "--dossiers", dossiers)
                #expect(demo.status == 0, "\(demo.complaint)")
                queues.append(
                    try await installation.meddle { tx in
                        [
                            try tx.fetch("SELECT COUNT(*) FROM office_day")[0].int(0),
                            try tx.fetch("SELECT COUNT(*) FROM ticket")[0].int(0),
                        ]
                    }
                )
            }
            #expect(queues[0] == queues[1], "no past is invented twice")
            #expect(queues[0][0] >= 15 && queues[0][1] >= 300, "\(queues)")
            let people = try await installation.meddle { tx in
                [
                    try tx.fetch("SELECT COUNT(*) FROM citizen_account")[0].int(0),
                    try tx.fetch("SELECT COUNT(*) FROM staff_account")[0].int(0),
                ]
            }
            #expect(people == [DemoPeople.citizens.count, DemoPeople.officers.count])
            let clean = try await installation.motcua("verify")
            #expect(clean.status == 0)
            #expect(clean.output.contains("12 dossiers in the log, 12 rows"), "\(clean.output)")

            let tampered = try await installation.meddle { tx in
                let ids = try tx.fetch("SELECT id FROM dossier ORDER BY id LIMIT 4").map { try $0.text(0) }
                let stream = "dossier/\(ids[0])"
                try tx.execute("UPDATE event SET at = at + 60000 WHERE stream = \(stream) AND version = 1")
                try tx.execute("UPDATE dossier SET agency = 'h26-doi-can' WHERE id = \(ids[1])")
                try tx.execute(
                    "UPDATE dossier_text SET body = body || ' ' WHERE kind = 'answers' AND dossier = \(ids[2])"
                )
                try tx.execute("UPDATE dossier_word SET word = 'zz' || word WHERE dossier = \(ids[3])")
                try tx.execute("UPDATE office_day SET capacity = capacity + 1")
                return ids
            }
            let verify = try await installation.motcua("verify")
            #expect(verify.status == 1)
            let found = verify.output.split(separator: "\n").filter { $0.hasPrefix("DIFFERENT") }
            let kinds = ["an event's time", "a row's agency", "the answers", "the words under which it is found"]
            for (id, what) in zip(tampered, kinds) {
                #expect(found.contains { $0.contains(id) }, "\(what) was changed and not noticed: \(verify.output)")
            }
            #expect(found.contains { $0.contains("DIFFERENT queue of") && $0.contains("capacity") })
        }
    }
}
