import Testing

@testable import HallPlan

@Suite struct `The largest set of seats that keep their distance` {
    /// Tries every set.
    private func bruteForce(_ points: [HallPoint], distance: Double) -> Int {
        let conflicts = points.map { point in
            points.enumerated().reduce(0) { $1.element.isCloser(than: distance, to: point) ? $0 | 1 << $1.offset : $0 }
        }
        func most(_ free: Int) -> Int {
            guard free != 0 else { return 0 }
            let first = free.trailingZeroBitCount
            return max(1 + most(free & ~conflicts[first] & ~(1 << first)), most(free & ~(1 << first)))
        }
        return most((1 << points.count) - 1)
    }

    @Test func `agrees with trying every set, in 600 small halls`() {
        var chance = Halls.Chance(1)
        for seed in 1...600 {
            let hall = Halls.random(
                seats: Int.random(in: 1...16, using: &chance),
                width: Double.random(in: 2...8, using: &chance),
                depth: Double.random(in: 1...5, using: &chance),
                seed: seed
            )
            let points = hall.seats.map(\.at)
            let distance = Double.random(in: 0.3...3, using: &chance)
            let found = SpacedSeats(points, distance: distance)
            #expect(found.isProven)
            #expect(
                found.chosen.count == bruteForce(points, distance: distance),
                "hall \(seed) at \(distance) m"
            )
            for (index, seat) in found.chosen.enumerated() {
                for other in found.chosen[..<index] {
                    #expect(!points[seat].isCloser(than: distance, to: points[other]), "hall \(seed)")
                }
            }
        }
    }

    @Test(arguments: [(1, 1, 1), (2, 2, 1), (5, 5, 5), (7, 4, 6), (10, 1, 4)])
    func `agrees with what can be counted on a grid`(columns: Int, rows: Int, most: Int) {
        let found = SpacedSeats(Halls.grid(columns, rows).seats.map(\.at), distance: 2)
        #expect(found.chosen.count == most)
        #expect(found.isProven)
    }

    @Test func `two metres are two metres, also in binary fractions`() {
        // 0.1 + 1.9 and 0.7 + 1.3 are not exactly 2 for a computer.
        for (from, to) in [(0.1, 2.1), (0.7, 2.7), (0.3, 2.3), (1.1, 3.1)] {
            let points = [HallPoint(x: from, y: 0), HallPoint(x: to, y: 0)]
            #expect(SpacedSeats(points, distance: 2).chosen == [0, 1])
        }
        let tooClose = [HallPoint(x: 0, y: 0), HallPoint(x: 1.99, y: 0)]
        #expect(SpacedSeats(tooClose, distance: 2).chosen.count == 1)
    }

    @Test func `every seat may be used when there is no distance`() {
        let points = Halls.grid(6, 4).seats.map(\.at)
        #expect(SpacedSeats(points, distance: nil).chosen == Array(0..<24))
        #expect(SpacedSeats([], distance: 2).chosen.isEmpty)
    }

    @Test func `two hundred seats are solved completely`() {
        for hall in [Halls.grid(20, 10), Halls.random(seats: 200, width: 16, depth: 10, seed: 7)] {
            let found = SpacedSeats(hall.seats.map(\.at), distance: 2)
            #expect(found.isProven)
        }
    }

    @Test func `a search that is cut short says so, and its bound is true`() {
        let points = Halls.grid(12, 11).seats.map(\.at)
        let complete = SpacedSeats(points, distance: 2)
        let cut = SpacedSeats(points, distance: 2, effort: SpacedSeats.Effort(states: 16, bounds: true))
        #expect(complete.isProven)
        #expect(cut.chosen.count <= complete.chosen.count)
        #expect(cut.atMost >= complete.chosen.count)
        #expect(cut.atMost < points.count / 3, "a bound of \(cut.atMost) says nothing")
    }

    @Test func `what is left out as superfluous is never missed`() {
        for seed in 1...40 {
            let points = Halls.random(seats: 14, width: 5, depth: 3, seed: seed).seats.map(\.at)
            let graph = ConflictGraph(points, distance: 1.2)
            let kept = graph.withoutDominated().map { points[$0] }
            #expect(bruteForce(kept, distance: 1.2) == bruteForce(points, distance: 1.2), "hall \(seed)")
        }
    }
}
