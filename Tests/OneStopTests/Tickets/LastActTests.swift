import Kernel
import Testing

@testable import OneStop

@Suite struct `A button of the counter means one thing` {
    /// Two at counter 1: the first is called.
    private func hall(_ people: Int = 2) throws -> QueueHall {
        var hall = try QueueHall()
        for person in 0..<people { try hall.take("person \(person)") }
        try hall.next()
        return hall
    }

    @Test func `nobody is served, corrected or passed on who was only called`() throws {
        var hall = try hall()
        let now = QueueHall.at("08:01")
        let acts: [OfficeDay.Command] = [
            .finish(counter: 1, at: now), .sendToCorrect(counter: 1, at: now),
            .transfer(counter: 1, to: QueueHall.civil, toCounter: nil, at: now),
        ]
        for act in acts { #expect(throws: OfficeDay.Refusal.notBegun("A001")) { try hall.perform(act) } }
        #expect(hall.day.measured.count(in: QueueHall.land) == 0)
    }

    @Test func `what was meant for somebody who has gone is not done to the next`() throws {
        var hall = try hall()
        try hall.finish()
        try hall.next()
        let require = OfficeDay.Command.require(visitor: "A001", counter: 1, at: QueueHall.at("08:01"))
        #expect(throws: OfficeDay.Refusal.otherVisitor(now: "A002")) { try hall.perform(require) }
        #expect(try hall.perform(.require(visitor: "A002", counter: 1, at: QueueHall.at("08:01"))).isEmpty)
        #expect(throws: OfficeDay.Refusal.otherVisitor(now: nil)) {
            try hall.perform(.require(visitor: "A002", counter: 3, at: QueueHall.at("08:01")))
        }
    }

    @Test func `after hours nobody has to be called again before they count as absent`() throws {
        var hall = try hall()
        let evening = QueueHall.at("18:00")
        try hall.perform(.skip(counter: 1, at: evening))
        #expect(hall.stage("A001") == .missed(at: evening))
    }
}

@Suite struct `The last act of a counter can be taken back` {
    /// One who is served since 08:02 and one who waits.
    private func serving() throws -> QueueHall {
        var hall = try QueueHall()
        for person in ["lan", "minh"] { try hall.take(person) }
        try hall.next()
        try hall.begin(1, "08:02")
        return hall
    }

    private static let wrong: [OfficeDay.Command] = [
        .finish(counter: 1, at: QueueHall.at("08:06")), .sendToCorrect(counter: 1, at: QueueHall.at("08:06")),
        .transfer(counter: 1, to: QueueHall.civil, toCounter: 3, at: QueueHall.at("08:06")),
    ]

    @Test(arguments: wrong.indices)
    func `everything is as it was before`(index: Int) throws {
        var hall = try serving()
        let before = hall.day
        try hall.perform(Self.wrong[index])
        #expect(hall.day.mayTakeBack(at: 1, QueueHall.at("08:07")) == "A001")
        let caused = try hall.perform(.takeBack(counter: 1, at: QueueHall.at("08:07")))
        #expect(caused.first == .takenBack(number: "A001", counter: 1, at: QueueHall.at("08:07")))
        #expect(hall.day.tickets == before.tickets)
        #expect(hall.day.counters == before.counters)
        #expect(hall.day.measured.count(in: QueueHall.land) == before.measured.count(in: QueueHall.land))
        #expect(hall.day.visits == before.visits)
        #expect(hall.day.mayTakeBack(at: 1, QueueHall.at("08:07")) == nil, "once, and not for ever")
        // The visit that goes on counts whole.
        try hall.finish(1, "08:12")
        #expect(hall.day.visits.seconds == [QueueHall.land: [720]])
    }

    @Test func `who was said to be here, or absent, stands called again`() throws {
        var hall = try serving()
        try hall.perform(.takeBack(counter: 1, at: QueueHall.at("08:03")))
        #expect(hall.stage("A001") == .called(counter: 1, at: QueueHall.at("08:00")))
        for _ in 0..<2 { try hall.perform(.recall(counter: 1, at: QueueHall.at("08:03"))) }
        let calm = hall.day.measured.estimate(of: QueueHall.setting().lines[0])
        try hall.perform(.skip(counter: 1, at: QueueHall.at("08:04")))
        try hall.perform(.takeBack(counter: 1, at: QueueHall.at("08:05")))
        #expect(hall.stage("A001") == .called(counter: 1, at: QueueHall.at("08:00")))
        #expect(hall.day.measured.estimate(of: QueueHall.setting().lines[0]) == calm)
    }

    @Test func `not after some minutes, and not once somebody else was called`() throws {
        var late = try serving()
        try late.perform(.finish(counter: 1, at: QueueHall.at("08:06")))
        #expect(late.day.mayTakeBack(at: 1, QueueHall.at("08:12")) == nil)
        #expect(throws: OfficeDay.Refusal.nothingToTakeBack) {
            try late.perform(.takeBack(counter: 1, at: QueueHall.at("08:12")))
        }
        try late.next(1, "08:07")
        #expect(throws: OfficeDay.Refusal.nothingToTakeBack) {
            try late.perform(.takeBack(counter: 1, at: QueueHall.at("08:07")))
        }
    }

    @Test func `not when its visitor has gone on meanwhile`() throws {
        var passed = try serving()
        try passed.perform(Self.wrong[2])
        try passed.next(3, "08:07")
        #expect(passed.day.mayTakeBack(at: 1, QueueHall.at("08:07")) == nil, "called elsewhere")
        var anew = try serving()
        try anew.perform(Self.wrong[0])
        try anew.take("lan", QueueHall.land, "08:07")
        #expect(anew.day.mayTakeBack(at: 1, QueueHall.at("08:07")) == nil, "has another number")
        var closed = try serving()
        try closed.perform(Self.wrong[0])
        try closed.perform(.closeCounter(1, at: QueueHall.at("08:07")))
        #expect(closed.day.mayTakeBack(at: 1, QueueHall.at("08:07")) == nil, "the counter is closed")
    }
}
