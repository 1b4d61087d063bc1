import Foundation
package import Kernel
package import Outgoing
package import Web

/// Letters to e-mail addresses, through the authority's mail server.
package struct Letters: NoticeChannel {
    package typealias Send = @Sendable (OutgoingMail) async throws -> Void

    private let sender: EmailAddress
    /// What letters say they are from, beside the address.
    private let name: String
    private let office: Office
    private let hand: Send

    package init(from sender: EmailAddress, named name: String, office: Office, send: @escaping Send) {
        (self.sender, self.name, self.office, hand) = (sender, name, office, send)
    }

    package var way: NoticeWay { .mail }

    /// The letter carries the same Message-ID, which few who receive it compare.
    package var knowsRepetitions: Bool { false }

    package func reaches(_ contact: NoticeContact) -> Bool { contact.email != nil }

    package func send(_ notice: WordedNotice, to contact: NoticeContact) async throws {
        guard let address = contact.email else { throw MessageRefused() }
        let letter = Letter(
            id: "\(notice.id.rawValue)@\(sender.rawValue.split(separator: "@")[1])",
            from: sender.rawValue,
            named: name,
            to: address.rawValue,
            subject: notice.title,
            text: notice.text,
            at: office.now
        )
        do {
            try await hand(OutgoingMail(from: sender.rawValue, to: address.rawValue, message: letter.data))
        } catch OutgoingFailure.unclear {
            throw HandingOverUnclear()
        } catch OutgoingFailure.answered(let code) where code >= 500 {
            throw MessageRefused()
        }
    }
}

/// A letter as mail servers carry it (RFC 5322, with MIME).
struct Letter {
    let id: String
    let from: String
    let named: String
    let to: String
    let subject: String
    let text: String
    let at: Instant

    var data: Data {
        let body = Data(text.utf8).base64EncodedString(options: [
            .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ])
        let lines = [
            "From: \(Self.encoded(named))\r\n <\(from)>",
            "To: <\(to)>",
            "Subject: \(Self.encoded(subject))",
            "Date: \(Self.date(at))",
            "Message-ID: <\(id)>",
            // Nobody's holiday notice is to answer it (RFC 3834).
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            "",
            body,
            "",
        ]
        return Data(lines.joined(separator: "\r\n").utf8)
    }

    /// Words of a header with whatever letters (RFC 2047): pieces of at most 75 characters, none of which cuts a letter.
    static func encoded(_ text: String) -> String {
        var pieces: [String] = [""]
        for character in text where !character.isNewline {
            let letters = String(character)
            if (pieces[pieces.count - 1].utf8.count + letters.utf8.count) > 42 { pieces.append("") }
            pieces[pieces.count - 1] += letters
        }
        return pieces.map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    /// `Mon, 23 Nov 2026 08:12:00 +0700`: the names of RFC 5322, whatever the machine's language.
    private static func date(_ at: Instant) -> String {
        let moment = at.localMinute
        let (year, month, day) = moment.date.civil
        let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(names[moment.date.weekday - 1]), \(day) \(months[month - 1]) \(year) \(moment.timeOfDay):00 +0700"
    }
}
