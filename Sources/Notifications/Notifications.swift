package import Kernel
package import Logging
package import Persistence
package import Web

/// Tells people what slices have said: how it is worded, in which language, by which channel, and how far it has come.
package struct Notifications: Slice {
    package let reach: NoticeReach
    /// Brings what was said to where it goes out.
    private let courier: any Courier
    private let book: NoticeBook
    private let office: Office

    /// Without a `gateway` nothing is sent, and never in a demonstration: the telephones of invented people may be
    /// somebody's. `telephone` is that of an account.
    package init(
        database: any Database,
        office: Office,
        gateway: (any ShortMessageGateway)?,
        isDemonstration: Bool,
        telephone: @escaping @Sendable (ID<Citizen>) async throws -> PhoneNumber?
    ) {
        self.office = office
        book = NoticeBook(database: database)
        reach = isDemonstration ? .demonstration : gateway == nil ? .nobody : .gateway
        courier = NoticeCourier(
            book: book,
            office: office,
            channel: isDemonstration ? .none(.demonstration) : gateway.map { .gateway($0) } ?? .none(.noChannel),
            telephone: telephone
        )
    }

    package static let migrations = NoticeBook.migrations

    /// How long it is kept to whom and what was told.
    static let kept = Span.days(30)

    /// Forgets the persons and keeps that they were told (Law 91/2025/QH15).
    package func sweep() async throws {
        try await book.forget(settledBefore: office.now + Span(milliseconds: -Self.kept.milliseconds))
    }

    package func couriers(_ logger: Logger) -> [any Courier] { [courier] }

    package var chores: [Chore] { [Chore("notices", atHour: 2, minute: 30) { try await sweep() }] }

    /// Compares what waits with what is to be delivered.
    package func verify(_ progress: @Sendable (String) -> Void) async throws -> Verified {
        Verified(differences: try await book.verify())
    }
}
