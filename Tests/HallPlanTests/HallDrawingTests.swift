import Foundation
import Markup
import Testing
import Web

@testable import HallPlan

@Suite struct `A hall that is drawn` {
    private func shipped(_ name: String) throws -> HallPlan {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try HallPlan(json: [UInt8](Data(contentsOf: root.appending(path: "Authorities/halls/\(name).json"))))
    }

    @Test(arguments: [("ward-24", 24), ("department-120", 120)])
    func `is one of those we ship`(name: String, seats: Int) throws {
        let plan = try shipped(name)
        #expect(plan.seats.count == seats)
        let choice = plan.allowed(percent: 50, distance: 2)
        #expect(choice.capacity.isProven)
        #expect(choice.capacity.binding == .distance)
        // No counter need be closed.
        let atCounters = plan.seats.filter { $0.counter != nil }
        #expect(SpacedSeats(atCounters.map(\.at), distance: 2).chosen.count == plan.counters.count)
    }

    @Test func `has a title, a description, every seat, and a circle around each that is used`() throws {
        let plan = try shipped("department-120")
        let choice = plan.allowed(percent: 50, distance: 2)
        let svg = HallDrawing(plan, choice).svg.source
        #expect(svg.contains("<title>\(plan.name.vi) / \(plan.name.en)</title>"))
        #expect(svg.contains("<desc>\(choice.capacity.words.vi) Ghế được dùng: \(choice.seats[0]), "))
        for seat in plan.seats { #expect(svg.contains(">\(seat.number)</text>")) }
        // One in the legend.
        #expect(svg.components(separatedBy: "<circle ").count - 1 == choice.count + 1)
        let withoutDistance = HallDrawing(plan, plan.allowed(percent: 50, distance: nil)).svg.source
        #expect(!withoutDistance.contains("<circle "))
    }

    @Test(arguments: [
        (nil, nil, "Được dùng cả 24 ghế.", "All 24 seats may be used."),
        (
            50, nil, "Được dùng 12 trong 24 ghế, tối đa 50 % số ghế.",
            "12 of 24 seats may be used, at most 50 % of the seats."
        ),
        (
            50, 1.5, "Được dùng 6 trong 24 ghế, cách nhau ít nhất 1,5 m và tối đa 50 % số ghế.",
            "6 of 24 seats may be used, at least 1.5 m apart and at most 50 % of the seats."
        ),
        (
            10, 2.05, "Được dùng 2 trong 24 ghế, tối đa 10 % số ghế và cách nhau ít nhất 2,05 m.",
            "2 of 24 seats may be used, at most 10 % of the seats and at least 2.05 m apart."
        ),
    ])
    func `says in a sentence how many seats may be used`(percent: Int?, distance: Double?, vi: String, en: String) {
        #expect(Halls.grid(6, 4).capacity(percent: percent, distance: distance).words == Words(vi, en))
    }
}
