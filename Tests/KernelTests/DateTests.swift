import Foundation
import Kernel
import Testing

struct DateTests {
    /// Days since 1970 and ISO weekdays as Python's `datetime` has them.
    @Test(
        arguments: [
            ("0001-01-01", -719162, 1), ("1582-10-15", -141427, 5), ("1600-02-29", -135081, 2),
            ("1899-12-31", -25568, 7), ("1900-03-01", -25508, 4), ("1969-12-31", -1, 3), ("1970-01-01", 0, 4),
            ("1975-04-30", 1945, 3), ("2000-02-29", 11016, 2), ("2024-02-29", 19782, 4), ("2026-11-23", 20780, 1),
            ("2100-02-28", 47540, 7), ("2100-03-01", 47541, 1), ("9999-12-31", 2_932_896, 5),
            ("3719-10-10", 639091, 2), ("1733-04-18", -86455, 6), ("4535-01-01", 936847, 6),
            ("7476-01-31", 2_011_055, 1), ("0555-07-03", -516635, 4), ("0832-10-30", -415343, 6),
            ("9432-03-14", 2_725_512, 3), ("6154-11-12", 1_528_490, 2), ("1081-12-15", -324352, 4),
            ("4200-06-07", 814648, 6),
        ]
    )
    func `a date is its day number`(text: String, number: Int, weekday: Int) {
        #expect(LocalDate(rawValue: text)?.dayNumber == number)
        #expect(LocalDate(dayNumber: number).rawValue == text)
        #expect(LocalDate(dayNumber: number).weekday == weekday)
    }

    @Test
    func `every day has a date of its own`() {
        var previous = ""
        for number in -719162...200_000 where number.isMultiple(of: 7) || number > 18_000 {
            let date = LocalDate(dayNumber: number)
            let text = date.rawValue
            if LocalDate(rawValue: text) != date || text <= previous { Issue.record("\(number) \(text)") }
            previous = text
        }
    }

    @Test(
        arguments: [
            "2026-02-29", "2100-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01",
            "2026-1-01", "20260101", "2026-01-01 ", "+026-01-01", "2026-+1-01", "", "2026-01-01-01", "２０２６-01-01",
        ]
    )
    func `refuses a day that does not exist or is not written as one`(text: String) {
        #expect(LocalDate(rawValue: text) == nil)
    }

    @Test(arguments: ["23/11/2026", "23-11-2026", "23.11.2026", " 23 / 11 / 2026 ", "2026-11-23"])
    func `reads a date as people type it`(text: String) {
        #expect(LocalDate(vietnamese: text)?.rawValue == "2026-11-23")
        #expect(LocalDate(vietnamese: text)?.vietnamese == "23/11/2026")
    }

    @Test(arguments: ["23/11/26", "+3/11/2026", "3/11/+202", "31/02/2026", "11/23/2026", "23/11", "", "23/11/2026/1"])
    func `refuses what is no date`(text: String) { #expect(LocalDate(vietnamese: text) == nil) }

    @Test(
        arguments: [
            ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2024-02-29", 12, "2025-02-28"),
            ("2026-03-31", -1, "2026-02-28"), ("2026-12-15", 1, "2027-01-15"), ("2026-01-15", -1, "2025-12-15"),
            ("2026-11-30", 3, "2027-02-28"), ("2026-05-20", 0, "2026-05-20"), ("2020-02-29", 48, "2024-02-29"),
        ] as [(LocalDate, Int, LocalDate)]
    )
    func `months later is the same day or the last of the month`(day: LocalDate, months: Int, later: LocalDate) {
        #expect(day.adding(months: months) == later)
    }

    @Test
    func `dates compare, hash and serve as keys`() throws {
        let day: LocalDate = "2026-11-23"
        #expect(day == LocalDate(dayNumber: 20780) && day != day.adding(days: 1) && day < day.adding(days: 1))
        #expect(Set([day, LocalDate(dayNumber: 20780)]).count == 1)
        let json = try JSONEncoder().encode([day: 1])
        #expect(String(decoding: json, as: UTF8.self) == #"{"2026-11-23":1}"#)
        #expect(try JSONDecoder().decode([LocalDate: Int].self, from: json) == [day: 1])
        let nine = LocalMinute(date: day, minuteOfDay: 540)
        #expect(nine == LocalMinute(rawValue: "2026-11-23T09:00") && nine.vietnamese == "09:00 23/11/2026")
        #expect(Set([nine, LocalMinute(date: day, minuteOfDay: 541)]).count == 2)
    }

    @Test(
        arguments: [
            (-25_200_001, "1969-12-31T23:59"), (0, "1970-01-01T07:00"), (-767_811_600_000, "1945-09-02T14:00"),
            (1_770_865_230_500, "2026-02-12T10:00"), (1_767_200_400_000, "2026-01-01T00:00"),
            (1_767_200_399_999, "2025-12-31T23:59"), (1_709_164_740_001, "2024-02-29T06:59"),
            (2_147_483_648_000, "2038-01-19T10:14"),
        ]
    )
    func `an instant has its minute on the wall clock of Việt Nam`(milliseconds: Int, text: String) throws {
        let minute = Instant(milliseconds: milliseconds).localMinute
        #expect(minute.rawValue == text)
        let start = Instant(try #require(LocalMinute(rawValue: text)))
        #expect(start.localMinute == minute)
        #expect((0..<60_000).contains(milliseconds - start.milliseconds))
        #expect(Instant(milliseconds: milliseconds).localDate == minute.date)
    }

    @Test(arguments: ["2026-11-23T24:00", "2026-11-23T09:60", "2026-11-23 09:00", "2026-11-23T9:00", "T09:00"])
    func `refuses a minute that no clock shows`(text: String) { #expect(LocalMinute(rawValue: text) == nil) }

    @Test
    func `spans add up`() {
        let start: Instant = "2026-11-23T09:00"
        #expect(start + .days(1) == "2026-11-24T09:00")
        #expect((start + .hours(2)) - start == .minutes(120))
        #expect(Span.seconds(60) == .minutes(1) && Span.seconds(59) < .minutes(1))
    }
}
