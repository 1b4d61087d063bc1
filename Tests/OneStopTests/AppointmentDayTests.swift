import Agencies
import Foundation
import Kernel
import TestSupport
import Testing

@testable import OneStop

struct AppointmentDayTests {
    typealias Day = AppointmentDay
    static let date = OfficeCapacityTests.monday
    static let now = Instant(LocalMinute(rawValue: "2026-11-20T10:00")!)
    static let eight = 480
    static let half = 510

    /// One counter of thirty minutes at ten: three are served, two may book when nothing is kept but a third.
    static func office(_ seats: Int = 10) -> OfficeModel {
        var rules = BookingRules()
        rules.walkInPercent = 33
        return OneStopOffice(
            replaying: [
                .hallSet(hall: OfficeHall(seats: seats)), .rulesSet(rules: rules),
                .sessionAdded(session: OneStopOfficeTests.session("morning", 1, "08:00-09:00")),
                .counterAdded(counter: OneStopOfficeTests.counter),
                .serviceTimeSet(field: "land", minutes: 10, isMeasured: false),
            ]
        ).model
    }

    static func plan(_ seats: Int = 10, _ orders: StandingOrder...) -> DayPlan {
        let ordered = OrderedOffice(office(seats), under: OneStopOfficeTests.binding(orders))
        return DayPlan(ReceptionDays(ordered, WorkingCalendar()), on: date)
    }

    static func booked(_ id: ID<Appointment>, _ minute: Int = 480, _ offset: Int = 0) -> Day.Event {
        .booked(appointment: id, minute: minute, field: "land", isPriority: false, at: now + .minutes(offset))
    }

    static func book(_ id: ID<Appointment>, _ minute: Int = 480, priority: Bool = false, _ plan: DayPlan = plan())
        -> Day.Command
    {
        .book(id, minute: minute, field: "land", isPriority: priority, plan, at: now)
    }

    static let rest = now + .minutes(60)

    @Test(
        arguments: [
            ([], book("a"), [booked("a")]),
            ([booked("a")], book("b"), [booked("b")]),
            // A priority group has one place more.
            (
                [booked("a"), booked("b")], book("c", priority: true),
                [.booked(appointment: "c", minute: 480, field: "land", isPriority: true, at: now)]
            ),
            (
                [], .hold("a", minute: 480, field: "land", isPriority: false, plan(), at: now),
                [.held(appointment: "a", minute: 480, field: "land", isPriority: false, until: now + .minutes(10))]
            ),
            (
                [.held(appointment: "a", minute: 480, field: "land", isPriority: false, until: now + .minutes(10))],
                .confirm("a", at: now), [.confirmed(appointment: "a", at: now)]
            ),
            ([booked("a")], .confirm("a", at: now), []),
            (
                [booked("a")], .move("a", minute: 510, plan(), at: now),
                [.moved(appointment: "a", minute: 510, restsUntil: rest)]
            ),
            ([booked("a")], .cancel("a", plan(), at: now), [.cancelled(appointment: "a", restsUntil: rest)]),
            ([booked("a")], .leave("a", plan(), at: now), [.left(appointment: "a", restsUntil: rest)]),
            // What is given up goes to who waits, although it rests for everybody else.
            (
                full + [
                    .joined(appointment: "w", field: "land", at: now),
                    .joined(appointment: "v", field: "land", at: now),
                ],
                .cancel("b", plan(), at: now),
                [
                    .cancelled(appointment: "b", restsUntil: rest),
                    .offered(appointment: "w", minute: 480, until: now + .hours(4)),
                ]
            ),
            (full, .wait("w", field: "land", plan(), at: now), [.joined(appointment: "w", field: "land", at: now)]),
            (
                [.joined(appointment: "w", field: "land", at: now), offered("w")],
                .accept("w", at: now), [.accepted(appointment: "w")]
            ),
            // The offer has lapsed: the next one has it.
            (
                Array(full.dropLast()) + [
                    .joined(appointment: "w", field: "land", at: now),
                    .joined(appointment: "v", field: "land", at: now),
                    .offered(appointment: "w", minute: 510, until: now),
                ],
                .tend(plan(), at: now),
                [.offerLapsed(appointment: "w"), .offered(appointment: "v", minute: 510, until: now + .hours(4))]
            ),
        ] as [([Day.Event], Day.Command, [Day.Event])]
    )
    func `places are given in order`(past: [Day.Event], command: Day.Command, events: [Day.Event]) throws {
        #expect(try Day(replaying: past).decide(command) == events)
    }

    static let full = [booked("a"), booked("b"), booked("c", 510), booked("d", 510)]
    static func offered(_ id: ID<Appointment>) -> Day.Event {
        .offered(appointment: id, minute: 480, until: now + .hours(4))
    }

