import Foundation
import Kernel
import OneStop

/// A past day in the queues of a demonstration's office: who came and what the counters did, in the order in which it
/// happened, decided by the same rules as every other day.
struct DemoQueueDay {
    enum Step {
        case take(TicketBook.Wish, at: Instant)
        case act([OfficeDay.Command], at: Instant)
    }

    private struct Visitor {
        let line: LineKey
        let arrives: Instant
        let isPriority: Bool
        let staysAway: Bool
        /// What a visitor takes, as a multiple of what is usual for the errand.
        let share: Double
    }

    private enum Happening {
        case arrival(Visitor)
        case free(counter: Int)
        case begin(counter: Int)
        /// Called three times, and nobody has come.
        case skip(counter: Int, called: Instant)
    }

    private(set) var steps: [Step] = []
    private let setting: DaySetting
    private let lot: Lot
    private var day = OfficeDay()
    private var calendar: [(at: Instant, what: Happening)] = []
    private var visitors: [PersonKey: Visitor] = [:]

    /// `load` is how many come on an ordinary day.
    init(_ setting: DaySetting, load: Int, seed: UInt64) throws {
        self.setting = setting
        var lot = Lot(seed: seed)
        calendar = Self.arrivals(setting, load: load, lot: &lot).map { ($0.arrives, .arrival($0)) }
        self.lot = lot
        try play()
    }

    // MARK: - Who comes

    private static func arrivals(_ setting: DaySetting, load: Int, lot: inout Lot) -> [Visitor] {
        let weights = setting.lines.map { ($0.key, weight($0.key)) }
        // Mondays are busiest; on a Saturday only the morning is open.
        let share = [1.3, 1.0, 0.9, 0.95, 1.1, 0.45, 0.3][setting.date.weekday - 1]
        let count = Int(Double(load) * share) + lot.below(max(1, load / 5))
        return (0..<count).compactMap { _ in
            let isMorning = setting.hours.count == 1 || lot.falls(0.62)
            guard let hours = isMorning ? setting.hours.first : setting.hours.last else { return nil }
            // The sum of two is a wave: many soon after the opening, few towards its end.
            let length = hours.to - hours.from
            let minute = hours.from - 15 + (lot.below(length) + lot.below(length)) * 2 / 5
            let midnight = Instant(LocalMinute(date: setting.date, minuteOfDay: 0))
            return Visitor(
                line: lot.draw(weights),
                arrives: midnight + .seconds(minute * 60 + lot.below(60)),
                isPriority: lot.falls(0.06),
                staysAway: lot.falls(0.04),
                share: 0.4 - 0.6 * log(1 - Double(lot.below(990)) / 1000)
            )
        }
    }

    private static func weight(_ line: LineKey) -> Double {
        switch line.purpose {
        case .reception: line.field.flatMap { fields[$0]?.weight } ?? 0.5
        case .result: 3
        case .onlineHelp, .postDropOff: 0.3
        }
    }

    /// How often people come for these fields, and what they really take: not what the office has declared.
    private static let fields: [String: (weight: Double, minutes: Double)] = [
        "civil-status": (4, 15.5), "certification": (5, 6.2), "criminal-record": (5, 7.6), "land": (1, 24),
    ]

    private func seconds(_ visitor: Visitor) -> Int {
        let usual = setting[visitor.line].map { Double($0.declaredMinutes) } ?? 10
        let minutes = visitor.line.field.flatMap { Self.fields[$0]?.minutes } ?? usual * 0.9
        return max(45, Int(minutes * 60 * visitor.share))
    }

    // MARK: - What happens

