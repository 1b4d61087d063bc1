import Foundation
import Kernel
import Testing

@testable import Forecasting

struct WaitTests {
    static func flow(_ arrivals: [Double], counters: Double, minutes: Double) -> QueueFlow {
        let counters = arrivals.map { _ in counters }
        return QueueFlow(arrivals: arrivals, variances: arrivals, counters: counters, serviceMinutes: minutes)
    }

    @Test
    func `more people wait longer, more counters shorten the wait`() throws {
        let busy = [Double](repeating: 14, count: 8) + [Double](repeating: 0, count: 8)
        let quiet = busy.map { $0 / 2 }
        let long = try #require(Self.flow(busy, counters: 2, minutes: 5).waits[6])
        let short = try #require(Self.flow(quiet, counters: 2, minutes: 5).waits[6])
        let helped = try #require(Self.flow(busy, counters: 3, minutes: 5).waits[6])
        #expect(long > 20 && short < 3 && helped < long / 3, "\(long), \(short), \(helped)")
    }

    @Test
    func `who comes when no counter will serve any more is promised nothing`() {
        let arrivals = [Double](repeating: 10, count: 6)
        let flow = QueueFlow(
            arrivals: arrivals,
            variances: arrivals,
            counters: [1, 1, 1, 1, 0, 0],
            serviceMinutes: 10
        )
        #expect(flow.waits[0] != nil && flow.waits[3] == nil && flow.waits[5] == nil)
    }

    /// The recursion against a queue that is played through, person by person.
    @Test
    func `the wait agrees with a queue played through`() throws {
        let arrivals: [Double] = [8, 12, 14, 12, 8, 5, 3, 2, 0, 0]
        let (counters, minutes) = (2, 6.0)
        var generator = SplitMix(state: 3)
        func uniform() -> Double { (Double(generator.next() >> 11) + 0.5) / Double(1 << 53) }
        var sums = arrivals.map { _ in (wait: 0.0, people: 0.0) }
        for _ in 0..<400 {
            var free = Array(repeating: 0.0, count: counters)
            for (half, mean) in arrivals.enumerated() where mean > 0 {
                let people = Int(ArrivalSpread(excess: 0).quantile(uniform(), mean: mean))
                for moment in (0..<people).map({ _ in Double(half) * 30 + uniform() * 30 }).sorted() {
                    let counter = free.indices.min { free[$0] < free[$1] } ?? 0
                    let start = max(moment, free[counter])
                    free[counter] = start - minutes * log(uniform())
                    sums[half].wait += start - moment
                    sums[half].people += 1
                }
            }
        }
        let flow = Self.flow(arrivals, counters: Double(counters), minutes: minutes)
        for half in 0..<8 {
            let played = sums[half].wait / max(1, sums[half].people)
            let told = try #require(flow.waits[half])
            #expect(abs(told - played) < 4 + played * 0.3, "half hour \(half): \(told) told, \(played) played")
        }
    }

    @Test
    func `what the log has seen waiting outweighs what counters would suggest`() throws {
        var truth = SimulatedArrivals()
        // Two counters at six minutes are overrun on paper; but nobody was ever seen waiting, for others helped.
        let rows = truth.rows(28).map { row in
            var row = row
            (row.served, row.counters, row.waiting) = (row.arrivals, 1, 0)
            return row
        }
        let log = ArrivalLog(rows)
        let days = ForecastTests.weekdaysOnly(log)
        let capacity = try #require(QueueCapacity(counters: 1, serviceMinutes: 6))
        let forecast = Forecast(
            log,
            days: days,
            from: truth.first.adding(days: 28),
            horizon: 5,
            capacities: ["civil-status": capacity]
        )
        let waits = forecast.total.days.flatMap(\.halfHours).compactMap(\.wait)
        #expect(
            !waits.isEmpty && waits.allSatisfy { $0.expected < 20 && $0.low <= $0.expected && $0.expected <= $0.high }
        )
    }

    @Test
    func `minutes per person are measured where people were kept waiting`() throws {
        var truth = SimulatedArrivals()
        let rows = truth.rows(14).map { row in
            var row = row
            // Three counters serve fifteen in half an hour of crowding: six minutes each.
            (row.served, row.counters, row.waiting) = row.halfHour.index < 20 ? (15, 3, 6) : (2, 3, 0)
            return row
        }
        let log = ArrivalLog(rows)
        let planned = log.days.map { PlannedDay($0, ForecastTests.weekdaysOnly(log)) }
        let capacity = try #require(QueueCapacity(measured: log.histories[0], days: planned, first: log.days.count))
        #expect(abs(capacity.serviceMinutes - 6) < 1e-9)
        #expect(capacity.counters[0][18] == 3 && capacity.counters[0][40] == 0)
    }

    @Test
    func `without counters nothing is said about waits`() {
        var truth = SimulatedArrivals()
        let log = ArrivalLog(truth.rows(14))
        let days = ForecastTests.weekdaysOnly(log)
        let forecast = Forecast(log, days: days, from: truth.first.adding(days: 14), horizon: 5)
        #expect(forecast.total.days.flatMap(\.halfHours).allSatisfy { $0.wait == nil })
    }
}
