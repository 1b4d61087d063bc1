package import Kernel

/// How many people are expected at an office, and how long they will wait, per queue and half hour.
package struct Forecast: Sendable {
    package struct Wait: Codable, Hashable, Sendable {
        /// Minutes.
        package let expected: Double
        package let low: Double
        package let high: Double
    }

    package struct HalfHourOfDay: Codable, Hashable, Sendable {
        package let halfHour: HalfHour
        package let expected: Double
        /// Eight of ten half hours lie between the two.
        package let low: Double
        package let high: Double
        /// Nil when nothing is known of counters, or nobody will be served any more.
        package let wait: Wait?
    }

    package struct Day: Sendable {
        package let date: LocalDate
        package let isOpen: Bool
        /// Half hours in which people may come, in order; empty on a closed day.
        package let halfHours: [HalfHourOfDay]
        /// When counters serve; nil where that is not known.
        let served: [WorkingInterval]?
        package var expected: Double { halfHours.reduce(0) { $0 + $1.expected } }
    }

    package struct Queue: Sendable {
        package let name: String
        package let days: [Day]
        /// Measured on days held back; nil before there are enough of them.
        package let error: ForecastError?

        package func day(_ date: LocalDate) -> Day? { days.first { $0.date == date } }
    }

    package let queues: [Queue]
    /// All queues together.
    package let total: Queue

    package func queue(_ name: String) -> Queue? { queues.first { $0.name == name } }

    /// Forecasts `horizon` days from `first` on.
    ///
    /// - parameter capacities: what serves each queue, where the office knows better than its log.
    package init(
        _ log: ArrivalLog,
        profile: DeclaredArrivals = .standard,
        days: OpeningDays,
        from first: LocalDate,
        horizon: Int,
        capacities: [String: QueueCapacity] = [:]
    ) {
        let material = ArrivalModel.Material(log, profile, days)
        let model = ArrivalModel(material, first: log.days.count)
        let planned = (0..<max(0, horizon)).map { PlannedDay(first.adding(days: $0), days) }
        var sums = planned.map { _ in Array(repeating: 0.0, count: HalfHour.perDay) }
        var queues: [Queue] = []
        for (place, name) in model.queues.enumerated() {
            let waiting = WaitModel(
                material.histories[place],
                pattern: model.patterns[place],
                days: material.days,
                first: log.days.count,
                declared: capacities[name]
            )
            let spread = model.spreads[place]
            var own: [Day] = []
            for (number, day) in planned.enumerated() {
                let expected = model.patterns[place].expected(on: day)
                for half in expected.indices { sums[number][half] += expected[half] }
                let waits = waiting.map { Forecast.waits(expected, spread, $0, day) } ?? [:]
                own.append(Day(day, expected, spread, waits: waits, office: model.office))
            }
            queues.append(Queue(name: name, days: own, error: model.errors[place]))
        }
        self.queues = queues
        let days = planned.enumerated().map { number, day in
            let waits = Forecast.averageWaits(queues.map { $0.days[number] })
            return Day(day, sums[number], model.officeSpread, waits: waits, office: model.office)
        }
        total = Queue(name: "", days: days, error: model.officeError)
    }

    /// The low and the high end are days on which fewer or more come all day long: the scatter of single half hours
    /// evens out in a queue, that of days does not.
    private static func waits(_ expected: [Double], _ spread: ArrivalSpread, _ model: WaitModel, _ day: PlannedDay)
        -> [Int: Wait]
    {
        guard day.isOpen else { return [:] }
        // Chance, too, brings more people than expected, and makes a queue of them: that of about two hours lasts.
        let busiest = expected.max() ?? 0
        let departure = min(1, (0.8 * spread.excess + 1.6 / max(1, 4 * busiest)).squareRoot())
        func minutes(_ usual: Double) -> [Double?] { model.course(expected, usual: usual, like: day.like).minutes }
        let (low, middle, high) = (minutes(max(0.2, 1 - departure)), minutes(1), minutes(1 + departure))
        var waits: [Int: Wait] = [:]
        for half in middle.indices {
            guard let wait = middle[half] else { continue }
            waits[half] = Wait(
                expected: wait,
                low: min(wait, low[half] ?? wait),
                high: max(wait, high[half] ?? wait * 2)
            )
        }
        return waits
    }

    /// What whoever comes may expect who does not say what for: the queues' waits, weighted by their people.
    private static func averageWaits(_ days: [Day]) -> [Int: Wait] {
        var sums: [Int: (people: Double, expected: Double, low: Double, high: Double)] = [:]
        for half in days.flatMap(\.halfHours) {
            guard let wait = half.wait, half.expected > 0 else { continue }
            var sum = sums[half.halfHour.index] ?? (0, 0, 0, 0)
            sum.people += half.expected
            sum.expected += half.expected * wait.expected
            sum.low += half.expected * wait.low
            sum.high += half.expected * wait.high
            sums[half.halfHour.index] = sum
        }
        return sums.mapValues {
            Wait(expected: $0.expected / $0.people, low: $0.low / $0.people, high: $0.high / $0.people)
        }
    }
}

extension Forecast.Day {
    fileprivate init(
        _ day: PlannedDay,
        _ expected: [Double],
        _ spread: ArrivalSpread,
        waits: [Int: Forecast.Wait],
        office: ArrivalPattern
    ) {
        date = day.date
        isOpen = day.isOpen
        served = day.served
        // All queues of an office show the same half hours: those in which anybody comes.
        let shape = office.expected(on: day)
        let whole = shape.reduce(0, +)
        halfHours = HalfHour.all.compactMap { half in
            guard day.isOpen, shape[half.index] > whole * 0.002 || (whole == 0 && expected[half.index] > 0) else {
                return nil
            }
            let (low, high) = spread.interval(ArrivalModel.share, mean: expected[half.index])
            return Forecast.HalfHourOfDay(
                halfHour: half,
                expected: expected[half.index],
                low: low,
                high: max(high, low),
                wait: waits[half.index]
            )
        }
    }
}

extension Forecast.HalfHourOfDay {
    /// To tenths, which is all that a person can use.
    package var rounded: Self {
        Self(
            halfHour: halfHour,
            expected: tenths(expected),
            low: tenths(low),
            high: tenths(high),
            wait: wait.map { .init(expected: tenths($0.expected), low: tenths($0.low), high: tenths($0.high)) }
        )
    }
}

private func tenths(_ number: Double) -> Double { (number * 10).rounded() / 10 }
