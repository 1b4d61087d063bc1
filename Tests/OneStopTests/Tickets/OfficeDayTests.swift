import Kernel
import Testing

@testable import OneStop

@Suite struct `Tickets are taken` {
    @Test func `every line counts its own numbers`() throws {
        var hall = try QueueHall()
        #expect(try hall.take("lan") == "A001")
        #expect(try hall.take("minh") == "A002")
        #expect(try hall.take("lan", QueueHall.civil) == "B001")
        #expect(try hall.take("minh", QueueHall.results) == "T001")
        #expect(hall.day.active.map(\.number) == ["A001", "A002", "B001", "T001"])
    }

    @Test func `a person has one active ticket per line, and a new one after being served`() throws {
        var hall = try QueueHall()
        try hall.take("lan")
        #expect(throws: OfficeDay.Refusal.hasTicket("A001")) { try hall.take("lan") }
        try hall.next()
        #expect(throws: OfficeDay.Refusal.hasTicket("A001")) { try hall.take("lan") }
        try hall.finish()
        #expect(try hall.take("lan") == "A002")
    }

    @Test func `tickets are given from an hour before opening until closing`() throws {
        var hall = try QueueHall(open: [])
        #expect(throws: OfficeDay.Refusal.tooEarly(opens: QueueHall.at("07:30"))) {
            try hall.take("lan", QueueHall.land, "06:29")
        }
        try hall.take("lan", QueueHall.land, "06:30")
        #expect(throws: OfficeDay.Refusal.dayIsOver) { try hall.take("minh", QueueHall.land, "17:00") }
        #expect(throws: OfficeDay.Refusal.noSuchLine) { try hall.take("minh", LineKey(.onlineHelp)) }
    }

    @Test func `nothing happens on a day that was not opened`() {
        #expect(throws: OfficeDay.Refusal.notOpen) {
            try OfficeDay().decide(.callNext(counter: 1, at: QueueHall.at("08:00")))
        }
    }

    @Test func `opening twice changes nothing`() throws {
        let hall = try QueueHall()
        #expect(try hall.day.decide(.open(QueueHall.setting(capacity: 1))).isEmpty)
    }
}

@Suite struct `The rules decide who is next` {
    @Test func `the order of arrival`() throws {
        var hall = try QueueHall()
        for person in ["lan", "minh", "tuan"] { try hall.take(person) }
        #expect(try hall.next(1) == "A001")
        #expect(try hall.next(2) == "A002")
        try hall.finish(1)
        #expect(try hall.next(1) == "A003")
        #expect(throws: OfficeDay.Refusal.nobodyWaits) { try hall.next(3) }
    }

    @Test func `a counter of two fields calls whoever came first`() throws {
        var hall = try QueueHall()
        try hall.take("lan", QueueHall.civil)
        try hall.take("minh", QueueHall.land)
        #expect(try hall.next(2) == "B001")
    }

    @Test func `priority goes before, in its own order of arrival`() throws {
        var hall = try QueueHall()
        try hall.take("lan")
        try hall.take("cu", priority: .elderly)
        try hall.take("bau", priority: .pregnant)
        #expect(try [hall.next(1), hall.next(2)] == ["A002", "A003"])
        try hall.finish(1)
        #expect(try hall.next(1) == "A001")
    }

    @Test func `an appointment goes first from its time on, and until then queues like everybody`() throws {
        var hall = try QueueHall()
        try hall.take("lan")
        try hall.take("hen", appointment: "08:30")
        try hall.take("minh")
        try hall.take("cu", priority: .elderly)
        #expect(try hall.next(1, "08:00") == "A004")
        try hall.finish(1, "08:10")
        #expect(try hall.next(1, "08:10") == "A001")
        try hall.finish(1, "08:20")
        #expect(try hall.next(1, "08:20") == "A002", "ordinary turn, earlier than its time")
    }

    @Test func `an appointment that is due passes priority`() throws {
        var hall = try QueueHall()
        try hall.take("cu", priority: .elderly)
        try hall.take("hen", QueueHall.land, "08:25", appointment: "08:30")
        #expect(try hall.next(1, "08:30") == "A002")
    }

    @Test func `who comes long after an appointment has lost its precedence`() throws {
        var hall = try QueueHall()
        try hall.take("lan", QueueHall.land, "08:40")
        try hall.take("hen", QueueHall.land, "08:46", appointment: "08:30")
        #expect(try hall.next(1, "08:50") == "A001")
    }

