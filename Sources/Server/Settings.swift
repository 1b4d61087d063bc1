import Configuration
import DossierCore
import Foundation
import Logging
import Notifications
import Web

/// What the operator decided, read once at the start. A bad value stops the start with a sentence that says which.
struct Settings: Sendable {
    private(set) var database: String
    private(set) var data: String
    let host: String
    let port: Int
    /// The address under which people reach this installation; printed on papers.
    let site: String
    private(set) var secretFile: String
    let home: String
    let connections: Int
    /// A reverse proxy of ours appends the caller to `X-Forwarded-For`.
    let behindProxy: Bool
    /// Bytes that stay free on the disks: below, nothing new is begun.
    let diskReserve: Int
    /// What one citizen or agency may keep here unfinished.
    let quotas: Quotas

    /// Where this process writes: files, and the embedded database.
    var storageFolders: [String] {
        guard database.hasPrefix("sqlite:") else { return [data] }
        return [data, URL(filePath: String(database.dropFirst("sqlite:".count))).deletingLastPathComponent().path]
    }
    /// Connections at once; as many as the limit of open files leaves when nil.
    let maxConnections: Int?
    let maxConnectionsEach: Int
    let maxRequests: Int
    let maxRequestsEach: Int
    let maxStreams: Int
    let maxStreamsEach: Int
    let patience: Patience
    let logLevel: Logger.Level
    let logFormat: LogFormat
    /// Whoever brings it is told the numbers.
    let metricsToken: String?
    /// Where the numbers are told to everybody on this machine.
    let metricsPort: Int?

    enum LogFormat: String, CaseIterable { case text, json }
    /// A sorted list of the SHA-1 of passwords that have leaked; nil when the operator keeps none.
    let leakedPasswords: String?
    /// By which ways people are told.
    let messages: MessageSettings

    struct Unusable: Error, CustomStringConvertible {
        let description: String
    }

    init(_ config: ConfigReader = ConfigReader(provider: EnvironmentVariablesProvider()).scoped(to: "motcua")) throws {
        data = config.string(forKey: "data", default: "data")
        database = config.string(forKey: "database", default: "sqlite:\(data)/motcua.db")
        host = config.string(forKey: "host", default: "127.0.0.1")
        port = try Self.number("port", config, default: 8080, in: 0...65_535)
        connections = try Self.number("connections", config, default: 16, in: 2...200)
        let port = port
        site = config.string(forKey: "site", default: "http://127.0.0.1:\(port)")
        guard let url = URL(string: site), ["http", "https"].contains(url.scheme), url.host() != nil,
            !site.hasSuffix("/")
        else {
            throw Unusable(description: "MOTCUA_SITE=\(site) is not an address such as https://motcua.example.vn")
        }
        behindProxy = try Self.flag("behind.proxy", config, default: site.hasPrefix("https:"))
        diskReserve = try Self.number("disk.reserve", config, default: 512, in: 0...1_000_000) * 1_000_000
        quotas = try Self.quotas(config)
        maxConnections = try Self.number("max.connections", config, in: 16...1_000_000)
        maxConnectionsEach = try Self.number("max.connections.each", config, default: 400, in: 1...1_000_000)
        maxRequests = try Self.number("max.requests", config, default: 400, in: 8...100_000)
        maxRequestsEach = try Self.number("max.requests.each", config, default: 100, in: 1...100_000)
        maxStreams = try Self.number("max.streams", config, default: 2000, in: 0...500_000)
        maxStreamsEach = try Self.number("max.streams.each", config, default: 200, in: 1...500_000)
        patience = Patience(
            head: Double(try Self.number("head.seconds", config, default: 15, in: 1...600)),
            pause: Double(try Self.number("pause.seconds", config, default: 30, in: 1...600))
        )
        logLevel = try Self.choice("log", config, default: .notice)
        logFormat = try Self.choice("log.format", config, default: .text)
        metricsToken = config.string(forKey: "metrics.token")
        guard metricsToken.map({ $0.utf8.count >= 16 && $0.utf8.allSatisfy { (33...126).contains($0) } }) ?? true
        else {
            // The token is a secret and is not told.
            throw Unusable(description: "MOTCUA_METRICS_TOKEN needs at least 16 characters without blanks")
        }
        metricsPort = try Self.number("metrics.port", config, in: 0...65_535)
        leakedPasswords = config.string(forKey: "leaked.passwords")
        messages = try MessageSettings(config)
        secretFile = config.string(forKey: "secret.file", default: "\(data)/secret")
        home = config.string(forKey: "home", default: ".")
        for folder in ["Procedures", "Public"] where !FileManager.default.fileExists(atPath: "\(home)/\(folder)") {
            throw Unusable(
                description:
                    "There is no folder \(home)/\(folder). Start in the project's folder or set MOTCUA_HOME to it."
            )
        }
    }

    private static func quotas(_ config: ConfigReader) throws -> Quotas {
        let (usual, megabyte) = (Quotas(), 1_000_000)
        func number(_ key: String, _ value: Int, _ range: ClosedRange<Int>) throws -> Int {
            try Self.number("quota.\(key)", config, default: value, in: range)
        }
        var quotas = usual
        quotas.drafts = try number("drafts", usual.drafts, 1...1000)
        quotas.files = try number("files", usual.files, 1...100_000)
        quotas.bytes = try number("mb", usual.bytes / megabyte, 1...1_000_000) * megabyte
        quotas.handIns = try number("filings", usual.handIns, 1...1_000_000)
        quotas.handedInBytes = try number("filed.mb", usual.handedInBytes / megabyte, 1...1_000_000) * megabyte
        quotas.piles = try number("piles", usual.piles, 1...100_000)
        quotas.pileBytes = try number("piles.mb", usual.pileBytes / megabyte, 1...1_000_000) * megabyte
        return quotas
    }

    /// The same installation in another place.
    func moved(to database: String, data: String) -> Settings {
        var settings = self
        (settings.database, settings.data, settings.secretFile) = (database, data, "\(data)/secret")
        return settings
    }

    private static func flag(_ key: String, _ config: ConfigReader, default value: Bool) throws -> Bool {
        switch config.string(forKey: ConfigKey(key)) {
        case nil: return value
        case "true": return true
        case "false": return false
        case let text?: throw Unusable(description: "\(variable(key))=\(text) is not true or false")
        }
    }

    private static func number(_ key: String, _ config: ConfigReader, default value: Int, in range: ClosedRange<Int>)
        throws -> Int
    {
        try number(key, config, in: range) ?? value
    }

    private static func number(_ key: String, _ config: ConfigReader, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = config.string(forKey: ConfigKey(key)) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw Unusable(
                description:
                    "\(variable(key))=\(text) is not a number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return number
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String,
        _ config: ConfigReader,
        default value: Choice
    ) throws -> Choice {
        guard let text = config.string(forKey: ConfigKey(key)) else { return value }
        guard let choice = Choice(rawValue: text) else {
            let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw Unusable(description: "\(variable(key))=\(text) is not one of: \(choices)")
        }
        return choice
    }

    private static func variable(_ key: String) -> String { "MOTCUA_\(key.uppercased().replacing(".", with: "_"))" }
}
