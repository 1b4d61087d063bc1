import Foundation
import Persistence
import Web

/// Restores a backup into a temporary place, to know that it can be done before it has to be.
///
/// The stored files are read where they lie, all of them; only the database is put elsewhere.
struct Rehearsal {
    let backup: BackupFolder
    let settings: Settings

    struct Outcome: Encodable {
        var isRehearsal = true
        var folder: String
        var events = 0
        var dossiers = 0
        var files = 0
        /// Between what the manifest says and what is there.
        var differences: [String] = []
        var findings: Findings?

        var isGood: Bool { differences.isEmpty && findings?.isClean == true }

        var sentences: String {
            var lines = ["\(folder): \(events) events, \(dossiers) dossiers, \(files) files."]
            lines += differences.map { "DIFFERENT \($0)" }
            if let findings { lines.append(findings.sentences) }
            let done = isRehearsal ? "The backup can be restored." : "The backup is restored."
            let failed =
                isRehearsal ? "The backup cannot be relied on." : "What is restored is not what the backup should hold."
            lines.append(isGood ? done : failed)
            return lines.joined(separator: "\n")
        }
    }

    func run() async throws -> Outcome {
        let manifest = try backup.manifest()
        let address = DatabaseAddress(settings.database)
        try manifest.insist(on: address)
        var outcome = Outcome(folder: backup.path)
        outcome.differences = try backup.differences(from: manifest)
        // What is not the file that was written need not be tried.
        guard outcome.differences.isEmpty else { return outcome }
        let folder = FileManager.default.temporaryDirectory.appending(path: "motcua-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // A leftover in the folder for temporary files is removed by the system, and only its owner may read it.
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let files = try await fileDifferences()
        outcome = try await address.rehearsing(in: folder, schema: manifest.schema) { place in
            try await place.restore(from: backup.place(of: .database), schema: manifest.schema)
            let house = try await House(settings.moved(to: place.url, data: "\(folder)/data"))
            try await house.events.adoptRestoredLog()
            let outcome = try await Outcome(comparing: house, with: manifest, of: backup, readsFiles: false)
            await house.close()
            return outcome
        }
        outcome.differences += files
        return outcome
    }

    private func fileDifferences() async throws -> [String] {
        let store = try BlobStore(folder: backup.files)
        var differences: [String] = []
        for blob in try backup.list() {
            do {
                if try await !store.isIntact(blob.digest) {
                    differences.append("file \(blob.digest.rawValue) has another content")
                }
            } catch is NoSuchBlob {
                differences.append("file \(blob.digest.rawValue) is missing")
            }
        }
        return differences
    }
}

extension Rehearsal.Outcome {
    /// Verifies what was restored and counts it again.
    init(comparing house: House, with manifest: BackupManifest, of backup: BackupFolder, readsFiles: Bool) async throws
    {
        self.init(folder: backup.path)
        let findings = try await house.findings(readsFiles: readsFiles)
        self.findings = findings
        let (end, events) = try await house.database.read { tx in
            (try EventStore.end(in: tx), try EventStore.count(in: tx))
        }
        let dossiers = findings.counts.first { $0.what == "dossiers" }?.inLog ?? 0
        (self.events, self.dossiers, files) = (events, dossiers, manifest.files)
        if end != manifest.log {
            differences.append("the log ends at event \(end.position), the manifest says \(manifest.log.position)")
        }
        if events != manifest.events { differences.append("\(events) events, the manifest says \(manifest.events)") }
        if dossiers != manifest.dossiers {
            differences.append("\(dossiers) dossiers, the manifest says \(manifest.dossiers)")
        }
        differences += manifest.lostFiles.map { "file \($0) was lost before the backup" }
    }
}
