import ArgumentParser
import Foundation
import Persistence

struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put a backup back into an empty place, and verify it.",
        discussion: """
            MOTCUA_DATABASE and MOTCUA_DATA say where, and must hold nothing: no table, no file. FOLDER is one backup, or \
            a folder of them, of which the newest complete one is taken. For PostgreSQL, make the empty database first.

            --rehearse restores into a temporary place, compares and removes it again, and changes nothing else.

            Exits with 1 when what was restored is not what the backup's manifest says.
            """
    )

    @OptionGroup var output: Output
    @Argument(help: "The backup, or the folder that holds backups.") var folder: String
    @Flag(help: "Try it in a temporary place.") var rehearse = false

    func run() async throws {
        let settings = try Settings()
        let backup = try BackupFolder.existing(at: folder)
        if rehearse {
            let outcome = try await Rehearsal(backup: backup, settings: settings).run()
            try report(outcome, json: output.json, \.sentences)
            if !outcome.isGood { throw ExitCode(1) }
            return
        }
        let manifest = try backup.manifest()
        let address = DatabaseAddress(settings.database)
        try manifest.insist(on: address)
        let damage = try backup.differences(from: manifest)
        guard damage.isEmpty else {
            throw Settings.Unusable(
                description: "\(backup.path) is damaged: \(damage.joined(separator: "; ")). Nothing was restored."
            )
        }
        try await insistOnEmptiness(address, settings)
        var outcome = try await restore(backup, manifest, to: address, settings)
        outcome.isRehearsal = false
        try report(outcome, json: output.json, \.sentences)
        if !outcome.isGood { throw ExitCode(1) }
    }

    private func insistOnEmptiness(_ address: DatabaseAddress, _ settings: Settings) async throws {
        // A folder that is not there is as empty as one can wish.
        let found = (try? FileManager.default.contentsOfDirectory(atPath: settings.data)) ?? []
        guard found.isEmpty else {
            throw Settings.Unusable(
                description: "\(settings.data) is not empty: a backup goes into an empty place only (MOTCUA_DATA)."
            )
        }
        guard try await address.isEmpty() else {
            throw Settings.Unusable(
                description: "The database is not empty: a backup goes into an empty place only (MOTCUA_DATABASE)."
            )
        }
        guard !FileManager.default.fileExists(atPath: settings.secretFile) else {
            throw Settings.Unusable(
                description: "\(settings.secretFile) is there already: move it away, the backup brings its own."
            )
        }
    }

    /// The database comes last: what has no database is not yet restored, to everybody who looks.
    private func restore(
        _ backup: BackupFolder,
        _ manifest: BackupManifest,
        to address: DatabaseAddress,
        _ settings: Settings
    ) async throws -> Rehearsal.Outcome {
        try FileManager.default.createDirectory(atPath: settings.data, withIntermediateDirectories: true)
        let list = try backup.list()
        let files = FileCopying(
            source: try BlobStore(folder: backup.files),
            target: try BlobStore(folder: "\(settings.data)/files")
        ) { done, all in
            guard !output.json else { return }
            print("\(done) of \(all) files …")
            flushOutput()
        }
        let copied = try await files.copy(list.map(\.digest))
        let secret = backup.place(of: .secret)
        if let secret = FileManager.default.contents(atPath: secret) {
            try DurableFile.write(secret, to: settings.secretFile)
        }
        try await address.restore(from: backup.place(of: .database), schema: manifest.schema)
        let house = try await House(settings)
        try await house.events.adoptRestoredLog()
        try await house.witness.accept()
        var outcome = try await Rehearsal.Outcome(comparing: house, with: manifest, of: backup, readsFiles: true)
        outcome.differences += copied.lost.map { "file \($0.rawValue) is missing or damaged in the backup" }
        await house.close()
        return outcome
    }
}

extension BackupManifest {
    func insist(on address: DatabaseAddress) throws {
        guard (database == "sqlite") == (address.dialect == .sqlite) else {
            throw Settings.Unusable(
                description: "The backup is of a \(database) database, and MOTCUA_DATABASE names another kind."
            )
        }
        guard !EventStore.areEarlier(migrations) else {
            throw Settings.Unusable(
                description: """
                    The backup was made by motcua 0.1.0, whose events later versions cannot read. Restore it with motcua \
                    0.1.0.
                    """
            )
        }
        let unknown = migrations.filter { !House.migrations.map(\.name).contains($0) }
        guard unknown.isEmpty else {
            throw Settings.Unusable(
                description: """
                    The backup was made by a newer program, whose tables this one does not know \
                    (\(unknown.joined(separator: ", "))).
                    """
            )
        }
    }
}
