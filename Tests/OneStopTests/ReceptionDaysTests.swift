import Forecasting
import Kernel
import Testing
import Web

@testable import OneStop

/// One answer to whether an office receives on a day, and in which sessions.
struct ReceptionDaysTests {
    /// Weekdays in the morning and in the afternoon; on Saturday mornings only what a counter for land does.
    static let model: OfficeModel = {
        var model = ForecastOffice.model
        model.sessions += [
            ReceptionSession(
                id: "saturday",
                weekday: 6,
                hours: WorkingInterval(rawValue: "08:00-11:00")!,
                fields: ["land"]
            )
        ]
        model.hall = OfficeHall(seats: 10)
        return model
    }()

    /// Tết of 2027, a Monday that is given for a Saturday, and what an agency has decided for itself.
    static let calendar = WorkingCalendar(
        days: CalendarDays(
            daysOff: [
                off("2027-02-05", until: "2027-02-11", .holiday, "Tết Nguyên đán"),
                off("2026-08-31", .swap, "hoán đổi"),
            ],
            extraWorkingDays: [extra("2026-08-22", for: "2026-08-31")]
        )
    ).changed(
        by: CalendarDays(
            daysOff: [off("2026-11-25", .closure, "Bão số 9")],
            extraWorkingDays: [
                extra("2026-11-28", for: "2026-11-28", "08:00-12:00"),
                extra("2026-11-26", for: "2026-11-26", "08:00-10:00"),
                extra("2026-11-29", for: "2026-11-29", "18:00-20:00"),
            ]
        )
    )

    private static func off(_ day: LocalDate, until: LocalDate? = nil, _ kind: DayOff.Kind, _ vi: String) -> DayOff {
        DayOff(day: day, until: until, kind: kind, vi: vi, en: vi, basis: "Luật", status: .decided)
    }

    private static func extra(_ day: LocalDate, for replaces: LocalDate, _ hours: String? = nil) -> ExtraWorkingDay {
        ExtraWorkingDay(
            day: day,
            replaces: replaces,
            hours: hours.map { [WorkingInterval(rawValue: $0)!] },
            basis: "Luật",
            status: .decided
        )
    }

    static let days = ReceptionDays(model, calendar)

    @Test(
        arguments: [
            ("2026-11-23", ["08:00-11:30", "13:30-17:00"], 1),
            // No working day of any term, and yet people are received.
            ("2026-11-21", ["08:00-11:00"], 6),
            ("2026-11-22", [], 7),
            // Tết, and the day off that was swapped for the Saturday, which is worked like the Monday.
            ("2027-02-08", [], 1), ("2026-08-31", [], 1),
            ("2026-08-22", ["08:00-11:30", "13:30-17:00"], 1),
            // The agency's own: a day off, a shorter day, a Saturday that is worked like any day for all fields, a Sunday
            // on which hours were decided that no session knows.
            ("2026-11-25", [], 3), ("2026-11-26", ["08:00-10:00"], 4),
            ("2026-11-28", ["08:00-11:30"], 3), ("2026-11-29", ["18:00-20:00"], 3),
        ] as [(LocalDate, [String], Int)]
    )
    func `the calendar and the sessions together say when people are received`(
        date: LocalDate,
        hours: [String],
        like: Int
    ) {
        let day = Self.days.on(date)
        #expect(day.sessions.map(\.hours.rawValue) == hours)
        #expect(day.like == like)
    }

    @Test func `a Saturday session keeps its fields, a Saturday worked by decision has those of a working day`() {
        #expect(Self.days.on("2026-11-21").sessions.map(\.fields) == [["land"]])
        #expect(Self.days.on("2026-11-28").sessions.map(\.fields) == [nil])
    }

    @Test(
        arguments: [
            ("2027-02-08", "Tết Nguyên đán", "2027-02-12"), ("2026-11-25", "Bão số 9", "2026-11-26"),
            ("2026-11-22", nil, "2026-11-23"),
        ] as [(LocalDate, String?, LocalDate)]
    )
    func `who comes on a closed day is told why and which day is next`(
        date: LocalDate,
        reason: String?,
        next: LocalDate
    ) {
        #expect(Self.days.on(date).closedFor?.vi == reason)
        #expect(Self.days.next(after: date) == next)
        let told = TicketBook.NotReceiving(closedFor: Self.days.on(date).closedFor, next: next).problem.vi
        #expect(told.contains(next.vietnamese) && told.contains(reason ?? "Hôm nay"))
    }

    @Test func `appointments, tickets and the forecast agree on every day of a year`() {
        let opening = OpeningDays(Self.days)
        for offset in 0..<365 {
            let date = LocalDate("2026-06-01").adding(days: offset)
            let isOpen = Self.days.on(date).isOpen
            let noon = Instant(LocalMinute(date: date, minuteOfDay: 720))
            #expect(DayPlan(Self.days, on: date).slots.isEmpty != isOpen, "\(date.rawValue)")
            #expect((DaySetting(Self.days, fields: ["land"], at: noon) != nil) == isOpen, "\(date.rawValue)")
            #expect(opening.on(date).isOpen == isOpen, "\(date.rawValue)")
        }
    }

    @Test func `a field that a counter names has a line of its own, though nobody knows how long it takes`() {
        var model = ForecastOffice.model
        model.hall = OfficeHall(seats: 10)
        model.declaredMinutes = [:]
        let monday = Instant(LocalMinute(date: "2026-11-23", minuteOfDay: 480))
        let setting = DaySetting(ReceptionDays(model, WorkingCalendar()), fields: ["land", "notary"], at: monday)
        #expect(setting?.lines.prefix(2).map(\.key) == [LineKey(.reception, field: "land"), LineKey(.reception)])
        #expect(setting?.lines.first?.declaredMinutes == OfficeModel.usualMinutes)
    }
}
