/// The model tried on the end of its own log: fitted to what lies before a day, compared with what came after.
struct ForecastTrial: Sendable {
    private(set) var outcomes: [[ForecastOutcome]]
    private(set) var total: [ForecastOutcome] = []

    init(_ material: ArrivalModel.Material, first count: Int) {
        outcomes = Array(repeating: [], count: material.queues.count)
        for origin in ForecastTrial.origins(count) {
            let (patterns, _) = material.patterns(first: origin)
            for day in origin..<min(count, origin + 8) {
                var sums = Array(repeating: 0.0, count: HalfHour.perDay)
                let start = day * HalfHour.perDay
                for (queue, history) in material.histories.enumerated() {
                    let expected = patterns[queue].expected(on: material.days[day].opened)
                    for half in 0..<HalfHour.perDay { sums[half] += expected[half] }
                    guard history.isObserved[day] else { continue }
                    for half in 0..<HalfHour.perDay where expected[half] > 0.02 || history.arrivals[start + half] > 0 {
                        outcomes[queue].append(
                            ForecastOutcome(expected: expected[half], came: history.arrivals[start + half])
                        )
                    }
                }
                for half in 0..<HalfHour.perDay where sums[half] > 0.02 || material.total.arrivals[start + half] > 0 {
                    total.append(ForecastOutcome(expected: sums[half], came: material.total.arrivals[start + half]))
                }
            }
        }
    }

    /// At most four, the later half of the log; a log of three days is too short to hold any back.
    private static func origins(_ count: Int) -> [Int] {
        guard count >= 4 else { return [] }
        let first = max(2, count / 2)
        let step = max(1, (count - first + 3) / 4)
        return Array(stride(from: first, to: count, by: step))
    }
}
