import Kernel
import Persistence
import Web

@testable import OneStop

/// What was said to somebody, as its row keeps it.
struct Told: Equatable {
    let kind: String
    let phone: String?
    let account: String?
    let language: String
    let facts: [String: NoticeFact]

    init(
        _ kind: NoticeKind,
        to phone: String,
        in language: Language = .vi,
        _ facts: [String: NoticeFact]
    ) {
        (self.kind, self.phone, account, self.facts) = (kind.name, phone, nil, facts)
        self.language = language.rawValue
    }

    private init(_ row: Row) throws {
        (kind, phone, account) = (try row.text(0), try row.optionalText(1), try row.optionalText(2))
        language = try row.text(3)
        facts = try StoredForm.value(from: try row.text(4))
    }

    static func all(in database: any Database) async throws -> [Told] {
        try await database.read { tx in
            try tx.fetch("SELECT kind, phone, account, language, facts FROM notice ORDER BY id").map(Told.init)
        }
    }

    /// Lets everything that waits go out, as a gateway that takes it would.
    static func handOver(in database: any Database, at now: Instant) async throws {
        let ids = try await database.read { tx in
            try tx.fetch("SELECT id FROM notice WHERE settled IS NULL").map { ID<Notice>(rawValue: try $0.text(0)) }
        }
        for id in ids { try await NoticeBook(database: database).settle(id, .handedOver(by: .shortMessage, at: now)) }
    }
}