    @Test(
        arguments: [
            ([booked("a"), booked("b")], book("c"), .full),
            ([booked("a"), booked("b")], book("c", 495), .noSuchSlot),
            ([], book("a", plan(), at: Instant(LocalMinute(rawValue: "2026-11-23T08:00")!)), .timeHasPassed),
            // A place that was given up rests, so that nobody can hand it to somebody.
            ([booked("a"), booked("b"), .cancelled(appointment: "b", restsUntil: rest)], book("c"), .full),
            // An abandoned hold too.
            (
                [booked("a"), .held(appointment: "b", minute: 480, field: "land", isPriority: false, until: now)],
                book("c"), .full
            ),
            // Whoever waits comes first.
            (
                full.dropLast(2) + [booked("c", 510), .joined(appointment: "w", field: "land", at: now)],
                book("x", 510), .full
            ),
            (
                [.held(appointment: "a", minute: 480, field: "land", isPriority: false, until: now)],
                .confirm("a", at: now), .holdHasLapsed
            ),
            ([], .confirm("a", at: now), .unknown),
            ([], .wait("w", field: "land", plan(), at: now), .notFull),
            (
                [
                    .joined(appointment: "w", field: "land", at: now),
                    .offered(appointment: "w", minute: 480, until: now),
                ],
                .accept("w", at: now), .offerHasLapsed
            ),
        ] as [([Day.Event], Day.Command, Day.Refusal)]
    )
    func `what does not fit is refused`(past: [Day.Event], command: Day.Command, refusal: Day.Refusal) {
        #expect(throws: refusal) { _ = try Day(replaying: past).decide(command) }
    }

    static func book(_ id: ID<Appointment>, _ plan: DayPlan, at now: Instant) -> Day.Command {
        .book(id, minute: 480, field: "land", isPriority: false, plan, at: now)
    }

    @Test func `a rest ends by itself`() throws {
        let day = Day(replaying: [
            Self.booked("a"), Self.booked("b"), .cancelled(appointment: "b", restsUntil: Self.rest),
        ])
        let later = Day.Command.book("c", minute: 480, field: "land", isPriority: false, Self.plan(), at: Self.rest)
        #expect(try day.decide(later).count == 1)
    }

    // MARK: - Re-planning

    static func order(_ percent: Int, closing closures: [Closure] = []) -> StandingOrder {
        OneStopOfficeTests.order(ID(rawValue: "m\(percent)"), percent: percent, closing: closures, start: now)
    }

    @Test func `the earliest booking keeps its place, whatever order the slots have`() throws {
        // Ten seats, of which two are left: one may book.
        let plan = Self.plan(10, Self.order(50), Self.order(20))
        let events = try Day(replaying: Self.full).decide(.replan(plan, at: Self.now))
        #expect(events == [.displaced(appointment: "b"), .displaced(appointment: "d")])
    }

    @Test func `everybody is asked to choose anew while the counter is closed, and comes back when it opens`() throws {
        var day = Day(replaying: Self.full)
        let closed = Self.plan(10, Self.order(100, closing: [Closure(.counter)]))
        for event in try day.decide(.replan(closed, at: Self.now)) { day.evolve(event) }
        #expect(day.entries.allSatisfy { $0.standing == .displaced })
        #expect(try day.decide(.replan(closed, at: Self.now)).isEmpty)
        let opened = try day.decide(.replan(Self.plan(), at: Self.now))
        #expect(opened == ["a", "b", "c", "d"].map { .restored(appointment: $0) })
    }

    @Test func `holds and offers beyond the capacity give way to bookings`() throws {
        let past: [Day.Event] = [
            .held(appointment: "h", minute: 480, field: "land", isPriority: false, until: Self.now + .minutes(5)),
            .joined(appointment: "w", field: "land", at: Self.now),
            .offered(appointment: "w", minute: 510, until: Self.now + .hours(1)), Self.booked("a"),
            Self.booked("c", 510),
        ]
        let events = try Day(replaying: past).decide(.replan(Self.plan(10, Self.order(20)), at: Self.now))
        #expect(events == [.holdLost(appointment: "h"), .offerWithdrawn(appointment: "w")])
    }

    @Test func `events are stored as ever`() throws {
        let examples: [Day.Event] = [
            .held(appointment: "a", minute: 480, field: "land", isPriority: true, until: Self.now),
            Self.booked("a"),
            .confirmed(appointment: "a", at: Self.now),
            .moved(appointment: "a", minute: 510, restsUntil: Self.now),
            .left(appointment: "a", restsUntil: Self.now),
            .cancelled(appointment: "a", restsUntil: Self.now),
            .joined(appointment: "a", field: "land", at: Self.now),
            .offered(appointment: "a", minute: 480, until: Self.now),
            .offerLapsed(appointment: "a"),
            .offerWithdrawn(appointment: "a"),
            .accepted(appointment: "a"),
            .displaced(appointment: "a"),
            .restored(appointment: "a"),
            .holdLost(appointment: "a"),
            .waitResumed(appointment: "a"),
        ]
        #expect(try faultsOfStoredForms("AppointmentDay.Event", examples) == [])
    }
}
