import Foundation

/// How many come on a day of a kind, and when: level × weekday × neighbouring holidays × shape of the day.
///
/// Every factor is shrunk: a queue's towards its office's, the office's towards what was declared, so that a log of two
/// days already gives something sensible and one of a year hardly notices. The strengths below were chosen on real
/// logs of 20 offices and their 365 queues by the error on held-back days; the error is flat around them.
struct ArrivalPattern: Sendable {
    /// People on an average day.
    var level: Double
    /// Monday first, 1 on average.
    var weekdays: [Double]
    /// By `OpeningDays.Neighbour`.
    var neighbours: [Double]
    /// Per weekday 48 shares that add up to 1.
    var shapes: [[Double]]

    private enum Strength {
        /// Days after which an observation counts half: for the level, which drifts, and for the habits, which last.
        static let levelHalfLife = 4.0
        static let shapeHalfLife = 20.0
        /// Observed days that a prior is worth.
        static let declaredLevel = 0.5
        static let officeWeekday = 2.0
        static let queueWeekday = 4.0
        static let neighbour = 2.0
        static let declaredShape = 0.25
        static let weekdayShapeOfOffice = 0.5
        static let weekdayShapeOfQueue = 15.0
        /// People that a queue's shape costs to depart from its office's.
        static let queueShape = 30.0
        /// Noise of a queue's day, in people: small queues learn their weekdays more slowly.
        static let noise = 10.0
        static let smoothing = 0.2
        /// Beyond a factor e^0.5 of what was expected a day is treated as an exception and counts less.
        static let exception = 0.5
        /// A day beside holidays says less about its weekday.
        static let besideHolidays = 0.6
    }

    /// What was declared, for an office without a log.
    init(declared profile: DeclaredArrivals, level: Double) {
        self.level = level
        let mean = profile.weekdays.prefix(5).reduce(0, +) / 5
        weekdays = profile.weekdays.map { $0 / (mean > 0 ? mean : 1) }
        neighbours = [1, profile.beforeHolidays, profile.afterHolidays]
        shapes = Array(repeating: normalized(profile.shape), count: 7)
    }

    /// The pattern of the first `count` days of a history.
    ///
    /// - parameter parent: what the history is shrunk towards.
    /// - parameter isOffice: whether the parent is what the office declared, rather than the office of a queue.
    init(_ history: QueueHistory, first count: Int, days: [PlannedDay], parent: ArrivalPattern, isOffice: Bool) {
        self = parent
        let seen = (0..<count).filter { history.isObserved[$0] }
        guard !seen.isEmpty else { return }
        let totals = seen.map(history.total(on:))
        let weights = fitLevel(seen, totals, count, days, parent, isOffice)
        guard level > 0 else { return }
        if isOffice { fitNeighbours(seen, totals, days, parent) }
        fitShapes(history, seen, weights, count, days, parent, isOffice)
    }

    /// Level and weekdays depend on each other and on which days are exceptions; a few rounds settle all three.
    private mutating func fitLevel(
        _ seen: [Int],
        _ totals: [Double],
        _ count: Int,
        _ days: [PlannedDay],
        _ parent: ArrivalPattern,
        _ isOffice: Bool
    ) -> [Double] {
        let recency = seen.map { half(Double(count - 1 - $0), Strength.levelHalfLife) }
        let trust = seen.map { days[$0].neighbour == .ordinary ? 1 : Strength.besideHolidays }
        var weights = trust
        let declared = isOffice && parent.level > 0 ? Strength.declaredLevel : 0
        for _ in 0..<4 {
            var (people, exposure) = (declared * parent.level, declared)
            for (place, day) in seen.enumerated() {
                people += recency[place] * weights[place] * totals[place]
                exposure += recency[place] * weights[place] * weekdays[days[day].like - 1]
            }
            level = exposure > 0 ? people / exposure : 0
            guard level > 0 else { return weights }
            let strength = isOffice ? Strength.officeWeekday : Strength.queueWeekday * (1 + Strength.noise / level)
            var sums = parent.weekdays.map { $0 * strength }
            var masses = Array(repeating: strength, count: 7)
            for (place, day) in seen.enumerated() {
                sums[days[day].like - 1] += weights[place] * totals[place] / level
                masses[days[day].like - 1] += weights[place]
            }
            weekdays = zip(sums, masses).map { $0 / $1 }
            for (place, day) in seen.enumerated() {
                let expected = level * weekdays[days[day].like - 1]
                let departure = abs(log(max(totals[place] / max(expected, 1e-9), 0.05))) / Strength.exception
                weights[place] = trust[place] * (departure <= 1 ? 1 : 1 / (departure * departure))
            }
        }
        return weights
    }

    private mutating func fitNeighbours(
        _ seen: [Int],
        _ totals: [Double],
        _ days: [PlannedDay],
        _ parent: ArrivalPattern
    ) {
        var sums = parent.neighbours.map { $0 * Strength.neighbour }
        var masses = sums.map { _ in Strength.neighbour }
        for (place, day) in seen.enumerated() {
            let kind = days[day].neighbour.rawValue
            sums[kind] += totals[place] / (level * max(weekdays[days[day].like - 1], 1e-9))
            masses[kind] += 1
        }
        neighbours = zip(sums, masses).map { $0 / $1 }
        neighbours[OpeningDays.Neighbour.ordinary.rawValue] = 1
    }

