import Web

@testable import HallPlan

/// Halls for tests.
enum Halls {
    /// Numbers that look like chance and are the same every time.
    struct Chance: RandomNumberGenerator {
        private var state: UInt64

        init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state &* 0x2545_F491_4F6C_DD1D
        }
    }

    /// `columns` × `rows` seats, `pitch` metres apart, in a room with a metre to spare on all sides.
    static func grid(_ columns: Int, _ rows: Int, pitch: Double = 0.8, counters: [HallPlan.Counter] = []) -> HallPlan {
        let points = (0..<rows).flatMap { row in
            (0..<columns).map { HallPoint(x: 1 + Double($0) * pitch, y: 1 + Double(row) * pitch) }
        }
        return hall(points, width: 2 + Double(columns - 1) * pitch, depth: 2 + Double(rows - 1) * pitch, counters)
    }

    /// Seats anywhere in a room, at least 0.3 m apart.
    static func random(seats: Int, width: Double, depth: Double, seed: Int) -> HallPlan {
        var chance = Chance(seed)
        var points: [HallPoint] = []
        while points.count < seats {
            let point = HallPoint(
                x: Double.random(in: 0...width, using: &chance),
                y: Double.random(in: 0...depth, using: &chance)
            )
            if points.allSatisfy({ $0.distance(to: point) >= 0.3 }) { points.append(point) }
        }
        return hall(points, width: width, depth: depth)
    }

    static func hall(
        _ points: [HallPoint],
        width: Double,
        depth: Double,
        _ counters: [HallPlan.Counter] = []
    ) -> HallPlan {
        HallPlan(
            name: Words("Phòng thử", "A test hall"),
            outline: [(0, 0), (width, 0), (width, depth), (0, depth)].map { HallPoint(x: $0.0, y: $0.1) },
            doors: [],
            counters: counters,
            seats: points.enumerated().map { HallPlan.Seat(number: "\($0 + 1)", at: $1, counter: nil) },
            keepsDistanceToCounters: true
        )
    }
}
