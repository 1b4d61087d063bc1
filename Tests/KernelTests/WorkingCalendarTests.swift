import Foundation
import Kernel
import Testing

struct WorkingCalendarTests {
    let calendar = WorkingCalendar.vietnam

    @Test(
        arguments: [
            ("2026-01-01", false), ("2026-01-02", false), ("2026-01-10", true), ("2026-01-17", false),
            ("2026-02-13", true), ("2026-02-14", false), ("2026-02-16", false), ("2026-02-20", false),
            ("2026-02-23", true), ("2026-04-27", false), ("2026-08-22", true), ("2026-08-31", false),
            ("2025-04-26", true), ("2025-05-02", false), ("2024-05-04", true), ("2024-04-29", false),
            ("2023-01-26", false), ("2023-01-27", true), ("2021-09-03", false), ("2020-09-03", true),
        ] as [(LocalDate, Bool)]
    )
    func `knows the days on which offices work`(day: LocalDate, works: Bool) {
        #expect(calendar.isWorkingDay(day) == works, "\(day.rawValue)")
    }

    @Test
    func `has as many working days in a year as the announcements leave`() {
        let years = (2020...2027).map { year in
            calendar.workingDays(
                from: LocalDate(year: year, month: 1, day: 1)!,
                to: LocalDate(year: year + 1, month: 1, day: 1)!
            )
        }
        #expect(years == [252, 250, 249, 249, 251, 250, 249, 249])
    }

    @Test
    func `works on an exchanged Saturday with the hours of the day given up`() {
        let short = WeeklyHours([
            1: [WorkingInterval(rawValue: "08:00-17:00")!], 5: [WorkingInterval(rawValue: "07:00-11:00")!],
        ])!
        let calendar = WorkingCalendar(hours: short, days: .vietnam)
        #expect(calendar.hours(on: "2026-01-10").map(\.rawValue) == ["07:00-11:00"])
        #expect(calendar.hours(on: "2025-04-26").map(\.rawValue) == ["07:00-11:00"])
        // The office would not have worked on Tuesday 3 March anyway, so there is nothing to make up.
        let days = CalendarDays(extraWorkingDays: [
            ExtraWorkingDay(day: "2026-03-07", replaces: "2026-03-03", basis: "", status: .decided)
        ])
        #expect(!WorkingCalendar(hours: short, days: days).isWorkingDay("2026-03-07"))
    }

    @Test
    func `a holiday closes an office that works on Saturdays`() {
        #expect(WorkingCalendar.saturday.isWorkingDay("2023-04-22"))
        #expect(!WorkingCalendar.saturday.isWorkingDay("2023-04-29"))
        #expect(WorkingCalendar.saturday.closing(on: "2023-04-22") == "2023-04-22T12:00")
    }

    @Test
    func `a day off is stronger than an extra working day`() {
        let storm = DayOff(day: "2026-01-10", kind: .holiday, vi: "Bão", en: "Storm", basis: "", status: .decided)
        let days = CalendarDays.vietnam.adding(CalendarDays(daysOff: [storm]))
        #expect(WorkingCalendar(days: days).status(of: "2026-01-10") == .off(storm))
        #expect(!WorkingCalendar(days: days).isWorkingDay("2026-01-10"))
        #expect(days.through == "2027-12-31")
    }

    @Test
    func `hours change from a day on`() {
        let summer = WeeklyHours.week("07:00-11:30", "13:30-17:00")
        let calendar = WorkingCalendar(
            changes: ["2026-04-16": summer, "2026-10-16": .standard],
            days: .vietnam
        )
        #expect(calendar.hours(on: "2026-04-15").map(\.rawValue) == ["08:00-12:00", "13:30-17:30"])
        #expect(calendar.hours(on: "2026-04-16").map(\.rawValue) == ["07:00-11:30", "13:30-17:00"])
        #expect(calendar.hours(on: "2026-10-16").map(\.rawValue) == ["08:00-12:00", "13:30-17:30"])
    }

    @Test
    func `steps over days of rest in both directions`() {
        #expect(calendar.workingDay(after: "2026-02-13") == "2026-02-23")
        #expect(calendar.workingDay(before: "2026-02-23") == "2026-02-13")
        #expect(calendar.workingDay(onOrAfter: "2026-02-13") == "2026-02-13")
        #expect(calendar.workingDay(after: "2026-01-09") == "2026-01-10")
        #expect(calendar.workingDay(before: "2026-01-12") == "2026-01-10")
        #expect(calendar.workingDay(at: "2026-02-13T17:29") == "2026-02-13")
        #expect(calendar.workingDay(at: "2026-02-13T17:30") == "2026-02-23")
        #expect(calendar.workingDay(at: "2026-02-23T06:00") == "2026-02-23")
    }

    @Test(
        arguments: [
            ("2026-03-02T08:00", "2026-03-02T17:30", 480), ("2026-03-02T12:00", "2026-03-02T13:30", 0),
            ("2026-03-02T11:00", "2026-03-02T14:00", 90), ("2026-03-06T17:00", "2026-03-09T08:30", 60),
            ("2026-02-13T10:00", "2026-02-23T10:00", 480), ("2026-03-02T17:30", "2026-03-02T17:00", 0),
            ("2026-03-07T09:00", "2026-03-08T09:00", 0), ("2026-01-09T17:29", "2026-01-10T08:01", 2),
        ] as [(Instant, Instant, Int)]
    )
    func `counts working minutes between two instants`(start: Instant, end: Instant, minutes: Int) {
        #expect(calendar.workingMinutes(from: start, to: end) == minutes)
    }

