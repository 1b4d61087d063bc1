import Agencies
import ArgumentParser
import Kernel
import Persistence

struct CalendarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "The working calendar of Việt Nam.",
        subcommands: [Due.self]
    )

    struct Due: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say when a dossier is due, and count line by line how.",
            discussion: """
                motcua calendar due --received 2026-02-12T10:00 --term "3 working-days" --mode exclude-receipt-day
                """
        )

        @OptionGroup var output: Output
        @Option(help: "When the dossier was validly received, yyyy-MM-ddTHH:mm in Việt Nam.") var received: String
        @Option(help: #""N working-days", "N days", "N working-hours", "N months" or "same-day"."#) var term: String
        @Option(help: "exclude-receipt-day, include-if-before-cutoff or working-minutes.")
        var mode = DueRule.Mode.excludeReceiptDay.rawValue
        @Option(help: "FROM..TO, each yyyy-MM-ddTHH:mm; may be given several times.") var pause: [String] = []
        @Option(help: "extend, restart or phase.") var resume = DueRule.Resume.extend.rawValue
        @Option(help: "The id of the agency that decides, for its own days and hours; the country's without.")
        var agency: String?

        private struct Line: Encodable {
            let vi: String
            let en: String
            let counted: Int
        }

        private struct Answer: Encodable {
            let due: String
            let provisional: Bool
            let unit: String
            let lines: [Line]
        }

        func run() async throws {
            guard let received = LocalMinute(rawValue: received) else {
                throw Settings.Unusable(description: "--received \(received) is not a minute such as 2026-02-12T10:00.")
            }
            guard let term = TimeLimit(typed: term) else {
                throw Settings.Unusable(description: "--term \(term) is not a term such as \"3 working-days\".")
            }
            guard let mode = DueRule.Mode(rawValue: mode), let resume = DueRule.Resume(rawValue: resume) else {
                throw Settings.Unusable(description: "--mode or --resume is not one of the words in --help.")
            }
            let date = dueDate(
                received: Instant(received),
                term: term,
                rule: DueRule(mode: mode, resume: resume),
                pauses: try pause.map(Self.pause),
                calendar: try await Self.calendar(of: agency)
            )
            let answer = Answer(
                due: date.at.localMinute.rawValue,
                provisional: date.isProvisional,
                unit: date.unit.rawValue,
                lines: date.explanation.map {
                    Line(
                        vi: "\($0.when.vi): \($0.text.vi)",
                        en: "\($0.when.en): \($0.text.en)",
                        counted: $0.counted
                    )
                }
            )
            try report(answer, json: output.json) { answer in
                (["Due \(date.at.localMinute.vietnamese)\(answer.provisional ? " (provisional)" : "")"]
                    + answer.lines.map { "  +\($0.counted)  \($0.vi)" }).joined(separator: "\n")
            }
        }

        private static func calendar(of agency: String?) async throws -> WorkingCalendar {
            let settings = try Settings()
            guard let agency else { return WorkingCalendar(days: try House.nation(settings)) }
            let house = try await House(settings)
            let id = ID<Agency>(rawValue: agency)
            guard try await house.agencies.tree()[id] != nil else {
                await house.close()
                throw Settings.Unusable(description: "--agency \(agency) is not the id of an agency here.")
            }
            let calendar = try await house.calendars.calendar(of: id)
            await house.close()
            return calendar
        }

        private static func pause(_ text: String) throws -> Pause {
            let ends = text.split(separator: ".", omittingEmptySubsequences: true).map(String.init)
            guard ends.count == 2, let from = LocalMinute(rawValue: ends[0]),
                let until = LocalMinute(rawValue: ends[1]),
                from <= until
            else {
                throw Settings.Unusable(
                    description: "--pause \(text) is not FROM..TO such as 2026-02-12T10:00..2026-02-26T10:00."
                )
            }
            return Pause(from: Instant(from), until: Instant(until))
        }
    }
}

extension TimeLimit {
    /// Reads `3 working-days` and `same-day`; at most 3,650 units.
    init?(typed: String) {
        let parts = typed.split(separator: " ").map(String.init)
        if parts == [Unit.sameDay.rawValue] {
            self.init(amount: 1, unit: .sameDay)
            return
        }
        guard parts.count == 2, let amount = Int(parts[0]), (1...3650).contains(amount),
            let unit = Unit(rawValue: parts[1]), unit != .sameDay
        else { return nil }
        self.init(amount: amount, unit: unit)
    }
}