    private mutating func play() throws {
        day.evolve(.opened(setting: setting))
        for (index, hours) in setting.hours.enumerated() {
            let opens = Instant(LocalMinute(date: setting.date, minuteOfDay: hours.from))
            for position in setting.positions {
                if index == 0 { calendar.append((opens, .free(counter: position.number))) }
                // After the break they go on with whoever waits.
                if index > 0 { calendar.append((opens + .seconds(30), .free(counter: position.number))) }
            }
        }
        while let next = calendar.indices.min(by: { calendar[$0].at < calendar[$1].at }) {
            let (at, what) = calendar.remove(at: next)
            switch what {
            case .arrival(let visitor): try arrive(visitor, at: at)
            case .free(let counter): try free(counter, at: at)
            case .begin(let counter): try act([.begin(counter: counter, at: at)], then: nil, at: at)
            case .skip(let counter, let called):
                try act(
                    [
                        .recall(counter: counter, at: called + .seconds(40)),
                        .recall(counter: counter, at: called + .seconds(80)), .skip(counter: counter, at: at),
                    ],
                    then: counter,
                    at: at
                )
            }
        }
        guard let closes = setting.closes else { return }
        for position in setting.positions where day.counters[position.number]?.state == .open {
            let end = max(closes + .minutes(5), lastAt)
            try act([.closeCounter(position.number, at: end)], then: nil, at: end)
        }
    }

    private var lastAt: Instant {
        switch steps.last {
        case .take(_, let at), .act(_, let at): at
        case nil: setting.closes ?? Instant(milliseconds: 0)
        }
    }

    private mutating func arrive(_ visitor: Visitor, at now: Instant) throws {
        guard let closes = setting.closes, now < closes else { return }
        let name = "visitor \(visitors.count)"
        let person = PersonKey(rawValue: name)
        let priority = visitor.isPriority ? PriorityReason.elderly : nil
        let request = TicketRequest(visitor.line, by: person, priority: priority, acknowledgesHealth: true)
        try remember([.take(request, at: now)])
        visitors[person] = visitor
        let wish = TicketBook.Wish(visitor.line, holder: name, priority: priority, acknowledgesHealth: true)
        steps.append(.take(wish, at: now))
        for counter in day.counters.keys.sorted() where day.counters[counter]?.visitor == nil {
            if mayCall(counter, at: now) { try act([], then: counter, at: now) }
        }
    }

    private mutating func free(_ counter: Int, at now: Instant) throws {
        if day.counters[counter] == nil {
            let lines = setting.positions.first { $0.number == counter }?.lines ?? []
            try act([.openCounter(counter, lines: lines, at: now)], then: counter, at: now)
        } else {
            let isBusy = day.counters[counter]?.visitor != nil
            try act(isBusy ? [.finish(counter: counter, at: now)] : [], then: counter, at: now)
        }
    }

    /// Does what is asked, and has the counter call whoever is next.
    private mutating func act(_ commands: [OfficeDay.Command], then counter: Int?, at now: Instant) throws {
        try remember(commands)
        var commands = commands
        if let counter, mayCall(counter, at: now) {
            let call = OfficeDay.Command.callNext(counter: counter, at: now)
            try remember([call])
            commands.append(call)
            if let number = day.counters[counter]?.visitor, let called = day.tickets[number],
                let visitor = visitors[called.person]
            {
                if visitor.staysAway {
                    calendar.append((now + .seconds(120), .skip(counter: counter, called: now)))
                } else {
                    calendar.append((now + .seconds(20), .begin(counter: counter)))
                    calendar.append((now + .seconds(seconds(visitor)), .free(counter: counter)))
                }
            }
        }
        if !commands.isEmpty { steps.append(.act(commands, at: now)) }
    }

    private func mayCall(_ counter: Int, at now: Instant) -> Bool {
        let minute = now.localMinute.minuteOfDay
        guard setting.hours.contains(where: { $0.from <= minute && minute < $0.to }),
            day.counters[counter].map({ $0.state == .open && $0.visitor == nil }) ?? false
        else { return false }
        let waiting = day.candidates(for: counter, at: now)
        return waiting.contains(where: \.isInside) || (!waiting.isEmpty && day.occupancy < day.capacity)
    }

    private mutating func remember(_ commands: [OfficeDay.Command]) throws {
        for command in commands { for event in try day.decide(command) { day.evolve(event) } }
    }
}