    private mutating func fitShapes(
        _ history: QueueHistory,
        _ seen: [Int],
        _ weights: [Double],
        _ count: Int,
        _ days: [PlannedDay],
        _ parent: ArrivalPattern,
        _ isOffice: Bool
    ) {
        var byWeekday = Array(repeating: Array(repeating: 0.0, count: HalfHour.perDay), count: 7)
        var expected = Array(repeating: 0.0, count: HalfHour.perDay)
        for (place, day) in seen.enumerated() {
            let weight = half(Double(count - 1 - day), Strength.shapeHalfLife) * weights[place]
            let (start, like) = (day * HalfHour.perDay, days[day].like - 1)
            let scale = weight * level * weekdays[like]
            for half in 0..<HalfHour.perDay {
                byWeekday[like][half] += weight * history.arrivals[start + half]
                if !isOffice { expected[half] += scale * parent.shapes[like][half] }
            }
        }
        var counted = Array(repeating: 0.0, count: HalfHour.perDay)
        for weekday in byWeekday { for half in weekday.indices { counted[half] += weekday[half] } }
        if isOffice {
            shapes = officeShapes(byWeekday, counted, parent)
        } else {
            shapes = queueShapes(byWeekday, counted, expected, parent)
        }
    }

    private func officeShapes(_ byWeekday: [[Double]], _ counted: [Double], _ parent: ArrivalPattern) -> [[Double]] {
        let sum = counted.reduce(0, +)
        // Nobody is expected in half hours in which nobody has ever come.
        let isUsed = counted.map { $0 > 0.0005 * sum }
        let prior = Strength.declaredShape * level
        let general = normalized(
            HalfHour.all.map { half in
                isUsed[half.index] ? counted[half.index] + prior * parent.shapes[0][half.index] : 0
            }
        )
        return byWeekday.map { weekday in
            let sum = weekday.reduce(0, +)
            guard sum > 0 else { return general }
            // Some weekdays are longer than others, and only the log knows.
            let base = normalized(weekday.indices.map { weekday[$0] > 0.0005 * sum ? general[$0] : 0 })
            let mass = Strength.weekdayShapeOfOffice * level
            return normalized(weekday.indices.map { weekday[$0] + mass * base[$0] })
        }
    }

    private func queueShapes(
        _ byWeekday: [[Double]],
        _ counted: [Double],
        _ expected: [Double],
        _ parent: ArrivalPattern
    ) -> [[Double]] {
        let isUsed = expected.map { $0 > 0 }
        let (smoothCount, smoothExpected) = (smoothed(counted, isUsed), smoothed(expected, isUsed))
        let ratio = expected.indices.map { half in
            isUsed[half]
                ? (smoothCount[half] + Strength.queueShape) / (smoothExpected[half] + Strength.queueShape) : 1
        }
        let mass = Strength.weekdayShapeOfQueue * level + Strength.queueShape
        return byWeekday.enumerated().map { place, weekday in
            let base = normalized(zip(parent.shapes[place], ratio).map { $0 * $1 })
            return normalized(weekday.indices.map { weekday[$0] + mass * base[$0] })
        }
    }

    private func smoothed(_ values: [Double], _ mask: [Bool]) -> [Double] {
        values.indices.map { place in
            guard mask[place] else { return 0 }
            var (sum, mass) = (values[place] * (1 - 2 * Strength.smoothing), 1 - 2 * Strength.smoothing)
            for beside in [place - 1, place + 1] where values.indices.contains(beside) && mask[beside] {
                sum += values[beside] * Strength.smoothing
                mass += Strength.smoothing
            }
            return sum / mass
        }
    }

    /// Expected arrivals per half hour; zeros on a day on which the office is closed.
    func expected(on day: PlannedDay) -> [Double] {
        guard day.isOpen else { return Array(repeating: 0, count: HalfHour.perDay) }
        var shape = shapes[day.like - 1]
        if let mask = day.mask {
            // Shortened sessions do not turn people away, they come at other times; shares left of nearly nothing do not
            // make a day of an hour as busy as a whole one.
            let open = zip(shape, mask).map { $1 ? $0 : 0 }
            let kept = open.reduce(0, +)
            shape = kept > 0 ? open.map { $0 * min(1 / kept, 2) } : open
        }
        let people = level * weekdays[day.like - 1] * neighbours[day.neighbour.rawValue]
        return shape.map { $0 * people }
    }
}

/// What is left of one after `age`, when half is left after `halfLife`.
func half(_ age: Double, _ halfLife: Double) -> Double { pow(0.5, age / halfLife) }

/// Scaled to add up to 1; nothing stays nothing.
func normalized(_ values: [Double]) -> [Double] {
    let sum = values.reduce(0, +)
    return sum > 0 ? values.map { $0 / sum } : values
}
