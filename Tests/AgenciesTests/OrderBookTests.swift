import Hummingbird
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import Agencies

struct OrderBookTests {
    private static func open(_ kind: TestDatabase, _ body: (OrderBook, TestClock) async throws -> Void) async throws {
        try await kind.fresh { database in
            try await database.migrate(EventStore.migrations + Agencies.migrations)
            let clock = TestClock(AgencyOrdersTests.now)
            let office = Office { clock.now }
            let agencies = AgencyBook(database: database, office: office)
            _ = try await agencies.store(Samples.all)
            try await body(OrderBook(database: database, agencies: agencies, office: office), clock)
        }
    }

    private static func circumstances(_ clock: TestClock) -> Circumstances {
        Circumstances(at: clock.now, actor: .officer(id: ID(rawValue: "dung")))
    }

    private static func percent(_ book: OrderBook, _ agency: AgencyProfile, _ clock: TestClock) async throws -> Int? {
        let now = clock.now
        let shown = try await book.binding(agency.id).inForce(at: now).percent
        let obeyed = try await book.database.transaction { tx in
            try book.binding(agency.id, in: tx).inForce(at: now).percent
        }
        #expect(shown == obeyed, "pages and decisions go by the same orders")
        return obeyed
    }

    @Test(arguments: TestDatabase.kinds)
    func `an order holds for the agency and all below it until it is lifted`(kind: TestDatabase) async throws {
        try await Self.open(kind) { book, clock in
            let half = AgencyOrdersTests.order("half", percent: 50),
                third = AgencyOrdersTests.order("third", percent: 30)
            try await book.impose(half, on: Samples.district.id, by: Samples.city.id, Self.circumstances(clock))
            for below in [Samples.district, Samples.office, Samples.wardA] {
                #expect(try await Self.percent(book, below, clock) == 50)
            }
            for other in [Samples.city, Samples.justice] { #expect(try await Self.percent(book, other, clock) == nil) }
            // A ward may be stricter with itself, not milder.
            try await book.impose(third, on: Samples.wardA.id, by: Samples.wardA.id, Self.circumstances(clock))
            #expect(try await Self.percent(book, Samples.wardA, clock) == 30)
            #expect(try await Self.percent(book, Samples.wardB, clock) == 50)
            #expect(try await book.list(for: Samples.wardA.id).map(\.order.id.rawValue) == ["third", "half"])
            #expect(try await book.list(for: Samples.wardB.id).map(\.by) == [Samples.city.id])

            clock.advance(by: .hours(1))
            try await book.lift(half.id, reason: "Hết", by: Samples.city.id, Self.circumstances(clock))
            #expect(try await Self.percent(book, Samples.wardB, clock) == nil)
            let lifted = try #require(try await book.order(half.id))
            #expect(lifted.lifted?.reason == "Hết" && lifted.lifted?.deed.by == ID(rawValue: "dung"))
            #expect(lifted.order.end == clock.now)
            #expect(try await book.verify() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `nobody orders beside or above themselves, nor lifts what comes from above`(kind: TestDatabase) async throws {
        try await Self.open(kind) { book, clock in
            let order = AgencyOrdersTests.order(percent: 50)
            for (agency, authority) in [(Samples.wardA, Samples.wardB), (Samples.city, Samples.district)] {
                await #expect(throws: AgencyOrders.Refusal.notYours) {
                    try await book.impose(order, on: agency.id, by: authority.id, Self.circumstances(clock))
                }
            }
            try await book.impose(order, on: Samples.wardA.id, by: Samples.city.id, Self.circumstances(clock))
            for authority in [Samples.wardA, Samples.district, Samples.wardB] {
                await #expect(throws: AgencyOrders.Refusal.notYours) {
                    try await book.lift(order.id, reason: "", by: authority.id, Self.circumstances(clock))
                }
            }
            await #expect(throws: AgencyOrders.Refusal.noSuchOrder) {
                try await book.lift(ID(rawValue: "x"), reason: "", by: Samples.city.id, Self.circumstances(clock))
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `at the counter the office that receives for an agency counts too`(kind: TestDatabase) async throws {
        try await Self.open(kind) { book, clock in
            let order = AgencyOrdersTests.order(closing: [Closure(.counter), Closure(.online)])
            try await book.impose(order, on: Samples.office.id, by: Samples.district.id, Self.circumstances(clock))
            func closed(_ channel: Channel) async throws -> ChannelClosed? {
                let (now, ways) = (clock.now, [Channel.online, .counter, .post])
                let shown = try await book.closure(
                    of: channel,
                    at: Samples.district.id,
                    field: nil,
                    procedure: nil,
                    open: ways,
                    on: now
                )
                let obeyed = try await book.database.transaction { tx in
                    try book.closure(
                        of: channel,
                        at: Samples.district.id,
                        field: nil,
                        procedure: nil,
                        open: ways,
                        on: now,
                        in: tx
                    )
                }
                #expect(shown == obeyed)
                return obeyed
            }
            let counter = try #require(try await closed(.counter))
            #expect(counter.open == [.post])
            #expect(counter.problem.slug == "channel-closed" && counter.problem.status == .conflict)
            for told in ["17/CT-UBND ngày 23/07/2021", "quận Ba Đình", "Giãn cách xã hội", "nhận qua bưu chính"] {
                #expect(counter.problem.vi.contains(told), "the problem says \(told)")
            }
            #expect(try await closed(.online) == nil, "nobody files online with the office")
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what another process orders is seen a few seconds later and obeyed at once`(kind: TestDatabase) async throws {
        try await Self.open(kind) { book, clock in
            #expect(try await Self.percent(book, Samples.wardA, clock) == nil)
            let other = OrderBook(database: book.database, agencies: book.agencies)
            let order = AgencyOrdersTests.order(percent: 50)
            try await other.impose(order, on: Samples.city.id, by: Samples.city.id, Self.circumstances(clock))
            let now = clock.now
            let obeyed = try await book.database.transaction { tx in
                try book.binding(Samples.wardA.id, in: tx).inForce(at: now).percent
            }
            #expect(obeyed == 50)
            clock.advance(by: OrderBook.patience)
            #expect(try await Self.percent(book, Samples.wardA, clock) == 50)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a row that was altered is found`(kind: TestDatabase) async throws {
        try await Self.open(kind) { book, clock in
            let order = AgencyOrdersTests.order(percent: 50)
            try await book.impose(order, on: Samples.city.id, by: Samples.city.id, Self.circumstances(clock))
            #expect(try await book.verify() == [])
            _ = try await book.database.transaction { tx in
                try tx.execute("UPDATE standing_order SET agency = 'h29' WHERE id = \(order.id)")
            }
            #expect(try await book.verify().count == 1)
        }
    }
}
