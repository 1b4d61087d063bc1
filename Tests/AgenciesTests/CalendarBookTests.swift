import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import Agencies

struct CalendarBookTests {
    private static func open(
        _ kind: TestDatabase,
        _ agencies: [AgencyProfile] = Samples.all,
        _ body: (CalendarBook, TestClock) async throws -> Void
    ) async throws {
        try await kind.fresh { database in
            try await database.migrate(EventStore.migrations + Agencies.migrations)
            let clock = TestClock()
            let office = Office { clock.now }
            let tree = AgencyBook(database: database, office: office)
            _ = try await tree.store(agencies)
            try await body(CalendarBook(database: database, agencies: tree, office: office), clock)
        }
    }

    private static func circumstances(_ clock: TestClock) -> Circumstances {
        Circumstances(at: clock.now, actor: .officer(id: ID(rawValue: "quan")))
    }

    @Test(arguments: TestDatabase.kinds)
    func `a decision holds for the authority and those below it, and no others`(kind: TestDatabase) async throws {
        try await Self.open(kind) { book, clock in
            let (storm, day) = (AgencyCalendarTests.storm, AgencyCalendarTests.day("2026-11-25"))
            func works(_ agency: AgencyProfile) async throws -> Bool {
                try await book.calendar(of: agency.id).isWorkingDay(day)
            }
            #expect(try await works(Samples.wardA))
            let entry = try await book.decide(storm, in: Samples.district.id, Self.circumstances(clock))
            for below in [Samples.district, Samples.wardA] { #expect(try await !works(below)) }
            for other in [Samples.city, Samples.justice] { #expect(try await works(other)) }
            // The ward itself has the last word.
            let open = CalendarDecision(
                .workingDay(day: day, hours: AgencyCalendarTests.morning),
                reason: "Trực",
                document: AgencyCalendarTests.document
            )
            try await book.decide(open, in: Samples.wardA.id, Self.circumstances(clock))
            #expect(try await works(Samples.wardA))
            #expect(try await !works(Samples.wardB))
            #expect(try await book.calendar(of: Samples.wardA.id).hours(on: day) == AgencyCalendarTests.morning)

            try await book.withdraw(entry, in: Samples.district.id, reason: "nhầm", Self.circumstances(clock))
            #expect(try await works(Samples.wardB))
            #expect(try await book.verify() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a year's list tells who decided what and when`(kind: TestDatabase) async throws {
        try await Self.open(kind) { book, clock in
            let district = Samples.district.id
            let storm = try await book.decide(AgencyCalendarTests.storm, in: district, Self.circumstances(clock))
            try await book.decide(AgencyCalendarTests.week, in: Samples.city.id, Self.circumstances(clock))
            try await book.withdraw(storm, in: district, reason: "nhầm", Self.circumstances(clock))
            let (first, last) = (AgencyCalendarTests.day("2026-01-01"), AgencyCalendarTests.day("2026-12-31"))
            let entries = try await book.entries(for: Samples.wardA.id, from: first, to: last)
            #expect(entries.map(\.decision) == [AgencyCalendarTests.storm, AgencyCalendarTests.week])
            #expect(entries.first?.decided.by == ID(rawValue: "quan") && entries.first?.decided.at == clock.now)
            #expect(entries.first?.withdrawn?.reason == "nhầm" && entries.last?.withdrawn == nil)
            #expect(try await book.entries(for: Samples.city.id, from: first, to: last).count == 1)
            // A week that was decided stays; a day off is over.
            let next = AgencyCalendarTests.day("2027-01-01")
            let later = try await book.entries(for: district, from: next, to: next.adding(days: 364))
            #expect(later.map(\.decision) == [AgencyCalendarTests.week])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `terms are counted by the hours of the competent agency`(kind: TestDatabase) async throws {
        var ward = Samples.wardA
        let day = ["07:30-11:30", "13:30-17:00"].compactMap(WorkingInterval.init(rawValue:))
        let saturday = ["07:30-11:30"].compactMap(WorkingInterval.init(rawValue:))
        ward.hours = WeeklyHours([1: day, 2: day, 3: day, 4: day, 5: day, 6: saturday])
        try await Self.open(kind, Samples.all.map { $0.id == ward.id ? ward : $0 }) { book, clock in
            func due(_ agency: AgencyProfile) async throws -> String {
                dueDate(
                    received: Instant(LocalMinute(rawValue: "2026-11-23T10:00")!),
                    term: TimeLimit(amount: 1, unit: .workingDays),
                    rule: DueRule(mode: .workingMinutes),
                    calendar: try await book.calendar(of: agency.id)
                ).at.localMinute.rawValue
            }
            // Eight hours after 10:00: the ward works seven and a half a day, the others eight.
            #expect(try await due(Samples.wardB) == "2026-11-24T10:00")
            #expect(try await due(ward) == "2026-11-24T10:30")
            #expect(
                try await book.calendar(of: ward.id).closing(on: AgencyCalendarTests.day("2026-11-24")).localMinute
                    .timeOfDay == "17:00"
            )
            // A Saturday of reception is no working day of a term.
            #expect(try await !book.calendar(of: ward.id).isWorkingDay(AgencyCalendarTests.day("2026-11-28")))
            // What the authority above decides of the week goes before what the profile says.
            let week = CalendarDecision(
                .week(from: AgencyCalendarTests.day("2026-11-24"), hours: .standard),
                reason: "Thống nhất giờ",
                document: AgencyCalendarTests.document
            )
            try await book.decide(week, in: Samples.city.id, Self.circumstances(clock))
            #expect(try await due(ward) == "2026-11-24T11:00")
            #expect(
                try await book.calendar(of: ward.id).closing(on: AgencyCalendarTests.day("2026-11-24")).localMinute
                    .timeOfDay == "17:30"
            )
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what another process decides is seen a few seconds later`(kind: TestDatabase) async throws {
        try await Self.open(kind) { book, clock in
            #expect(try await book.calendar(of: Samples.wardA.id).isWorkingDay(AgencyCalendarTests.day("2026-11-25")))
            let other = CalendarBook(database: book.database, agencies: book.agencies)
            try await other.decide(AgencyCalendarTests.storm, in: Samples.city.id, Self.circumstances(clock))
            clock.advance(by: CalendarBook.patience)
            #expect(try await !book.calendar(of: Samples.wardA.id).isWorkingDay(AgencyCalendarTests.day("2026-11-25")))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a row that was altered is found`(kind: TestDatabase) async throws {
        try await Self.open(kind) { book, clock in
            let entry = try await book.decide(AgencyCalendarTests.storm, in: Samples.city.id, Self.circumstances(clock))
            _ = try await book.database.transaction { tx in
                try tx.execute("UPDATE calendar_entry SET withdrawn_at = 1 WHERE id = \(entry)")
            }
            #expect(try await book.verify().count == 1)
        }
    }
}
