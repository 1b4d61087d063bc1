import Agencies
import Foundation
import HTTPTypes
import Kernel
import Persistence
import Staffing
import TestSupport
import Testing
import Web

@testable import DossierCore

/// A way of filing that is closed by order takes nothing in, from one minute until another.
struct FilingUnderOrdersTests {
    static let city = ID<Agency>(rawValue: "h26")

    /// A book that obeys, for a department under a city.
    private static func open(
        _ kind: TestDatabase,
        connections: Int = 4,
        _ body: (Room, OrderBook) async throws -> Void
    ) async throws {
        try await kind.fresh(connections: connections) { database in
            try await database.migrate(
                EventStore.migrations + Numbering.migrations + Outbox.migrations + Agencies.migrations
                    + DossierBook.migrations
            )
            let agencies = AgencyBook(database: database)
            _ = try await agencies.store(
                [(city, nil), (Room.justice, city), (Room.elsewhere, nil)].map { id, parent in
                    AgencyProfile(
                        id: id,
                        name: Words("Cơ quan \(id.rawValue)", id.rawValue),
                        kind: .department,
                        level: .province,
                        parent: parent
                    )
                }
            )
            let orders = OrderBook(database: database, agencies: agencies)
            let room = Room(
                database: database,
                book: DossierBook(database: database, staff: StaffBooks(database: database), orders: orders),
                drafts: Drafts(database: database)
            )
            try await body(room, orders)
        }
    }

    static func closing(_ closures: Closure..., from start: Instant, until end: Instant? = nil) -> StandingOrder {
        StandingOrder(
            id: .fresh(at: start),
            measures: Measures(closures: closures),
            start: start,
            end: end,
            reason: "Giãn cách xã hội",
            document: LegalDocument(number: "17/CT-UBND", date: LocalDate(rawValue: "2021-07-23")!)
        )
    }

