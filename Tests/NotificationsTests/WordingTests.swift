import Kernel
import Testing
import Web

@testable import Notifications

@Suite struct `Every kind of notice has its words` {
    /// As long as they come: the address of a real portal, and the longest secrets.
    private static func longest(_ name: String, in kind: String) -> NoticeFact {
        switch name {
        case "code" where kind.hasPrefix("dossier"): .code("000.00.19.H26-210806-0007")
        case "code": .code("123456")
        case "minutes": .minutes(10)
        case "number": .name("A001")
        case "day": .day(LocalDate(rawValue: "2026-11-23")!)
        case "time" where kind == "ticket.comeBack": .time(LocalMinute(rawValue: "2026-11-23T10:40")!)
        case "link" where kind.hasPrefix("dossier"):
            .link("https://dichvucong.hanoi.gov.vn/ho-so/01j0000000000000000000000a")
        case "time", "until": .moment(LocalMinute(rawValue: "2026-11-23T10:40")!)
        default:
            .link(
                "https://dichvucong.hanoi.gov.vn/v?"
                    + (kind.hasPrefix("ticket") ? "p=0123456789abcdef" : "h=01j0000000000000000000000a.0123456789ab")
            )
        }
    }

    @Test(arguments: Wording.all.map(\.kind))
    func `both languages tell the same facts`(kind: String) throws {
        let wording = try #require(Wording.of(kind))
        #expect(wording.facts(in: .vi) == wording.facts(in: .en))
        #expect(wording.words.vi != wording.words.en)
        let facts = Dictionary(uniqueKeysWithValues: wording.facts(in: .vi).map { ($0, Self.longest($0, in: kind)) })
        for language in Language.allCases {
            let text = try #require(wording.text(facts, in: language))
            #expect(!text.isEmpty && !text.contains { "{}".contains($0) }, "a bracket is left in \(text)")
        }
    }

    /// Two parts cost twice; more is a letter and no message.
    @Test(arguments: Wording.all.map(\.kind), Language.allCases)
    func `it fits into two messages, and about a ticket into one`(kind: String, language: Language) throws {
        let wording = try #require(Wording.of(kind))
        let names = wording.facts(in: language)
        let facts = Dictionary(uniqueKeysWithValues: names.map { ($0, Self.longest($0, in: kind)) })
        let text = try #require(wording.text(facts, in: language))
        let phone = try #require(PhoneNumber(rawValue: "0912345678"))
        let message = ShortMessage(id: "n", to: phone, text: text)
        #expect(message.parts <= (kind.hasPrefix("ticket") ? 1 : 2), "\(message.text) has \(message.text.utf8.count)")
        #expect(message.text.utf8.allSatisfy { $0 < 0x80 }, "\(message.text) would cost twice as much")
        for fact in facts.values { #expect(message.text.contains(fact.text)) }
    }

    /// What stands on locked screens and in the lists of mail servers: a code, a time and a link, whatever the channel.
    @Test(arguments: Wording.all.map(\.kind), NoticeWay.allCases)
    func `no channel is given more of a person than a code, a time and a link`(kind: String, way: NoticeWay) throws {
        let wording = try #require(Wording.of(kind))
        for language in Language.allCases {
            let names = wording.facts(in: language)
            let facts = Dictionary(uniqueKeysWithValues: names.map { ($0, Self.longest($0, in: kind)) })
            let phone = try #require(PhoneNumber(rawValue: "0912345678"))
            let (title, text): (String, String) =
                switch way {
                case .mail: (language(wording.title), try #require(wording.text(facts, in: language)))
                case .shortMessage:
                    ("", ShortMessage(id: "n", to: phone, text: try #require(wording.text(facts, in: language))).text)
                }
            let own = facts.values.reduce(text) { $0.replacing($1.text, with: "") }
            #expect(!text.isEmpty && (way == .shortMessage || !title.isEmpty))
            #expect(!title.contains { $0.isNumber || "{}@/".contains($0) }, "the subject is read by everybody")
            #expect(!own.contains { $0.isNumber || "{}@".contains($0) }, "\(own)")
            // A name is that of a ticket, and never a person's.
            #expect(kind.hasPrefix("ticket") || facts.values.allSatisfy { $0.sort != .name })
        }
    }

    @Test func `half a sentence is told to nobody`() throws {
        let wording = try #require(Wording.of("ticket.comeBack"))
        #expect(wording.text(["number": .name("A001")], in: .vi) == nil)
    }

    @Test func `a message has the plain letters of what it says`() throws {
        let phone = try #require(PhoneNumber(rawValue: "0912345678"))
        let message = ShortMessage(id: "n", to: phone, text: "Đã có chỗ, mời bạn vào phòng chờ: ĐƯỜNG Nguyễn")
        #expect(message.text == "Da co cho, moi ban vao phong cho: DUONG Nguyen")
    }

    @Test(arguments: [
        (String(repeating: "a", count: 160), 1), (String(repeating: "a", count: 161), 2),
        (String(repeating: "a", count: 306), 2), (String(repeating: "a", count: 307), 3),
        // Written with two characters each.
        (String(repeating: "~", count: 80), 1), (String(repeating: "~", count: 81), 2),
        (String(repeating: "ạ", count: 70), 1), (String(repeating: "ạ", count: 71), 2),
        (String(repeating: "ạ", count: 134), 2), (String(repeating: "ạ", count: 135), 3),
    ])
    func `its parts are counted as a network counts them`(text: String, parts: Int) {
        #expect(ShortMessage.parts(of: text) == parts)
    }
}

extension ShortMessage {
    /// As how many messages a network charges it.
    fileprivate var parts: Int { Self.parts(of: text) }

    /// A long message is cut into parts that each lose room for what joins them.
    fileprivate static func parts(of text: String) -> Int {
        let isPlain = text.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "`") }
        // The alphabet of telephones (3GPP TS 23.038) writes these few with two characters.
        let length = isPlain ? text.utf8.count + text.utf8.count { "^{}\\[~]|".utf8.contains($0) } : text.utf16.count
        let (whole, part) = isPlain ? (160, 153) : (70, 67)
        return length <= whole ? 1 : (length + part - 1) / part
    }
}
