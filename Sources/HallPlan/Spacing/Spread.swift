/// A number of seats as far apart as so many can be.
struct Spread {
    private let points: [HallPoint]
    private let usable: [Int]
    private let spaced: [Int]
    private let atLeast: Double

    /// `spaced` is the largest set of `usable` that keeps the distance `atLeast`.
    init(_ points: [HallPoint], usable: [Int], spaced: SpacedSeats, atLeast: Double) {
        self.points = points
        self.usable = usable
        self.spaced = spaced.chosen.map { usable[$0] }
        self.atLeast = atLeast
    }

    /// At most as many as `spaced` has: the largest distance, to the centimetre, that still finds `count` seats decides.
    func choose(_ count: Int) -> [Int] {
        guard count > 0 else { return [] }
        var best = spaced
        var (enough, tooFar) = (0, Int(widest * 100) + 1)
        while tooFar - enough > 1 {
            let middle = (enough + tooFar) / 2
            let attempt = SpacedSeats(
                usable.map { points[$0] },
                distance: atLeast + Double(middle) / 100,
                effort: .attempt
            )
            if attempt.chosen.count >= count {
                (enough, best) = (middle, attempt.chosen.map { usable[$0] })
            } else {
                tooFar = middle
            }
        }
        return thinned(best, to: count)
    }

    /// How much further apart than needed two seats can be at most.
    private var widest: Double {
        let (xs, ys) = (usable.map { points[$0].x }, usable.map { points[$0].y })
        let (width, depth) = ((xs.max() ?? 0) - (xs.min() ?? 0), (ys.max() ?? 0) - (ys.min() ?? 0))
        return max(0, HallPoint(x: 0, y: 0).distance(to: HallPoint(x: width, y: depth)) - max(0, atLeast))
    }

    /// Leaves out the seat with the nearest neighbour, again and again.
    private func thinned(_ seats: [Int], to count: Int) -> [Int] {
        var seats = seats
        while seats.count > count {
            let nearest = seats.map { seat in
                seats.reduce(Double.infinity) { $1 == seat ? $0 : min($0, points[seat].distance(to: points[$1])) }
            }
            let crowded = nearest.indices.min { (nearest[$0], $0) < (nearest[$1], $1) }!
            seats.remove(at: crowded)
        }
        return seats
    }

    /// The shortest way between two of `seats`; nil when there are fewer than two.
    static func closest(of seats: [Int], _ points: [HallPoint]) -> Double? {
        seats.enumerated().flatMap { index, seat in
            seats[(index + 1)...].map { points[seat].distance(to: points[$0]) }
        }.min()
    }
}
