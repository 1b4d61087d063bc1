import Foundation
import Kernel
import Markup
import Persistence
import TestSupport
import Testing
import Web

@testable import Agencies

struct AgencyOrdersTests {
    static let now = Instant(milliseconds: 1_627_002_000_000)
    static let document = LegalDocument(number: "17/CT-UBND", date: AgencyCalendarTests.day("2021-07-23"))
    static let city = OrderingAuthority(ID(rawValue: "h26"), isAbove: true, under: [])
    static let district = OrderingAuthority(ID(rawValue: "ba-dinh"), isAbove: true, under: [ID(rawValue: "h26")])
    static let stranger = OrderingAuthority(ID(rawValue: "h29"), isAbove: false, under: [])

    static func order(
        _ id: String = "m1",
        percent: Int? = nil,
        distance: Int? = nil,
        rules: String? = nil,
        closing closures: [Closure] = [],
        from start: Instant = now,
        until end: Instant? = nil,
        by document: LegalDocument = document
    ) -> StandingOrder {
        StandingOrder(
            id: ID(rawValue: id),
            measures: Measures(percent: percent, distance: distance, healthRules: rules, closures: closures),
            start: start,
            end: end,
            reason: "Giãn cách xã hội",
            document: document
        )
    }

    static func imposed(_ order: StandingOrder, on agency: String = "h26", by authority: String? = nil) -> ImposedOrder
    {
        ImposedOrder(
            order,
            of: ID(rawValue: agency),
            by: ID(rawValue: authority ?? agency),
            imposed: CalendarEntry.Deed(at: now, by: nil)
        )
    }

    static let half = AgencyOrders.Event.imposed(order: order(percent: 50), by: city.agency)
    static let id = ID<StandingOrder>(rawValue: "m1")

    @Test(
        arguments: [
            ([], .impose(order(percent: 50), by: city, at: now), [half]),
            // From the very instant on, and until one that lies after it.
            (
                [], .impose(order(percent: 50, until: now + .minutes(1)), by: city, at: now),
                [.imposed(order: order(percent: 50, until: now + .minutes(1)), by: city.agency)]
            ),
            // An order that is passed down twice is given once.
            ([half], .impose(order(percent: 50), by: city, at: now + .hours(1)), []),
            (
                [half], .lift(id, reason: "Hết dịch", by: city, at: now + .hours(1)),
                [.lifted(order: id, reason: "Hết dịch", at: now + .hours(1), by: city.agency)]
            ),
        ] as [([AgencyOrders.Event], AgencyOrders.Command, [AgencyOrders.Event])]
    )
    func `an order is given once and lifted once`(
        past: [AgencyOrders.Event],
        command: AgencyOrders.Command,
        events: [AgencyOrders.Event]
    ) throws {
        #expect(try AgencyOrders(replaying: past).decide(command) == events)
    }

    @Test(
        arguments: [
            ([], .impose(order(percent: 50), by: stranger, at: now), .notYours),
            ([], .impose(order(), by: city, at: now), .nothingOrdered),
            // What was taken in a minute ago stays taken in.
            ([], .impose(order(percent: 50, from: now + .minutes(-1)), by: city, at: now), .startHasPassed),
            // Nobody orders by a document that is signed tomorrow.
            (
                [],
                .impose(
                    order(
                        percent: 50,
                        from: now + .days(2),
                        by: LegalDocument(number: "18/CT-UBND", date: now.localDate.adding(days: 1))
                    ),
                    by: city,
                    at: now
                ),
                .documentOfTheFuture
            ),
            ([], .impose(order(percent: 50, until: now), by: city, at: now), .endsBeforeItStarts),
            ([], .lift(id, reason: "", by: city, at: now), .noSuchOrder),
            ([half], .lift(id, reason: "", by: stranger, at: now), .notYours),
            // What is ordered from above is not lifted below.
            ([half], .lift(id, reason: "", by: district, at: now), .notYours),
            (
                [half, .lifted(order: id, reason: "", at: now + .hours(1), by: city.agency)],
                .lift(id, reason: "", by: city, at: now + .hours(1)), .overAlready
            ),
            (
                [.imposed(order: order(percent: 50, until: now + .hours(1)), by: city.agency)],
                .lift(id, reason: "", by: city, at: now + .hours(1)), .overAlready
            ),
        ] as [([AgencyOrders.Event], AgencyOrders.Command, AgencyOrders.Refusal)]
    )
    func `what may not be ordered is refused`(
        past: [AgencyOrders.Event],
        command: AgencyOrders.Command,
        refusal: AgencyOrders.Refusal
    ) {
        #expect(throws: refusal) { _ = try AgencyOrders(replaying: past).decide(command) }
    }

