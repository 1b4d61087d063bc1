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

    static func mode(
        _ id: ID<OperatingMode>,
        percent: Int? = nil,
        distance: Int? = nil,
        closed: Set<Channel> = [],
        start: Instant = now,
        end: Instant? = nil
    ) -> OperatingMode {
        OperatingMode(
            id: id,
            percent: percent,
            distance: distance,
            closedChannels: closed,
            start: start,
            end: end,
            document: document
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
            (
                [], .impose(mode("half", percent: 50), seatsApart: nil, by: leader, at: now),
                [.modeImposed(mode: mode("half", percent: 50), seatsApart: nil, by: "ha-noi")]
            ),
            // An order that comes twice is carried out once.
            (
                [.modeImposed(mode: mode("half", percent: 50), seatsApart: nil, by: "ha-noi")],
                .impose(mode("half", percent: 50), seatsApart: nil, by: leader, at: now), []
            ),
            (
                [.modeImposed(mode: mode("half", percent: 50), seatsApart: nil, by: "ha-noi")],
                .lift("half", by: leader, at: now), [.modeLifted(mode: "half", at: now, by: "ha-noi")]
            ),
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
            ([], .impose(mode("half", percent: 50), seatsApart: nil, by: stranger, at: now), .notYourOffice),
            (
                [], .impose(mode("half", percent: 50), seatsApart: nil, by: admin, at: now),
                .notYourRole(needed: .leader)
            ),
            ([], .impose(mode("nothing"), seatsApart: nil, by: leader, at: now), .emptyMode),
            (
                [], .impose(mode("past", percent: 50, end: now), seatsApart: nil, by: leader, at: now), .modeHasEnded
            ),
            ([], .lift("half", by: leader, at: now), .noSuchMode),
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
            .hallSet(hall: OfficeHall(seats: 40, plan: "{}", seatsApart: [200: 12])),
            .rulesSet(rules: BookingRules()),
            .modeImposed(
                mode: Self.mode("half", percent: 50, distance: 200, closed: [.post], end: Self.now),
                seatsApart: 12,
                by: "ha-noi"
            ),
            .modeLifted(mode: "half", at: Self.now, by: "ha-noi"),
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
