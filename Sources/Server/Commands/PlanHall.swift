import ArgumentParser
import Foundation
import HallPlan
import Markup
import OneStop
import Web

struct PlanHall: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Say which seats of a hall may be used under a percentage and a distance, and draw it.",
        discussion: """
            motcua office plan Authorities/halls/ward-24.json --percent 50 --distance 2 --svg hall.svg

            HALL.json is described in Docs/HallPlan.md. Exits with 1 when the plan has faults, each told with its place.
            """
    )

    @OptionGroup var output: Output
    @Argument(help: "The hall plan, a JSON file.") var hall: String
    @Option(help: "At most this share of the seats, 0…100; all of them if left out.") var percent: Int?
    @Option(help: "Metres between any two visitors, 0…50; none if left out.") var distance: Double?
    @Option(help: "Draw the hall into this file.") var svg: String?

    func validate() throws {
        guard (0...100).contains(percent ?? 0) else { throw ValidationError("--percent must be 0 to 100.") }
        guard (0...50).contains(distance ?? 0) else { throw ValidationError("--distance must be 0 to 50 metres.") }
    }

    func run() async throws {
        let plan: HallPlan
        do throws(HallPlanRefusal) {
            plan = try HallPlan(json: try contents())
        } catch {
            try report(Refused(hall: hall, faults: error.faults), json: output.json) { refused in
                refused.faults.map { fault in
                    let place = fault.place.isEmpty ? "" : "\(fault.place): "
                    return "\(hall): \(place)\(fault.problem.vi) / \(fault.problem.en)"
                }.joined(separator: "\n")
            }
            throw ExitCode(1)
        }
        let choice = plan.allowed(percent: percent, distance: distance)
        if let svg { try draw(HallDrawing(plan, choice), into: svg) }
        try report(Answer(plan, choice), json: output.json, \.sentences)
    }

    /// Two thousand seats need a tenth of this.
    private static let mostBytes = 2 << 20

    private func contents() throws(HallPlanRefusal) -> [UInt8] {
        let data: Data
        do {
            let file = try FileHandle(forReadingFrom: URL(filePath: hall))
            data = try file.read(upToCount: Self.mostBytes + 1) ?? Data()
        } catch {
            throw refusal("Không mở được tệp này.", "This file cannot be opened.")
        }
        guard data.count <= Self.mostBytes else {
            throw refusal("Tệp lớn hơn 2 MB.", "The file is larger than 2 MB.")
        }
        return Array(data)
    }

    private func refusal(_ vi: String, _ en: String) -> HallPlanRefusal {
        HallPlanRefusal(faults: [HallFault(place: "", problem: Words(vi, en))])
    }

    private func draw(_ drawing: HallDrawing, into path: String) throws {
        do {
            try Data(drawing.svg.bytes).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw Settings.Unusable(description: "--svg \(path) cannot be written.")
        }
    }

    private struct Refused: Encodable {
        let hall: String
        let faults: [HallFault]
    }

    private struct Answer: Encodable {
        let count: Int
        let isProven: Bool
        let atMost: Int
        let binding: SeatChoice.Binding
        let byPercent: Int?
        let byDistance: Int
        let byDistanceAtMost: Int
        let besideCounters: Int
        let seats: Int
        let use: [String]
        let leaveEmpty: [String]
        let closest: Double?
        let words: Words

        init(_ plan: HallPlan, _ choice: SeatChoice) {
            let capacity = choice.capacity
            count = choice.count
            (isProven, atMost, binding) = (capacity.isProven, capacity.atMost, capacity.binding)
            (byPercent, byDistance) = (capacity.byPercent, capacity.byDistance)
            (byDistanceAtMost, besideCounters) = (capacity.byDistanceAtMost, capacity.besideCounters)
            seats = capacity.seats
            use = choice.seats
            let used = Set(choice.seats)
            leaveEmpty = plan.seats.map(\.number).filter { !used.contains($0) }
            closest = choice.closest.map { ($0 * 1000).rounded() / 1000 }
            words = capacity.words
        }

        var sentences: String {
            var lines = [words.vi, words.en, "Ghế được dùng / Seats to use: \(use.joined(separator: ", "))"]
            if let closest { lines.append("Hai ghế gần nhất / The closest two: \(closest) m") }
            return lines.joined(separator: "\n")
        }
    }
}
