import Kernel
import Persistence
import Web

/// Words one notice after the other, hands them over, and notes what became of each.
struct NoticeCourier: Courier {
    let book: NoticeBook
    let office: Office
    let channel: Channel
    let telephone: @Sendable (ID<Citizen>) async throws -> PhoneNumber?

    enum Channel: Sendable {
        case none(NoticeState.Reason)
        case gateway(any ShortMessageGateway)
    }

    let topic = NoticeBook.topic

    /// With the pauses of the outbox some six hours; who had to be told by then is called.
    static let attempts = 14

    /// A notice whose end is known already came twice, and is not told twice.
    func deliver(_ message: OutboxMessage) async throws {
        guard let notice = try await book.waiting(ID(rawValue: message.payload)) else { return }
        do {
            try await book.settle(notice.id, try await end(of: notice))
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            guard message.attempt >= Self.attempts else {
                try await book.noteAttempt(at: notice.id)
                throw error
            }
            try await book.settle(notice.id, .failed(.unreachable, at: office.now))
        }
    }

    /// Throws what may go better later.
    private func end(of notice: NoticeBook.Waiting) async throws -> NoticeState {
        let now = office.now
        let gateway: any ShortMessageGateway
        switch channel {
        case .none(let reason): return .suppressed(reason, at: now)
        case .gateway(let connected): gateway = connected
        }
        if let until = notice.until, until <= now { return .suppressed(.outdated, at: now) }
        guard let phone = try await phone(of: notice.to) else { return .suppressed(.noTelephone, at: now) }
        guard let text = Wording.of(notice.kind)?.text(notice.facts, in: notice.language) else {
            return .failed(.noWording, at: now)
        }
        do {
            try await gateway.send(ShortMessage(id: notice.id, to: phone, text: text))
        } catch is MessageRefused {
            return .failed(.refused, at: now)
        }
        return .handedOver(at: office.now)
    }

    private func phone(of recipient: Notice.Recipient?) async throws -> PhoneNumber? {
        switch recipient {
        case .account(let citizen): try await telephone(citizen)
        case .telephone(let phone): phone
        case nil: nil
        }
    }
}