    @Test func `events are stored as ever`() throws {
        let examples: [AgencyOrders.Event] = [
            .imposed(
                order: Self.order(
                    percent: 50,
                    distance: 200,
                    rules: "5K",
                    closing: [
                        Closure(.online), Closure(.counter, .field(key: "land")),
                        Closure(.post, .procedure(code: "2.000488")),
                    ],
                    until: Self.now + .hours(1)
                ),
                by: Self.city.agency
            ),
            .lifted(order: Self.id, reason: "Hết dịch", at: Self.now, by: Self.city.agency),
        ]
        #expect(try faultsOfStoredForms("AgencyOrders.Event", examples) == [])
    }

    // MARK: - In force

    @Test func `an order holds from its first minute until, and without, its last`() {
        let orders = BindingOrders([Self.imposed(Self.order(percent: 50, until: Self.now + .minutes(1)))])
        func percent(_ instant: Instant) -> Int? { orders.inForce(at: instant).percent }
        #expect(percent(Self.now + Span(milliseconds: -1)) == nil)
        #expect(percent(Self.now) == 50)
        #expect(percent(Self.now + Span(milliseconds: 59_999)) == 50)
        #expect(percent(Self.now + .minutes(1)) == nil)
    }

    @Test func `the strictest of each kind holds and names the order that makes it`() {
        let (loose, strict) = (Self.order("a", percent: 50, distance: 200), Self.order("b", percent: 30, distance: 100))
        let orders = BindingOrders([Self.imposed(loose), Self.imposed(strict, on: "ba-dinh")]).inForce(at: Self.now)
        #expect(orders.percent == 30 && orders.distance == 200)
        #expect(
            orders.explained == [
                .init(measure: .percent(30), order: Self.imposed(strict, on: "ba-dinh")),
                .init(measure: .distance(200), order: Self.imposed(loose)),
            ]
        )
        #expect(!orders.asksHealth)
    }

    @Test(
        arguments: [
            (Closure.Matter.everything, nil, nil, true), (.everything, "land", "1.1", true),
            (.field(key: "land"), "land", "1.1", true), (.field(key: "land"), "notary", nil, false),
            (.field(key: "land"), nil, nil, false),
            (.procedure(code: "1.1"), "land", "1.1", true), (.procedure(code: "1.1"), "land", "1.2", false),
            (.procedure(code: "1.1"), "land", nil, false),
        ] as [(Closure.Matter, String?, String?, Bool)]
    )
    func `a channel is closed for what the order names`(
        matter: Closure.Matter,
        field: String?,
        procedure: String?,
        isClosed: Bool
    ) {
        let order = Self.imposed(Self.order(closing: [Closure(.online, matter)]))
        let orders = OrdersInForce([order])
        #expect((orders.closure(of: .online, field: field, procedure: procedure) == order) == isClosed)
        #expect(orders.closure(of: .counter, field: field, procedure: procedure) == nil)
        let open = orders.open([.online, .post], field: field, procedure: procedure)
        #expect(open == (isClosed ? [.post] : [.online, .post]))
    }

    @Test func `of two orders that close the same the longer one is told`() {
        let closing = [Closure(.counter)]
        let short = Self.imposed(Self.order("a", closing: closing, until: Self.now + .hours(1)))
        let long = Self.imposed(Self.order("b", closing: closing, until: Self.now + .hours(9)))
        let open = Self.imposed(Self.order("c", closing: closing))
        #expect(OrdersInForce([long, short]).closure(of: .counter) == long)
        #expect(OrdersInForce([short, open, long]).closure(of: .counter) == open)
        #expect(OrdersInForce([short, open, long]).explained == [.init(measure: .closed(closing[0]), order: open)])
    }

    @Test func `an order about to begin is announced, each document once, and not as if it held`() {
        let holding = Self.imposed(Self.order("a", percent: 50, distance: 200, closing: [Closure(.post)]))
        let soon = Self.imposed(Self.order("b", closing: [Closure(.online)], from: Self.now + .days(6)))
        let later = Self.imposed(Self.order("c", percent: 10, from: Self.now + .days(8)))
        let orders = BindingOrders([later, soon, holding])
        #expect(orders.coming(after: Self.now) == [soon])
        func told(at now: Instant) -> String {
            ordersNotice(orders, at: now, MatterNames(), AgencyTree(revision: 0, profiles: []), .vi)?.source ?? ""
        }
        let parts = told(at: Self.now).components(separatedBy: "Sắp áp dụng, hiện chưa có hiệu lực")
        #expect(parts.count == 2)
        #expect(parts[0].components(separatedBy: "17/CT-UBND").count == 2, "three measures of one document, told once")
        #expect(parts[0].contains("50 %") && !parts[0].contains("Tạm dừng nộp trực tuyến"))
        #expect(parts[1].contains("Tạm dừng nộp trực tuyến") && !parts[1].contains("50 %"))
        #expect(parts[1].contains("Không bị tạm dừng"), "what remains possible is told")
    }

    // MARK: - The form

    @Test func `a procedure that nobody below the agency handles is not closed there`() throws {
        let names = MatterNames(
            procedure: { _ in Words("Khai sinh", "Birth") },
            deciders: { _, tree, _ in tree.all.filter { $0.id == Samples.wardB.id } }
        )
        let tree = AgencyTree(revision: 0, profiles: Samples.all)
        func fields(_ agency: AgencyProfile) -> [FieldError] {
            let form = FormData([
                "agency": agency.id.rawValue, "closed": "counter", "scope": "procedure", "procedure": "1.001193",
                "reason": "Vì", "number": "17", "date": "23/07/2021",
            ])
            do {
                _ = try OrderForm(form, agencies: Samples.all.map(\.id), names: names, tree: tree, now: Self.now)
                return []
            } catch { return (error as? Problem)?.errors ?? [] }
        }
        for agency in [Samples.wardB, Samples.district, Samples.city] { #expect(fields(agency) == []) }
        for agency in [Samples.wardA, Samples.justice, Samples.office] {
            #expect(fields(agency).map(\.field) == ["procedure"])
        }
    }

    private static func read(_ more: KeyValuePairs<String, String>) -> Result<OrderForm, Problem> {
        let names = MatterNames(
            fields: { [("land", Words("Đất đai", "Land"))] },
            procedure: { $0 == "2.000488" ? Words("Phiếu lý lịch", "Record") : nil }
        )
        var form = FormData()
        for (name, value) in more { form.append(name, value) }
        do {
            return .success(
                try OrderForm(
                    form,
                    agencies: [ID(rawValue: "h26")],
                    names: names,
                    tree: AgencyTree(revision: 0, profiles: []),
                    now: now
                )
            )
        } catch {
            return .failure(error as? Problem ?? .notFound)
        }
    }

    @Test func `a filled form is an order`() throws {
        let filled = try Self.read([
            "agency": "h26", "closed": "online", "closed": "counter", "scope": "field", "field": "land",
            "percent": "50",
            "distance": "1,5", "healthRules": "5K", "startDay": "24/07/2021", "startTime": "6:00",
            "endDay": "25/07/2021",
            "reason": "Giãn cách xã hội", "number": "17/CT-UBND", "date": "23/07/2021",
        ]).get()
        #expect(
            filled.order
                == StandingOrder(
                    id: filled.order.id,
                    measures: Measures(
                        percent: 50,
                        distance: 150,
                        healthRules: "5K",
                        closures: [Closure(.counter, .field(key: "land")), Closure(.online, .field(key: "land"))]
                    ),
                    start: Instant(LocalMinute(rawValue: "2021-07-24T06:00")!),
                    // A day without a time is the last one.
                    end: Instant(LocalMinute(rawValue: "2021-07-26T00:00")!),
                    reason: "Giãn cách xã hội",
                    document: Self.document
                )
        )
        let atOnce = try Self.read([
            "agency": "h26", "percent": "50", "reason": "Vì", "number": "17", "date": "23/07/2021",
        ]).get()
        #expect(atOnce.order.start == Self.now && atOnce.order.end == nil)
    }

    @Test func `everything that is wrong with a form is told at once, and nothing is cut`() {
        guard
            case .failure(let problem) = Self.read([
                "agency": "h29", "closed": "online", "scope": "procedure", "procedure": "9.9", "percent": "0",
                "distance": "20", "startTime": "25:00", "endDay": "hôm nay",
                "reason": String(repeating: "a", count: 301),
            ])
        else {
            Issue.record("the form was accepted")
            return
        }
        #expect(
            problem.errors.map(\.field) == [
                "agency", "percent", "distance", "procedure", "startDay", "startTime", "endDay", "reason", "number",
                "date",
            ]
        )
        #expect(problem.errors.first { $0.field == "reason" }?.en.contains("301 characters") == true)
    }
}
