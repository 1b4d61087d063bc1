/// How long people wait at one queue: the flow through its counters, held against what the log has seen.
///
/// Real counters are more flexible than their number says: they call several queues, and more of them open when people
/// stand. Where the log tells how many were waiting, the flow is therefore scaled to it, and drawn towards the mean of
/// the same weekday and half hour; where it does not, the flow stands alone.
struct WaitModel: Sendable {
    let capacity: QueueCapacity
    /// People seen waiting, and how often, by weekday and half hour.
    private var seen = Array(repeating: Array(repeating: (sum: 0.0, count: 0.0), count: HalfHour.perDay), count: 7)
    /// How many were seen for each that the flow says, by half hour.
    private var factors = Array(repeating: 1.0, count: HalfHour.perDay)
    /// Days after which what was seen counts half.
    private static let halfLife = 5.0
    private static let flowIsWorth = 2.0

    /// A queue whose counters the office has declared.
    init(declared capacity: QueueCapacity) { self.capacity = capacity }

    /// Nil when the log does not tell what counters did.
    init?(
        _ history: QueueHistory,
        pattern: ArrivalPattern,
        days: [PlannedDay],
        first count: Int,
        declared: QueueCapacity? = nil
    ) {
        guard let capacity = declared ?? QueueCapacity(measured: history, days: days, first: count) else { return nil }
        self.capacity = capacity
        // As if some people had been seen as the flow says, so that a day or two do not decide.
        var (observed, expected) = (10.0, 10.0)
        var byHalf = Array(repeating: (observed: 0.0, expected: 0.0), count: HalfHour.perDay)
        for day in 0..<count where history.isObserved[day] {
            let start = day * HalfHour.perDay
            let told = (0..<HalfHour.perDay).filter { history.service[start + $0]?.waiting != nil }
            guard !told.isEmpty else { continue }
            let weight = half(Double(count - 1 - day), Self.halfLife)
            let flow = self.flow(pattern.expected(on: days[day].opened), like: days[day].like)
            for half in told {
                let waiting = history.service[start + half]?.waiting ?? 0
                seen[days[day].like - 1][half].sum += weight * waiting
                seen[days[day].like - 1][half].count += weight
                observed += weight * waiting
                expected += weight * flow.waiting[half]
                byHalf[half].observed += weight * waiting
                byHalf[half].expected += weight * flow.waiting[half]
            }
        }
        let general = observed / expected
        factors = byHalf.map { ($0.observed + 5 * general) / ($0.expected + 5) }
    }

    private func flow(_ arrivals: [Double], like: Int) -> QueueFlow {
        QueueFlow(
            arrivals: arrivals,
            variances: arrivals,
            counters: capacity.counters[like - 1],
            serviceMinutes: capacity.serviceMinutes
        )
    }

    /// What is expected of a day with `arrivals`, of which `usual` times as many as usual come.
    func course(_ arrivals: [Double], usual: Double = 1, like: Int) -> (waiting: [Double], minutes: [Double?]) {
        let flow = flow(arrivals.map { $0 * usual }, like: like)
        var (waiting, minutes) = (flow.waiting, flow.waits)
        for half in waiting.indices {
            let seen = seen[like - 1][half]
            let scaled = waiting[half] * factors[half]
            let people = (seen.sum * usual + scaled * Self.flowIsWorth) / (seen.count + Self.flowIsWorth)
            if waiting[half] > 1e-6 { minutes[half] = minutes[half].map { $0 * people / waiting[half] } }
            waiting[half] = people
        }
        return (waiting, minutes)
    }
}
