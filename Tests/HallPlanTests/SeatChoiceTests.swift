import Testing
import Web

@testable import HallPlan

@Suite struct `The seats to use` {
    @Test(arguments: [
        (nil, nil, 24, SeatChoice.Binding.none), (100, nil, 24, .none), (50, nil, 12, .percent),
        (50, 2.0, 4, .distance),
        (10, 2.0, 2, .percent), (17, 2.0, 4, .both), (0, nil, 0, .percent), (30, 0.5, 7, .percent),
        (100, 0.8, 24, .none),
    ])
    func `are as many as both rules leave`(percent: Int?, distance: Double?, count: Int, binding: SeatChoice.Binding) {
        let choice = Halls.grid(6, 4).allowed(percent: percent, distance: distance)
        #expect(choice.count == count)
        #expect(choice.capacity.count == count)
        #expect(choice.capacity.binding == binding)
        #expect(choice.capacity.isProven)
    }

    @Test func `keep percentage and distance, and no other could be added, in 150 halls`() throws {
        var chance = Halls.Chance(2)
        for seed in 1...150 {
            let hall = Halls.random(seats: 30, width: 8, depth: 5, seed: seed)
            let (percent, distance) = (
                Int.random(in: 5...100, using: &chance), Double.random(in: 0.5...2.5, using: &chance)
            )
            let choice = hall.allowed(percent: percent, distance: distance)
            let used = hall.seats.filter { choice.seats.contains($0.number) }
            #expect(used.count == choice.count)
            #expect(choice.count <= 30 * percent / 100)
            for (index, seat) in used.enumerated() {
                #expect(used[..<index].allSatisfy { !$0.at.isCloser(than: distance, to: seat.at) })
            }
            guard choice.count < 30 * percent / 100 else { continue }
            for seat in hall.seats where !choice.seats.contains(seat.number) {
                #expect(used.contains { $0.at.isCloser(than: distance, to: seat.at) }, "hall \(seed): \(seat.number)")
            }
        }
    }

    @Test func `half of a grid is a chequered pattern`() throws {
        let choice = Halls.grid(6, 4, pitch: 1).allowed(percent: 50, distance: nil)
        #expect(choice.count == 12)
        #expect(abs(try #require(choice.closest) - 2.0.squareRoot()) < 0.001)
    }

    @Test func `stand further apart than they must when there is room`() throws {
        let row = Halls.grid(11, 1, pitch: 1)
        let choice = row.allowed(percent: 20, distance: 2)
        #expect(choice.seats == ["1", "11"])
        #expect(choice.closest == 10)
        #expect(row.allowed(percent: 9, distance: 2).closest == nil)
    }

    @Test func `are not beside an officer, unless the visitor sits at the counter`() {
        let officer = HallPlan.Counter(
            id: "1",
            name: Words("Quầy 1", "Counter 1"),
            kind: .reception,
            at: HallPoint(x: 1, y: 0)
        )
        let hall = Halls.grid(4, 1, pitch: 2, counters: [officer])
        let kept = hall.allowed(percent: nil, distance: 2)
        #expect(kept.seats == ["2", "3", "4"])
        #expect(kept.capacity.besideCounters == 1)
        #expect(kept.capacity.binding == .distance)
        #expect(hall.allowed(percent: nil, distance: nil).count == 4)

        let atCounter = HallPlan(
            name: hall.name,
            outline: hall.outline,
            doors: [],
            counters: [officer],
            seats: hall.seats.map {
                HallPlan.Seat(number: $0.number, at: $0.at, counter: $0.number == "1" ? "1" : nil)
            },
            keepsDistanceToCounters: true
        )
        #expect(atCounter.allowed(percent: nil, distance: 2).count == 4)
    }

    @Test func `do not depend on senseless numbers`() {
        let hall = Halls.grid(4, 3)
        #expect(hall.capacity(percent: 250, distance: -1).count == 12)
        #expect(hall.capacity(percent: -5, distance: nil).count == 0)
        #expect(hall.allowed(percent: nil, distance: .nan).count == 12)
        #expect(hall.allowed(percent: nil, distance: .infinity).count == 1)
        #expect(hall.allowed(percent: nil, distance: 1e300).count == 1)
    }

    @Test func `are the same each time`() {
        let hall = Halls.random(seats: 60, width: 9, depth: 7, seed: 3)
        #expect(hall.allowed(percent: 40, distance: 1.5) == hall.allowed(percent: 40, distance: 1.5))
    }
}
