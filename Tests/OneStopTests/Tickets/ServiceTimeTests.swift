import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import OneStop

@Suite struct `The counters teach the office how long its visitors take` {
    private static let office = ID<Agency>(rawValue: "ba-dinh")
    private static let leader = OfficeAuthority(agency: office, roles: [.leader], isAbove: true)

    // MARK: - Which visits count

    @Test(
        arguments: [
            ("08:00", "08:12", [720]),
            // Served into the break, which happens; forgotten through it, which says nothing.
            ("11:25", "11:40", [900]),
            ("11:25", "13:35", []),
            ("16:50", "17:10", [1200]),
            ("16:50", "18:00", []),
            ("07:30", "09:31", []),
        ] as [(String, String, [Int])]
    )
    func `a visit counts from the call to its end, unless nobody ended it`(
        called: String,
        finished: String,
        seconds: [Int]
    ) throws {
        var hall = try QueueHall()
        try hall.take("1")
        try hall.next(1, called)
        try hall.finish(1, finished)
        #expect(hall.day.visits.seconds[QueueHall.land] ?? [] == seconds)
    }

    @Test func `whoever comes back with corrected papers is one visit`() throws {
        var hall = try QueueHall()
        let number = try hall.take("1")
        try hall.next(1, "08:00")
        try hall.begin()
        try hall.perform(.sendToCorrect(counter: 1, at: QueueHall.at("08:05")))
        try hall.perform(.comeBack(number, at: QueueHall.at("08:30")))
        try hall.next(1, "08:40")
        try hall.finish(1, "08:44")
        #expect(hall.day.visits.seconds == [QueueHall.land: [540]])
    }

    @Test func `time before a transfer belongs to the line it was spent in`() throws {
        var hall = try QueueHall()
        try hall.take("1")
        try hall.next(1, "08:00")
        try hall.begin()
        try hall.perform(.transfer(counter: 1, to: QueueHall.civil, toCounter: nil, at: QueueHall.at("08:05")))
        try hall.next(3, "08:10")
        try hall.finish(3, "08:17")
        #expect(hall.day.visits.seconds == [QueueHall.land: [300], QueueHall.civil: [420]])
    }

    // MARK: - What follows from them

