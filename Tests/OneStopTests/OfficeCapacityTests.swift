import Agencies
import Kernel
import Persistence
import Synchronization
import TestSupport
import Testing
import Web

@testable import OneStop

struct OfficeCapacityTests {
    static let monday: LocalDate = "2026-11-23"
    static let noon = Instant(LocalMinute(rawValue: "2026-11-23T10:00")!)

    /// Three receiving counters, one of them for land only, and one that returns; 25 seats.
    static let base: [OneStopOffice.Event] = [
        .hallSet(hall: OfficeHall(seats: 25)),
        .sessionAdded(session: OneStopOfficeTests.session("morning", 1, "08:00-11:45")),
        .sessionAdded(session: OneStopOfficeTests.session("afternoon", 1, "13:30-17:00")),
        .counterAdded(counter: ServiceCounter(id: "q1", name: "1", kind: .reception)),
        .counterAdded(counter: ServiceCounter(id: "q2", name: "2", kind: .both)),
        .counterAdded(counter: ServiceCounter(id: "q3", name: "3", kind: .reception, fields: ["land"])),
        .counterAdded(counter: ServiceCounter(id: "q4", name: "4", kind: .return)),
        .serviceTimeSet(field: "land", minutes: 20, isMeasured: false),
        .serviceTimeSet(field: "civil-status", minutes: 5, isMeasured: false),
    ]

    static func model(_ more: OneStopOffice.Event...) -> OfficeModel {
        OneStopOffice(replaying: base + more).model
    }

    @Test func `slots fill each session and leave the lunch break free`() {
        let slots = ReceptionDays(Self.model(), WorkingCalendar()).slots(on: Self.monday).map(\.start.timeOfDay)
        #expect(slots.prefix(2) == ["08:00", "08:30"])
        // 11:30 would end after the session.
        #expect(!slots.contains("11:30") && !slots.contains("12:00"))
        #expect(slots.contains("13:30") && slots.last == "16:30")
        #expect(ReceptionDays(Self.model(), WorkingCalendar()).slots(on: "2026-11-24").isEmpty)
    }

    @Test(
        arguments: [
            ([], 25),
            ([OneStopOfficeTests.order("half", percent: 50, start: noon)], 12),
            ([OneStopOfficeTests.order("apart", distance: 200, start: noon)], 9),
            // The strictest of each holds, and then the stricter of both.
            (
                [
                    OneStopOfficeTests.order("half", percent: 50, start: noon),
                    OneStopOfficeTests.order("third", percent: 30, start: noon),
                    OneStopOfficeTests.order("apart", distance: 200, start: noon),
                ], 7
            ),
            ([OneStopOfficeTests.order("closed", closing: [Closure(.counter)], start: noon)], 0),
            ([OneStopOfficeTests.order("post", percent: 80, closing: [Closure(.post)], start: noon)], 20),
            ([OneStopOfficeTests.order("land", closing: [Closure(.counter, .field(key: "land"))], start: noon)], 25),
            // Not yet, and not any more.
            ([OneStopOfficeTests.order("later", percent: 50, start: noon + .minutes(1))], 25),
            ([OneStopOfficeTests.order("over", percent: 50, start: noon + .minutes(-10), end: noon)], 25),
        ] as [([StandingOrder], Int)]
    )
    func `the hall holds what the strictest order in force allows`(orders: [StandingOrder], people: Int) {
        let office = OrderedOffice(Self.model(), under: OneStopOfficeTests.binding(orders), seatsApart: [200: 9])
        #expect(office.hallCapacity(at: Self.noon) == people)
    }

    @Test func `a field that is closed is not served, and others are`() {
        let closing = [Closure(.counter, .field(key: "land"))]
        let order = OneStopOfficeTests.order("land", closing: closing, start: Self.noon, end: Self.noon + .hours(1))
        let office = OrderedOffice(Self.model(), under: OneStopOfficeTests.binding([order]))
        let slots = ReceptionDays(office, WorkingCalendar()).slots(on: Self.monday)
        func served(_ time: String, _ field: String) -> Int? {
            slots.first { $0.start.timeOfDay == time }.map { office.capacity(of: $0, fields: [field])[field].served }
        }
        #expect(served("09:30", "land") == 4)
        #expect(served("10:00", "land") == 0 && served("10:30", "land") == 0)
        #expect(served("11:00", "land") == 4)
        #expect(served("10:00", "civil-status") == 12)
    }