    @Test func `calling somebody else needs a reason, which is recorded`() throws {
        var hall = try QueueHall()
        for person in ["lan", "minh"] { try hall.take(person) }
        let now = QueueHall.at("08:00")
        #expect(throws: OfficeDay.Refusal.notTheirTurn(next: "A001")) {
            try hall.perform(.call("A002", counter: 1, because: nil, at: now))
        }
        let caused = try hall.perform(.call("A002", counter: 1, because: .emergency, at: now))
        #expect(caused.first == .called(number: "A002", counter: 1, because: .emergency, at: now))
    }

    @Test func `a reason is not recorded for somebody whose turn it was`() throws {
        var hall = try QueueHall()
        try hall.take("lan")
        let caused = try hall.perform(.call("A001", counter: 1, because: .emergency, at: QueueHall.at("08:00")))
        #expect(caused.first == .called(number: "A001", counter: 1, because: nil, at: QueueHall.at("08:00")))
    }

    @Test func `a counter calls only for its own lines`() throws {
        var hall = try QueueHall()
        try hall.take("lan")
        #expect(throws: OfficeDay.Refusal.otherLine) {
            try hall.perform(.call("A001", counter: 3, because: .emergency, at: QueueHall.at("08:00")))
        }
    }

    @Test func `a counter serves one visitor at a time`() throws {
        var hall = try QueueHall()
        for person in ["lan", "minh"] { try hall.take(person) }
        try hall.next()
        #expect(throws: OfficeDay.Refusal.counterIsBusy(with: "A001")) { try hall.next() }
        #expect(throws: OfficeDay.Refusal.counterIsBusy(with: "A001")) {
            try hall.perform(.closeCounter(1, at: QueueHall.at("08:00")))
        }
    }
}

@Suite struct `Calls are missed, returned to and moved` {
    @Test func `somebody is skipped only after two further calls`() throws {
        var hall = try QueueHall()
        try hall.take("lan")
        try hall.next()
        let now = QueueHall.at("08:01")
        #expect(throws: OfficeDay.Refusal.callAgainFirst(times: 2)) { try hall.perform(.skip(counter: 1, at: now)) }
        try hall.perform(.recall(counter: 1, at: now))
        #expect(throws: OfficeDay.Refusal.callAgainFirst(times: 1)) { try hall.perform(.skip(counter: 1, at: now)) }
        try hall.perform(.recall(counter: 1, at: now))
        try hall.perform(.skip(counter: 1, at: now))
        #expect(hall.stage("A001") == .missed(at: now))
        #expect(hall.day.counters[1]?.visitor == nil)
    }

    @Test func `who missed the call comes back within half an hour without a new number`() throws {
        var hall = try QueueHall()
        for person in ["lan", "minh", "tuan"] { try hall.take(person) }
        try hall.miss()
        try hall.next(1, "08:05")
        try hall.perform(.comeBack("A001", at: QueueHall.at("08:30")))
        try hall.finish(1, "08:31")
        #expect(try hall.next(1, "08:31") == "A001")
    }

