/// The largest set of places that are pairwise a distance apart.
struct SpacedSeats {
    /// As many as were found, in the order of the places.
    private(set) var chosen: [Int] = []
    /// No set has more than this; as many as `chosen` when the search was complete.
    private(set) var atMost = 0

    var isProven: Bool { chosen.count == atMost }

    /// How much work may be done; counted and not timed, so that the answer is the same on every machine.
    struct Effort {
        /// States of the sweep, summed over all seats.
        let states: Int
        /// Whether to say how many there could be at most when the search is cut short.
        let bounds: Bool

        /// Complete for halls of several hundred seats; some seconds for the worst of 2,000.
        static let full = Effort(states: 2_000_000, bounds: true)
        /// For one of many attempts to spread a number of seats that is already known.
        static let attempt = Effort(states: 100_000, bounds: false)
    }

    init(_ points: [HallPoint], distance: Double?, effort: Effort = .full) {
        let conflicts = ConflictGraph(points, distance: distance)
        // Parts that do not touch are solved alone; what is left out as superfluous makes more such parts.
        for component in conflicts.components() {
            let part = conflicts.part(component)
            let needed = part.withoutDominated()
            for piece in part.part(needed).components() {
                solve(piece.map { component[needed[$0]] }, points, conflicts, effort)
            }
        }
        chosen.sort()
    }

    private mutating func solve(
        _ piece: [Int],
        _ points: [HallPoint],
        _ conflicts: ConflictGraph,
        _ effort: Effort
    ) {
        let sweep = Sweep.best(of: piece, points, conflicts)
        let width = max(16, effort.states / piece.count)
        var outcome = sweep.run(width: min(width, Sweep.narrow))
        if !outcome.isExact, width > Sweep.narrow {
            let second = sweep.run(width: width)
            if second.isExact || second.chosen.count > outcome.chosen.count { outcome = second }
        }
        chosen += outcome.chosen
        atMost +=
            outcome.isExact || !effort.bounds
            ? outcome.chosen.count : max(outcome.chosen.count, bound(sweep, points, conflicts))
    }

    /// The hall is cut into strips along the walk, narrow enough to be solved; together they have no fewer seats than it.
    private func bound(_ sweep: Sweep, _ points: [HallPoint], _ conflicts: ConflictGraph) -> Int {
        var least = sweep.order.count
        for strips in 2...max(2, sweep.order.count) {
            // Where the cuts lie matters, so several places are tried.
            let sums = (0..<4).compactMap { shift in
                sum(of: sweep.strips(strips, shift: Double(shift) / 4, points), points, conflicts)
            }
            if let sum = sums.min() {
                least = min(least, sum)
                break
            }
        }
        return least
    }

    private func sum(of strips: [[Int]], _ points: [HallPoint], _ conflicts: ConflictGraph) -> Int? {
        var sum = 0
        for strip in strips {
            let outcome = Sweep(order: strip, along: .x, conflicts).run(width: Sweep.narrow)
            guard outcome.isExact else { return nil }
            sum += outcome.chosen.count
        }
        return sum
    }
}

/// A walk over some places, from wall to wall.
private struct Sweep {
    enum Direction: CaseIterable {
        case x, y, falling, rising

        func along(_ point: HallPoint) -> Double {
            switch self {
            case .x: point.x
            case .y: point.y
            case .falling: point.x + point.y
            case .rising: point.x - point.y
            }
        }

        /// How far left or right of the walk.
        func across(_ point: HallPoint) -> Double {
            switch self {
            case .x: point.y
            case .y: point.x
            case .falling: point.x - point.y
            case .rising: point.x + point.y
            }
        }
    }

    /// Wide enough for most halls.
    static let narrow = 1_000

    let order: [Int]
    private let direction: Direction
    private let graph: ConflictGraph

    init(order: [Int], along direction: Direction, _ conflicts: ConflictGraph) {
        self.order = order
        self.direction = direction
        graph = conflicts.part(order)
    }

    /// The walk along which the fewest places ahead can be blocked at a time.
    static func best(of places: [Int], _ points: [HallPoint], _ conflicts: ConflictGraph) -> Sweep {
        let sweeps = Direction.allCases.map { direction in
            Sweep(order: direction.sorted(places, points), along: direction, conflicts)
        }
        return sweeps.enumerated().min { ($0.element.graph.reach, $0.offset) < ($1.element.graph.reach, $1.offset) }!
            .element
    }

    /// What it found, in the numbers of the places.
    func run(width: Int) -> SweepSearch.Outcome {
        let outcome = SweepSearch(graph).run(width: width)
        return SweepSearch.Outcome(chosen: outcome.chosen.map { order[$0] }, isExact: outcome.isExact)
    }

    /// The places in about `count` strips side by side, each in the order of the walk.
    func strips(_ count: Int, shift: Double, _ points: [HallPoint]) -> [[Int]] {
        let across = order.map { direction.across(points[$0]) }
        let (least, most) = (across.min() ?? 0, across.max() ?? 0)
        let breadth = (most - least) / Double(count) + 1e-9
        var strips = [[Int]](repeating: [], count: count + 1)
        for (index, place) in order.enumerated() {
            strips[Int((across[index] - least) / breadth + shift)].append(place)
        }
        return strips.filter { !$0.isEmpty }
    }
}

extension Sweep.Direction {
    fileprivate func sorted(_ places: [Int], _ points: [HallPoint]) -> [Int] {
        places.sorted { a, b in
            (along(points[a]), across(points[a]), a) < (along(points[b]), across(points[b]), b)
        }
    }
}