    /// Whether it was taken in; any other failure travels on.
    private static func isTaken(_ room: Room, _ submission: DossierBook.Submission) async throws -> Bool {
        do {
            try await room.file(submission)
            return true
        } catch is ChannelClosed {
            return false
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a closed channel refuses from its first minute and takes again from its last`(kind: TestDatabase) async throws
    {
        try await Self.open(kind) { room, orders in
            let now = room.clock.now
            let (start, end) = (now + .minutes(1), now + .minutes(3))
            try await orders.impose(
                Self.closing(Closure(.online), from: start, until: end),
                on: Self.city,
                by: Self.city,
                room.circumstances()
            )
            let instants: [(Instant, Bool)] = [
                (now, true), (start + Span(milliseconds: -1), true), (start, false),
                (end + Span(milliseconds: -1), false), (end, true),
            ]
            for (index, (instant, isOpen)) in instants.enumerated() {
                room.clock.now = instant
                let phone = "091200000\(index)"
                #expect(try await Self.isTaken(room, Room.submission(phone: phone)) == isOpen, "\(index)")
            }
            room.clock.now = start
            // Other ways, and agencies that are not below the city, go on.
            #expect(try await Self.isTaken(room, Room.submission(channel: .counter, returnBy: .counter, by: nil)))
            #expect(try await Self.isTaken(room, Room.submission(channel: .post, returnBy: .counter, by: nil)))
            #expect(try await Self.isTaken(room, Room.submission(to: Room.elsewhere, code: "000.00.19.H17")))
            #expect(try await room.differences() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `whoever is refused hears the document, the reason, the time and what remains`(kind: TestDatabase) async throws
    {
        try await Self.open(kind) { room, orders in
            let now = room.clock.now
            let order = Self.closing(Closure(.online), Closure(.counter), from: now, until: now + .hours(2))
            try await orders.impose(order, on: Self.city, by: Self.city, room.circumstances())
            var submission = Room.submission()
            submission.ways = [.online, .post, .counter]
            let refusal = await #expect(throws: ChannelClosed.self) { try await room.file(submission) }
            let problem = try #require(refusal?.problem)
            #expect(problem.slug == "channel-closed" && problem.status.code == 409)
            for told in [
                "nộp trực tuyến", "17/CT-UBND ngày 23/07/2021", "Cơ quan h26", "Giãn cách xã hội",
                (now + .hours(2)).localMinute.vietnamese, "Vẫn nhận: nhận qua bưu chính.",
            ] {
                #expect(problem.vi.contains(told), "missing: \(told)")
            }
            #expect(problem.way?.path == "/thu-tuc/1.000001")
            #expect(try await room.count("SELECT COUNT(*) FROM dossier") == 0)
        }
    }

    @Test(
        arguments: TestDatabase.kinds,
        [
            (Closure.Matter.everything, false), (.field(key: "criminal-record"), false), (.field(key: "land"), true),
            (.procedure(code: "1.000001"), false), (.procedure(code: "1.000002"), true),
        ] as [(Closure.Matter, Bool)]
    )
    func `an order may close one field or one procedure`(kind: TestDatabase, row: (Closure.Matter, Bool)) async throws {
        try await Self.open(kind) { room, orders in
            let order = Self.closing(Closure(.online, row.0), from: room.clock.now)
            try await orders.impose(order, on: Room.justice, by: Self.city, room.circumstances())
            var submission = Room.submission()
            submission.field = "criminal-record"
            #expect(try await Self.isTaken(room, submission) == row.1)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what was filed before is answered again, whatever is closed since`(kind: TestDatabase) async throws {
        try await Self.open(kind) { room, orders in
            let key = IdempotencyKey(scope: "file/lan", key: "k1", digest: "f")
            let first = try await room.file(once: key)
            let order = Self.closing(Closure(.online), from: room.clock.now)
            try await orders.impose(order, on: Self.city, by: Self.city, room.circumstances())
            #expect(try await room.file(once: key) == first)
            try await orders.lift(order.id, reason: "Hết dịch", by: Self.city, room.circumstances())
            #expect(try await Self.isTaken(room, Room.submission()))
        }
    }

    /// Every filing bears the instant from which the order holds: which of them gets in is decided by who is first, and
    /// nobody who comes after the order is.
    @Test(arguments: TestDatabase.kinds)
    func `no filing slips past an order that is given meanwhile`(kind: TestDatabase) async throws {
        try await Self.open(kind, connections: 8) { room, orders in
            let order = Self.closing(Closure(.online), from: room.clock.now)
            let taken = try await withThrowingTaskGroup(of: Bool?.self) { group in
                for number in 0..<60 {
                    if number == 20 {
                        group.addTask {
                            try await orders.impose(order, on: Self.city, by: Self.city, room.circumstances())
                            // Decided after the order is committed: refused, however many are still at it.
                            for late in 0..<5 {
                                let phone = "09130000\(padded(late, 2))"
                                if try await Self.isTaken(room, Room.submission(phone: phone)) { return true }
                            }
                            return nil
                        }
                    }
                    group.addTask {
                        let phone = "09120000\(padded(number, 2))"
                        return try await Self.isTaken(room, Room.submission(phone: phone, by: nil)) ? false : nil
                    }
                }
                var taken = 0
                for try await outcome in group {
                    #expect(outcome != true, "a filing got in after the order had been given")
                    if outcome == false { taken += 1 }
                }
                return taken
            }
            #expect(try await room.count("SELECT COUNT(*) FROM dossier") == taken)
            let given = try await room.count("SELECT MAX(position) FROM event WHERE stream = 'orders/h26'")
            let after = try await room.count(
                "SELECT COUNT(*) FROM event WHERE stream LIKE 'dossier/%' AND position > \(given)"
            )
            #expect(after == 0, "\(after) filings stand behind the order in the log")
        }
    }

    // MARK: - Pages

    private static let form: KeyValuePairs<String, String> = [
        "agency": House.justice, "closed": "online", "scope": "everything", "reason": "Giãn cách xã hội",
        "number": "17/CT-UBND", "date": "23/11/2026",
    ]

    @Test(arguments: TestDatabase.kinds)
    func `a leader closes a channel, and nobody fills anything in for nothing`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let (leader, lan) = (try await house.officer(.leader), try await house.lan())
            let draft = try await lan.post("/nop/\(Procedures.record)", CitizenJourneyTests.start).location
            #expect(draft.hasPrefix("/nhap/"))
            #expect(try await leader.get("/work/orders").links.contains("/work/orders/new"))
            let given = try await leader.post("/work/orders/new", Self.form)
            #expect(given.status == 303)
            let page = try await leader.get(given.location)
            for words in ["Tạm dừng nộp trực tuyến", "17/CT-UBND ngày 23/11/2026", "Cán bộ Dũng", "Sở Tư pháp Hà Nội"] {
                #expect(page.body.contains(words), "missing: \(words)")
            }

            // Said before anything is filled in, where it was begun, and when it is sent all the same.
            let start = try await lan.get("/nop/\(Procedures.record)")
            #expect(start.body.contains("17/CT-UBND") && start.body.contains("Giãn cách xã hội"))
            #expect(start.links.contains("/thu-tuc/\(Procedures.record)"))
            #expect(!start.body.contains("value=\"\(House.justice)\""), "a closed agency is not offered")
            let begun = try await lan.post("/nop/\(Procedures.record)", CitizenJourneyTests.start)
            #expect(begun.status == 422)
            let review = try await lan.get("\(draft)/xem-lai")
            #expect(review.body.contains("17/CT-UBND") && !review.actions.contains("\(draft)/nop"))

            // It asks first, wants a reason, and takes filings again.
            let asking = try await leader.get("\(given.location)/lift")
            #expect(asking.status == 200 && asking.actions.contains("\(given.location)/lift"))
            #expect(try await leader.post("\(given.location)/lift").marked == ["reason"])
            #expect(try await leader.post("\(given.location)/lift", ["reason": "Hết dịch"]).status == 303)
            #expect(try await leader.get(given.location).body.contains("Hết dịch"))
            #expect(try await leader.post("\(given.location)/lift", ["reason": "Lần nữa"]).status == 409)
            let open = try await lan.get("/nop/\(Procedures.record)")
            #expect(open.body.contains("value=\"\(House.justice)\"") && !open.body.contains("17/CT-UBND"))
            #expect(try await house.orders.verify() == [])
        }
    }