    @Test func `too late, a new number is needed`() throws {
        var hall = try QueueHall()
        try hall.take("lan")
        try hall.miss()
        #expect(throws: OfficeDay.Refusal.cameBackTooLate(minutes: 30)) {
            try hall.perform(.comeBack("A001", at: QueueHall.at("08:31")))
        }
        #expect(try hall.take("lan", QueueHall.land, "08:32") == "A002")
    }

    @Test func `a new number ends the missed one`() throws {
        var hall = try QueueHall()
        try hall.take("lan")
        try hall.miss()
        try hall.take("lan", QueueHall.land, "08:10")
        #expect(throws: OfficeDay.Refusal.notWaiting) {
            try hall.perform(.comeBack("A001", at: QueueHall.at("08:11")))
        }
    }

    @Test func `after a correction one goes on at the same counter, before those who wait`() throws {
        var hall = try QueueHall()
        for person in ["lan", "minh", "tuan"] { try hall.take(person) }
        try hall.next()
        try hall.begin()
        try hall.perform(.sendToCorrect(counter: 1, at: QueueHall.at("08:05")))
        try hall.next(1, "08:05")
        try hall.perform(.comeBack("A001", at: QueueHall.at("08:15")))
        #expect(hall.day.candidates(for: 2, at: QueueHall.at("08:16")).map(\.number) == ["A003"])
        try hall.finish(1, "08:16")
        #expect(try hall.next(1, "08:16") == "A001")
    }

    @Test func `when its counter is closed, any other of the line takes over`() throws {
        var hall = try QueueHall()
        for person in ["lan", "minh"] { try hall.take(person) }
        try hall.next()
        try hall.begin()
        try hall.perform(.sendToCorrect(counter: 1, at: QueueHall.at("08:05")))
        try hall.perform(.comeBack("A001", at: QueueHall.at("08:15")))
        try hall.perform(.closeCounter(1, at: QueueHall.at("08:15")))
        #expect(try hall.next(2, "08:16") == "A001")
    }

    @Test func `a transfer keeps number and order of arrival`() throws {
        var hall = try QueueHall()
        try hall.take("lan")
        try hall.take("minh", QueueHall.civil)
        try hall.next()
        try hall.begin()
        try hall.perform(.transfer(counter: 1, to: QueueHall.civil, toCounter: 3, at: QueueHall.at("08:05")))
        #expect(hall.day.candidates(for: 2, at: QueueHall.at("08:06")).map(\.number) == ["B001"])
        #expect(try hall.next(3, "08:06") == "A001")
    }

    @Test func `who waits elsewhere is not called before coming back, and keeps the place`() throws {
        var hall = try QueueHall()
        for person in ["lan", "minh", "tuan"] { try hall.take(person) }
        try hall.perform(.waitElsewhere("A001", until: QueueHall.at("09:00"), at: QueueHall.at("07:40")))
        #expect(!hall.isInside("A001"))
        #expect(try hall.next() == "A002")
        #expect(throws: OfficeDay.Refusal.isAway(until: QueueHall.at("09:00"))) {
            try hall.perform(.call("A001", counter: 2, because: .emergency, at: QueueHall.at("08:30")))
        }
        try hall.perform(.comeBack("A001", at: QueueHall.at("08:40")))
        #expect(try hall.next(2, "08:40") == "A001")
    }

    @Test func `a paused counter calls nobody and goes on when opened`() throws {
        var hall = try QueueHall()
        try hall.take("lan")
        try hall.perform(.pauseCounter(1, until: QueueHall.at("09:00"), at: QueueHall.at("08:00")))
        #expect(throws: OfficeDay.Refusal.counterIsNotOpen) { try hall.next() }
        try hall.perform(.openCounter(1, lines: [QueueHall.land], at: QueueHall.at("08:30")))
        #expect(try hall.next() == "A001")
    }

    @Test func `what takes place at the counter is measured`() throws {
        var hall = try QueueHall()
        try hall.take("lan")
        try hall.next(1, "08:00")
        try hall.perform(.begin(counter: 1, at: QueueHall.at("08:02")))
        let caused = try hall.perform(.finish(counter: 1, at: QueueHall.at("08:12")))
        #expect(caused == [.finished(number: "A001", counter: 1, seconds: 600, at: QueueHall.at("08:12"))])
        #expect(hall.day.measured.count(in: QueueHall.land) == 1)
    }
}

@Suite struct `The hall never holds more than it may` {
    @Test func `beyond the limit one waits outside and is let in one by one`() throws {
        var hall = try QueueHall(capacity: 3, open: [1])
        for person in ["a", "b", "c", "d"] { try hall.take(person) }
        // One of three places is kept for the counter.
        #expect(["A001", "A002", "A003", "A004"].map { hall.isInside($0) } == [true, true, false, false])
        try hall.next()
        #expect(hall.isInside("A003"), "the place of the one who was called is free")
        #expect(hall.day.occupancy == 3)
        try hall.finish()
        #expect(!hall.isInside("A004"))
        try hall.next()
        #expect(hall.isInside("A004"))
    }

    @Test func `whoever is next is called from outside to the counter's own place`() throws {
        var hall = try QueueHall(capacity: 3, open: [1])
        for person in ["a", "b", "c"] { try hall.take(person) }
        try hall.take("cu", priority: .elderly)
        #expect(try hall.next() == "A004")
        #expect(hall.day.occupancy == 3)
    }

    @Test func `a lowered limit asks the last of those who wait to wait outside`() throws {
        var hall = try QueueHall(capacity: 5, open: [1])
        for person in ["a", "b", "c", "d"] { try hall.take(person) }
        try hall.next()
        let caused = try hall.perform(.changeCapacity(to: 2, at: QueueHall.at("08:00")))
        #expect(hall.day.occupancy == 2)
        #expect(
            caused.dropFirst() == [
                .askedOut(number: "A003", at: QueueHall.at("08:00")),
                .askedOut(number: "A004", at: QueueHall.at("08:00")),
            ]
        )
        try hall.perform(.changeCapacity(to: 5, at: QueueHall.at("08:10")))
        #expect(hall.day.occupancy == 4)
    }

    @Test func `when nobody more may enter, the first inside is called, and that is recorded`() throws {
        var hall = try QueueHall(capacity: 3, open: [1])
        for person in ["a", "b", "c"] { try hall.take(person) }
        try hall.perform(.openCounter(3, lines: [QueueHall.civil], at: QueueHall.at("07:35")))
        try hall.next(1)
        try hall.take("cu", QueueHall.civil)
        #expect(hall.day.occupancy == 2)
        #expect(try hall.next(3) == "B001")
        #expect(hall.day.occupancy == 3)
    }

    @Test func `a closed office lets nobody in and keeps its tickets`() throws {
        var hall = try QueueHall(capacity: 0, open: [1])
        try hall.take("lan")
        #expect(throws: OfficeDay.Refusal.hallIsFull(capacity: 0)) { try hall.next() }
        #expect(hall.stage("A001") == .waiting)
    }
}

