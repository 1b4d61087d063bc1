import Foundation
import Kernel
import TestSupport
import Testing
import Web

@testable import Forecasting

/// Real logs of 20 district offices with 365 queues. They lie beside the checkout and are not part of it.
enum RealQueues {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "../shared/data/queue")

    static var exist: Bool { FileManager.default.fileExists(atPath: folder.path) }

    static func offices() throws -> ArrivalLog {
        let text = try String(contentsOf: folder.appending(path: "warsaw_arrivals_30min.csv"), encoding: .utf8)
        return ArrivalLog(ArrivalLogReader(text).rows)
    }

    /// The readings of one office's ticket machines.
    static func queues(of office: String) async throws -> ArrivalLog {
        let file = folder.appending(path: "warsaw_queue_snapshots.csv.gz").path
        let script = "gzip -dc \"$0\" | grep -E \"^(office|$1),\""
        let read = try await program("/bin/sh", ["-c", script, file, office])
        return ArrivalLog(ArrivalLogReader(read.text).rows)
    }
}

@Suite(.enabled(if: RealQueues.exist, "the real logs lie beside the checkout"))
struct `The forecast of real queues` {
    @Test
    func `it beats last week and the weekday's mean on days held back, for every office and together`() throws {
        let log = try RealQueues.offices()
        #expect(log.dayCount == 16 && log.queues.count == 20)
        let evaluation = try #require(ForecastEvaluation(log, days: OpeningDays(loggedIn: log)))
        print(
            "20 offices: \(evaluation.all.ratioToLastWeek) of last week's error, \(evaluation.all.ratioToWeekdayMean) of",
            "the mean's, WAPE \(evaluation.all.share), coverage \(evaluation.all.coverage); together:",
            "\(evaluation.total.ratioToLastWeek), \(evaluation.total.ratioToWeekdayMean), WAPE \(evaluation.total.share),",
            "coverage \(evaluation.total.coverage)"
        )
        for score in [evaluation.all, evaluation.total] {
            #expect(score.ratioToLastWeek < 0.9)
            #expect(score.ratioToWeekdayMean < 0.9)
            #expect((0.7...0.9).contains(score.coverage), "\(score.coverage)")
        }
        for queue in evaluation.queues {
            #expect(queue.score.ratioToLastWeek < 1, "\(queue.name): \(queue.score.ratioToLastWeek)")
        }
    }

    @Test(arguments: ["UD_Bemowo", "UD_Wola", "USC_Sandomierska"])
    func `it beats them for most single queues, too`(office: String) async throws {
        let log = try await RealQueues.queues(of: office)
        #expect(log.dayCount >= 16)
        let evaluation = try #require(ForecastEvaluation(log, days: OpeningDays(loggedIn: log)))
        let busy = evaluation.queues.filter { $0.score.came > 0.5 * Double($0.score.halfHours) }
        let better = busy.count { $0.score.ratioToLastWeek < 1 }
        print(
            "\(office): \(evaluation.all.ratioToLastWeek) of last week's error, \(evaluation.all.ratioToWeekdayMean) of the",
            "mean's, better for \(better) of \(busy.count) queues; people waiting: \(evaluation.waiting.ratioToLastWeek)",
            "and \(evaluation.waiting.ratioToWeekdayMean)"
        )
        #expect(busy.count >= 8)
        #expect(better * 10 >= busy.count * 9, "\(better) of \(busy.count)")
        #expect(evaluation.all.ratioToLastWeek < 0.9 && evaluation.all.ratioToWeekdayMean < 0.95)
        #expect(evaluation.waiting.ratioToLastWeek < 1 && evaluation.waiting.ratioToWeekdayMean < 1)
    }

    @Test
    func `holidays of the country close the office, whatever the log has seen`() throws {
        let log = try RealQueues.offices()
        let tet = DayOff(
            day: LocalDate(year: 2020, month: 1, day: 23)!,
            until: LocalDate(year: 2020, month: 1, day: 29)!,
            kind: .holiday,
            vi: "Tết Nguyên đán",
            en: "Lunar New Year",
            basis: "Bộ luật Lao động",
            status: .decided
        )
        let opening = OpeningDays(calendar: WorkingCalendar(days: CalendarDays(daysOff: [tet])), log: log)
        let forecast = Forecast(log, days: opening, from: tet.day, horizon: 14)
        let open = forecast.total.days.filter(\.isOpen).map(\.date.rawValue)
        #expect(open == ["2020-01-30", "2020-01-31", "2020-02-03", "2020-02-04", "2020-02-05"])
    }

    @Test
    func `the advice names hours with shorter waits than the day has on average`() throws {
        let log = try RealQueues.offices()
        let monday = LocalDate(year: 2020, month: 1, day: 27)!
        let forecast = Forecast(log, days: OpeningDays(loggedIn: log), from: monday, horizon: 1)
        for queue in forecast.queues + [forecast.total] {
            let day = try #require(queue.day(monday))
            let best = queue.bestTimes(on: day)
            #expect(!best.isEmpty)
            // These logs tell of counters, so it is the wait that counts.
            let waits = day.halfHours.compactMap { $0.wait?.expected }
            let mean = waits.reduce(0, +) / Double(waits.count)
            #expect(try #require(best[0].wait) < mean, "\(queue.name): \(best[0].span)")
            #expect(best[0].words.vi == "chờ ít nhất \(best[0].span)")
        }
    }
}
