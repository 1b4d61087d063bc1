import Agencies
import Kernel
import Logging
import Persistence
import TestSupport
import Testing
import Web

@testable import OneStop

/// An office with two slots on a Monday, and people who book there.
struct BookingScene: Sendable {
    static let office: ID<Agency> = "mot-cua", other: ID<Agency> = "noi-khac"
    /// Above the first office only.
    static let ward: ID<Agency> = "phuong"
    static let monday = OfficeCapacityTests.monday
    let database: any Database
    let offices: OfficeBook
    let book: AppointmentBook
    let calendars: CalendarBook
    let orders: OrderBook
    let clock: TestClock

    /// `places` may be booked in each of two slots.
    static func open(
        _ kind: TestDatabase,
        places: Int = 2,
        nation: CalendarDays = CalendarDays(),
        reach: NoticeReach = .demonstration,
        _ body: @Sendable (BookingScene) async throws -> Void
    ) async throws {
        try await kind.fresh { database in
            try await database.migrate(
                EventStore.migrations + Outbox.migrations + NoticeBook.migrations + Agencies.migrations
                    + OneStop.migrations
            )
            let clock = TestClock(AppointmentDayTests.now)
            let agencies = AgencyBook(database: database, office: Office { clock.now })
            _ = try await agencies.store(
                [Self.ward, Self.office, Self.other].map { id in
                    AgencyProfile(
                        id: id,
                        name: Words(id.rawValue, id.rawValue),
                        kind: id == Self.ward ? .peoplesCommittee : .oneStop,
                        level: .commune,
                        parent: id == Self.office ? Self.ward : nil
                    )
                }
            )
            let calendars = CalendarBook(
                database: database,
                agencies: agencies,
                nation: nation,
                office: Office { clock.now }
            )
            let orders = OrderBook(database: database, agencies: agencies, office: Office { clock.now })
            let offices = OfficeBook(database: database) { _, _ in nil }
            let scene = BookingScene(
                database: database,
                offices: offices,
                book: AppointmentBook(
                    database: database,
                    site: "https://motcua.example",
                    reach: reach,
                    openings: OpeningBook(offices: offices, calendars: calendars, orders: orders)
                ),
                calendars: calendars,
                orders: orders,
                clock: clock
            )
            for office in [Self.office, Self.other] { try await scene.setUp(office, places) }
            try await body(scene)
        }
    }

    private func setUp(_ office: ID<Agency>, _ places: Int) async throws {
        let by = OneStopOfficeTests.leader
        var rules = BookingRules()
        rules.walkInPercent = 0
        let commands: [OneStopOffice.Command] = [
            .setHall(OfficeHall(seats: places), by: by), .setRules(rules, by: by),
            .addCounter(OneStopOfficeTests.counter, by: by),
            .addSessions([OneStopOfficeTests.session("morning", 1, "08:00-09:00")], by: by),
            .setServiceTime(field: "land", minutes: 1, by: by),
        ]
        for command in commands { try await offices.perform(command, on: office, byLeader) }
        // Thirty minutes at one each serve thirty; the hall is what limits, so more counters for more places.
        for number in 2..<max(3, places / 30 + 2) {
            let counter = ServiceCounter(id: ID(rawValue: "q\(number)"), name: "Quầy \(number)", kind: .both)
            try await offices.perform(.addCounter(counter, by: by), on: office, byLeader)
        }
    }

    var now: Circumstances { Circumstances(at: clock.now, actor: .visitor) }
    var byLeader: Circumstances { Circumstances(at: clock.now, actor: .officer(id: "leader")) }

    func wish(_ number: Int, minute: Int? = 480, field: String = "land") -> AppointmentBook.Wish {
        AppointmentBook.Wish(
            office: Self.office,
            day: Self.monday,
            minute: minute,
            field: field,
            procedure: nil,
            name: PersonName(rawValue: "Nguyễn Thị Lan")!,
            phone: PhoneNumber(rawValue: "09\(padded(number, 8))")!,
            reason: nil
        )
    }

    func booked(_ number: Int, minute: Int? = 480) async throws -> Appointment {
        try await appointment(try await book.book(wish(number, minute: minute), now))
    }

    func appointment(_ id: ID<Appointment>) async throws -> Appointment {
        try #require(try await book.appointment(id))
    }

    func free() async throws -> [Int] {
        // There is a second Monday within the days that are open to booking.
        try await book.freeDays("land", at: Self.office, now: clock.now).filter { $0.date == Self.monday }
            .flatMap(\.slots).map(\.free)
    }

    func told() async throws -> [Told] { try await Told.all(in: database) }

    func follow() async throws {
        let office = Office { clock.now }
        try await FollowerService(
            database: database,
            followers: [Replanning(book: book, office: office)],
            logger: Logger(label: "test")
        ).catchUp()
    }

    /// Orders something of the ward, and so of its office.
    func impose(_ id: ID<StandingOrder>, percent: Int? = nil, closing closures: [Closure] = []) async throws {
        let order = OneStopOfficeTests.order(id, percent: percent, closing: closures, start: clock.now)
        try await orders.impose(order, on: Self.ward, by: Self.ward, byLeader)
        try await follow()
    }

    func lift(_ id: ID<StandingOrder>) async throws {
        try await orders.lift(id, reason: "Hết dịch", by: Self.ward, byLeader)
        try await follow()
    }
}
