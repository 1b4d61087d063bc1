import Foundation

/// How long people wait on a day: a queue followed from half hour to half hour.
///
/// Assumptions: counters serve one person after another without pause while somebody waits; arrivals and service times
/// scatter (variance of the number served equal to its mean, as with exponential service); nobody leaves; first come,
/// first served; the day begins empty. What is left over at the end of a half hour is the positive part of a normally
/// distributed number, which carries both the excess of arrivals and their scatter on. Within a half hour that is not
/// overloaded the wait is at least that of a steady queue with so many counters (Sakasegawa's approximation), as far as
/// it gets there in half an hour.
struct QueueFlow {
    /// Expected minutes of wait for who comes in each half hour; nil where no counter will serve them.
    let waits: [Double?]
    /// People waiting in the middle of each half hour.
    let waiting: [Double]

    init(arrivals: [Double], variances: [Double], counters: [Double], serviceMinutes: Double) {
        let capacity = counters.map { $0 * 30 / serviceMinutes }
        var backlog = (mean: 0.0, variance: 0.0)
        var (waits, waiting): ([Double?], [Double]) = ([], [])
        for half in arrivals.indices {
            let before = backlog
            let mean = before.mean + arrivals[half] - capacity[half]
            let busy = min(capacity[half], before.mean + arrivals[half])
            backlog = positivePart(mean: mean, variance: before.variance + variances[half] + busy)
            let middle = max((before.mean + backlog.mean) / 2, 0)
            let steady = QueueFlow.steadyWait(arrivals[half], capacity[half], counters[half], serviceMinutes)
            waiting.append(max(middle, steady * arrivals[half] / 30))
            waits.append(
                QueueFlow.drain(middle, from: half, capacity).map { capacity[half] > 0 ? max($0, steady) : $0 }
            )
        }
        (self.waits, self.waiting) = (waits, waiting)
    }

    /// Minutes until those in front are served, from the middle of a half hour on.
    private static func drain(_ people: Double, from half: Int, _ capacity: [Double]) -> Double? {
        var (left, minutes) = (people, 0.0)
        for place in half..<capacity.count {
            let length = place == half ? 15.0 : 30.0
            let rate = capacity[place] / 30
            if rate > 0, left <= rate * length { return minutes + left / rate }
            left -= rate * length
            minutes += length
        }
        return nil
    }

    private static func steadyWait(_ arrivals: Double, _ capacity: Double, _ counters: Double, _ service: Double)
        -> Double
    {
        guard capacity > 0, arrivals > 0 else { return 0 }
        let load = arrivals / capacity
        guard load < 0.9 else { return 0 }
        let servers = max(1, counters)
        let steady = pow(load, (2 * (servers + 1)).squareRoot() - 1) / (servers * (1 - load)) * service
        // A nearly loaded queue takes hours to become so long; its relaxation time tells how far it gets in half an hour.
        let relaxation = service / (servers * (1 - load.squareRoot()) * (1 - load.squareRoot()))
        return steady * (1 - exp(-30 / relaxation))
    }
}

/// Mean and variance of max(0, X) for a normally distributed X.
private func positivePart(mean: Double, variance: Double) -> (mean: Double, variance: Double) {
    guard variance > 1e-12 else { return (max(0, mean), 0) }
    let deviation = variance.squareRoot()
    let z = mean / deviation
    let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
    let above = erfc(-z / 2.0.squareRoot()) / 2
    let first = mean * above + deviation * density
    let second = (mean * mean + variance) * above + mean * deviation * density
    return (max(0, first), max(0, second - first * first))
}
