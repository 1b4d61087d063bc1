package import Kernel
import Logging
import Outgoing
import Persistence
import Synchronization
import TestSupport
import Web

@testable import Notifications

/// A gateway that remembers what it took, and fails when it is told to.
final class RememberingGateway: ShortMessageGateway {
    // Protects what several couriers may bring at once.
    private let state = Mutex<(sent: [ShortMessage], failure: (any Error)?)>(([], nil))

    var sent: [ShortMessage] { state.withLock { $0.sent } }

    func fail(with failure: (any Error)?) { state.withLock { $0.failure = failure } }

    var knowsRepetitions: Bool { false }

    func send(_ message: ShortMessage) async throws {
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            state.sent.append(message)
        }
    }

    struct Silent: Error {}
}

/// A mail server that remembers what it took, and fails when it is told to.
final class LetterBox: Sendable {
    // Protects what several couriers may bring at once.
    private let state = Mutex<(taken: [OutgoingMail], failure: (any Error)?)>(([], nil))

    var taken: [OutgoingMail] { state.withLock { $0.taken } }

    func fail(with failure: (any Error)?) { state.withLock { $0.failure = failure } }

    func take(_ mail: OutgoingMail) throws {
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            state.taken.append(mail)
        }
    }
}

/// Slices that say something, and the courier that brings it out.
struct Post: Sendable {
    static let kind = NoticeKind(
        "ticket.letIn",
        Words("Mời vào", "Come in"),
        ["number": .name, "link": .link],
        isFleeting: true
    )
    static let lasting = NoticeKind("appointment.offerLapsed", Words("Hết hạn", "Lapsed"), ["link": .link])
    static let phone = PhoneNumber(rawValue: "0912345678")!
    static let email = EmailAddress(rawValue: "minh@vidu.vn")!
    static let sender = EmailAddress(rawValue: "motcua@hoankiem.vidu.vn")!

    let database: any Database
    let clock: TestClock
    let gateway: RememberingGateway
    let notifications: Notifications
    private let outbox: OutboxService

    static func open(
        _ kind: TestDatabase,
        isDemonstration: Bool = false,
        hasGateway: Bool = true,
        letterBox: LetterBox? = nil,
        _ body: (Post) async throws -> Void
    ) async throws {
        try await kind.fresh { database in
            try await database.migrate(Outbox.migrations + Notifications.migrations)
            let (clock, gateway) = (TestClock(), RememberingGateway())
            let notifications = Notifications(
                database: database,
                office: Office { clock.now },
                gateway: hasGateway ? gateway : nil,
                mail: letterBox.map { box in
                    Letters(from: Self.sender, named: "Một Cửa", office: Office { clock.now }) { try box.take($0) }
                },
                isDemonstration: isDemonstration
            ) { id in
                switch id {
                case "lan": NoticeContact(phone: Self.phone, email: nil)
                case "minh": NoticeContact(phone: Self.phone, email: Self.email)
                case "thu": NoticeContact(phone: nil, email: Self.email)
                default: nil
                }
            }
            try await body(
                Post(
                    database: database,
                    clock: clock,
                    gateway: gateway,
                    notifications: notifications,
                    outbox: OutboxService(
                        database: database,
                        couriers: notifications.couriers(Logger(label: "test")),
                        logger: Logger(label: "test")
                    ) { clock.now }
                )
            )
        }
    }

    func say(
        _ kind: NoticeKind = kind,
        to recipient: Notice.Recipient = .telephone(phone),
        in language: Language = .vi,
        about id: ID<Post> = "one",
        _ facts: [String: NoticeFact] = ["number": .name("A001"), "link": .link("https://a.vn/v?p=x")],
        until: Instant? = nil,
        once: String? = nil
    ) async throws {
        let now = clock.now
        try await database.transaction { tx in
            let subject = Notice.Subject("post", id)
            let notice = Notice(
                to: recipient,
                in: language,
                about: subject,
                kind,
                facts.filter { kind.facts[$0.key] != nil },
                until: until,
                once: once
            )
            try notice.say(at: now, in: tx)
        }
    }

    func deliver() async throws { try await outbox.deliverAll() }

    func state(about id: ID<Post> = "one") async throws -> NoticeState? {
        let subject = Notice.Subject("post", id)
        return try await NoticeBook(database: database).latest([Self.kind, Self.lasting], about: [subject])[subject]?
            .state
    }

    /// Whether anything is still known of to whom and what.
    func remembers() async throws -> Bool {
        try await database.read { tx in
            try !tx.fetch(
                "SELECT 1 FROM notice WHERE account IS NOT NULL OR phone IS NOT NULL OR facts IS NOT NULL"
            ).isEmpty
        }
    }
}

extension ID: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self.init(rawValue: value) }
}
