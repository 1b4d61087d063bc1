import Foundation
import HTTPTypes
import Kernel
import Logging
import Persistence
import Synchronization
import TestSupport
import Testing

@testable import DossierCore
@testable import DossierNews
@testable import Notifications
@testable import Web

/// What happens to a dossier is told to whoever it is of.
struct NewsTests {

    @Test(arguments: TestDatabase.kinds)
    func `a dossier's life is told in its order, once, to the account that filed it`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let post = try await NewsPost(house)
            let id = try await house.filed(by: try await house.lan(), returnBy: "counter")
            try await post.deliver()
            try await house.bring(id, to: .processing)
            try await post.deliver()
            try await house.act("supplement", on: id, by: .caseOfficer, #"{"text":"Thiếu","components":["household"]}"#)
            try await post.deliver()
            let brought = try await house.lan().send(
                .post,
                "/api/v1/dossiers/\(id)/supplement",
                [.file("paper-household", "so.pdf", Paper.pdf)]
            )
            #expect(brought.status == 200, "\(brought.body)")
            try await post.deliver()
            let prepared = try await house.officer(.caseOfficer).send(
                .post,
                "/api/v1/work/dossiers/\(id)/result",
                [.field("outcome", "granted"), .file("paper-certificate", "phieu.pdf", Paper.pdf)]
            )
            #expect(prepared.status == 200)
            for role in [Role.caseOfficer, .leader, .clerk] { try await house.act("complete-step", on: id, by: role) }
            try await post.deliver()
            try await house.act("return", on: id, by: .returns, #"{"method":"counter","collector":"applicant"}"#)
            try await post.deliver()
            let told = try await post.told(id)
            #expect(
                told.map(\.kind).filter { $0 != "dossier.dueMoved" } == [
                    "dossier.filed", "dossier.accepted", "dossier.supplementAsked", "dossier.readyAtCounter",
                    "dossier.handedOver",
                ]
            )
            #expect(post.gateway.sent.count == told.count { $0.state.isHandedOver })
            let code = try await house.row(id).code.rawValue
            for message in post.gateway.sent {
                #expect(message.to.rawValue == "0912000001")
                #expect(message.text.contains(code) && message.text.hasSuffix("https://motcua.example.vn/ho-so/\(id)"))
                for secret in ["Lan", "Nguy", "Phi", "Kim", "0912"] { #expect(!message.text.contains(secret)) }
            }
            // The same events once more, as after a restart that lost the cursor.
            let sent = post.gateway.sent.count
            try await post.follow(Again(telling: post.telling))
            try await post.deliver()
            #expect(post.gateway.sent.count == sent)
            #expect(try await post.told(id).count == told.count)
            #expect(try await NoticeBook(database: house.database).verify() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `nothing is told that happened before it was learnt`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let id = try await house.filed(by: try await house.lan())
            try await house.settle()
            let post = try await NewsPost(house)
            try await post.deliver()
            #expect(try await post.told(id).isEmpty)
            try await house.act("accept", on: id, by: .reception)
            try await post.deliver()
            #expect(try await post.told(id).map(\.kind) == ["dossier.accepted"])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a request that was answered meanwhile is not told any more, with the reason`(kind: TestDatabase) async throws
    {
        try await House.open(on: kind) { house in
            let post = try await NewsPost(house)
            let id = try await house.filed(by: try await house.lan())
            try await house.bring(id, to: .processing)
            try await post.deliver()
            func answer() async throws {
                let answer = try await house.lan().send(
                    .post,
                    "/api/v1/dossiers/\(id)/supplement",
                    [.file("paper-household", "so.pdf", Paper.pdf)]
                )
                #expect(answer.status == 200, "\(answer.body)")
            }
            try await house.act("supplement", on: id, by: .caseOfficer, #"{"text":"Thiếu","components":["household"]}"#)
            try await post.follow()
            let before = post.gateway.sent.count
            #expect(try await post.told(id).last?.state == .waiting(attempts: 0))
            let at = house.clock.now
            try await answer()
            try await post.deliver()
            let request = try await post.told(id).first { $0.kind == "dossier.supplementAsked" }
            #expect(request?.state == .suppressed(.overtaken, at: at))
            #expect(!post.gateway.sent.dropFirst(before).contains { $0.text.contains("bo sung") })
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what is being handed over is not called back`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let post = try await NewsPost(house)
            let id = try await house.filed(by: try await house.lan())
            try await post.follow()
            let book = NoticeBook(database: house.database)
            let notice = try await house.database.read { tx in
                ID<Notice>(rawValue: try tx.fetch("SELECT id FROM notice")[0].text(0))
            }
            #expect(try await book.begin(notice, at: house.clock.now))
            try await house.act("accept", on: id, by: .reception)
            try await post.follow()
            #expect(try await post.told(id).first?.state == .waiting(attempts: 0))
            try await book.settle(notice, .handedOver(by: .shortMessage, at: house.clock.now))
            #expect(try await !book.begin(notice, at: house.clock.now), "nobody hands over what is settled")
            #expect(try await post.told(id).first?.state.isHandedOver == true)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `whoever a counter has taken in is told once, by the telephone on the form as it is now`(kind: TestDatabase)
        async throws
    {
        try await House.open(on: kind) { house in
            let post = try await NewsPost(house)
            let taken = try await house.officer(.reception).api(
                .post,
                "/api/v1/work/intake",
                """
                {"procedure":"\(Procedures.record)","situation":"self","returnBy":"counter","channel":"counter",\
                "answers":\(House.complete)}
                """
            )
            let id = try #require(try taken.object["id"] as? String)
            try await post.deliver()
            #expect(try await post.told(id).map(\.kind) == ["dossier.accepted"], "the receipt says that it was filed")
            let message = try #require(post.gateway.sent.first)
            #expect(message.to.rawValue == "0912000001")
            let secret = try #require(try await house.book.details(ID(rawValue: id))?.secret)
            #expect(message.text.hasSuffix("https://motcua.example.vn/tra-cuu") && !message.text.contains(secret))
            let kept = try await house.count(
                "SELECT COUNT(*) FROM notice WHERE phone IS NOT NULL OR account IS NOT NULL"
            )
            #expect(kept == 0, "where somebody is reached is read when it goes out")
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a supplement is reminded of once, two days before its last day`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let post = try await NewsPost(house)
            let id = try await house.filed(by: try await house.lan())
            try await house.bring(id, to: .processing)
            try await post.deliver()
            let last = house.clock.now.localDate.adding(days: 10)
            let request = #"{"text":"Thiếu","components":["household"],"answerBy":"\#(last.rawValue)"}"#
            try await house.act("supplement", on: id, by: .caseOfficer, request)
            try await post.deliver()
            #expect(try await post.told(id).last?.kind == "dossier.supplementAsked")
            func reminders() async throws -> [ToldNotice] {
                for chore in house.news.chores { try await chore.work() }
                try await post.deliver()
                return try await post.told(id).filter { $0.kind == "dossier.supplementReminder" }
            }
            #expect(try await reminders().isEmpty)
            house.clock.advance(by: .days(7))
            #expect(try await reminders().isEmpty)
            house.clock.advance(by: .days(1))
            let first = try await reminders()
            #expect(first.count == 1 && first[0].state.isHandedOver)
            #expect(post.gateway.sent.last?.text.contains(last.vietnamese) == true)
            house.clock.advance(by: .days(1))
            #expect(try await reminders() == first)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `pages tell what was told, by which way, and nothing more`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let post = try await NewsPost(house)
            let id = try await house.filed(by: try await house.lan())
            let path = "/ho-so/\(id)"
            let lan = try await house.lan()
            #expect(try await !lan.get(path).body.contains("id=\"told\""), "nothing was told yet")
            try await post.follow()
            #expect(try await lan.get(path).body.contains("Đang chờ gửi"))
            try await post.deliver()
            let officer = try await house.officer(.reception)
            for page in [try await lan.get(path).body, try await officer.get("/work/dossiers/\(id)").body] {
                for text in ["Hồ sơ đến nơi", "Tin nhắn", "Đã chuyển cho cổng tin nhắn lúc"] {
                    #expect(page.contains(text), "missing: \(text)")
                }
            }
            post.gateway.refuse()
            try await house.act("accept", on: id, by: .reception)
            try await post.deliver()
            let page = try await lan.get(path).body
            #expect(page.contains("Không gửi được: nơi chuyển tin không nhận") && page.contains("Chỉ ở trang này"))
            #expect(try await house.minh().get(path).status == 404)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what no way could tell is listed for the agency's officers until one of them has called`(kind: TestDatabase)
        async throws
    {
        try await House.open(on: kind) { house in
            let post = try await NewsPost(house)
            post.gateway.refuse()
            let id = try await house.filed(by: try await house.lan())
            try await house.act("accept", on: id, by: .reception)
            let other = try await house.filed(by: try await house.lan())
            try await post.deliver()
            let reception = try await house.officer(.reception)
            let list = try await reception.get("/work/untold")
            let call = "/work/dossiers/\(id)/act/record-call"
            #expect(list.links.filter { $0 == call }.count == 1, "what was overtaken needs no call")
            #expect(list.body.contains("tel:0912000001") && list.body.contains("nơi chuyển tin không nhận"))
            #expect(try await house.officer(.auditor).get("/work/untold").status == 403)
            #expect(try await house.lan().get("/work/untold").status != 200)
            let stranger = try await house.stranger()
            #expect(try await !stranger.get("/work/untold").body.contains(id))
            #expect(try await stranger.post(call, ["text": "Đã gọi"]).status != 303)

            #expect(try await reception.post(call, ["text": " "]).status == 422)
            #expect(try await reception.get("/work/untold").links.contains(call))
            #expect(try await reception.post(call, ["text": "Gặp bà Lan, đã hiểu."]).status == 303)
            let after = try await reception.get("/work/untold")
            #expect(!after.links.contains(call) && after.links.contains("/work/dossiers/\(other)/act/record-call"))
            let page = try await reception.get("/work/dossiers/\(id)").body
            #expect(page.contains("Cán bộ ghi là đã gọi điện lúc") && page.contains("Gặp bà Lan, đã hiểu."))
            let mine = try await house.lan().get("/ho-so/\(id)").body
            #expect(mine.contains("Cán bộ ghi là đã gọi điện lúc") && !mine.contains("Gặp bà Lan"))
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the list goes on where a page ends, and no notice is on two`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let now = house.clock.now
            let book = NoticeBook(database: house.database)
            try await house.database.transaction { tx in
                for number in 0..<7 {
                    try Notice(
                        to: .ofSubject,
                        in: .vi,
                        about: ID<Dossier>(rawValue: "d\(number)").subject,
                        DossierNotice.filed,
                        ["code": .code("1"), "link": .link("https://a.vn")],
                        desk: ID(rawValue: number == 3 ? House.danang : House.justice)
                    ).say(at: now, in: tx)
                }
            }
            let ids = try await house.database.read { tx in
                try tx.fetch("SELECT id FROM notice").map { ID<Notice>(rawValue: try $0.text(0)) }
            }
            for id in ids { try await book.settle(id, .suppressed(.noTelephone, at: now)) }
            var seen: [ID<Notice>] = []
            while true {
                let last = seen.last.map { (now, $0) }
                let part = try await book.untold(for: ID(rawValue: House.justice), after: last, limit: 4)
                guard !part.isEmpty else { break }
                seen += part.map(\.id)
            }
            #expect(seen.count == 6 && Set(seen).count == 6)
        }
    }
}

extension House {
    /// Waits until nothing is running any more beside which the last event was committed: what begins then begins after it.
    fileprivate func settle() async throws {
        let running: SQL = "\(sqlite: "0 = 1", postgres: "tx >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint")"
        while try await count("SELECT COUNT(*) FROM event WHERE \(running)") > 0 {
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}

/// The follower, and a gateway that takes what it says.
struct NewsPost {
    let house: House
    let gateway = TakingGateway()
    let telling: Telling
    private let outbox: OutboxService
    private let logger: Logger

    init(_ house: House) async throws {
        self.house = house
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        self.logger = logger
        telling = Telling(events: house.book.events, teller: Teller(site: "https://motcua.example.vn"))
        let notifications = Notifications(
            database: house.database,
            office: Office { [clock = house.clock] in clock.now },
            gateway: gateway,
            isDemonstration: false,
            named: { subject in
                try await house.news.addressee(of: subject).map { NoticeContact(phone: $0.phone, email: $0.email) }
            },
            contact: { _ in nil }
        )
        outbox = OutboxService(
            database: house.database,
            couriers: notifications.couriers(logger),
            logger: logger
        ) { [clock = house.clock] in clock.now }
        try await follow()
    }

    func follow(_ follower: (any Follower)? = nil) async throws {
        let followers = follower.map { [$0] } ?? house.news.followers
        try await FollowerService(database: house.database, followers: followers, logger: logger).catchUp()
        // What is told later is told at another time.
        house.clock.advance(by: .seconds(1))
    }

    func deliver() async throws {
        try await follow()
        try await outbox.deliverAll()
    }

    /// The oldest first.
    func told(_ id: String) async throws -> [ToldNotice] {
        try await NoticeBook(database: house.database).told(about: ID<Dossier>(rawValue: id).subject).reversed()
    }
}

/// Tells everything again, from the first event on.
private struct Again: Follower {
    let telling: Telling
    let name = "again"
    let beginning = FollowerBeginning.atTheStart
    var categories: Set<String> { telling.categories }

    func follow(_ events: [StoredEvent], in tx: borrowing Transaction) throws { try telling.follow(events, in: tx) }
}

final class TakingGateway: ShortMessageGateway {
    // Protects what several couriers may bring at once.
    private let state = Mutex<(sent: [ShortMessage], refuses: Bool)>(([], false))

    var sent: [ShortMessage] { state.withLock { $0.sent } }
    var knowsRepetitions: Bool { false }

    func refuse() { state.withLock { $0.refuses = true } }

    func send(_ message: ShortMessage) async throws {
        try state.withLock { state in
            if state.refuses { throw MessageRefused() }
            state.sent.append(message)
        }
    }
}
