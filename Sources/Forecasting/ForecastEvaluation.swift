import Kernel

/// The model against simpler rules on days held back, with the origin rolling forward day by day.
package struct ForecastEvaluation: Codable, Hashable, Sendable {
    /// Sums over half hours of one queue, or of several.
    package struct Score: Codable, Hashable, Sendable {
        package fileprivate(set) var halfHours = 0
        package fileprivate(set) var came = 0.0
        /// Sum of absolute errors: of the model, of the same weekday's last week, of that weekday's mean.
        package fileprivate(set) var model = 0.0
        package fileprivate(set) var lastWeek = 0.0
        package fileprivate(set) var weekdayMean = 0.0
        package fileprivate(set) var held = 0
        /// Of the 10 %, 50 % and 90 % quantiles.
        package fileprivate(set) var pinballSum = 0.0

        /// People per half hour.
        package var meanError: Double { halfHours > 0 ? model / Double(halfHours) : 0 }
        /// Weighted absolute percentage error.
        package var share: Double { came > 0 ? model / came : 0 }
        package var coverage: Double { halfHours > 0 ? Double(held) / Double(halfHours) : 0 }
        package var pinball: Double { halfHours > 0 ? pinballSum / Double(3 * halfHours) : 0 }
        /// Below 1 the model is better.
        package var ratioToLastWeek: Double { lastWeek > 0 ? model / lastWeek : 1 }
        package var ratioToWeekdayMean: Double { weekdayMean > 0 ? model / weekdayMean : 1 }

        static func + (left: Score, right: Score) -> Score {
            var sum = left
            sum.halfHours += right.halfHours
            sum.came += right.came
            sum.model += right.model
            sum.lastWeek += right.lastWeek
            sum.weekdayMean += right.weekdayMean
            sum.held += right.held
            sum.pinballSum += right.pinballSum
            return sum
        }
    }

    package struct Queue: Codable, Hashable, Sendable {
        package let name: String
        package let score: Score
    }

    /// How well the number of people waiting was foretold, where the log tells it: errors summed as above.
    package struct Waiting: Codable, Hashable, Sendable {
        package fileprivate(set) var halfHours = 0
        package fileprivate(set) var waited = 0.0
        package fileprivate(set) var model = 0.0
        package fileprivate(set) var lastWeek = 0.0
        package fileprivate(set) var weekdayMean = 0.0

        package var ratioToLastWeek: Double { lastWeek > 0 ? model / lastWeek : 1 }
        package var ratioToWeekdayMean: Double { weekdayMean > 0 ? model / weekdayMean : 1 }
    }

    package let queues: [Queue]
    /// The sum over all queues, each for itself.
    package let all: Score
    /// All queues' people together.
    package let total: Score
    package let waiting: Waiting
    /// Days from which was forecast.
    package let origins: Int

    /// Nil when the log is too short: eight days to learn from and one to compare with are the least.
    package init?(
        _ log: ArrivalLog,
        profile: DeclaredArrivals = .standard,
        days: OpeningDays,
        learning least: Int = 8,
        horizon: Int = 14
    ) {
        guard log.days.count > least, least > 0 else { return nil }
        let material = ArrivalModel.Material(log, profile, days)
        var scores = Array(repeating: Score(), count: material.queues.count)
        var total = Score()
        var waiting = Waiting()
        // A year of days need not be tried from each of its mornings.
        let step = max(1, (log.days.count - least + 39) / 40)
        let origins = Array(stride(from: least, to: log.days.count, by: step))
        for origin in origins {
            let model = ArrivalModel(material, first: origin)
            let last = log.days[origin - 1].adding(days: horizon)
            let waits = material.histories.enumerated().map { queue, history in
                WaitModel(history, pattern: model.patterns[queue], days: material.days, first: origin)
            }
            for day in origin..<log.days.count where log.days[day] <= last {
                let planned = material.days[day].opened
                var sums = Array(repeating: 0.0, count: HalfHour.perDay)
                let expected = model.patterns.map { $0.expected(on: planned) }
                for each in expected { for half in each.indices { sums[half] += each[half] } }
                let alike = (0..<origin).filter { material.days[$0].like == planned.like }
                let before = alike.isEmpty ? Array(0..<origin) : alike
                let open = (0..<HalfHour.perDay).filter { half in
                    sums[half] > 0.02
                        || (before + [day]).contains { material.total.arrivals[$0 * HalfHour.perDay + half] > 0 }
                }
                for (queue, history) in material.histories.enumerated() where history.isObserved[day] {
                    scores[queue].add(history, day, before, open, expected[queue], model.spreads[queue])
                    guard let model = waits[queue] else { continue }
                    let course = model.course(expected[queue], like: planned.like)
                    waiting.add(history, day, before, course.waiting)
                }
                total.add(material.total, day, before, open, sums, model.officeSpread)
            }
        }
        queues = zip(material.queues, scores).map { Queue(name: $0, score: $1) }
        all = scores.reduce(Score(), +)
        self.total = total
        self.waiting = waiting
        self.origins = origins.count
    }
}

extension ForecastEvaluation.Score {
    fileprivate mutating func add(
        _ history: QueueHistory,
        _ day: Int,
        _ before: [Int],
        _ open: [Int],
        _ expected: [Double],
        _ spread: ArrivalSpread
    ) {
        // The simpler rules, too, know which days were not counted.
        let known = before.filter { history.isObserved[$0] }
        for half in open {
            func arrivals(_ day: Int) -> Double { history.arrivals[day * HalfHour.perDay + half] }
            let actual = arrivals(day)
            let naive = known.last.map(arrivals) ?? 0
            let mean = known.isEmpty ? 0 : known.reduce(0) { $0 + arrivals($1) } / Double(known.count)
            halfHours += 1
            came += actual
            model += abs(actual - expected[half])
            lastWeek += abs(actual - naive)
            weekdayMean += abs(actual - mean)
            let (low, high) = spread.interval(ArrivalModel.share, mean: expected[half])
            if actual >= low && actual <= high { held += 1 }
            for (share, quantile) in [(0.1, low), (0.5, expected[half]), (0.9, high)] {
                pinballSum += max(share * (actual - quantile), (share - 1) * (actual - quantile))
            }
        }
    }
}

extension ForecastEvaluation.Waiting {
    fileprivate mutating func add(_ history: QueueHistory, _ day: Int, _ before: [Int], _ expected: [Double]) {
        func people(_ day: Int, _ half: Int) -> Double? { history.service[day * HalfHour.perDay + half]?.waiting }
        for half in expected.indices {
            guard let actual = people(day, half) else { continue }
            let known = before.compactMap { people($0, half) }
            guard let last = known.last else { continue }
            halfHours += 1
            waited += actual
            model += abs(actual - expected[half])
            lastWeek += abs(actual - last)
            weekdayMean += abs(actual - known.reduce(0, +) / Double(known.count))
        }
    }
}
