import Foundation
import Persistence
import TestSupport
import Testing

@testable import Server

/// What 0.1.0 left behind is refused with one sentence, and nothing is done to it.
@Suite struct `A database of 0.1.0` {
    private static let tables: SQL = "CREATE TABLE event (stream TEXT NOT NULL, payload TEXT NOT NULL)"

    @Test(arguments: TestDatabase.kinds, [["events-1", "events-2", "dossiers-1"], []])
    func `is refused by every command and left as it is`(kind: TestDatabase, names: [String]) async throws {
        try await Installation.fresh(kind) { installation in
            let database = try await openDatabase(installation.url, connections: 1)
            try await database.migrate(names.map { Migration($0) })
            try await database.transaction { tx in _ = try tx.execute(Self.tables) }
            await database.close()
            for command in [["migrate"], ["verify"], ["backup", "\(installation.folder)/backups"]] {
                let outcome = try await installation.motcua(all: command)
                #expect(outcome.status != 0)
                #expect(
                    outcome.complaint.split(separator: "\n") == [
                        """
                        Error: This database was made by motcua 0.1.0, whose events later versions cannot read; nothing in \
                        it was changed. Go on with motcua 0.1.0, or name another database in MOTCUA_DATABASE.
                        """
                    ],
                    "\(command): \(outcome.complaint)"
                )
            }
            let after = try await openDatabase(installation.url, connections: 1)
            #expect(try await after.taken() == names)
            await after.close()
        }
    }

    @Test func `is not restored from its backup either`() async throws {
        try await Installation.fresh(.sqlite) { installation in
            let backups = "\(installation.folder)/backups"
            #expect(try await installation.motcua("migrate").status == 0)
            #expect(try await installation.motcua("backup", backups).status == 0)
            let manifest = "\(try BackupFolder.existing(at: backups).path)/manifest.json"
            let text = try String(contentsOfFile: manifest, encoding: .utf8)
            #expect(text.contains("\"events-0.2\""))
            try text.replacing("\"events-0.2\"", with: "\"events-1\"").write(
                toFile: manifest,
                atomically: true,
                encoding: .utf8
            )
            let place = "\(installation.folder)/restored"
            let restored = ["MOTCUA_DATA": place, "MOTCUA_DATABASE": "sqlite:\(place)/motcua.db"]
            let outcome = try await installation.motcua("restore", backups, with: restored)
            #expect(outcome.status != 0)
            #expect(outcome.complaint.contains("The backup was made by motcua 0.1.0"), "\(outcome.complaint)")
        }
    }
}
