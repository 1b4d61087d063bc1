import ArgumentParser
import DossierCore
import Foundation
import Persistence
import Scanning

struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy the database, the files and the secret into a folder, while the server runs.",
        discussion: """
            FOLDER/files is shared by all backups in FOLDER and only ever gets what it lacks; each backup has a folder \
            beside it, named by its time, which is complete when it has a manifest.json. The secret is in it: whoever may \
            read the backup may read everything.

            Exits with 1 when a file that the database names is missing or damaged; everything else is copied then.
            """
    )

    @OptionGroup var output: Output
    @Argument(help: "The folder, on another disk.") var folder: String
    @Flag(help: "Restore what was copied into a temporary place and compare.") var rehearse = false
    @Option(help: "Remove older backups in FOLDER, but this many, and the files that only they needed.") var keep: Int?

    func validate() throws {
        guard keep ?? 1 > 0 else { throw ValidationError("--keep must be 1 or more.") }
    }

    private struct Done: Encodable {
        let folder: String
        let dossiers: Int
        let events: Int
        let files: Int
        let copiedFiles: Int
        let copiedBytes: Int
        let databaseBytes: Int
        let seconds: Double
        let lostFiles: [String]
        var removedBackups = 0
        var rehearsal: Rehearsal.Outcome?

        var isGood: Bool { lostFiles.isEmpty && rehearsal?.isGood != false }

        var sentences: String {
            var lines = [
                "\(folder): \(events) events, \(dossiers) dossiers, \(files) files (\(copiedFiles) of them new), "
                    + "in \(seconds.formatted(.number.precision(.fractionLength(1)))) s."
            ]
            lines += lostFiles.map { "LOST file \($0): it is missing or damaged in this installation" }
            if removedBackups > 0 { lines.append("\(removedBackups) older backups were removed.") }
            if let rehearsal { lines.append(rehearsal.sentences) }
            return lines.joined(separator: "\n")
        }
    }

    func run() async throws {
        let settings = try Settings()
        let address = DatabaseAddress(settings.database)
        guard try await !address.isEmpty() else {
            throw Settings.Unusable(description: "There is nothing to back up: the database is empty.")
        }
        try await insistOnOurTables(settings)
        let begin = ContinuousClock.now
        let backup = try BackupFolder.new(in: folder)
        let store = try BlobStore(folder: "\(settings.data)/files")
        let target = try BlobStore(folder: backup.files)
        let (manifest, copied) = try await target.unswept {
            try await store.unswept { try await copy(address, settings, from: store, to: target, into: backup) }
        }
        let elapsed = begin.duration(to: .now)
        var done = Done(
            folder: backup.path,
            dossiers: manifest.dossiers,
            events: manifest.events,
            files: manifest.files,
            copiedFiles: copied.copied,
            copiedBytes: copied.copiedBytes,
            databaseBytes: manifest.contents.first { $0.name == BackupFolder.Part.database.rawValue }?.size ?? 0,
            seconds: Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18,
            lostFiles: manifest.lostFiles
        )
        if rehearse {
            say("Rehearsing …")
            done.rehearsal = try await Rehearsal(backup: backup, settings: settings).run()
        }
        // Only a backup that is good takes the place of older ones.
        if let keep, done.isGood { done.removedBackups = try await prune(target, in: backup, keeping: keep) }
        try report(done, json: output.json, \.sentences)
        if !done.isGood { throw ExitCode(1) }
    }

    /// The files come after the database that names them, and nothing that it names is swept away meanwhile.
    private func copy(
        _ address: DatabaseAddress,
        _ settings: Settings,
        from store: BlobStore,
        to target: BlobStore,
        into backup: BackupFolder
    ) async throws -> (BackupManifest, FileCopying.Outcome) {
        say("Database …")
        let (schema, seen) = try await address.copy(to: backup.place(of: .database)) { tx in try Seen(in: tx) }
        if let secret = FileManager.default.contents(atPath: settings.secretFile) {
            try DurableFile.write(secret, to: backup.place(of: .secret))
        }
        let files = try await FileCopying(source: store, target: target) { done, all in
            say("\(done) of \(all) files …")
        }.copy(seen.files)
        try backup.keep(files.stored.sorted { $0.digest.rawValue < $1.digest.rawValue })
        try DurableFile.flush(backup.files)
        let manifest = BackupManifest(
            format: BackupManifest.currentFormat,
            at: Date().formatted(.iso8601),
            database: address.dialect == .sqlite ? "sqlite" : "postgres",
            schema: schema,
            log: seen.end,
            events: seen.events,
            dossiers: seen.dossiers,
            migrations: House.migrations.map(\.name),
            files: files.stored.count,
            fileBytes: files.stored.reduce(0) { $0 + $1.size },
            lostFiles: files.lost.map(\.rawValue).sorted(),
            contents: try backup.contents()
        )
        try backup.complete(manifest)
        return (manifest, files)
    }

    /// What the copied database says of itself.
    private struct Seen: Sendable {
        let end: LogEnd
        let events: Int
        let dossiers: Int
        var files: [BlobDigest] = []

        init(in tx: borrowing Transaction) throws {
            end = try EventStore.end(in: tx)
            events = try EventStore.count(in: tx)
            dossiers = try DossierBook.count(in: tx)
            var last = ""
            while let end = try add(DossierBook.files(after: last, limit: 5000, in: tx)) { last = end }
            last = ""
            while let end = try add(ScanBook.files(after: last, limit: 5000, in: tx)) { last = end }
        }

        /// The last of them; nil where there are no more.
        private mutating func add(_ next: [BlobDigest]) -> String? {
            files += next
            return next.last?.rawValue
        }
    }

    /// A backup does not change what it copies, not even to bring its tables up to date.
    private func insistOnOurTables(_ settings: Settings) async throws {
        let database = try await openDatabase(settings.database, connections: 1)
        let taken = try await database.taken()
        try await EventStore.refuseEarlier(database)
        await database.close()
        guard Set(taken) == Set(House.migrations.map(\.name)) else {
            throw Settings.Unusable(
                description: """
                    The tables of this database are those of another version: back it up with the program that serves \
                    it, or run `motcua migrate` first.
                    """
            )
        }
    }

    private func prune(_ files: BlobStore, in newest: BackupFolder, keeping count: Int) async throws -> Int {
        let parent = (newest.path as NSString).deletingLastPathComponent
        let all = BackupFolder.complete(in: parent)
        let old = all.dropLast(count)
        for backup in old { try FileManager.default.removeItem(atPath: backup.path) }
        var wanted: Set<BlobDigest> = []
        for backup in all.suffix(count) { wanted.formUnion(try backup.list().map(\.digest)) }
        _ = try await files.sweep(olderThan: 0) { [wanted] digests in wanted.intersection(digests) }
        return old.count
    }

    private func say(_ sentence: String) {
        guard !output.json else { return }
        print(sentence)
        flushOutput()
    }
}
