package import Kernel
package import Logging
package import Persistence
package import Web

/// Tells people what slices have said: how it is worded, in which language, by which channel, and how far it has come.
package struct Notifications: Slice {
    package let reach: NoticeReach
    /// Bring what was said to where it goes out.
    private let couriers: [any Courier]
    private let book: NoticeBook
    private let office: Office

    /// `gateway` and `mail` are tried in the order of `order`. Without them nothing is sent, and never in a demonstration:
    /// the telephones of invented people may be somebody's. `named` answers where somebody is reached whom a subject names,
    /// and `contact` where an account is.
    package init(
        database: any Database,
        office: Office,
        gateway: (any ShortMessageGateway)? = nil,
        mail: Letters? = nil,
        order: [NoticeWay] = NoticeWay.allCases,
        isDemonstration: Bool,
        named: @escaping @Sendable (Notice.Subject) async throws -> NoticeContact? = { _ in nil },
        contact: @escaping @Sendable (ID<Citizen>) async throws -> NoticeContact?
    ) {
        self.office = office
        book = NoticeBook(database: database)
        reach = isDemonstration ? .demonstration : gateway == nil ? .nobody : .gateway
        let channels =
            isDemonstration
            ? []
            : order.compactMap { way -> (any NoticeChannel)? in
                switch way {
                case .shortMessage: gateway.map(ShortMessages.init)
                case .mail: mail
                }
            }
        let ways = Ways(channels: channels, isDemonstration: isDemonstration, contact: contact, named: named)
        let (book, office) = (book, office)
        let lost = NoticeWay.allCases.filter { way in !channels.contains { $0.way == way } }
        couriers =
            ([nil] + lost).map { NoticeSorting(book: book, office: office, ways: ways, from: $0) }
            + channels.map { ChannelCourier(channel: $0, book: book, office: office, ways: ways) }
    }

    package static let migrations = NoticeBook.migrations

    /// How long it is kept to whom and what was told.
    static let kept = Span.days(30)

    /// Forgets the persons and keeps that they were told (Law 91/2025/QH15).
    package func sweep() async throws {
        try await book.forget(settledBefore: office.now + Span(milliseconds: -Self.kept.milliseconds))
    }

    package func couriers(_ logger: Logger) -> [any Courier] { couriers }

    package var chores: [Chore] { [Chore("notices", atHour: 2, minute: 30) { try await sweep() }] }

    /// Compares what waits with what is to be delivered.
    package func verify(_ progress: @Sendable (String) -> Void) async throws -> Verified {
        Verified(differences: try await book.verify())
    }
}
