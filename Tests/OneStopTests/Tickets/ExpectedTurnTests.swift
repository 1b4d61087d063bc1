import Kernel
import Testing

@testable import OneStop

@Suite struct `The expected time is honest` {
    @Test func `the first is called at once, the next after the declared time`() throws {
        var hall = try QueueHall(open: [1])
        for person in ["a", "b", "c"] { try hall.take(person, QueueHall.land, "08:00") }
        let turns = hall.turns(at: QueueHall.at("08:00"))
        #expect(turns.map(\.ahead) == [0, 1, 2])
        #expect(turns[0].likely == QueueHall.at("08:00"))
        let second = try #require(turns[1].likely)
        // Twelve minutes are declared; one of twenty does not come, and one comes who goes first.
        #expect((QueueHall.at("08:11")...QueueHall.at("08:13")).contains(second))
        let latest = try #require(turns[1].latest)
        #expect(turns[1].earliest < second && second < latest)
    }

    @Test func `two counters are twice as fast`() throws {
        var one = try QueueHall(open: [1])
        var two = try QueueHall(open: [1, 2])
        for number in 0..<9 {
            try one.take("\(number)")
            try two.take("\(number)")
        }
        let slow = try #require(one.turns(at: QueueHall.at("08:00")).last?.likely)
        let fast = try #require(two.turns(at: QueueHall.at("08:00")).last?.likely)
        #expect((slow - QueueHall.at("08:00")).milliseconds == 2 * (fast - QueueHall.at("08:00")).milliseconds)
    }

    @Test func `lunch is counted in`() throws {
        var hall = try QueueHall(open: [1])
        for number in 0..<4 { try hall.take("\(number)", QueueHall.land, "11:10") }
        let last = try #require(hall.turns(at: QueueHall.at("11:10")).last)
        #expect(try #require(last.likely) >= QueueHall.at("13:30"))
        #expect(last.earliest < QueueHall.at("13:50"))
    }

    @Test func `whoever the office will not reach is told no time`() throws {
        var hall = try QueueHall(open: [1])
        for number in 0..<8 { try hall.take("\(number)", QueueHall.land, "16:00") }
        let turns = hall.turns(at: QueueHall.at("16:00"))
        #expect(turns.first?.likely != nil)
        #expect(turns.last?.likely == nil)
        #expect(turns.last?.latest == nil)
    }

    @Test func `before the counters open, the plan is counted on`() throws {
        var hall = try QueueHall(open: [])
        for number in 0..<3 { try hall.take("\(number)", QueueHall.land, "06:40") }
        let turns = hall.turns(at: QueueHall.at("06:40"))
        #expect(turns[0].likely == QueueHall.at("07:30"))
        #expect(turns[1].likely == QueueHall.at("07:30"))
        #expect(try #require(turns[2].likely) > QueueHall.at("07:40"))
    }

    @Test func `a line without a counter gets no time`() throws {
        var hall = try QueueHall(open: [1])
        try hall.take("lan", QueueHall.results)
        #expect(hall.turns(at: QueueHall.at("08:00")).map(\.likely) == [nil])
    }

    @Test func `what is measured outweighs what was declared`() {
        let line = TicketLine(QueueHall.land, letter: "A", declaredMinutes: 12)
        var times = ServiceTimes()
        let declared = times.estimate(of: line)
        for _ in 0..<60 { times.add(300, to: QueueHall.land) }
        let measured = times.estimate(of: line)
        #expect(declared.mean > 650 && declared.mean < 720)
        #expect(measured.mean > 290 && measured.mean < 350)
        #expect(measured.doubt < declared.doubt)
        #expect(measured.deviation < declared.deviation)
    }

    @Test func `one visitor of three hours does not frighten everybody after`() {
        let line = TicketLine(QueueHall.land, letter: "A", declaredMinutes: 10)
        var times = ServiceTimes()
        for _ in 0..<20 { times.add(600, to: QueueHall.land) }
        let before = times.estimate(of: line).mean
        times.add(3 * 3600, to: QueueHall.land)
        #expect(abs(times.estimate(of: line).mean - before) < 15)
    }

    @Test func `who would take a ticket now learns what to expect`() throws {
        var hall = try QueueHall(open: [1])
        for number in 0..<3 { try hall.take("\(number)") }
        let turn = try #require(hall.day.expectation(at: QueueHall.at("08:00")).newcomers[QueueHall.land])
        #expect(turn.ahead == 3)
        #expect(hall.day.expectation(at: QueueHall.at("08:00")).newcomers[QueueHall.civil] == nil, "no counter is open")
        try hall.take("next")
        #expect(hall.turns(at: QueueHall.at("08:00")).last == turn, "and that is what they are told then")
    }
}

extension QueueHall {
    /// What everybody who waits is told, in order of arrival.
    fileprivate func turns(at now: Instant) -> [ExpectedTime] {
        let expectation = day.expectation(at: now)
        return day.active.compactMap { expectation.turns[$0.number] }
    }
}
