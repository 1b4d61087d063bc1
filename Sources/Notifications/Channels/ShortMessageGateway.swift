import Web

/// Where short messages go out.
package protocol ShortMessageGateway: Sendable {
    /// Whether it takes a message once that it is given twice.
    var knowsRepetitions: Bool { get }

    /// Returns when it is responsible for the message. Throws `MessageRefused` when trying again is of no use,
    /// `HandingOverUnclear` when it may have been taken, and anything else to be asked again later.
    func send(_ message: ShortMessage) async throws
}

/// Messages to telephones, by whichever gateway.
struct ShortMessages: NoticeChannel {
    let gateway: any ShortMessageGateway

    var way: NoticeWay { .shortMessage }

    var knowsRepetitions: Bool { gateway.knowsRepetitions }

    func reaches(_ contact: NoticeContact) -> Bool { contact.phone != nil }

    func send(_ notice: WordedNotice, to contact: NoticeContact) async throws {
        guard let phone = contact.phone else { throw MessageRefused() }
        try await gateway.send(ShortMessage(id: notice.id, to: phone, text: notice.text))
    }
}