    @Test
    func `a program is refused with a problem, and the counter keeps what was typed`() async throws {
        try await House.open(on: .sqlite) { house in
            let leader = try await house.officer(.leader)
            let reception = try await house.officer(.reception)
            let order = Self.closing(Closure(.online), Closure(.counter), from: house.clock.now)
            let justice = ID<Agency>(rawValue: House.justice)
            let circumstances = Circumstances(at: house.clock.now, actor: .system(name: "test"))
            try await house.orders.impose(order, on: justice, by: Self.city, circumstances)
            let visit = """
                {"procedure":"\(Procedures.record)","situation":"self","returnBy":"counter","answers":\(House.complete)}
                """
            let refused = try await reception.api(.post, "/api/v1/work/intake", visit)
            #expect(refused.status == 409 && refused.isProblem)
            #expect(try refused.object["type"] as? String == "/problems/channel-closed")
            let page = try await reception.get("/work/intake/\(Procedures.record)")
            #expect(page.body.contains("17/CT-UBND"))
            let sent = try await reception.post(
                "/work/intake/\(Procedures.record)",
                [
                    "situation": "self", "returnBy": "counter", "channel": "counter",
                    "applicant.fullName": "Nguyễn Thị Lan", "applicant.phone": "0912000001",
                    "applicant.address": "Số 1 Kim Mã", "request.kind": "1", "request.purpose": "Xin việc",
                ]
            )
            #expect(sent.status == 409 && sent.body.contains("Xin việc") && sent.body.contains("17/CT-UBND"))

            // What comes from above is shown, and not lifted below.
            let list = try await leader.get("/work/orders")
            #expect(list.links.contains("/work/orders/\(order.id.rawValue)"))
            #expect(list.body.contains("UBND thành phố Hà Nội"))
            let shown = try await leader.get("/work/orders/\(order.id.rawValue)")
            #expect(!shown.links.contains("/work/orders/\(order.id.rawValue)/lift"))
            for answer in [
                try await leader.get("/work/orders/\(order.id.rawValue)/lift"),
                try await leader.post("/work/orders/\(order.id.rawValue)/lift", ["reason": "x"]),
            ] {
                #expect(answer.status == 403)
            }
        }
    }

    @Test
    func `only leaders give orders, for their own agency and those below it`() async throws {
        try await House.open(on: .sqlite) { house in
            let leader = try await house.officer(.leader)
            for role in [Role.admin, .reception] {
                let officer = try await house.officer(role)
                #expect(try await officer.get("/work/orders").status == 200)
                #expect(try await officer.get("/work/orders/new").status == 403)
                #expect(try await officer.post("/work/orders/new", Self.form).status == 403)
            }
            let wrong = try await leader.post(
                "/work/orders/new",
                ["agency": House.danang, "percent": "150", "reason": "Giãn cách", "startDay": "01/01/2020", "date": ""]
            )
            #expect(wrong.status == 422 && wrong.marked == ["agency", "percent", "number", "date"])
            #expect(wrong.body.contains("Giãn cách"))
            let nothing = try await leader.post(
                "/work/orders/new",
                ["agency": House.justice, "reason": "Vì", "number": "1", "date": "23/11/2026"]
            )
            #expect(nothing.status == 422 && nothing.marked == ["percent"])
            let given = try await leader.post("/work/orders/new", Self.form)
            let stranger = try await house.stranger()
            #expect(try await stranger.get(given.location).status == 404)
            #expect(try await stranger.post("\(given.location)/lift", ["reason": "x"]).status == 404)
            #expect(try await leader.get("/work/orders/nothing").status == 404)
        }
    }
}