    @Test func `the mean is not moved by a few odd visits`() throws {
        let days: [LocalDate: [Int]] = [
            "2026-11-20": Array(repeating: 600, count: 18), "2026-11-21": [30, 7200, 600], "2026-11-22": [],
        ]
        let measurement = try #require(ServiceMeasurement(field: "land", days: days))
        #expect(
            measurement
                == ServiceMeasurement(field: "land", seconds: 600, visits: 21, days: 2, since: "2026-11-20")
        )
        #expect(ServiceMeasurement(field: "land", days: ["2026-11-22": []]) == nil)
    }

    @Test(
        arguments: [
            (1200, 29, 3, 12, nil), (1200, 200, 2, 12, nil), (1200, 30, 3, 12, 15), (900, 30, 3, 12, 15),
            // A tenth is worth nothing.
            (780, 30, 3, 12, nil), (792, 30, 3, 12, 13), (300, 30, 3, 12, 9), (60, 30, 3, 2, 1), (31, 30, 3, 1, nil),
        ] as [(Int, Int, Int, Int, Int?)]
    )
    func `enough visits move the minutes, step by step`(
        seconds: Int,
        visits: Int,
        days: Int,
        current: Int,
        minutes: Int?
    ) {
        let measurement = ServiceMeasurement(
            field: "land",
            seconds: seconds,
            visits: visits,
            days: days,
            since: "2026-11-02"
        )
        #expect(measurement.minutes(from: current) == minutes)
    }

    @Test func `what is pinned stays, what is released follows again`() throws {
        let measured = ServiceMeasurement(field: "land", seconds: 1200, visits: 40, days: 5, since: "2026-11-02")
        var office = OneStopOffice(replaying: [
            .serviceTimeSet(field: "land", minutes: 12, isMeasured: false),
            .serviceTimeMeasured(field: "land", minutes: 15, before: 12, visits: 30, since: "2026-11-02"),
        ])
        #expect(office.model.minutes(of: "land") == 15)
        office.evolve(try office.decide(.pinServiceTime(field: "land", by: Self.leader))[0])
        #expect(office.model.minutes(of: "land") == 12)
        #expect(try office.decide(.pinServiceTime(field: "land", by: Self.leader)) == [])
        #expect(try office.decide(.measure([measured])) == [])
        let stored = try StoredForm.text(office.model)
        #expect(try StoredForm.value(OfficeModel.self, from: stored) == office.model)
        office.evolve(try office.decide(.releaseServiceTime(field: "land", by: Self.leader))[0])
        #expect(
            try office.decide(.measure([measured]))
                == [.serviceTimeMeasured(field: "land", minutes: 18, before: 15, visits: 40, since: "2026-11-02")]
        )
    }

    // MARK: - Day by day

    @Test(arguments: TestDatabase.kinds)
    func `the end of each day moves the model once, and tells it`(kind: TestDatabase) async throws {
        try await kind.fresh { database in
            try await database.migrate(EventStore.migrations + OneStop.migrations)
            let offices = OfficeBook(database: database)
            let book = TicketBook(database: database) { _, now in Self.setting(now.localDate) }
            let setUp = Circumstances(at: QueueHall.at("07:00"), actor: .system(name: "test"))
            try await offices.perform(
                .setServiceTime(field: "land", minutes: 12, by: Self.leader),
                on: Self.office,
                setUp
            )
            var minutes: [Int] = []
            for day in 0..<4 {
                let date = QueueHall.date.adding(days: day)
                try await Self.serve(12, minutesEach: 20, on: date, by: book)
                // The second time there is nothing left to close.
                for _ in 0..<2 { try await book.closeDays(at: Instant(LocalMinute(date: date, minuteOfDay: 1200))) }
                minutes.append(try await offices.model(of: Self.office).minutes(of: "land"))
            }
            #expect(minutes == [12, 12, 15, 18])
            #expect(
                try await offices.history(of: Self.office).dropFirst().map(\.event) == [
                    .serviceTimeMeasured(field: "land", minutes: 15, before: 12, visits: 36, since: "2026-11-23"),
                    .serviceTimeMeasured(field: "land", minutes: 18, before: 15, visits: 48, since: "2026-11-23"),
                ]
            )
            #expect(
                try await book.measurements(of: Self.office, until: QueueHall.date.adding(days: 27)).map(\.visits) == [
                    48
                ]
            )
            // The window moves on.
            #expect(
                try await book.measurements(of: Self.office, until: QueueHall.date.adding(days: 28)).map(\.visits) == [
                    36
                ]
            )
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `an end of the day that is interrupted has not begun`(kind: TestDatabase) async throws {
        try await kind.fresh { database in
            try await database.migrate(EventStore.migrations + OneStop.migrations)
            let offices = OfficeBook(database: database)
            let book = TicketBook(database: database) { _, now in Self.setting(now.localDate) }
            let days = (0..<3).map { QueueHall.date.adding(days: $0) }
            for date in days { try await Self.serve(12, minutesEach: 20, on: date, by: book) }
            let evening = Instant(LocalMinute(date: days[2], minuteOfDay: 1200))
            func remaining() async throws -> [String] {
                try await database.read { tx in
                    try tx.fetch("SELECT day FROM office_day WHERE open_until IS NOT NULL").map { try $0.text(0) }
                }
            }
            // The last of the days is the first that moves the model, and what it is written to is out of reach.
            try await database.transaction { tx in try tx.execute("ALTER TABLE one_stop_office RENAME TO away") }
            await #expect(throws: (any Error).self) { try await book.closeDays(at: evening) }
            #expect(try await remaining() == [days[2].rawValue])
            #expect(try await offices.history(of: Self.office).isEmpty)
            try await database.transaction { tx in try tx.execute("ALTER TABLE away RENAME TO one_stop_office") }
            try await book.closeDays(at: evening)
            #expect(try await remaining().isEmpty)
            #expect(try await offices.model(of: Self.office).minutes(of: "land") == 18)
            #expect(try await book.verify().isEmpty)
        }
    }

    private static func setting(_ date: LocalDate) -> DaySetting {
        let usual = QueueHall.setting()
        return DaySetting(
            date: date,
            hours: usual.hours,
            lines: usual.lines,
            positions: usual.positions,
            capacity: usual.capacity
        )
    }

    private static func serve(_ visitors: Int, minutesEach: Int, on date: LocalDate, by book: TicketBook) async throws {
        var now = QueueHall.circumstances(Instant(LocalMinute(date: date, minuteOfDay: 450)))
        try await book.perform([.openCounter(1, lines: [QueueHall.land], at: now.at)], at: office, now)
        for visitor in 0..<visitors {
            _ = try await book.take(.init(QueueHall.land, holder: "person \(visitor)"), at: office, now)
            try await book.perform([.callNext(counter: 1, at: now.at)], at: office, now)
            now.at = now.at + .minutes(minutesEach)
            let end = [OfficeDay.Command.begin(counter: 1, at: now.at), .finish(counter: 1, at: now.at)]
            try await book.perform(end, at: office, now)
        }
    }
}
