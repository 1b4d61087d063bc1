package import Kernel
package import Web

/// Where an account is reached.
package struct NoticeContact: Equatable, Sendable {
    package var phone: PhoneNumber?
    package var email: EmailAddress?

    package init(phone: PhoneNumber?, email: EmailAddress?) { (self.phone, self.email) = (phone, email) }
}

/// A notice in words, before it is known what a channel makes of them.
package struct WordedNotice: Equatable, Sendable {
    /// The same when it is handed over once more.
    package let id: ID<Notice>
    /// What it is about, in a few words.
    package let title: String
    package let text: String

    package init(id: ID<Notice>, title: String, text: String) { (self.id, self.title, self.text) = (id, title, text) }
}

/// One way by which notices go out.
protocol NoticeChannel: Sendable {
    var way: NoticeWay { get }
    /// Whether whoever is given a message twice takes it once.
    var knowsRepetitions: Bool { get }

    func reaches(_ contact: NoticeContact) -> Bool

    /// Returns when the other side is responsible for it. Throws `MessageRefused` when trying again is of no use,
    /// `HandingOverUnclear` when it may have been taken, and anything else to be asked again later.
    func send(_ notice: WordedNotice, to contact: NoticeContact) async throws
}

/// Nobody will take this message this way, however often it is asked.
package struct MessageRefused: Error {
    package init() {}
}

/// The line broke when the message may have been taken.
package struct HandingOverUnclear: Error {
    package init() {}
}

/// The other side does not take it now, and may later.
struct NotTakenNow: Error {
    let answer: String
}
