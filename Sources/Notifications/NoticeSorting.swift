import Kernel
import Persistence
import Web

/// Decides by which way a notice goes out, and puts it there: each way has a courier of its own. It also sorts again what
/// was to go by a way that is not connected any more.
struct NoticeSorting: Courier {
    let book: NoticeBook
    let office: Office
    let ways: Ways
    /// Nil for what has just been said.
    var from: NoticeWay?

    var topic: String { from?.topic ?? NoticeBook.topic }

    func deliver(_ message: OutboxMessage) async throws {
        guard let notice = try await book.waiting(ID(rawValue: message.payload)), notice.way == from else { return }
        let contact = try await ways.contact(of: notice)
        if let way = ways.next(after: nil, to: contact) {
            try await book.send(notice.id, by: way, insteadOf: from)
        } else {
            try await book.settle(notice.id, .suppressed(ways.reasonForNone, at: office.now))
        }
    }
}
