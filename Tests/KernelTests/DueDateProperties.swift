import Kernel
import Testing

/// Statements that hold for every receipt and every term; thousands of them are drawn.
struct DueDateProperties {
    private static let calendars = [WorkingCalendar.vietnam, .commune, .saturday]

    private struct Case: CustomStringConvertible {
        let received: Instant
        let term: TimeLimit
        let rule: DueRule
        let calendar: WorkingCalendar
        let pauses: [Pause]

        init(_ dice: inout Dice) {
            // 2020 to 2026, to the millisecond.
            received = Instant(milliseconds: Int.random(in: 1_577_811_600_000..<1_798_736_400_000, using: &dice))
            term = TimeLimit(
                amount: Int.random(in: 1...25, using: &dice),
                unit: TimeLimit.Unit.allCases.randomElement(using: &dice)!
            )
            rule = DueRule(
                mode: DueRule.Mode.allCases.randomElement(using: &dice)!,
                cutoff: Int.random(in: 0..<1440, using: &dice),
                resume: DueRule.Resume.allCases.randomElement(using: &dice)!,
                phases: [TimeLimit(amount: Int.random(in: 1...9, using: &dice), unit: .workingDays)]
            )
            calendar = DueDateProperties.calendars.randomElement(using: &dice)!
            let start = received
            pauses = (0..<Int.random(in: 0...3, using: &dice)).map { _ in
                let from = start + .minutes(Int.random(in: 0...30 * 1440, using: &dice))
                return Pause(from: from, until: from + .minutes(Int.random(in: 0...20 * 1440, using: &dice)))
            }
        }

        var description: String {
            let pauses = pauses.map { "\($0.from.localMinute.rawValue)..\($0.until?.localMinute.rawValue ?? "")" }
            return "\(received.localMinute.rawValue), \(term), \(rule), \(pauses), \(calendar.hours(on: "2026-03-07"))"
        }

        func due(received: Instant? = nil, pauses: [Pause] = [], calendar: WorkingCalendar? = nil) -> DueDate {
            dueDate(
                received: received ?? self.received,
                term: term,
                rule: rule,
                pauses: pauses,
                calendar: calendar ?? self.calendar
            )
        }
    }

    @Test
    func `the counted lines add up to the term`() {
        var dice = Dice(state: 1)
        for _ in 0..<4000 {
            let drawn = Case(&dice)
            let plain = drawn.due()
            #expect(plain.counted == plain.term, "\(drawn)")
            switch (drawn.term.unit, plain.unit) {
            case (.sameDay, .workingDays): #expect(plain.term == 1)
            case (.workingHours, .workingMinutes): #expect(plain.term == drawn.term.amount * 60)
            case (.workingDays, .workingMinutes): #expect(plain.term == drawn.term.amount * 480)
            default: #expect(plain.term == drawn.term.amount && plain.unit.rawValue == drawn.term.unit.rawValue)
            }
            let paused = drawn.due(pauses: drawn.pauses)
            #expect(paused.counted == paused.term, "\(drawn)")
            #expect(paused.original == plain.at)
        }
    }

    @Test
    func `a counted line speaks of a working day, and a line of rest of a day of rest`() {
        var dice = Dice(state: 2)
        for _ in 0..<2000 {
            let drawn = Case(&dice)
            let due = drawn.due(pauses: drawn.pauses)
            for line in due.explanation {
                switch line.reason {
                case .workingDay, .firstDayCounted, .workingTime, .added, .addedTime:
                    #expect(drawn.calendar.isWorkingDay(line.first), "\(drawn)")
                case .rest: #expect(!drawn.calendar.isWorkingDay(line.first) && line.counted == 0, "\(drawn)")
                default: break
                }
            }
        }
    }

    @Test
    func `what comes later is not due earlier`() {
        var dice = Dice(state: 3)
        for _ in 0..<4000 {
            let drawn = Case(&dice)
            let later = drawn.received + Span(milliseconds: Int.random(in: 0...5 * 86_400_000, using: &dice))
            #expect(drawn.due().at <= drawn.due(received: later).at, "\(drawn) \(later)")
            // A dossier is not paused before it has come.
            let pauses = drawn.pauses.filter { $0.from >= later }
            #expect(drawn.due(pauses: pauses).at <= drawn.due(received: later, pauses: pauses).at, "\(drawn) \(later)")
        }
    }

    @Test
    func `is due within working hours, after receipt and after every pause that counted`() {
        var dice = Dice(state: 4)
        for _ in 0..<4000 {
            let drawn = Case(&dice)
            let due = drawn.due(pauses: drawn.pauses)
            let minute = due.at.localMinute
            #expect(
                drawn.calendar.hours(on: minute.date).contains {
                    $0.start < minute.minuteOfDay && minute.minuteOfDay <= $0.end
                },
                "\(drawn)"
            )
            #expect(due.at > drawn.received, "\(drawn)")
            #expect(due.at >= due.original || drawn.rule.resume != .extend, "\(drawn)")
            for line in due.explanation {
                if case .pause(let reason, _, let until?) = line.reason, reason != .pausedTooLate {
                    #expect(due.at.localMinute >= until, "\(drawn)")
                }
            }
        }
    }

    @Test
    func `another day off never makes anything due earlier`() {
        var dice = Dice(state: 5)
        for _ in 0..<3000 {
            let drawn = Case(&dice)
            let storm = DayOff(
                day: drawn.received.localDate.adding(days: Int.random(in: 0...30, using: &dice)),
                kind: .holiday,
                vi: "Nghỉ tránh bão",
                en: "Storm",
                basis: "Chỉ thị",
                status: .decided
            )
            let stormy = WorkingCalendar(days: CalendarDays.vietnam.adding(CalendarDays(daysOff: [storm])))
            let before = drawn.due(pauses: drawn.pauses, calendar: .vietnam)
            let after = drawn.due(pauses: drawn.pauses, calendar: stormy)
            #expect(before.at <= after.at, "\(drawn) \(storm.day.rawValue)")
        }
    }

    @Test
    func `every line has words in both languages`() {
        var dice = Dice(state: 6)
        for _ in 0..<500 {
            let drawn = Case(&dice)
            for line in drawn.due(pauses: drawn.pauses).explanation {
                for text in [line.when, line.text, line.basis].compactMap(\.self) {
                    #expect(!text.vi.isEmpty && !text.en.isEmpty)
                }
                #expect(line.text.vi != line.text.en)
            }
        }
    }
}
