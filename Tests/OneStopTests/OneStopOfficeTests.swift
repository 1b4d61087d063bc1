import Agencies
import Kernel
import TestSupport
import Testing
import Web

@testable import OneStop

struct OneStopOfficeTests {
    static let leader = OfficeAuthority(agency: "ha-noi", roles: [.leader], isAbove: true)
    static let admin = OfficeAuthority(agency: "ha-noi", roles: [.admin], isAbove: true)
    static let stranger = OfficeAuthority(agency: "da-nang", roles: [.leader], isAbove: false)
    static let now = Instant(milliseconds: 1_795_401_000_000)
    static let document = LegalDocument(number: "17/CT-UBND", date: "2021-07-23")
    static let morning = session("morning", 1, "08:00-12:00")
    static let counter = ServiceCounter(id: "q1", name: "Quầy 1", kind: .reception)

    static func session(_ id: ID<ReceptionSession>, _ weekday: Int, _ hours: String) -> ReceptionSession {
        ReceptionSession(id: id, weekday: weekday, hours: WorkingInterval(rawValue: hours)!)
    }

    static func order(
        _ id: ID<StandingOrder>,
        percent: Int? = nil,
        distance: Int? = nil,
        closing closures: [Closure] = [],
        start: Instant = now,
        end: Instant? = nil
    ) -> StandingOrder {
        StandingOrder(
            id: id,
            measures: Measures(percent: percent, distance: distance, closures: closures),
            start: start,
            end: end,
            reason: "Giãn cách xã hội",
            document: document
        )
    }

    static func binding(_ orders: [StandingOrder]) -> BindingOrders {
        BindingOrders(
            orders.map { ImposedOrder($0, of: "ha-noi", by: "ha-noi", imposed: CalendarEntry.Deed(at: now, by: nil)) }
        )
    }

    @Test(
        arguments: [
            ([], .addSessions([morning], by: admin), [.sessionAdded(session: morning)]),
            (
                [.sessionAdded(session: morning)], .removeSession("morning", by: leader),
                [.sessionRemoved(session: "morning")]
            ),
            ([], .addCounter(counter, by: leader), [.counterAdded(counter: counter)]),
            ([.counterAdded(counter: counter)], .removeCounter("q1", by: leader), [.counterRemoved(counter: "q1")]),
            (
                [], .setServiceTime(field: "land", minutes: 20, by: leader),
                [.serviceTimeSet(field: "land", minutes: 20, isMeasured: false)]
            ),
            (
                [.serviceTimeSet(field: "land", minutes: 20, isMeasured: false)],
                .setServiceTime(field: "land", minutes: 20, by: leader), []
            ),
            ([], .setHall(OfficeHall(seats: 40), by: leader), [.hallSet(hall: OfficeHall(seats: 40))]),
            ([], .setRules(BookingRules(), by: leader), []),
        ] as [([OneStopOffice.Event], OneStopOffice.Command, [OneStopOffice.Event])]
    )
    func `an office is set up and ordered by those who may`(
        past: [OneStopOffice.Event],
        command: OneStopOffice.Command,
        events: [OneStopOffice.Event]
    ) throws {
        #expect(try OneStopOffice(replaying: past).decide(command) == events)
    }

    @Test(
        arguments: [
            ([], .addCounter(counter, by: stranger), .notYourOffice),
            (
                [.sessionAdded(session: morning)], .addSessions([session("other", 1, "11:30-13:00")], by: leader),
                .sessionsOverlap(weekday: 1)
            ),
            ([], .removeSession("morning", by: leader), .noSuchSession),
            (
                [.counterAdded(counter: counter)],
                .addCounter(ServiceCounter(id: "q2", name: "Quầy 1", kind: .both), by: leader), .counterNameTaken
            ),
            ([], .removeCounter("q1", by: leader), .noSuchCounter),
            ([], .pinServiceTime(field: "land", by: leader), .noDeclaredTime),
            ([], .pinServiceTime(field: "land", by: stranger), .notYourOffice),
            ([], .declareVisitors(nil, by: stranger), .notYourOffice),
        ] as [([OneStopOffice.Event], OneStopOffice.Command, OneStopOffice.Refusal)]
    )
    func `what may not be is refused`(
        past: [OneStopOffice.Event],
        command: OneStopOffice.Command,
        refusal: OneStopOffice.Refusal
    ) {
        #expect(throws: refusal) { _ = try OneStopOffice(replaying: past).decide(command) }
    }

    @Test func `events are stored as ever`() throws {
        let examples: [OneStopOffice.Event] = [
            .sessionAdded(session: Self.morning),
            .sessionRemoved(session: "morning"),
            .counterAdded(counter: Self.counter),
            .counterRemoved(counter: "q1"),
            .serviceTimeSet(field: "land", minutes: 20, isMeasured: true),
            .serviceTimeMeasured(field: "land", minutes: 24, before: 20, visits: 214, since: "2026-11-02"),
            .serviceTimePinned(field: "land"),
            .serviceTimeReleased(field: "land"),
            .visitorsDeclared(
                visitors: DeclaredVisitors(
                    perDay: ["land": 40],
                    weekdays: [120, 100, 100, 90, 90, 0, 0],
                    rush: .even
                )
            ),
            .visitorsWithdrawn,
            .hallSet(hall: OfficeHall(seats: 40, plan: "{}")),
            .rulesSet(rules: BookingRules()),
        ]
        #expect(try faultsOfStoredForms("OneStopOffice.Event", examples) == [])
    }
}

extension ID: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(rawValue: value) }
}

extension LocalDate: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self = LocalDate(rawValue: value)! }
}
