import Hummingbird
import Kernel
import Web

/// What a browser may open without anybody signing in: its tickets, or its appointments. The secrets lie in a cookie that
/// no script reads, so that no address has to carry them past proxies that write addresses down.
struct HeldSecrets {
    enum Kind: String { case tickets = "phieu", appointments = "lich-hen" }

    private struct Entry {
        let id: String
        let secret: String
        /// The last day on which it is of use.
        let day: LocalDate

        /// Reads `id.secret.20780`.
        init?(_ text: Substring) {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 3, let number = Int(typed: parts[2], in: 0...100_000) else { return nil }
            self.init(String(parts[0]), String(parts[1]), LocalDate(dayNumber: number))
        }

        init?(_ id: String, _ secret: String, _ day: LocalDate) {
            guard [id, secret].allSatisfy({ $0.utf8.count <= 32 && $0.utf8.allSatisfy(Entry.isPlain) }) else {
                return nil
            }
            (self.id, self.secret, self.day) = (id, secret, day)
        }

        var text: String { "\(id).\(secret).\(day.dayNumber)" }

        private static func isPlain(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (97...122).contains(byte) }
    }

    private let kind: Kind
    private let now: Instant
    private var entries: [Entry] = []

    private static let most = 8

    /// Nothing is held yet.
    init(_ kind: Kind, at now: Instant) { (self.kind, self.now) = (kind, now) }

    init(_ kind: Kind, in request: Request, _ context: some AudienceContext, at now: Instant) {
        self.init(kind, at: now)
        let text = request.cookies[Self.name(kind, context)]?.value ?? ""
        entries = text.split(separator: "~").prefix(Self.most).compactMap { Entry($0) }
            .filter { $0.day >= now.localDate }
    }

    var secrets: [String] { entries.map(\.secret) }

    func secret(of id: String) -> String? { entries.first { $0.id == id }?.secret }

    /// The newest are kept when there are many.
    func adding(_ id: String, _ secret: String, until day: LocalDate) -> HeldSecrets {
        var held = self
        held.entries.removeAll { $0.id == id }
        if let entry = Entry(id, secret, day) { held.entries.append(entry) }
        held.entries = Array(held.entries.suffix(Self.most))
        return held
    }

    /// Lasts until the end of the last day, or shorter.
    func cookie(_ context: some AudienceContext, atMost limit: Int = .max) -> Cookie {
        let last = entries.map(\.day).max() ?? now.localDate
        let end = Instant(LocalMinute(date: last.adding(days: 1), minuteOfDay: 0))
        let seconds = max(1, (end - now).milliseconds / 1000)
        return context.visit.site.cookie(
            Self.name(kind, context),
            entries.map(\.text).joined(separator: "~"),
            lasting: min(seconds, limit)
        )
    }

    private static func name(_ kind: Kind, _ context: some AudienceContext) -> String {
        context.visit.site.secureCookies ? "__Host-\(kind.rawValue)" : kind.rawValue
    }
}
