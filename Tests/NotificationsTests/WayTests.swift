import Foundation
import Kernel
import Outgoing
import Persistence
import TestSupport
import Testing

@testable import Notifications
@testable import Web

@Suite struct `By which way a notice goes` {
    @Test(arguments: TestDatabase.kinds)
    func `the first that reaches whoever it is for, and once`(kind: TestDatabase) async throws {
        let box = LetterBox()
        try await Post.open(kind, letterBox: box) { post in
            try await post.say(to: .account("minh"))
            try await post.say(to: .account("thu"), about: "two")
            try await post.deliver()
            #expect(post.gateway.sent.count == 1 && box.taken.map(\.to) == [Post.email.rawValue])
            #expect(try await post.state() == .handedOver(by: .shortMessage, at: post.clock.now))
            #expect(try await post.state(about: "two") == .handedOver(by: .mail, at: post.clock.now))
            try await post.say(to: .account("nobody"), about: "three")
            try await post.deliver()
            #expect(try await post.state(about: "three") == .suppressed(.noAddress, at: post.clock.now))
            #expect(try await post.notifications.verify { _ in }.differences == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what one way refuses goes the next`(kind: TestDatabase) async throws {
        let box = LetterBox()
        try await Post.open(kind, letterBox: box) { post in
            post.gateway.fail(with: MessageRefused())
            try await post.say(to: .account("minh"))
            try await post.say(to: .account("lan"), about: "two")
            try await post.deliver()
            #expect(try await post.state() == .handedOver(by: .mail, at: post.clock.now))
            #expect(try await post.state(about: "two") == .failed(.refused, at: post.clock.now))
            box.fail(with: OutgoingFailure.answered(550))
            try await post.say(to: .account("minh"), about: "three")
            try await post.deliver()
            #expect(try await post.state(about: "three") == .failed(.refused, at: post.clock.now))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a dead gateway is waited for some minutes where there is another way, and for hours where there is none`(
        kind: TestDatabase
    ) async throws {
        let box = LetterBox()
        try await Post.open(kind, letterBox: box) { post in
            post.gateway.fail(with: OutgoingFailure.notTaken)
            let began = post.clock.now
            try await post.say(to: .account("minh"))
            try await post.say(to: .account("lan"), about: "two")
            while box.taken.isEmpty, post.clock.now < began + .hours(1) {
                try await post.deliver()
                post.clock.advance(by: .seconds(10))
            }
            #expect((Span.minutes(3)...Span.minutes(8)).contains(post.clock.now - began))
            #expect(try await post.state()?.isHandedOver == true)
            // Four-hundreds are for now: a letter that a busy server sends away is brought again.
            post.gateway.fail(with: nil)
            post.clock.advance(by: .hours(1))
            try await post.deliver()
            #expect(try await post.state(about: "two") == .handedOver(by: .shortMessage, at: post.clock.now))
            #expect(post.gateway.sent.count == 1 && box.taken.count == 1)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a letter that a busy server sends away is brought again`(kind: TestDatabase) async throws {
        let box = LetterBox()
        try await Post.open(kind, letterBox: box) { post in
            box.fail(with: OutgoingFailure.answered(451))
            try await post.say(to: .account("thu"))
            try await post.deliver()
            #expect(try await post.state() == .waiting(attempts: 1))
            box.fail(with: nil)
            post.clock.advance(by: .seconds(5))
            try await post.deliver()
            #expect(try await post.state() == .handedOver(by: .mail, at: post.clock.now))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what was cut off while it was handed over is not sent again, and said to be unclear`(
        kind: TestDatabase
    ) async throws {
        let box = LetterBox()
        try await Post.open(kind, letterBox: box) { post in
            box.fail(with: OutgoingFailure.unclear)
            try await post.say(to: .account("thu"))
            try await post.deliver()
            box.fail(with: nil)
            post.clock.advance(by: .hours(1))
            try await post.deliver()
            #expect(box.taken.isEmpty)
            guard case .unclear(.mail, _) = try await post.state() else {
                Issue.record("it is \(String(describing: try await post.state()))")
                return
            }
        }
    }

    /// As after kill -9 between the first byte and the note of how it went.
    @Test(arguments: TestDatabase.kinds)
    func `what a process that ended had begun to hand over is not handed over again`(kind: TestDatabase) async throws {
        let box = LetterBox()
        try await Post.open(kind, letterBox: box) { post in
            try await post.say(to: .account("thu"))
            try await post.database.transaction { tx in
                let id = ID<Notice>(rawValue: try tx.fetch("SELECT id FROM notice")[0].text(0))
                try tx.execute("UPDATE notice SET way = 'mail', begun = 1")
                try tx.execute("DELETE FROM outbox")
                try Outbox.post(topic: NoticeWay.mail.topic, key: "post/one", payload: id.rawValue, in: tx)
            }
            try await post.deliver()
            #expect(box.taken.isEmpty)
            #expect(try await post.state() == .unclear(by: .mail, at: post.clock.now))
            #expect(try await post.notifications.verify { _ in }.differences == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what waits for a way that was taken away goes another`(kind: TestDatabase) async throws {
        let box = LetterBox()
        try await Post.open(kind, hasGateway: false, letterBox: box) { post in
            #expect(post.notifications.reach == .nobody, "a letter proves no telephone")
            try await post.say(to: .account("minh"))
            try await post.database.transaction { tx in
                let id = try tx.fetch("SELECT id FROM notice")[0].text(0)
                try tx.execute("UPDATE notice SET way = 'shortMessage'")
                try tx.execute("DELETE FROM outbox")
                try Outbox.post(topic: NoticeWay.shortMessage.topic, key: "post/one", payload: id, in: tx)
            }
            try await post.deliver()
            #expect(try await post.state() == .handedOver(by: .mail, at: post.clock.now))
        }
    }
}

@Suite struct `A gateway over HTTP` {
    private static let message = ShortMessage(
        id: "01a",
        to: PhoneNumber(rawValue: "0912345678")!,
        text: "Số A001: mời bạn vào"
    )

    private static func esms(_ body: String, status: Int = 200) -> ESMS {
        ESMS(url: "https://sms.vn/send", key: "k", secret: "s", brand: "MOTCUA") { _ in
            OutgoingAnswer(status: status, body: Data(body.utf8))
        }
    }

    @Test func `eSMS is told what its description wants, with our id`() async throws {
        let gateway = ESMS(url: "https://sms.vn/send", key: "k", secret: "s", brand: "MOTCUA") { request in
            let told = try JSONDecoder().decode([String: String].self, from: request.body)
            #expect(
                told == [
                    "ApiKey": "k", "SecretKey": "s", "Brandname": "MOTCUA", "Phone": "84912345678", "SmsType": "2",
                    "Content": "So A001: moi ban vao", "RequestId": "01a", "IsUnicode": "0",
                ]
            )
            #expect(request.url == "https://sms.vn/send" && request.headers["Content-Type"] == "application/json")
            return OutgoingAnswer(status: 200, body: Data(#"{"CodeResult":"100"}"#.utf8))
        }
        try await gateway.send(Self.message)
    }

    @Test(arguments: [#"{"CodeResult":"100"}"#, #"{"CodeResult":100}"#, #"{"CodeResult":"124","ErrorMessage":"x"}"#])
    func `what eSMS has taken, now or before, is sent`(answer: String) async throws {
        try await Self.esms(answer).send(Self.message)
    }

    @Test func `words that were not agreed upon are refused for good`() async throws {
        await #expect(throws: MessageRefused.self) {
            try await Self.esms(#"{"CodeResult":"146"}"#).send(Self.message)
        }
    }

    @Test(arguments: [
        (#"{"CodeResult":"103"}"#, 200), (#"{"CodeResult":"101"}"#, 200), (#"{"CodeResult":"99"}"#, 200),
        ("", 200), ("<html>", 200), ("{}", 200), (#"{"CodeResult":"100"}"#, 502),
    ])
    func `whatever else it says is asked again later`(answer: String, status: Int) async throws {
        let error = await #expect(throws: (any Error).self) {
            try await Self.esms(answer, status: status).send(Self.message)
        }
        #expect(!(error is MessageRefused))
    }

    @Test func `a foreign telephone keeps its country`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let abroad = ShortMessage(id: "02b", to: PhoneNumber(rawValue: "+49 30 901820")!, text: "x")
        try await SpoolFolder(folder).send(abroad)
        #expect(try String(contentsOfFile: "\(folder)/motcua-02b", encoding: .utf8).hasPrefix("To: 4930901820\n"))
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test func `Kannel gets nothing about anybody in its address, and its answers are told apart`() async throws {
        func kannel(_ status: Int) -> Kannel {
            Kannel(url: "http://127.0.0.1:13013/cgi-bin/sendsms", user: "u", password: "p", sender: "MOTCUA") {
                request in
                #expect(request.url == "http://127.0.0.1:13013/cgi-bin/sendsms")
                #expect(request.headers["X-Kannel-To"] == "+84912345678")
                #expect(String(decoding: request.body, as: UTF8.self) == "So A001: moi ban vao")
                return OutgoingAnswer(status: status, body: Data())
            }
        }
        try await kannel(202).send(Self.message)
        await #expect(throws: MessageRefused.self) { try await kannel(400).send(Self.message) }
        await #expect(throws: NotTakenNow.self) { try await kannel(503).send(Self.message) }
        await #expect(throws: NotTakenNow.self) { try await kannel(403).send(Self.message) }
        let cut = Kannel(url: "http://127.0.0.1/", user: "u", password: "p", sender: "M") { _ in
            throw OutgoingFailure.unclear
        }
        await #expect(throws: HandingOverUnclear.self) { try await cut.send(Self.message) }
    }

    @Test func `a server that is not there has taken nothing`() async throws {
        let outgoing = Outgoing(count: 1)
        // Port 9 is for discarding, and nobody serves it on loopback.
        let nowhere = OutgoingRequest(url: "http://127.0.0.1:9/", headers: [:], body: Data("x".utf8))
        await #expect(throws: OutgoingFailure.notTaken) { _ = try await outgoing.post(nowhere) }
        await #expect(throws: OutgoingFailure.notTaken) {
            try await outgoing.send(
                OutgoingMail(from: "a@b.vn", to: "c@d.vn", message: Data("x\r\n".utf8)),
                by: MailAccount(url: "smtp://127.0.0.1:9", user: nil, password: nil, needsTLS: false)
            )
        }
        // A file is no service.
        let file = OutgoingRequest(url: "file:///etc/passwd", headers: [:], body: Data())
        await #expect(throws: OutgoingFailure.notTaken) { _ = try await outgoing.post(file) }
    }
}

@Suite struct `A letter` {
    @Test func `is written in seven bits, with lines that every server takes`() throws {
        let letter = Letter(
            id: "01a@hoankiem.vidu.vn",
            from: "motcua@hoankiem.vidu.vn",
            named: "Một Cửa phường Hoàn Kiếm",
            to: "minh@vidu.vn",
            subject: "Lịch hẹn của bạn cần xếp lại vì cơ quan giảm số người được tiếp trong ngày hôm đó\r\nBcc: x@y.vn",
            text: String(repeating: "Nguyễn Thị Ánh Nguyệt, ", count: 40),
            at: Instant(LocalMinute(rawValue: "2026-11-23T08:12")!)
        )
        let text = String(decoding: letter.data, as: UTF8.self)
        let lines = text.components(separatedBy: "\r\n")
        #expect(text.utf8.allSatisfy { $0 < 128 } && lines.allSatisfy { $0.utf8.count <= 78 && !$0.contains("\n") })
        #expect(lines.contains("Date: Mon, 23 Nov 2026 08:12:00 +0700"))
        #expect(lines.contains("Message-ID: <01a@hoankiem.vidu.vn>"))
        #expect(!lines.contains { $0.hasPrefix("Bcc") }, "a line in a subject adds no receiver")
    }

    @Test func `no piece of a subject cuts a letter`() {
        let family = "👨‍👩‍👧‍👦 Nguyễn"
        for piece in Letter.encoded(String(repeating: family, count: 5)).components(separatedBy: "\r\n ") {
            #expect(piece.utf8.count <= 75)
            let inside = piece.dropFirst("=?utf-8?B?".count).dropLast(2)
            #expect(Data(base64Encoded: String(inside)).flatMap { String(data: $0, encoding: .utf8) } != nil)
        }
    }
}
