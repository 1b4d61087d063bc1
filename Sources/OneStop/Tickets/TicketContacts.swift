package import Kernel
import Persistence
import Web

/// Telephones of those who hold a ticket, beside the log, as long as there may be something to tell them today: that it
/// is time to come back, or that nobody will serve them any more.
struct TicketContacts {
    let office: ID<Agency>
    let day: LocalDate
    /// Begins the address of a ticket's page.
    let site: String
    let now: Instant

    /// After so long nothing of it is of use: the hall has emptied, or the day is over.
    static let use = Span.hours(2)

    /// How long before the time that somebody was told they are reminded of it: they may have a way to go.
    static let ahead = Span.minutes(10)

    func keep(
        _ phone: PhoneNumber,
        _ language: Language,
        of number: TicketNumber,
        secret: String,
        in tx: borrowing Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO ticket_contact (office, day, number, phone, secret, language)
            VALUES (\(office), \(day), \(number), \(phone), \(secret), \(language))
            """
        )
    }

    /// What has happened is told to those who cannot see it, and forgotten are those to whom nothing is left to tell.
    func follow(_ change: Change<OfficeDay>, in tx: borrowing Transaction) throws {
        try say(TicketNotice.letIn, to: invited(by: change), in: tx)
        for event in change.events.map(\.event) {
            switch event {
            case .wentElsewhere(let number, let until, _): try remind(number, of: until, in: tx)
            case .cameBack(let number, _), .called(let number, _, _, _): try remind(number, of: nil, in: tx)
            case .finished(let number, _, _, _), .gaveUp(let number, _): try forget([number], in: tx)
            case .capacityChanged(0, _):
                try sayLast(TicketNotice.paused, to: change.state.active.map(\.number), in: tx)
            case .counterClosed(_, let at):
                try sayLast(TicketNotice.tooLate, to: change.state.abandoned(at: at), in: tx)
            case .closed:
                try sayLast(TicketNotice.tooLate, to: change.state.unserved, in: tx)
                try tx.execute("DELETE FROM ticket_contact WHERE office = \(office) AND day = \(day)")
            default: continue
            }
        }
    }

    /// Whoever has just come needs no telephone to learn that there is room.
    private func invited(by change: Change<OfficeDay>) -> [TicketNumber] {
        let events = change.events.map(\.event)
        let here = events.compactMap { event -> TicketNumber? in
            switch event {
            case .taken(let number, _, _, _, _, _), .cameBack(let number, _): number
            default: nil
            }
        }
        return events.compactMap { event in
            guard case .letIn(let number, let at) = event, !here.contains(number),
                let taken = change.state.tickets[number]?.takenAt, taken + Self.ahead <= at
            else { return nil }
            return number
        }
    }

    private func remind(_ number: TicketNumber, of back: Instant?, in tx: borrowing Transaction) throws {
        let due = back.map { Instant(milliseconds: $0.milliseconds - Self.ahead.milliseconds) }
        try tx.execute(
            """
            UPDATE ticket_contact SET remind_at = \(due), back_at = \(back)
            WHERE office = \(office) AND day = \(day) AND number = \(number)
            """
        )
    }

    private func forget(_ numbers: [TicketNumber], in tx: borrowing Transaction) throws {
        try tx.execute(
            "DELETE FROM ticket_contact WHERE office = \(office) AND day = \(day) AND number IN \(list: numbers)"
        )
    }

    /// The last that there is to tell of a ticket. Nobody is told twice.
    private func sayLast(_ kind: NoticeKind, to numbers: [TicketNumber], in tx: borrowing Transaction) throws {
        if try say(kind, to: numbers, in: tx) { try forget(numbers, in: tx) }
    }

    /// Tells those who left a telephone; answers whether any did.
    @discardableResult
    private func say(_ kind: NoticeKind, to numbers: [TicketNumber], in tx: borrowing Transaction) throws -> Bool {
        guard !numbers.isEmpty else { return false }
        let contacts = try tx.fetch(
            """
            SELECT \(Self.columns) FROM ticket_contact
            WHERE office = \(office) AND day = \(day) AND number IN \(list: numbers) ORDER BY number
            """
        )
        for contact in contacts {
            try Self.notice(kind, to: contact, [:], site: site, until: now + Self.use)?.say(at: now, in: tx)
        }
        return !contacts.isEmpty
    }

    fileprivate static let columns: SQL = "office, day, number, phone, secret, language"

    /// Names the ticket by `columns`, with its number and its address among what is told.
    fileprivate static func notice(
        _ kind: NoticeKind,
        to contact: Row,
        _ facts: [String: NoticeFact],
        site: String,
        until: Instant
    ) throws -> Notice? {
        guard let phone = PhoneNumber(rawValue: try contact.text(3)) else { return nil }
        let (office, day, number) = (try contact.text(0), try contact.text(1), try contact.text(2))
        let address = "\(site)\(TicketLink.path(try contact.text(4)))"
        return Notice(
            to: .telephone(phone),
            in: Language(rawValue: try contact.text(5)) ?? .vi,
            about: Notice.Subject("ticket", ID<Ticket>(rawValue: "\(office)/\(day)/\(number)")),
            kind,
            facts.merging(["number": .name(number), "link": .link(address)]) { given, _ in given },
            until: until
        )
    }
}

extension TicketBook {
    /// Tells those who wait elsewhere that it is time to come back, each once.
    package func callBack(at now: Instant) async throws {
        let isAnybodyDue = try await database.read { tx in
            try !tx.fetch("SELECT 1 FROM ticket_contact WHERE remind_at <= \(now) LIMIT 1").isEmpty
        }
        guard isAnybodyDue else { return }
        try await database.transaction { [site] tx in
            let due = try tx.fetch(
                """
                UPDATE ticket_contact SET remind_at = NULL WHERE remind_at <= \(now)
                RETURNING \(TicketContacts.columns), back_at
                """
            )
            for row in due {
                let back = Instant(milliseconds: try row.int(6))
                try TicketContacts.notice(
                    TicketNotice.comeBack,
                    to: row,
                    ["time": .time(back.localMinute)],
                    site: site,
                    until: back
                )?.say(at: now, in: tx)
            }
        }
    }
}

extension OfficeDay {
    /// Whose turn did not come before the office closed.
    fileprivate var unserved: [TicketNumber] {
        tickets.values.filter { if case .unserved = $0.stage { true } else { false } }.map(\.number)
    }

    /// Those who still wait after hours for a line that no counter serves any more.
    fileprivate func abandoned(at now: Instant) -> [TicketNumber] {
        guard let closes = setting?.closes, now >= closes else { return [] }
        let served = Set(counters.values.filter { $0.state != .closed }.flatMap(\.lines))
        return active.filter { !served.contains($0.line) }.map(\.number)
    }
}
