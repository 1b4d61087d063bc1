import Foundation
import Kernel

@testable import OneStop

/// Random numbers that are the same on every machine.
struct Dice: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &self) < share }
}

/// A day of visitors who come in waves, sometimes leave, and take as long as people take.
struct SimulatedDay {
    struct Visitor {
        let name: String
        let line: LineKey
        let arrives: Instant
        let priority: PriorityReason?
        let appointment: Instant?
        /// Does not come when called.
        let staysAway: Bool
        /// Comes back so many seconds after the call was missed; nil for never.
        let returnsAfter: Int?
        /// Waits elsewhere for so many minutes.
        let elsewhere: Int?
        let seconds: Int
        /// Has to correct the form for so many seconds first.
        let corrects: Int?
    }

    /// What `visitors` people want, most of them early in the morning and again after lunch.
    static func visitors(_ count: Int, dice: inout Dice) -> [Visitor] {
        (0..<count).map { index in
            let share = Double.random(in: 0..<1, using: &dice)
            let line = share < 0.35 ? QueueHall.land : share < 0.7 ? QueueHall.civil : QueueHall.results
            let mean = line == QueueHall.land ? 270.0 : line == QueueHall.civil ? 220 : 130
            let isMorning = dice.chance(0.62)
            // The sum of two is a wave: few at its ends, most in its middle.
            let minute =
                isMorning
                ? 410 + Int.random(in: 0...120, using: &dice) + Int.random(in: 0...120, using: &dice)
                : 795 + Int.random(in: 0...95, using: &dice) + Int.random(in: 0...95, using: &dice)
            let arrives = QueueHall.at("00:00") + .seconds(minute * 60 + Int.random(in: 0..<60, using: &dice))
            let half = (minute / 30 + 1) * 30
            let hasAppointment = dice.chance(0.12) && line != QueueHall.results
            return Visitor(
                name: "v\(index)",
                line: line,
                arrives: arrives,
                priority: dice.chance(0.06) ? PriorityReason.allCases.randomElement(using: &dice) : nil,
                appointment: hasAppointment ? QueueHall.at("00:00") + .minutes(half) : nil,
                staysAway: dice.chance(0.07),
                returnsAfter: dice.chance(0.5) ? Int.random(in: 120...2400, using: &dice) : nil,
                elsewhere: dice.chance(0.15) ? Int.random(in: 20...45, using: &dice) : nil,
                // Skewed as service times are: most a little under the mean, some far above.
                seconds: max(30, Int(mean * (0.35 + 0.65 * -log(Double.random(in: 0.001..<1, using: &dice))))),
                corrects: dice.chance(0.06) ? Int.random(in: 180...900, using: &dice) : nil
            )
        }.sorted { $0.arrives < $1.arrives }
    }

    /// Whoever performs commands: the rules alone, or a book on a database.
    typealias Perform = (OfficeDay.Command) async throws -> (day: OfficeDay, events: [OfficeDay.Event])

    /// Seconds that pass between two looks at the hall.
    private static let step = 10

    /// What the office had declared is a little off, as it always is.
    private let setting: DaySetting
    private var day = OfficeDay()
    private(set) var watch: HallWatch
    private let perform: Perform
    private var coming: [Visitor]
    private var holders: [TicketNumber: Visitor] = [:]
    /// What happens by itself later.
    private var later: [(at: Instant, command: OfficeDay.Command)] = []
    private var services: [Int: Instant] = [:]
    private var corrected: Set<TicketNumber> = []
    private(set) var turnedAway = 0

    init(capacity: Int, visitors: [Visitor], perform: @escaping Perform) {
        setting = QueueHall.setting(capacity: capacity, minutes: (6, 4, 2))
        watch = HallWatch(capacity: capacity)
        coming = visitors.reversed()
        self.perform = perform
    }

