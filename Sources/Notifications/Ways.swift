import Kernel
import Web

/// The channels that are connected, in the order in which they are tried, and who is reached by which.
struct Ways: Sendable {
    let channels: [any NoticeChannel]
    /// Nothing is connected, whatever is configured.
    let isDemonstration: Bool
    let contact: @Sendable (ID<Citizen>) async throws -> NoticeContact?
    /// Of whoever a subject names.
    let named: @Sendable (Notice.Subject) async throws -> NoticeContact?

    /// Where somebody is reached now, and not when it was said.
    func contact(of notice: NoticeBook.Waiting) async throws -> NoticeContact {
        switch notice.to {
        case .account(let citizen): try await contact(citizen) ?? NoticeContact(phone: nil, email: nil)
        case .telephone(let phone): NoticeContact(phone: phone, email: nil)
        case .ofSubject: try await named(notice.about) ?? NoticeContact(phone: nil, email: nil)
        case nil: NoticeContact(phone: nil, email: nil)
        }
    }

    /// The next one that reaches them after `way`, or the first.
    func next(after way: NoticeWay?, to contact: NoticeContact) -> NoticeWay? {
        let later = channels.drop { channel in way.map { channel.way != $0 } ?? false }.dropFirst(way == nil ? 0 : 1)
        return later.first { $0.reaches(contact) }?.way
    }

    /// Why nobody is reached whom no channel reaches.
    var reasonForNone: NoticeState.Reason {
        switch channels.map(\.way) {
        case []: isDemonstration ? .demonstration : .noChannel
        case [.shortMessage]: .noTelephone
        default: .noAddress
        }
    }
}