    @Test func `a slot serves counters times minutes, half of it by appointment`() {
        let model = Self.model()
        let capacity = OrderedOffice(model).capacity(
            of: ReceptionDays(model, WorkingCalendar()).slots(on: Self.monday)[0],
            fields: ["land", "civil-status", "notary"]
        )
        // Three counters of thirty minutes at twenty each; two of them for the rest.
        #expect(capacity["land"] == .init(served: 4, bookable: 2, priority: 1, minutes: 20))
        #expect(capacity["civil-status"] == .init(served: 12, bookable: 6, priority: 1, minutes: 5))
        #expect(capacity["notary"] == .init(served: 4, bookable: 2, priority: 1, minutes: 15))
        #expect(capacity["unknown"].bookable == 0)
        #expect((capacity.hall, capacity.bookableHall) == (25, 12))
        #expect((capacity.minutes, capacity.bookableMinutes) == (90, 45))
    }

    @Test func `what was measured takes the place of what was declared`() {
        let model = Self.model(.serviceTimeSet(field: "land", minutes: 30, isMeasured: true))
        #expect(model.minutes(of: "land") == 30)
        #expect(
            OrderedOffice(model).capacity(
                of: ReceptionDays(model, WorkingCalendar()).slots(on: Self.monday)[0],
                fields: ["land"]
            )["land"].served == 3
        )
    }

    @Test func `a Saturday session receives its own fields with its own staff`() throws {
        let hours = try #require(WorkingInterval(rawValue: "08:00-11:00"))
        let session = ReceptionSession(id: "sat", weekday: 6, hours: hours, fields: ["land"], staff: 1)
        let model = Self.model(.sessionAdded(session: session))
        let slot = try #require(ReceptionDays(model, WorkingCalendar()).slots(on: "2026-11-28").first)
        let capacity = OrderedOffice(model).capacity(of: slot, fields: ["land", "civil-status"])
        #expect(capacity["land"].served == 1)
        #expect(capacity["civil-status"].served == 0)
        #expect(capacity.minutes == 30)
    }

    @Test(arguments: TestDatabase.kinds)
    func `an office is the same in its row and in its history`(kind: TestDatabase) async throws {
        try await kind.fresh { database in
            try await database.migrate(EventStore.migrations + OneStop.migrations)
            let book = OfficeBook(database: database)
            let office: ID<Agency> = "mot-cua"
            let by = OneStopOfficeTests.leader
            let circumstances = Circumstances(at: OneStopOfficeTests.now, actor: .system(name: "test"))
            #expect(try await book.model(of: office) == OfficeModel())
            let hall = OfficeHall(seats: 30, plan: "{}")
            try await book.perform(.setHall(hall, by: by), on: office, circumstances)
            try await book.perform(.addCounter(OneStopOfficeTests.counter, by: by), on: office, circumstances)
            let model = try await book.model(of: office)
            #expect(model.hall == hall && model.counters == [OneStopOfficeTests.counter])
            #expect(try await book.all() == [office: model])
            let history = try await book.history(of: office)
            #expect(OneStopOffice(replaying: history.map(\.event)).model == model)
        }
    }

    @Test func `what a plan seats at a distance is searched for once`() async throws {
        let searched = Mutex(0)
        let spacing = HallSpacing { plan, distance in
            searched.withLock { $0 += 1 }
            return plan == "drawn" && distance == 200 ? 11 : nil
        }
        #expect(spacing.seatsNow(of: "drawn", apart: [200, 300]) == [200: 11])
        #expect(try await spacing.seats(of: "drawn", apart: [200, 300]) == [200: 11])
        #expect(try await spacing.seats(of: nil, apart: [200]) == [:])
        #expect(spacing.seatsNow(of: "drawn", apart: []) == [:])
        #expect(searched.withLock { $0 } == 2)
    }
}