    /// Plays the day from the first visitor to closing.
    mutating func play() async throws {
        var now = QueueHall.at("06:45")
        try await act(.open(setting), now)
        while now < QueueHall.at("18:30") {
            try await arrivals(now)
            for due in later.filter({ $0.at <= now }) { try await attempt(due.command, now) }
            later.removeAll { $0.at <= now }
            for position in setting.positions { try await work(at: position, now) }
            if now >= QueueHall.at("17:00"), day.counters.values.allSatisfy({ $0.visitor == nil }) { break }
            now = now + .seconds(Self.step)
        }
        try await act(.close(at: now), now)
    }

    private mutating func arrivals(_ now: Instant) async throws {
        while let visitor = coming.last, visitor.arrives <= now {
            coming.removeLast()
            do {
                let events = try await act(
                    .take(
                        TicketRequest(
                            visitor.line,
                            by: PersonKey(rawValue: visitor.name),
                            priority: visitor.priority,
                            appointment: visitor.appointment
                        ),
                        at: now
                    ),
                    now
                )
                guard case .taken(let number, _, _, _, _, _)? = events.first else { continue }
                holders[number] = visitor
                let expectation = day.expectation(at: now)
                watch.expect(expectation.turns[number], of: number)
                if let minutes = visitor.elsewhere, expectation.turns.count > 12 {
                    let until = now + .minutes(minutes)
                    try await act(.waitElsewhere(number, until: until, at: now), now)
                    later.append((until, .comeBack(number, at: until)))
                }
            } catch OfficeDay.Refusal.dayIsOver {
                turnedAway += 1
            }
        }
    }

    private mutating func work(at position: DaySetting.Position, _ now: Instant) async throws {
        let counter = position.number
        let isOpenHour = setting.hours.contains {
            setting.instant($0.from) <= now && now < setting.instant($0.to)
        }
        guard let visitor = day.counters[counter]?.visitor else {
            switch day.counters[counter]?.state {
            case .open? where !isOpenHour:
                try await act(
                    .pauseCounter(counter, until: now < QueueHall.at("13:30") ? QueueHall.at("13:30") : nil, at: now),
                    now
                )
            case .open?:
                // An officer sees that nobody waits and does not press the button.
                guard !day.candidates(for: counter, at: now).isEmpty else { return }
                try await attempt(.callNext(counter: counter, at: now), now)
            case nil, .paused?, .closed?:
                if isOpenHour { try await act(.openCounter(counter, lines: position.lines, at: now), now) }
            }
            return
        }
        guard let ticket = day.tickets[visitor], let holder = holders[visitor] else { return }
        if case .called(_, let at) = ticket.stage {
            let waited = (now - at).milliseconds / 1000
            if !holder.staysAway || corrected.contains(visitor) {
                if waited >= 20 {
                    try await act(.begin(counter: counter, at: now), now)
                    services[counter] = now + .seconds(holder.seconds)
                }
            } else if waited >= 40 * ticket.calls, ticket.calls < 3 {
                try await act(.recall(counter: counter, at: now), now)
            } else if waited >= 120 {
                try await act(.skip(counter: counter, at: now), now)
                corrected.insert(visitor)
                if let after = holder.returnsAfter {
                    later.append((now + .seconds(after), .comeBack(visitor, at: now + .seconds(after))))
                }
            }
        } else if let end = services[counter], end <= now {
            if let seconds = holder.corrects, !corrected.contains(visitor) {
                corrected.insert(visitor)
                try await act(.sendToCorrect(counter: counter, at: now), now)
                later.append((now + .seconds(seconds), .comeBack(visitor, at: now + .seconds(seconds))))
            } else {
                try await act(.finish(counter: counter, at: now), now)
            }
        }
    }

    /// A command that the rules may refuse, as they refuse people: nobody waits, too late to come back.
    private mutating func attempt(_ command: OfficeDay.Command, _ now: Instant) async throws {
        do {
            try await act(command, now)
        } catch let refusal as OfficeDay.Refusal {
            watch.refused(refusal)
        }
    }

    @discardableResult
    private mutating func act(_ command: OfficeDay.Command, _ now: Instant) async throws -> [OfficeDay.Event] {
        let (after, events) = try await perform(command)
        day = after
        watch.see(events, at: now)
        return events
    }
}