@Suite struct `The day ends for everybody` {
    @Test func `whoever was not served is named`() throws {
        var hall = try QueueHall()
        for person in ["a", "b", "c"] { try hall.take(person) }
        try hall.next()
        #expect(throws: OfficeDay.Refusal.counterIsBusy(with: "A001")) {
            try hall.perform(.close(at: QueueHall.at("17:00")))
        }
        try hall.finish()
        let now = QueueHall.at("17:05")
        #expect(
            try hall.perform(.close(at: now)) == [
                .unserved(number: "A002", at: now), .unserved(number: "A003", at: now), .closed(at: now),
            ]
        )
        #expect(hall.day.occupancy == 0)
        #expect(throws: OfficeDay.Refusal.dayIsOver) { try hall.next() }
    }
}

extension QueueHall {
    /// The next at counter 1 is called three times and does not come.
    mutating func miss() throws(OfficeDay.Refusal) {
        let now = QueueHall.at("08:00")
        try next()
        try perform(.recall(counter: 1, at: now))
        try perform(.recall(counter: 1, at: now))
        try perform(.skip(counter: 1, at: now))
    }
}

@Suite struct `The desk at the door leaves a trace` {
    @Test func `where health rules are in force they are acknowledged before a ticket is given`() throws {
        var day = OfficeDay()
        let setting = QueueHall.setting()
        let strict = DaySetting(
            date: setting.date,
            hours: setting.hours,
            lines: setting.lines,
            positions: setting.positions,
            capacity: setting.capacity,
            asksHealth: true
        )
        for event in try day.decide(.open(strict)) { day.evolve(event) }
        let at = QueueHall.at("08:00")
        let lan = PersonKey(rawValue: "lan")
        #expect(throws: OfficeDay.Refusal.healthRulesFirst) {
            try day.decide(.take(TicketRequest(QueueHall.land, by: lan), at: at))
        }
        let events = try day.decide(.take(TicketRequest(QueueHall.land, by: lan, acknowledgesHealth: true), at: at))
        #expect(events.contains(.healthRulesAcknowledged(number: "A001", at: at)))
    }

    @Test func `what was missing among the papers is kept with the ticket`() throws {
        let hall = try QueueHall()
        let at = QueueHall.at("08:00")
        let request = TicketRequest(
            QueueHall.land,
            by: PersonKey(rawValue: "lan"),
            papers: .init(procedure: "1.001193", missing: ["map"])
        )
        #expect(
            try hall.day.decide(.take(request, at: at))
                .contains(.papersChecked(number: "A001", procedure: "1.001193", missing: ["map"], at: at))
        )
    }

    @Test func `what somebody says of themselves moves nobody until an officer confirms it`() throws {
        var hall = try QueueHall()
        for person in ["an", "binh"] { try hall.take(person) }
        let claiming = try hall.take("chau", claiming: .elderly)
        #expect(hall.day.tickets[claiming]?.priority == nil && hall.day.tickets[claiming]?.claimed == .elderly)
        #expect(hall.day.candidates(for: 1, at: QueueHall.at("08:00")).map(\.number) == ["A001", "A002", "A003"])
        #expect(hall.day.expectation(at: QueueHall.at("08:00")).turns[claiming]?.ahead == 2)

        try hall.perform(.confirmPriority(claiming, at: QueueHall.at("08:00")))
        #expect(hall.day.tickets[claiming]?.priority == .elderly && hall.day.tickets[claiming]?.claimed == nil)
        #expect(hall.day.candidates(for: 1, at: QueueHall.at("08:00")).map(\.number) == ["A003", "A001", "A002"])
        #expect(try hall.perform(.confirmPriority(claiming, at: QueueHall.at("08:01"))) == [], "pressed twice")
    }

    @Test func `nothing is confirmed that nobody has claimed, nor for whoever has gone`() throws {
        var hall = try QueueHall()
        let plain = try hall.take("an")
        let gone = try hall.take("binh", claiming: .pregnant)
        try hall.perform(.giveUp(gone, at: QueueHall.at("07:40")))
        for number in [plain, gone] {
            #expect(throws: OfficeDay.Refusal.nothingToConfirm) {
                try hall.perform(.confirmPriority(number, at: QueueHall.at("07:41")))
            }
        }
        #expect(throws: OfficeDay.Refusal.noSuchTicket) {
            try hall.perform(.confirmPriority("Z099", at: QueueHall.at("07:41")))
        }
    }

    @Test func `half a hall of claims pushes nobody back`() throws {
        var hall = try QueueHall()
        let honest = try hall.take("an")
        for person in 0..<40 { try hall.take("claims \(person)", claiming: .disabled) }
        #expect(try hall.next() == honest)
    }
}
