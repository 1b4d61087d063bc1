import ArgumentParser
import Forecasting
import Foundation
import Kernel
import OneStop
import Web

extension OfficeCommand {
    struct ForecastCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "forecast",
            abstract: "Foretell how many people come, and how long they wait, per half hour.",
            discussion: """
                motcua office forecast LOG.csv --horizon 14d --json
                motcua office forecast LOG.csv --evaluate

                LOG is a table with a header, separated by commas or semicolons, of one of three kinds:
                  half hours  day, slot (08:30, or minutes since midnight), arrivals
                              and, where known, served, counters, waiting
                  people      time (2026-11-25T08:41), one row per person
                  readings    day, minute, waiting, current_ticket, counters, as a ticket machine shows them
                The queue stands under queue, queue_id or field, otherwise under office. A row that makes no sense is \
                left out and named with its line. "-" reads standard input.

                PROFILE is JSON with perDay ({"civil-status": 60}) and, if other than usual, weekdays (7 factors, Monday \
                first), shape (48 half hours), spread, afterHolidays, beforeHolidays; a log takes its place by and by.

                Waits follow from counters and measured minutes per person, half hour by half hour, and are held against \
                the number seen waiting. The interval is made to hold 8 of 10 half hours.
                """
        )

        enum Calendar: String, ExpressibleByArgument, CaseIterable { case vietnam, none }

        @OptionGroup var output: Output
        @Argument(help: "The log; may be left out when a profile is given.") var log: String?
        @Option(help: "How many days to look ahead, 1d to 60d.") var horizon = "14d"
        @Option(help: "The first day, yyyy-MM-dd; the day after the log's last if left out.") var from: String?
        @Option(help: "Whose holidays close the office: vietnam, or none to go by the log alone.")
        var calendar = Calendar.vietnam
        @Option(help: "Print this queue instead of all together.") var queue: String?
        @Option(help: "What the office declares about its visitors (JSON).") var profile: String?
        @Flag(help: "Measure the forecast on the end of the log, against simpler rules, instead.") var evaluate = false

        func run() async throws {
            let horizon = try days()
            let profile = try declared()
            guard log != nil || profile != nil else {
                throw Settings.Unusable(description: "Give a log, or --profile with what the office declares.")
            }
            let reading = try log.map { ArrivalLogReader(try text(of: $0)) }
            let log = ArrivalLog(reading?.rows ?? [])
            if let reading, reading.kind == nil || log.isEmpty && profile == nil {
                complain(reading.faults)
                throw Settings.Unusable(description: "\(self.log ?? "") holds no log of arrivals.")
            }
            let opening =
                switch calendar {
                case .vietnam: OpeningDays(calendar: WorkingCalendar(days: try House.nation(Settings())), log: log)
                case .none: OpeningDays(loggedIn: log)
                }
            if !output.json { complain(reading?.faults ?? []) }
            if evaluate {
                try show(ForecastEvaluation(log, profile: profile ?? .standard, days: opening, horizon: horizon))
                return
            }
            let forecast = Forecast(
                log,
                profile: profile ?? .standard,
                days: opening,
                from: try firstDay(after: log),
                horizon: horizon
            )
            if let queue, forecast.queue(queue) == nil {
                let names = forecast.queues.prefix(20).map(\.name).joined(separator: ", ")
                throw Settings.Unusable(description: "There is no queue \(queue); there are \(names).")
            }
            let told = ForecastReport(forecast, log, reading?.faults ?? [], only: queue)
            try report(told, json: output.json) { $0.lines }
        }

        private func days() throws -> Int {
            let digits = horizon.hasSuffix("d") ? String(horizon.dropLast()) : horizon
            guard let days = Int(digits), (1...60).contains(days) else {
                throw Settings.Unusable(description: "--horizon \(horizon) is not a number of days from 1d to 60d.")
            }
            return days
        }

        private func firstDay(after log: ArrivalLog) throws -> LocalDate {
            guard let from else {
                let today = Instant(milliseconds: Int(Date().timeIntervalSince1970 * 1000)).localDate
                return log.lastDay?.adding(days: 1) ?? today
            }
            guard let day = LocalDate(rawValue: from) else {
                throw Settings.Unusable(description: "--from \(from) is not a day such as 2026-11-25.")
            }
            return day
        }

        private func declared() throws -> DeclaredArrivals? {
            guard let profile else { return nil }
            do {
                return try JSONDecoder().decode(DeclaredArrivals.self, from: try bytes(of: profile))
            } catch let fault as DecodingError {
                let reason =
                    switch fault {
                    case .dataCorrupted(let context), .keyNotFound(_, let context), .typeMismatch(_, let context),
                        .valueNotFound(_, let context):
                        context.debugDescription
                    @unknown default: "it is not JSON."
                    }
                throw Settings.Unusable(description: "--profile \(profile): \(reason)")
            }
        }

        private func text(of path: String) throws -> String {
            guard let text = String(validating: try bytes(of: path), as: UTF8.self) else {
                throw Settings.Unusable(
                    description: "\(path) is not UTF-8 / không phải UTF-8; save it as UTF-8 / lưu lại dưới dạng UTF-8."
                )
            }
            return text
        }

        private func bytes(of path: String) throws -> Data {
            if path == "-" { return FileHandle.standardInput.readDataToEndOfFile() }
            guard FileManager.default.isReadableFile(atPath: path) else {
                throw Settings.Unusable(description: "There is no file \(path) that can be read.")
            }
            return try Data(contentsOf: URL(filePath: path))
        }

        /// On the error stream: what is wrong with the log must not get into a table that is read on.
        private func complain(_ faults: [ArrivalLogReader.Fault]) {
            for fault in faults.prefix(50) {
                let place = fault.line.map { "\(log ?? ""):\($0)" } ?? log ?? ""
                FileHandle.standardError.write(Data("\(place): \(fault.words.vi) / \(fault.words.en)\n".utf8))
            }
            if faults.count > 50 {
                FileHandle.standardError.write(Data("… và \(faults.count - 50) dòng nữa / and more\n".utf8))
            }
        }

        private func show(_ evaluation: ForecastEvaluation?) throws {
            guard let evaluation else {
                throw Settings.Unusable(
                    description: "The log is too short to hold days back: nine days of opening are the least."
                )
            }
            try report(EvaluationReport(evaluation), json: output.json) { $0.lines }
        }
    }
}
