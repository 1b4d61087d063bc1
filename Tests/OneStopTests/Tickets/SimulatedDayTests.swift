import Kernel
import Testing

@testable import OneStop

@Suite struct `A day of 400 visitors` {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func `is fair, keeps the limit, loses nobody, and tells times that hold`(seed: UInt64) async throws {
        var day = OfficeDay()
        let watch = try await Self.play(seed: seed, capacity: 14) { command in
            let events = try day.decide(command)
            for event in events { day.evolve(event) }
            return (day, events)
        }
        #expect(watch.injustices == [])
        #expect(watch.mostInside <= 14)
        #expect(watch.mostInside == 14, "the limit was reached, or the day says nothing about it")
        #expect(watch.missed > 10)
        let report = WaitReport(watch)
        print("seed \(seed): \(report)")
        #expect(report.count > 200)
        #expect(report.medianError < 8)
        #expect(report.meanError < 20)
        #expect(report.within > 0.65)
    }

    /// Plays one day and checks that everybody who took a number was served, came too late, or was told.
    static func play(
        seed: UInt64,
        capacity: Int,
        perform: @escaping SimulatedDay.Perform
    ) async throws -> HallWatch {
        var dice = Dice(seed: seed)
        let visitors = SimulatedDay.visitors(400, dice: &dice)
        var simulation = SimulatedDay(capacity: capacity, visitors: visitors, perform: perform)
        try await simulation.play()
        let watch = simulation.watch
        #expect(watch.taken + simulation.turnedAway == 400)
        #expect(watch.stillWaiting == 0)
        return watch
    }
}

/// How far the expected times were from what happened.
struct WaitReport: CustomStringConvertible {
    let count: Int
    let medianError: Double
    let meanError: Double
    let ninetieth: Double
    let bias: Double
    let within: Double
    let medianWait: Double
    private let rest: String

    init(_ watch: HallWatch) {
        let errors = watch.errors.map { abs($0.late) }.sorted()
        count = errors.count
        func quantile(_ values: [Double], _ share: Double) -> Double {
            values.isEmpty ? 0 : values[min(values.count - 1, Int(Double(values.count) * share))]
        }
        medianError = quantile(errors, 0.5)
        ninetieth = quantile(errors, 0.9)
        meanError = errors.reduce(0, +) / Double(max(1, count))
        bias = watch.errors.map(\.late).reduce(0, +) / Double(max(1, count))
        within = Double(watch.errors.count { $0.isWithin }) / Double(max(1, count))
        medianWait = quantile(watch.errors.map(\.waited).sorted(), 0.5)
        rest = """
            \(watch.finished) served, \(watch.missed) calls missed, \(watch.unserved) told that it was too late, \
            \(watch.outOfOrder) out of order with a reason, at most \(watch.mostInside) of \(watch.capacity) inside
            """
    }

    var description: String {
        func minutes(_ value: Double) -> String { "\((value * 10).rounded() / 10) min" }
        return """
            \(rest); waited \(minutes(medianWait)) (median); expected times of \(count) visitors: median error \
            \(minutes(medianError)), mean \(minutes(meanError)), 90 % below \(minutes(ninetieth)), on average \(minutes(bias)) later than told, \
            \((within * 100).rounded()) % within the range
            """
    }
}
