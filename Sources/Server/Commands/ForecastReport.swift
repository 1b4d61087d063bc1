import Forecasting
import Kernel
import OneStop
import Web

/// A forecast as the command prints it.
struct ForecastReport: Encodable {
    struct Fault: Encodable {
        let line: Int?
        let vi: String
        let en: String
    }

    struct Log: Encodable {
        let days: Int
        let first: String?
        let last: String?
        let queues: Int
        let notes: [String]
        let faults: [Fault]
    }

    struct Day: Encodable {
        let date: LocalDate
        let open: Bool
        let expected: Double
        /// Quietest first.
        let quietest: [String]
        let halfHours: [Forecast.HalfHourOfDay]
    }

    struct Queue: Encodable {
        let name: String
        let error: ForecastError?
        let days: [Day]

        init(_ queue: Forecast.Queue, name: String) {
            self.name = name
            error = queue.error?.rounded
            days = queue.days.map { day in
                Day(
                    date: day.date,
                    open: day.isOpen,
                    expected: tenths(day.expected),
                    quietest: queue.bestTimes(on: day).map(\.span),
                    halfHours: day.halfHours.map(\.rounded)
                )
            }
        }
    }

    let log: Log
    let total: Queue?
    let queues: [Queue]

    init(_ forecast: Forecast, _ log: ArrivalLog, _ faults: [ArrivalLogReader.Fault], only name: String?) {
        self.log = Log(
            days: log.dayCount,
            first: log.firstDay?.rawValue,
            last: log.lastDay?.rawValue,
            queues: forecast.queues.count,
            notes: log.notes.map(\.words.en),
            faults: faults.map { Fault(line: $0.line, vi: $0.words.vi, en: $0.words.en) }
        )
        total = name == nil ? Queue(forecast.total, name: "all") : nil
        queues = forecast.queues.filter { name == nil || $0.name == name }.map { Queue($0, name: $0.name) }
    }

    var lines: String {
        var lines: [String] = []
        if let first = log.first, let last = log.last {
            lines.append("Days counted: \(log.days), \(first) to \(last); queues: \(log.queues).")
        } else {
            lines.append("No log: from what the office declares.")
        }
        lines += log.notes
        guard let shown = total ?? queues.first else { return lines.joined(separator: "\n") }
        if let error = shown.error { lines.append(error.words.en) }
        for day in shown.days {
            lines.append("")
            guard day.open else {
                lines.append("\(weekdays[day.date.weekday - 1]) \(day.date.rawValue): closed")
                continue
            }
            let quiet = day.quietest.isEmpty ? "" : ", quietest \(day.quietest.joined(separator: ", then "))"
            lines.append("\(weekdays[day.date.weekday - 1]) \(day.date.rawValue): \(day.expected) people\(quiet)")
            lines.append("  half hour      people  8 of 10 between  minutes of wait")
            lines += day.halfHours.map(row)
        }
        return lines.joined(separator: "\n")
    }

    private func row(_ half: Forecast.HalfHourOfDay) -> String {
        let wait = half.wait.map { "\($0.expected) (\($0.low)–\($0.high))" } ?? "–"
        let between = "\(Int(half.low))–\(Int(half.high))"
        return "  \(half.halfHour.span)  \(right("\(half.expected)", 8))  \(right(between, 15))  \(right(wait, 18))"
    }
}

/// How a forecast has done against simpler rules, as the command prints it.
struct EvaluationReport: Encodable {
    struct Row: Encodable {
        let name: String
        let halfHours: Int
        let cameInHalfHours: Double
        let meanError: Double
        let share: Double
        let pinball: Double
        let coverage: Double
        let ratioToLastWeek: Double
        let ratioToWeekdayMean: Double

        init(_ name: String, _ score: ForecastEvaluation.Score) {
            self.name = name
            halfHours = score.halfHours
            cameInHalfHours = score.came
            meanError = thousandths(score.meanError)
            share = thousandths(score.share)
            pinball = thousandths(score.pinball)
            coverage = thousandths(score.coverage)
            ratioToLastWeek = thousandths(score.ratioToLastWeek)
            ratioToWeekdayMean = thousandths(score.ratioToWeekdayMean)
        }
    }

    struct Waiting: Encodable {
        let halfHours: Int
        let ratioToLastWeek: Double
        let ratioToWeekdayMean: Double
    }

    let origins: Int
    let queues: [Row]
    let eachQueue: Row
    let total: Row
    let waiting: Waiting?

    init(_ evaluation: ForecastEvaluation) {
        origins = evaluation.origins
        queues = evaluation.queues.map { Row($0.name, $0.score) }
        eachQueue = Row("each queue", evaluation.all)
        total = Row("all together", evaluation.total)
        let waiting = evaluation.waiting
        self.waiting =
            waiting.halfHours == 0
            ? nil
            : Waiting(
                halfHours: waiting.halfHours,
                ratioToLastWeek: thousandths(waiting.ratioToLastWeek),
                ratioToWeekdayMean: thousandths(waiting.ratioToWeekdayMean)
            )
    }

    var lines: String {
        var lines = [
            "Forecast from \(origins) days, each time for the days after it, which it had not seen.",
            "error: people per half hour; WAPE: share of those who came; held: half hours within the interval (0.8 promised);",
            "ratios: error against the same weekday's last week, and against that weekday's mean; below 1 is better.",
            "",
            "   error    WAPE  pinball   held  /last week  /mean  queue",
        ]
        lines += (queues + [eachQueue, total]).map { row in
            [
                right("\(row.meanError)", 8), right("\(row.share)", 6), right("\(row.pinball)", 7),
                right("\(row.coverage)", 5), right("\(row.ratioToLastWeek)", 10), right("\(row.ratioToWeekdayMean)", 5),
                row.name,
            ].joined(separator: "  ")
        }
        if let waiting {
            lines += [
                "",
                "People waiting, \(waiting.halfHours) half hours: error \(waiting.ratioToLastWeek) of last week's, "
                    + "\(waiting.ratioToWeekdayMean) of the mean's.",
            ]
        }
        return lines.joined(separator: "\n")
    }
}

private let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

private func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
}

private func tenths(_ number: Double) -> Double { (number * 10).rounded() / 10 }
private func thousandths(_ number: Double) -> Double { (number * 1000).rounded() / 1000 }
