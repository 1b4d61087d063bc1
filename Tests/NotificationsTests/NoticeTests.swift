import Kernel
import Persistence
import TestSupport
import Testing

@testable import Notifications
@testable import Web

@Suite struct `A notice` {
    @Test(arguments: TestDatabase.kinds)
    func `is handed over once, worded in the language of whoever it is for`(kind: TestDatabase) async throws {
        try await Post.open(kind) { post in
            #expect(post.notifications.reach == .gateway)
            try await post.say(in: .en)
            #expect(try await post.state() == .waiting(attempts: 0))
            try await post.deliver()
            try await post.deliver()
            #expect(post.gateway.sent.map(\.to) == [Post.phone])
            #expect(
                post.gateway.sent.map(\.text) == [
                    "Ticket A001: there is room, please come into the hall. Follow it: https://a.vn/v?p=x"
                ]
            )
            #expect(try await post.state() == .handedOver(by: .shortMessage, at: post.clock.now))
            #expect(try await post.notifications.verify { _ in }.differences == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `that a follower says again is one`(kind: TestDatabase) async throws {
        try await Post.open(kind) { post in
            for _ in 0..<3 { try await post.say(once: "event 17") }
            try await post.say(once: "event 18")
            for _ in 0..<2 { try await post.say() }
            try await post.deliver()
            #expect(post.gateway.sent.count == 4)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `that lacks what its kind has to tell is refused where it is said`(kind: TestDatabase) async throws {
        try await Post.open(kind) { post in
            await #expect(throws: Notice.Unsayable(kind: "ticket.letIn", fact: "link")) {
                try await post.say(Post.kind, ["number": .name("A001")])
            }
            await #expect(throws: Notice.Unsayable(kind: "ticket.letIn", fact: "number")) {
                try await post.say(Post.kind, ["number": .code("1"), "link": .link("x")])
            }
            try await post.deliver()
            #expect(post.gateway.sent.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `reaches an account at the telephone it has now`(kind: TestDatabase) async throws {
        try await Post.open(kind) { post in
            try await post.say(to: .account("lan"))
            try await post.say(to: .account("gone"), about: "two")
            try await post.deliver()
            #expect(post.gateway.sent.map(\.to) == [Post.phone])
            #expect(try await post.state(about: "two") == .suppressed(.noTelephone, at: post.clock.now))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `is not sent where there is no channel, and not in a demonstration`(kind: TestDatabase) async throws {
        try await Post.open(kind, hasGateway: false) { post in
            #expect(post.notifications.reach == .nobody)
            try await post.say()
            try await post.deliver()
            #expect(try await post.state() == .suppressed(.noChannel, at: post.clock.now))
        }
        try await Post.open(kind, isDemonstration: true) { post in
            #expect(post.notifications.reach == .demonstration)
            try await post.say()
            try await post.deliver()
            #expect(post.gateway.sent.isEmpty, "the telephones of invented people may be somebody's")
            #expect(try await post.state() == .suppressed(.demonstration, at: post.clock.now))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `is not sent when it is of no use any more`(kind: TestDatabase) async throws {
        try await Post.open(kind) { post in
            try await post.say(until: post.clock.now + .minutes(10))
            post.clock.advance(by: .minutes(10))
            try await post.deliver()
            #expect(post.gateway.sent.isEmpty)
            #expect(try await post.state() == .suppressed(.outdated, at: post.clock.now))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `is tried again while the gateway is silent, and given up in the end`(kind: TestDatabase) async throws {
        try await Post.open(kind) { post in
            post.gateway.fail(with: RememberingGateway.Silent())
            try await post.say()
            try await post.deliver()
            #expect(try await post.state() == .waiting(attempts: 1))
            post.clock.advance(by: .hours(1))
            try await post.deliver()
            #expect(try await post.state() == .waiting(attempts: 2))
            for _ in 2..<ChannelCourier.attempts {
                post.clock.advance(by: .hours(1))
                try await post.deliver()
            }
            #expect(try await post.state() == .failed(.unreachable, at: post.clock.now))
            #expect(try await post.notifications.verify { _ in }.differences == [])
            // Whoever comes after it is not kept waiting any more.
            post.gateway.fail(with: nil)
            try await post.say()
            try await post.deliver()
            #expect(post.gateway.sent.count == 1)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `that the gateway refuses is not tried again`(kind: TestDatabase) async throws {
        try await Post.open(kind) { post in
            post.gateway.fail(with: MessageRefused())
            try await post.say()
            try await post.deliver()
            #expect(try await post.state() == .failed(.refused, at: post.clock.now))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `of a kind without words fails and says so`(kind: TestDatabase) async throws {
        try await Post.open(kind) { post in
            let strange = NoticeKind("strange", Words("Lạ", "Strange"), [:])
            try await post.say(strange)
            try await post.deliver()
            let subject = Notice.Subject("post", ID<Post>(rawValue: "one"))
            let delivery = try await NoticeBook(database: post.database).latest([strange], about: [subject])[subject]
            #expect(delivery?.state == .failed(.noWording, at: post.clock.now))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `forgets whom it was for: at once when it was of use for an hour, otherwise after a month`(
        kind: TestDatabase
    ) async throws {
        try await Post.open(kind) { post in
            try await post.say()
            try await post.deliver()
            #expect(try await !post.remembers())
            try await post.say(Post.lasting, to: .account("lan"), about: "two")
            try await post.deliver()
            let at = post.clock.now
            post.clock.advance(by: .days(30))
            try await post.notifications.sweep()
            #expect(try await post.remembers())
            post.clock.advance(by: .seconds(1))
            try await post.notifications.sweep()
            #expect(try await !post.remembers())
            #expect(
                try await post.state(about: "two") == .handedOver(by: .shortMessage, at: at),
                "that it was told stays"
            )
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `leaves nobody's telephone in the outbox`(kind: TestDatabase) async throws {
        try await Post.open(kind) { post in
            try await post.say()
            let rows = try await post.database.read { tx in
                try tx.fetch("SELECT topic, key, payload FROM outbox").map { try $0.text(0) + $0.text(1) + $0.text(2) }
            }
            #expect(rows.count == 1 && !rows[0].contains(Post.phone.rawValue) && !rows[0].contains("A001"))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `that nobody will deliver is found`(kind: TestDatabase) async throws {
        try await Post.open(kind) { post in
            try await post.say()
            try await post.database.transaction { tx in
                try tx.execute("DELETE FROM outbox")
                try Outbox.post(topic: NoticeBook.topic, key: "k", payload: "missing", in: tx)
            }
            let found = try await post.notifications.verify { _ in }.differences
            #expect(found.count == 2)
            #expect(found.contains("notice missing: it is to be delivered and is not there"))
            #expect(found.contains { $0.hasSuffix("it waits and nobody will deliver it") })
        }
    }
}

@Suite struct `What a page says of a message` {
    private static let at = Instant(LocalMinute(rawValue: "2026-11-23T08:12")!)
    private static let states: [NoticeState] =
        [.waiting(attempts: 0), .waiting(attempts: 3), .handedOver(by: .shortMessage, at: at)]
        + [.handedOver(by: .mail, at: at), .unclear(by: .shortMessage, at: at)]
        + NoticeState.Failure.allCases.map { .failed($0, at: at) }
        + NoticeState.Reason.allCases.map { .suppressed($0, at: at) }

    @Test func `is different for every state, in both languages`() {
        for language in Language.allCases {
            #expect(Set(Self.states.map { $0.words(language) }).count == Self.states.count)
        }
    }

    @Test func `claims that it was sent only when a gateway has taken it`() {
        for state in Self.states where !state.isHandedOver {
            let said = state.words(.vi) + state.words(.en)
            #expect(!["Đã", "đã nhận", "Handed", "Taken"].contains { said.contains($0) })
        }
        #expect(NoticeState.handedOver(by: .shortMessage, at: Self.at).words(.vi).contains("08:12 23/11/2026"))
    }

    @Test func `proves a telephone only when it is so`() {
        for state in Self.states {
            let mayStandThere: [NoticeState] = [
                .handedOver(by: .shortMessage, at: Self.at), .unclear(by: .shortMessage, at: Self.at),
            ]
            #expect(NoticeReach.gateway.proves(state) == mayStandThere.contains(state))
            #expect(!NoticeReach.nobody.proves(state))
            #expect(NoticeReach.demonstration.proves(state))
        }
        #expect(!NoticeReach.gateway.proves(nil))
    }
}
