package import Kernel
import Persistence

/// Telephones of those who hold a ticket, beside the log, as long as there may be something to tell them today: that it
/// is time to come back, or that nobody will serve them any more.
struct TicketContacts {
    let office: ID<Agency>
    let day: LocalDate
    /// Begins the address of a ticket's page.
    let site: String

    /// How long before the time that somebody was told they are reminded of it: they may have a way to go.
    static let ahead = Span.minutes(10)

    func keep(_ phone: PhoneNumber, of number: TicketNumber, secret: String, in tx: borrowing Transaction) throws {
        try tx.execute(
            """
            INSERT INTO ticket_contact (office, day, number, phone, secret)
            VALUES (\(office), \(day), \(number), \(phone), \(secret))
            """
        )
    }

    /// What has happened is told to those who cannot see it, and forgotten are those to whom nothing is left to tell.
    func follow(_ change: Change<OfficeDay>, in tx: borrowing Transaction) throws {
        try send(invited(by: change), in: tx) { "So \($0): da co cho, moi ban vao phong cho. Theo doi: \($1)" }
        for event in change.events.map(\.event) {
            switch event {
            case .wentElsewhere(let number, let until, _): try remind(number, of: until, in: tx)
            case .cameBack(let number, _), .called(let number, _, _, _): try remind(number, of: nil, in: tx)
            case .finished(let number, _, _, _), .gaveUp(let number, _): try forget([number], in: tx)
            case .capacityChanged(0, _):
                try tell(change.state.active.map(\.number), "co quan phai tam dung tiep dan, rat xin loi.", in: tx)
            case .counterClosed(_, let at): try tell(change.state.abandoned(at: at), Self.tooLate, in: tx)
            case .closed:
                try tell(change.state.unserved, Self.tooLate, in: tx)
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

    private static let tooLate = "het gio truoc luot cua ban, rat xin loi."

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

    /// Tells what to do instead. Nobody is told twice.
    private func tell(_ numbers: [TicketNumber], _ news: String, in tx: borrowing Transaction) throws {
        let isAnybodyTold = try send(numbers, in: tx) {
            "So \($0): \(news) Dat lich hen, nop truc tuyen hoac gui buu chinh: \($1)"
        }
        if isAnybodyTold { try forget(numbers, in: tx) }
    }

    /// Sends a text, made of the number and the address of its page, to those who left a telephone; tells whether any did.
    @discardableResult
    private func send(_ numbers: [TicketNumber], in tx: borrowing Transaction, _ text: (String, String) -> String)
        throws
        -> Bool
    {
        guard !numbers.isEmpty else { return false }
        let contacts = try tx.fetch(
            """
            SELECT number, phone, secret FROM ticket_contact
            WHERE office = \(office) AND day = \(day) AND number IN \(list: numbers) ORDER BY number
            """
        )
        for contact in contacts {
            let number = try contact.text(0)
            let ticket = ID<Ticket>(rawValue: "\(office.rawValue)/\(day.rawValue)/\(number)")
            try ShortMessage(
                to: try contact.text(1),
                text: text(number, "\(site)\(TicketLink.path(try contact.text(2)))")
            )
            .post(about: ticket, in: tx)
        }
        return !contacts.isEmpty
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
                RETURNING office, day, number, phone, secret, back_at
                """
            )
            for row in due {
                let back = Instant(milliseconds: try row.int(5)).localMinute.timeOfDay
                let (office, day, number) = (try row.text(0), try row.text(1), try row.text(2))
                try ShortMessage(
                    to: try row.text(3),
                    text:
                        "So \(number): sap den luot, hay quay lai luc \(back). Theo doi: \(site)\(TicketLink.path(try row.text(4)))"
                ).post(about: ID<Ticket>(rawValue: "\(office)/\(day)/\(number)"), in: tx)
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
