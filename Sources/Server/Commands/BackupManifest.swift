import Foundation
import Persistence

/// What a backup holds; written last, so that a backup without it is known to be incomplete.
struct BackupManifest: Codable {
    struct Content: Codable {
        let name: String
        let size: Int
        let sha256: String
    }

    /// Of this file, so that later programs still read it.
    let format: Int
    let at: String
    /// `sqlite` or `postgres`; a backup goes back into a database of the same kind.
    let database: String
    /// PostgreSQL's schema.
    let schema: String?
    let log: LogEnd
    let events: Int
    let dossiers: Int
    let migrations: [String]
    let files: Int
    let fileBytes: Int
    /// Files that the database names and that could not be copied as they should be.
    let lostFiles: [String]
    let contents: [Content]

    static let currentFormat = 1
}

/// One backup: a folder named by its time, beside the folder `files` that all backups there share.
struct BackupFolder: Sendable {
    let path: String

    enum Part: String, CaseIterable {
        case database, secret
        /// A line for each stored file: its digest and its size.
        case files = "files.txt"
    }

    /// Where the stored files of all backups beside this one lie.
    var files: String { "\((path as NSString).deletingLastPathComponent)/files" }

    func place(of part: Part) -> String { "\(path)/\(part.rawValue)" }
    private var manifestFile: String { "\(path)/manifest.json" }

    /// A folder for the backup that begins now.
    static func new(in parent: String) throws -> BackupFolder {
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        let folder = BackupFolder(path: "\(absolute(parent))/\(time())")
        do {
            try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: false)
        } catch {
            throw Settings.Unusable(description: "\(folder.path) cannot be made: \(error.localizedDescription)")
        }
        return folder
    }

    /// The backup at `path`, or the newest complete one in it.
    static func existing(at path: String) throws -> BackupFolder {
        let folder = BackupFolder(path: absolute(path))
        if FileManager.default.fileExists(atPath: folder.manifestFile) { return folder }
        guard let newest = complete(in: folder.path).last else {
            throw Settings.Unusable(
                description: "\(path) is no complete backup and holds none: a complete one has a manifest.json."
            )
        }
        return newest
    }

    /// The complete backups in `parent`, oldest first.
    static func complete(in parent: String) -> [BackupFolder] {
        // A folder that cannot be read holds none that could be used.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        return names.sorted().map { BackupFolder(path: "\(parent)/\($0)") }.filter {
            FileManager.default.fileExists(atPath: $0.manifestFile)
        }
    }

    func manifest() throws -> BackupManifest {
        guard let data = FileManager.default.contents(atPath: manifestFile),
            // What cannot be decoded is told as what it is: not a manifest of ours.
            let manifest = try? JSONDecoder().decode(BackupManifest.self, from: data),
            manifest.format == BackupManifest.currentFormat
        else { throw Settings.Unusable(description: "\(manifestFile) cannot be read as the manifest of a backup.") }
        return manifest
    }

    func complete(_ manifest: BackupManifest) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try DurableFile.write(try encoder.encode(manifest), to: manifestFile)
        try DurableFile.flush((path as NSString).deletingLastPathComponent)
    }

    /// What is in the folder now, but for the manifest.
    func contents() throws -> [BackupManifest.Content] {
        try Part.allCases.filter { FileManager.default.fileExists(atPath: place(of: $0)) }.map { part in
            let found = try DurableFile.fingerprint(of: place(of: part))
            return BackupManifest.Content(name: part.rawValue, size: found.size, sha256: found.digest.rawValue)
        }
    }

    /// How the folder differs from its manifest.
    func differences(from manifest: BackupManifest) throws -> [String] {
        let found = Dictionary(
            try contents().map { ($0.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        return manifest.contents.compactMap { content in
            switch found[content.name] {
            case nil: "\(content.name) is missing"
            case let now? where now.size != content.size:
                "\(content.name) has \(now.size) bytes and had \(content.size)"
            case let now? where now.sha256 != content.sha256: "\(content.name) has another content"
            case _?: nil
            }
        }
    }

    /// The stored files this backup needs.
    func list() throws -> [Blob] {
        let text = try String(contentsOfFile: place(of: .files), encoding: .utf8)
        return try text.split(separator: "\n").map { line in
            let words = line.split(separator: " ")
            guard words.count == 2, let digest = BlobDigest(rawValue: String(words[0])), let size = Int(words[1]) else {
                throw Settings.Unusable(description: "\(place(of: .files)) has a line that names no file.")
            }
            return Blob(digest: digest, size: size)
        }
    }

    func keep(_ list: [Blob]) throws {
        let lines = list.map { "\($0.digest.rawValue) \($0.size)\n" }.joined()
        try DurableFile.write(Data(lines.utf8), to: place(of: .files))
    }

    private static func absolute(_ path: String) -> String { URL(filePath: path).standardizedFileURL.path }

    /// In UTC and without a colon, which some file systems refuse.
    private static func time() -> String {
        Date().formatted(Date.ISO8601FormatStyle(timeSeparator: .omitted, includingFractionalSeconds: true))
    }
}
