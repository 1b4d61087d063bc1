import Forecasting
import Kernel
import Markup
import Testing
import Web

@testable import OneStop

/// The list of offices, the door, the choice of an office, that of a time and the page about it all speak of when to come.
@Suite struct `When to come has one answer` {
    /// From before opening to the evening of a Monday, and on the Sunday before.
    private static let moments: [(days: Int, minute: Int)] = [
        (0, 300), (0, 479), (0, 495), (0, 600), (0, 720), (0, 900), (0, 1000), (0, 1030), (0, 1200), (-1, 600),
        (4, 1100),
    ]

    @Test(arguments: moments.indices, [nil, "land", "unheard-of"] as [String?])
    func `every page names the same day and hours, and of whom it speaks`(index: Int, queue: String?) async throws {
        let (days, minute) = Self.moments[index]
        let date = ForecastOffice.today.adding(days: days)
        let now = Instant(LocalMinute(date: date, minuteOfDay: minute))
        let forecasts = ForecastOffice.forecasts(weeks: 4)
        let forecast = try #require(try await forecasts.forecast(of: ForecastOffice.id, on: date))
        let line = try #require(
            try await forecasts.next(of: [ForecastOffice.id], queue: queue, at: now)[ForecastOffice.id]
        )
        let land = Words("Đất đai", "Land")
        let told = try #require(
            WhenToCome(forecast, queue: queue.map { ($0, land) }, at: now, path: "/x", .vi)
        )
        for page in [told.show().source, told.showDay().source] {
            #expect(page.contains("\(line.date.weekdayName.vi) \(line.date.vietnamese)"), "\(page)")
            #expect(page.contains(line.time.span), "\(line.time.span) \(page)")
            #expect(page.contains(queue == "land" ? "Đất đai" : "mọi lĩnh vực"))
        }
        #expect((line.queue == nil) == (queue != "land"))
        // Nobody is sent to a closed door, nor to an hour that has passed.
        #expect(line.time.from.start >= 480 && line.time.through.end <= 1020, "\(line.time.span)")
        #expect(line.date > date || line.time.through.end > minute)
        #expect(line.date.weekday <= 5)
    }

    @Test func `a day that is over stands in no list`() async throws {
        let forecasts = ForecastOffice.forecasts(weeks: 4)
        let forecast = try #require(try await forecasts.forecast(of: ForecastOffice.id, on: ForecastOffice.today))
        let evening = Instant(LocalMinute(date: ForecastOffice.today, minuteOfDay: 1200))
        // Also when somebody asks for it by its address.
        let told = try #require(WhenToCome(forecast, on: ForecastOffice.today, at: evening, path: "/x", .vi))
        #expect(told.showDay().source.contains("<h2>Thứ Ba 24/11/2026</h2>"))
        let afternoon = Instant(LocalMinute(date: ForecastOffice.today, minuteOfDay: 840))
        let rest = try #require(WhenToCome(forecast, on: ForecastOffice.today, at: afternoon, path: "/x", .vi))
        #expect(!rest.showDay().source.contains("<th scope=\"row\">08:30"), "the morning is over")
        #expect(rest.showDay().source.contains("<th scope=\"row\">16:00"))
    }
}
