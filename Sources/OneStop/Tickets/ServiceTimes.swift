/// How long visitors take, measured today and steadied by what was declared.
package struct ServiceTimes: Codable, Hashable, Sendable {
    /// A time with how much it varies, in seconds.
    package struct Estimate: Hashable, Sendable {
        package let mean: Double
        package let deviation: Double
        /// How sure the mean itself is, as a share of it.
        package let doubt: Double
    }

    private var seconds: [LineKey: [Int]] = [:]
    private var missed: [LineKey: Int] = [:]
    private var calls = 0
    private var precedentCalls = 0

    /// A declared time counts as much as so many measured ones.
    private static let weight = 5.0
    /// Only the latest are looked at: the afternoon may be slower than the morning.
    private static let window = 40
    /// Deviation as a share of the mean, before there is enough to measure it.
    private static let declaredSpread = 0.6
    /// How long a counter waits for somebody who does not come.
    private static let secondsForMissed = 120.0

    mutating func add(_ measured: Int, to line: LineKey) {
        var all = seconds[line] ?? []
        all.append(max(1, measured))
        seconds[line] = all.suffix(Self.window)
    }

    /// The visit had not ended. The one that it pushed out of the window stays away, which moves the mean of forty by nothing
    /// that anybody sees.
    mutating func remove(_ measured: Int, from line: LineKey) {
        guard let place = seconds[line]?.lastIndex(of: max(1, measured)) else { return }
        seconds[line]?.remove(at: place)
    }

    mutating func uncountMissed(in line: LineKey) { missed[line, default: 1] -= 1 }

    mutating func countMissed(in line: LineKey) { missed[line, default: 0] += 1 }

    mutating func countCall(precedence: Bool) {
        calls += 1
        if precedence { precedentCalls += 1 }
    }

    /// The share of calls that went to somebody before those who had come earlier: appointments, corrected papers,
    /// priority. One of twenty, until today has shown otherwise.
    var shareOfPrecedence: Double { Double(1 + precedentCalls) / Double(20 + calls) }

    package func count(in line: LineKey) -> Int { seconds[line]?.count ?? 0 }

    /// What one number of the line costs a counter, with those who do not come counted in.
    package func estimate(of line: TicketLine) -> Estimate {
        let declared = Double(max(1, line.declaredMinutes)) * 60
        let times = Self.clipped(seconds[line.key] ?? [])
        let count = Double(times.count)
        let all = Self.weight + count
        let served = (Self.weight * declared + times.reduce(0, +)) / all
        let squares = times.reduce(0) { $0 + ($1 - served) * ($1 - served) }
        let declaredDeviation = Self.declaredSpread * served
        let variance = (Self.weight * declaredDeviation * declaredDeviation + squares) / all
        // One of twenty does not come, until today's visitors have shown otherwise.
        let misses = Double(missed[line.key] ?? 0)
        let share = (1 + misses) / (20 + misses + count)
        let mean = (1 - share) * served + share * Self.secondsForMissed
        return Estimate(mean: mean, deviation: variance.squareRoot(), doubt: Self.declaredSpread / all.squareRoot())
    }

    /// A single visitor of two hours, or a number that was called and finished at once by mistake, says little about
    /// the next: the outer twentieths are drawn in.
    private static func clipped(_ times: [Int]) -> [Double] {
        guard times.count >= 4 else { return times.map(Double.init) }
        let sorted = times.sorted()
        let cut = max(1, times.count / 20)
        let (low, high) = (sorted[cut], sorted[times.count - 1 - cut])
        return times.map { Double(min(max($0, low), high)) }
    }
}
