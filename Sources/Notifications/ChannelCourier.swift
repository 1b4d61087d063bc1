import Kernel
import Persistence
import Web

/// Words one notice after the other, hands them over by one channel, and notes what became of each. What a channel does
/// not take goes to the next.
struct ChannelCourier: Courier {
    let channel: any NoticeChannel
    let book: NoticeBook
    let office: Office
    let ways: Ways

    var topic: String { channel.way.topic }

    /// With the pauses of the outbox some six hours; who had to be told by then is called.
    static let attempts = 14
    /// Five minutes: as long as another way is left, nobody waits for a dead provider.
    static let attemptsBeforeAnotherWay = 7

    /// A notice whose end is known already came twice, and is not told twice.
    func deliver(_ message: OutboxMessage) async throws {
        guard let notice = try await book.waiting(ID(rawValue: message.payload)), notice.way == channel.way else {
            return
        }
        let now = office.now
        if let until = notice.until, until <= now {
            return try await book.settle(
                notice.id,
                notice.isBegun ? .unclear(by: channel.way, at: now) : .suppressed(.outdated, at: now)
            )
        }
        guard let wording = Wording.of(notice.kind), let text = wording.text(notice.facts, in: notice.language) else {
            return try await book.settle(notice.id, .failed(.noWording, at: now))
        }
        let contact = try await ways.contact(of: notice)
        let next = ways.next(after: channel.way, to: contact)
        guard channel.reaches(contact) else {
            return try await go(on: notice.id, to: next, or: .suppressed(ways.reasonForNone, at: now))
        }
        guard channel.knowsRepetitions || !notice.isBegun else {
            return try await book.settle(notice.id, .unclear(by: channel.way, at: now))
        }
        // Something has happened since it was read that takes it back.
        guard try await book.begin(notice.id, at: now) else { return }
        do {
            let worded = WordedNotice(id: notice.id, title: notice.language(wording.title), text: text)
            try await channel.send(worded, to: contact)
        } catch is CancellationError {
            throw CancellationError()
        } catch is MessageRefused {
            return try await go(on: notice.id, to: next, or: .failed(.refused, at: office.now))
        } catch is HandingOverUnclear {
            return try await book.settle(notice.id, .unclear(by: channel.way, at: office.now))
        } catch {
            guard message.attempt >= (next == nil ? Self.attempts : Self.attemptsBeforeAnotherWay) else {
                // Who knows what they took may have taken it, unless they said no.
                let mayBeTaken = channel.knowsRepetitions && !(error is NotTakenNow)
                try await book.noteAttempt(at: notice.id, mayBeTaken: mayBeTaken)
                throw error
            }
            return try await go(on: notice.id, to: next, or: .failed(.unreachable, at: office.now))
        }
        try await book.settle(notice.id, .handedOver(by: channel.way, at: office.now))
    }

    private func go(on notice: ID<Notice>, to next: NoticeWay?, or end: NoticeState) async throws {
        if let next {
            try await book.send(notice, by: next, insteadOf: channel.way)
        } else {
            try await book.settle(notice, end)
        }
    }
}
