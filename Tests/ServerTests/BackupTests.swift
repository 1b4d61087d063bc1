import Foundation
import Persistence
import TestSupport
import Testing

@testable import Server

/// Backups as an operator makes and needs them: the real program on the real databases.
@Suite(.serialized) struct `A backup` {
    @Test(arguments: TestDatabase.kinds)
    func `goes back into an empty place, rehearsed or in earnest, and into no other`(kind: TestDatabase) async throws {
        try await demonstration(kind) { installation in
            let backups = "\(installation.folder)/backups"
            let made = try await installation.motcua("backup", backups, "--rehearse")
            #expect(made.status == 0, "\(made.output)\(made.complaint)")
            #expect(made.output.contains("12 dossiers") && made.output.contains("The backup can be restored."))

            let onto = try await installation.motcua("restore", backups)
            #expect(onto.status != 0)
            #expect(onto.complaint.contains("is not empty"), "\(onto.complaint)")
            if kind == .postgres {
                let full = try await installation.motcua("restore", backups, with: elsewhere(installation))
                #expect(full.complaint.contains("The database is not empty"), "\(full.complaint)")
            }

            try await installation.loseDatabase()
            let back = try await installation.motcua("restore", backups, with: elsewhere(installation))
            #expect(back.status == 0, "\(back.output)\(back.complaint)")
            #expect(back.output.contains("The backup is restored."))
            let clean = try await installation.motcua("verify", with: elsewhere(installation))
            #expect(clean.status == 0, "\(clean.output)\(clean.complaint)")
            #expect(clean.output.contains("12 dossiers in the log, 12 rows"))
            let more = try await installation.motcua("demo", "--dossiers", "3", with: elsewhere(installation))
            #expect(more.status == 0, "\(more.complaint)")
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `that was cut off or never finished is not restored`(kind: TestDatabase) async throws {
        try await demonstration(kind) { installation in
            let backups = "\(installation.folder)/backups"
            let made = try await installation.motcua("backup", backups)
            #expect(made.status == 0, "\(made.complaint)")
            let backup = try BackupFolder.existing(at: backups)
            let database = backup.place(of: .database)
            let whole = try Data(contentsOf: URL(filePath: database))
            try whole.dropLast(4096).write(to: URL(filePath: database))
            for arguments in [["restore", backups, "--rehearse"], ["restore", backups]] {
                let outcome = try await installation.motcua(all: arguments, with: elsewhere(installation))
                #expect(outcome.status != 0)
                let said = outcome.output + outcome.complaint
                #expect(said.contains("database has \(whole.count - 4096) bytes and had \(whole.count)"), "\(said)")
            }
            #expect(!FileManager.default.fileExists(atPath: "\(installation.folder)/restored"))
            try FileManager.default.removeItem(atPath: "\(backup.path)/manifest.json")
            let unfinished = try await installation.motcua("restore", backups, with: elsewhere(installation))
            #expect(unfinished.complaint.contains("no complete backup"), "\(unfinished.complaint)")
        }
    }

    @Test func `older than those to be kept is removed, and the newest stays whole`() async throws {
        try await demonstration(.sqlite) { installation in
            let backups = "\(installation.folder)/backups"
            for _ in 0..<2 {
                let made = try await installation.motcua("backup", backups)
                #expect(made.status == 0, "\(made.complaint)")
            }
            let first = try BackupFolder.existing(at: backups)
            let needless = "\(backups)/files/00/\(String(repeating: "0", count: 64))"
            try FileManager.default.createDirectory(atPath: "\(backups)/files/00", withIntermediateDirectories: true)
            #expect(FileManager.default.createFile(atPath: needless, contents: Data("nobody names it".utf8)))
            let third = try await installation.motcua("backup", backups, "--keep", "2", "--rehearse")
            #expect(third.status == 0, "\(third.output)\(third.complaint)")
            #expect(third.output.contains("1 older backups were removed."))
            let kept = BackupFolder.complete(in: backups).map(\.path)
            #expect(kept.count == 2 && kept.first == first.path)
            #expect(!FileManager.default.fileExists(atPath: needless))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `is what a log needs that has lost its end, which verify and the server notice`(kind: TestDatabase)
        async throws
    {
        try await demonstration(kind) { installation in
            // PostgreSQL may leave out a position, so what is missing is counted by positions.
            let missing = try await installation.meddle { tx in
                let end = try EventStore.end(in: tx).position
                try tx.execute("DELETE FROM event WHERE position > \(end - 5)")
                return "\(end - (try EventStore.end(in: tx).position)) events are missing"
            }
            let verify = try await installation.motcua("verify")
            #expect(verify.status == 1)
            #expect(verify.output.contains(missing), "\(verify.output)")
            let serve = try await installation.motcua("serve")
            #expect(serve.status != 0)
            #expect(serve.complaint.contains(missing), "\(serve.complaint)")
            // What is accepted is no gap any more; the rows still tell of dossiers that the log does not know.
            let accepted = try await installation.motcua("migrate", "--restored")
            #expect(accepted.status == 0, "\(accepted.complaint)")
            #expect(try await !installation.motcua("verify").output.contains("events are missing"))
        }
    }

    @Test func `and the data it is made of belong to their owner alone`() async throws {
        try await Installation.fresh(.sqlite) { installation in
            let data = "\(installation.folder)/data"
            try FileManager.default.createDirectory(
                atPath: "\(data)/files",
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o755]
            )
            let place = ["MOTCUA_DATA": data, "MOTCUA_DATABASE": "sqlite:\(data)/motcua.db"]
            let demo = try await installation.motcua("demo", "--dossiers", "2", with: place)
            #expect(demo.status == 0, "\(demo.complaint)")
            let backup = try await installation.motcua("backup", "\(installation.folder)/backups", with: place)
            #expect(backup.status == 0, "\(backup.complaint)")
            var seen = 0
            for root in [data, "\(installation.folder)/backups"] {
                for name in [""] + (try FileManager.default.subpathsOfDirectory(atPath: root)) {
                    let path = "\(root)/\(name)"
                    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                    #expect((mode ?? 0o777) & 0o077 == 0, "\(path) is open to others")
                    seen += 1
                }
            }
            #expect(seen > 10)
        }
    }

    private func demonstration(_ kind: TestDatabase, _ body: (Installation) async throws -> Void) async throws {
        try await Installation.fresh(kind) { installation in
            let demo = try await installation.motcua("demo", "--json", "--dossiers", "12")
            #expect(demo.status == 0, "\(demo.complaint)")
            try await body(installation)
        }
    }

    /// An empty place beside the first.
    private func elsewhere(_ installation: Installation) -> [String: String] {
        let data = "\(installation.folder)/restored"
        let isFile = installation.url.hasPrefix("sqlite:")
        return ["MOTCUA_DATA": data].merging(isFile ? ["MOTCUA_DATABASE": "sqlite:\(data)/motcua.db"] : [:]) { $1 }
    }
}

extension Installation {
    /// What a broken disk does; the server and its schema are set up again, empty.
    fileprivate func loseDatabase() async throws {
        guard !url.hasPrefix("sqlite:") else {
            return try FileManager.default.removeItem(atPath: "\(folder)/motcua.db")
        }
        try await meddle { tx in
            let schema = try tx.fetch("SELECT current_schema()::text")[0].text(0)
            try tx.execute(SQL(stringLiteral: "DROP SCHEMA \(schema) CASCADE"))
            try tx.execute(SQL(stringLiteral: "CREATE SCHEMA \(schema)"))
        }
    }
}