    @Test(
        arguments: [
            ("2026-03-02T08:00", 240, "2026-03-02T12:00"), ("2026-03-02T08:00", 241, "2026-03-02T13:31"),
            ("2026-03-02T12:30", 30, "2026-03-02T14:00"), ("2026-03-06T17:00", 30, "2026-03-06T17:30"),
            ("2026-03-06T17:00", 31, "2026-03-09T08:01"), ("2026-02-12T10:00", 1440, "2026-02-24T10:00"),
            ("2026-03-07T09:15", 0, "2026-03-07T09:15"),
        ] as [(Instant, Int, Instant)]
    )
    func `adds working minutes`(start: Instant, minutes: Int, end: Instant) {
        #expect(calendar.adding(workingMinutes: minutes, to: start).localMinute == end.localMinute)
    }

    @Test
    func `adding the working minutes between two instants leads from one to the other`() {
        var dice = Dice(state: 5)
        for _ in 0..<3000 {
            let start = Instant(milliseconds: Int.random(in: 1_577_811_600_000..<1_830_000_000_000, using: &dice))
            let minutes = Int.random(in: 1...6000, using: &dice)
            let end = calendar.adding(workingMinutes: minutes, to: start)
            #expect(calendar.workingMinutes(from: start, to: end) == minutes)
        }
    }

    @Test(
        arguments: [
            "08:00-12:00", "00:00-23:59",
        ]
    )
    func `reads a stretch of work and writes it back`(text: String) {
        #expect(WorkingInterval(rawValue: text)?.rawValue == text)
    }

    @Test(arguments: ["12:00-08:00", "08:00-08:00", "8:00-12:00", "08:00", "08:00-24:00", "08:00-12:00-13:00", ""])
    func `refuses a stretch of work without length or outside the day`(text: String) {
        #expect(WorkingInterval(rawValue: text) == nil)
    }

    @Test
    func `refuses a week without hours or with hours that overlap`() {
        let morning = WorkingInterval(rawValue: "08:00-12:00")!
        let late = WorkingInterval(rawValue: "11:00-13:00")!
        #expect(WeeklyHours([:]) == nil)
        #expect(WeeklyHours([1: []]) == nil)
        #expect(WeeklyHours([1: [morning, late]]) == nil)
        #expect(WeeklyHours([8: [morning]]) == nil)
        #expect(WeeklyHours([1: [late], 2: [morning]]) != nil)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(WeeklyHours.self, from: Data(#"{"monday": []}"#.utf8))
        }
    }

    @Test
    func `hours are stored by the names of the days`() throws {
        let text = #"{"monday": ["13:30-17:00", "07:30-11:30"], "saturday": ["07:30-11:30"]}"#
        let hours = try JSONDecoder().decode(WeeklyHours.self, from: Data(text.utf8))
        #expect(hours[1].map(\.rawValue) == ["07:30-11:30", "13:30-17:00"])
        #expect(hours[2].isEmpty)
        #expect(hours[6].map(\.rawValue) == ["07:30-11:30"])
        #expect(try JSONDecoder().decode(WeeklyHours.self, from: JSONEncoder().encode(hours)) == hours)
    }

    @Test
    func `the reference list names every day once and each with its basis`() {
        let list = CalendarDays.vietnam
        #expect(list.daysOff.count == 65 && list.extraWorkingDays.count == 4)
        var seen: Set<LocalDate> = []
        for entry in list.daysOff {
            for number in entry.day.dayNumber...(entry.until ?? entry.day).dayNumber {
                #expect(seen.insert(LocalDate(dayNumber: number)).inserted)
            }
            #expect(!entry.basis.isEmpty && !entry.vi.isEmpty && !entry.en.isEmpty)
            if entry.kind == .swap {
                #expect(list.extraWorkingDays.contains { $0.replaces == entry.day && $0.basis == entry.basis })
            }
        }
        #expect(seen.count == 114)
        for extra in list.extraWorkingDays {
            #expect(seen.contains(extra.replaces) && !seen.contains(extra.day) && extra.day.weekday == 6)
        }
    }
}

struct ChangedCalendarTests {
    @Test func `who decides later has the last word on a day`() {
        let closed = DayOff(
            day: "2026-11-25",
            until: "2026-11-26",
            kind: .closure,
            vi: "bão",
            en: "storm",
            basis: "12/QĐ",
            status: .decided
        )
        let morning = [WorkingInterval(start: 450, end: 690)!]
        let open = ExtraWorkingDay(
            day: "2026-11-25",
            replaces: "2026-11-25",
            hours: morning,
            basis: "13/QĐ",
            status: .decided
        )
        let calendar = WorkingCalendar.vietnam.changed(by: CalendarDays(daysOff: [closed]))
        #expect(calendar.status(of: "2026-11-26") == .off(closed))
        let reopened = calendar.changed(by: CalendarDays(extraWorkingDays: [open]))
        #expect(reopened.hours(on: "2026-11-25") == morning && !reopened.isWorkingDay("2026-11-26"))
        #expect(reopened.changed(by: CalendarDays(daysOff: [closed])).status(of: "2026-11-25") == .off(closed))
        #expect(reopened.through == WorkingCalendar.vietnam.through)
    }

    @Test func `another office has other hours on the same days`() {
        let office = WorkingCalendar.vietnam.with(
            hours: .week("07:30-11:30", "13:30-17:00"),
            changes: ["2026-12-01": .standard]
        )
        #expect(office.closing(on: "2026-11-30") == "2026-11-30T17:00")
        #expect(office.closing(on: "2026-12-01") == "2026-12-01T17:30")
        #expect(office.week(on: "2026-12-01") == .standard)
    }
}
