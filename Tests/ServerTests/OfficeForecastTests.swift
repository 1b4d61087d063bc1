import Foundation
import TestSupport
import Testing

@testable import Server

/// `motcua office forecast` as an operator runs it.
@Suite(.serialized) struct `The forecast command` {
    /// Four weeks of an office: Mondays 40 people, other days 20, half of them at 08:30, nobody on weekends.
    static let log: String = {
        var lines = ["day,slot,queue,arrivals"]
        for day in 2...27 where ![7, 8, 14, 15, 21, 22].contains(day) {
            let people = [2, 9, 16, 23].contains(day) ? 40 : 20
            for (slot, share) in [("08:30", 2), ("09:00", 4), ("14:00", 4)] {
                lines.append("2026-03-\(day < 10 ? "0" : "")\(day),\(slot),land,\(people / share)")
            }
        }
        return lines.joined(separator: "\n")
    }()

    private struct Told: Decodable {
        struct Half: Decodable {
            let halfHour: String
            let expected: Double
            let low: Double
            let high: Double
        }
        struct Day: Decodable {
            let date: String
            let open: Bool
            let expected: Double
            let halfHours: [Half]
        }
        struct Series: Decodable { let days: [Day] }
        struct Log: Decodable {
            struct Fault: Decodable {
                let line: Int?
                let vi: String
            }
            let days: Int
            let faults: [Fault]
        }
        let log: Log
        let total: Series
    }

    @Test func `it foretells fourteen days and knows the country's holidays`() async throws {
        try await Installation.fresh(.sqlite) { installation in
            let file = "\(installation.folder)/log.csv"
            try (Self.log + "\n2026-03-99,08:30,land,4\n").write(toFile: file, atomically: true, encoding: .utf8)
            let outcome = try await installation.motcua(
                "office",
                "forecast",
                file,
                "--horizon",
                "40d",
                "--json"
            )
            #expect(outcome.status == 0, "\(outcome.complaint)")
            let told = try JSONDecoder().decode(Told.self, from: Data(outcome.output.utf8))
            #expect(told.log.days == 20 && told.log.faults.map(\.line) == [62])
            #expect(told.total.days.count == 40)
            let days = Dictionary(uniqueKeysWithValues: told.total.days.map { ($0.date, $0) })
            // Hùng Kings' day falls on a Sunday in 2026 and is given back on Monday; then Reunification and Labour Day.
            for closed in ["2026-03-28", "2026-04-27", "2026-04-30", "2026-05-01"] {
                #expect(days[closed]?.open == false, "\(closed)")
            }
            let monday = try #require(days["2026-03-30"])
            #expect((32...44).contains(monday.expected), "\(monday.expected)")
            #expect(monday.halfHours.map(\.halfHour) == ["08:30", "09:00", "14:00"])
            #expect(monday.halfHours.allSatisfy { $0.low <= $0.expected && $0.expected <= $0.high })

            let table = try await installation.motcua("office", "forecast", file)
            #expect(table.output.contains("Mon 2026-03-30"))
            #expect(table.complaint.contains("log.csv:62: Ngày “2026-03-99” không có trong lịch"))
            let error = try await installation.motcua("office", "forecast", file, "--evaluate", "--calendar", "none")
            #expect(error.status == 0 && error.output.contains("all together"), "\(error.output)")
        }
    }

    @Test func `before there is a log it goes by what the office declares`() async throws {
        try await Installation.fresh(.sqlite) { installation in
            let file = "\(installation.folder)/profile.json"
            try #"{"perDay": {"land": 50, "civil-status": 30}}"#.write(
                toFile: file,
                atomically: true,
                encoding: .utf8
            )
            let outcome = try await installation.motcua(
                "office",
                "forecast",
                "--profile",
                file,
                "--from",
                "2026-03-30",
                "--horizon",
                "7",
                "--json"
            )
            let told = try JSONDecoder().decode(Told.self, from: Data(outcome.output.utf8))
            let week = told.total.days.reduce(0) { $0 + $1.expected }
            #expect((360...440).contains(week), "\(week)")
        }
    }

    @Test func `what cannot be used is said in a sentence`() async throws {
        try await Installation.fresh(.sqlite) { installation in
            let file = "\(installation.folder)/other.csv"
            try "a,b\n1,2\n".write(toFile: file, atomically: true, encoding: .utf8)
            for (arguments, sentence) in [
                (["office", "forecast"], "Give a log"),
                (["office", "forecast", file], "holds no log of arrivals"),
                (["office", "forecast", file + "x"], "There is no file"),
                (["office", "forecast", file, "--horizon", "90d"], "1d to 60d"),
                (["office", "forecast", file, "--from", "tomorrow"], "no log of arrivals"),
                (["office", "forecast", "--profile", file], "--profile"),
            ] {
                let outcome = try await installation.motcua(all: arguments)
                #expect(outcome.status != 0)
                #expect(outcome.complaint.contains(sentence), "\(arguments): \(outcome.complaint)")
            }
        }
    }
}
