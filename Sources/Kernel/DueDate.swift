/// How a procedure counts its time.
package struct DueRule: Codable, Hashable, Sendable {
    /// How working days are counted. Hours always run by the minute (Civil Code 2015, Art. 147.1), calendar days and
    /// months always from the day after receipt (Art. 147.2), a same-day result always by the cut-off.
    package enum Mode: String, Codable, CaseIterable, Sendable {
        /// The first day is the working day after the day of receipt.
        case excludeReceiptDay = "exclude-receipt-day"
        /// The day of receipt is the first day unless the dossier came after the cut-off.
        case includeIfBeforeCutoff = "include-if-before-cutoff"
        /// A working day is eight hours of work, counted by the minute from receipt.
        case workingMinutes = "working-minutes"
    }

    /// What happens to the clock when a pause ends.
    package enum Resume: String, Codable, CaseIterable, Sendable {
        /// The due date moves by the working time that was waited; a term in calendar days or months by the days.
        case extend
        /// The whole term runs again.
        case restart
        /// The term of the next phase runs.
        case phase
    }

    package var mode: Mode
    /// The last minute of the day, since midnight, at which a dossier still counts as received that day: the law
    /// speaks of what comes *after* 15:00.
    package var cutoff: Int
    package var resume: Resume
    /// With `phase`: the terms that run after the first pause, the second and so on; the last serves for all further
    /// ones, and without any the whole term runs again.
    package var phases: [TimeLimit]

    package init(
        mode: Mode = .excludeReceiptDay,
        cutoff: Int = 15 * 60,
        resume: Resume = .extend,
        phases: [TimeLimit] = []
    ) {
        self.mode = mode
        self.cutoff = cutoff
        self.resume = resume
        self.phases = phases
    }

    private enum CodingKeys: CodingKey { case mode, cutoff, resume, phases }

    /// Every part may be left out; the cut-off is written `15:00`.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init()
        mode = try container.decodeIfPresent(Mode.self, forKey: .mode) ?? mode
        resume = try container.decodeIfPresent(Resume.self, forKey: .resume) ?? resume
        phases = try container.decodeIfPresent([TimeLimit].self, forKey: .phases) ?? phases
        if let text = try container.decodeIfPresent(String.self, forKey: .cutoff) {
            guard let minutes = LocalMinute.minutes(text) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .cutoff,
                    in: container,
                    debugDescription: "\(text) is not a time of day such as 15:00"
                )
            }
            cutoff = minutes
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(mode, forKey: .mode)
        try container.encode(LocalMinute.timeOfDay(cutoff), forKey: .cutoff)
        try container.encode(resume, forKey: .resume)
        if !phases.isEmpty { try container.encode(phases, forKey: .phases) }
    }
}

/// A time in which the dossier waits for the applicant, or for a body whose time is not the agency's.
package struct Pause: Codable, Hashable, Sendable {
    package var from: Instant
    /// Nil while the pause lasts.
    package var until: Instant?

    package init(from: Instant, until: Instant? = nil) {
        self.from = from
        self.until = until
    }
}

/// When a dossier is due, and how that was counted.
package struct DueDate: Hashable, Sendable {
    /// What the counted lines of the explanation count.
    package enum Unit: String, Codable, Sendable {
        case workingDays = "working-days"
        case workingMinutes = "working-minutes"
        case days
        case months
    }

    package let at: Instant
    /// When it would have been due without any pause.
    package let original: Instant
    package let unit: Unit
    /// The term in `unit`s; equal to the sum of what the lines counted.
    package let term: Int
    /// The clock stands still; `at` will move when the pause ends.
    package let isPaused: Bool
    package let explanation: [ExplainedLine]

    package var counted: Int { explanation.reduce(0) { $0 + $1.counted } }

    /// The count met a day off that is not decided yet, or went beyond the days the calendar knows.
    package var isProvisional: Bool { explanation.contains(where: \.isProvisional) }

    /// What is said wherever the date is shown or printed: that it was counted over days of which no holidays are listed.
    package var unlistedDays: Explanation? {
        let said = explanation.filter(\.isUnlisted).map(\.text)
        guard !said.isEmpty else { return nil }
        return Explanation(vi: said.map(\.vi).joined(separator: "; "), en: said.map(\.en).joined(separator: "; "))
    }
}

/// Counts `term` from the receipt of a dossier and says of every day or stretch of work why it counted or did not.
///
/// A term of whole days is due when the last of them closes, a term in hours at the minute; both within working hours.
package func dueDate(
    received: Instant,
    term: TimeLimit,
    rule: DueRule = DueRule(),
    pauses: [Pause] = [],
    calendar: WorkingCalendar
) -> DueDate {
    var count = Count(calendar: calendar, rule: rule, term: term, received: received)
    let original = count.at
    var isPaused = false
    var phase = 0
    var free = received
    for pause in pauses.sorted(by: { $0.from < $1.from }) {
        // Pauses that overlap are waited for once.
        let from = max(pause.from, free)
        guard from < count.at else {
            count.note(.pausedTooLate, from: pause.from, until: pause.until)
            continue
        }
        guard let until = pause.until else {
            count.note(.stillPaused, from: from, until: nil)
            isPaused = true
            break
        }
        guard from < until else { continue }
        free = until
        switch rule.resume {
        case .extend: count.extend(from: from, until: until)
        case .restart: count.restart(term, from: from, until: until)
        case .phase:
            let next = rule.phases.isEmpty ? term : rule.phases[min(phase, rule.phases.count - 1)]
            count.restart(next, from: from, until: until)
            phase += 1
        }
    }
    count.noteUnknownDays(since: received.localDate)
    return DueDate(
        at: count.at,
        original: original,
        unit: count.unit,
        term: count.amount,
        isPaused: isPaused,
        explanation: count.lines
    )
}

/// When the agency must have answered an online filing: eight working hours after it reached the system, whatever
/// the term of the procedure (Decree 45/2020).
package func firstAnswerDue(filed: Instant, calendar: WorkingCalendar) -> DueDate {
    dueDate(received: filed, term: TimeLimit(amount: 8, unit: .workingHours), calendar: calendar)
}

/// A count in progress: the due date so far and the lines that led to it.
private struct Count {
    let calendar: WorkingCalendar
    let rule: DueRule
    private(set) var lines: [ExplainedLine] = []
    private(set) var at: Instant
    private(set) var unit = DueDate.Unit.workingDays
    private(set) var amount = 0
    private var beginning = ExplainedLine.Beginning.receipt
    /// The last day of a term in calendar days or months, before it moves on to a working day.
    private var lastDay: LocalDate

    init(calendar: WorkingCalendar, rule: DueRule, term: TimeLimit, received: Instant) {
        self.calendar = calendar
        self.rule = rule
        at = received
        lastDay = received.localDate
        run(term, from: received)
    }

    private mutating func run(_ term: TimeLimit, from received: Instant) {
        // A term of nothing would be due before the agency could open the dossier.
        let amount = max(1, term.amount)
        let day = received.localDate
        switch (term.unit, rule.mode) {
        case (.sameDay, _): run(days: 1, from: received, receiptDayMayCount: true)
        case (.workingDays, .excludeReceiptDay): run(days: amount, from: received, receiptDayMayCount: false)
        case (.workingDays, .includeIfBeforeCutoff): run(days: amount, from: received, receiptDayMayCount: true)
        // Labour Code 2019, Art. 105.1: a normal working day has eight hours, whatever the hours of the office.
        case (.workingDays, .workingMinutes): run(minutes: amount * 480, from: received)
        case (.workingHours, _): run(minutes: amount * 60, from: received)
        case (.days, _): run(amount, .days, from: day, to: day.adding(days: amount), .days(beginning))
        case (.months, _): run(amount, .months, from: day, to: day.adding(months: amount), .months)
        }
    }

    private mutating func run(days: Int, from received: Instant, receiptDayMayCount: Bool) {
        (unit, amount) = (.workingDays, days)
        let minute = received.localMinute
        var day = minute.date
        var counted = 0
        let closing = calendar.hours(on: day).last?.end
        if let closing, receiptDayMayCount, minute.minuteOfDay <= rule.cutoff, minute.minuteOfDay < closing {
            counted = 1
            line(day, counted: 1, .firstDayCounted(beginning, of: days, cutoff: rule.cutoff))
        } else if !receiptDayMayCount {
            line(day, .firstDay(beginning))
        } else if let closing {
            line(day, minute.minuteOfDay < closing ? .afterCutoff(beginning, rule.cutoff) : .afterClosing(beginning))
        } else {
            line(day, .rest(calendar.status(of: day)))
        }
        while counted < days {
            day = day.adding(days: 1)
            counted += work(on: day) { .workingDay(number: counted + 1, of: days, $0) }
        }
        at = calendar.closing(on: day)
    }

    /// Writes the line of one day of a count; 1 when it is a working day.
    private mutating func work(
        on day: LocalDate,
        counts: Bool = true,
        reason: (WorkingCalendar.Status) -> ExplainedLine.Reason
    ) -> Int {
        let status = calendar.status(of: day)
        switch status {
        case .working, .makeUp:
            line(day, counted: counts ? 1 : 0, reason(status))
            return 1
        case .weeklyRest, .off:
            line(day, .rest(status))
            return 0
        }
    }

    private mutating func run(minutes: Int, from received: Instant) {
        (unit, amount) = (.workingMinutes, minutes)
        run(minutes: minutes, from: received, counts: true)
    }

    /// Lets `minutes` of work pass after `start` and moves the due date to their end.
    private mutating func run(minutes: Int, from start: Instant, counts: Bool) {
        let first = start.localMinute
        if let closing = calendar.hours(on: first.date).last?.end, closing <= first.minuteOfDay, counts {
            line(first.date, .afterClosing(beginning))
        }
        var day = first.date
        var left = minutes
        calendar.work(minutes, from: start) { date, from, to in
            rests(from: day, to: date)
            day = date.adding(days: 1)
            left -= to - from
            line(
                date,
                hours: WorkingInterval(start: from, end: to),
                counted: counts ? to - from : 0,
                counts ? .workingTime(left: left) : .addedTime(minutes: to - from)
            )
            at = Instant(LocalMinute(date: date, minuteOfDay: to))
        }
    }

    /// Writes the lines of the days of rest from `first` up to, but not including, `end`.
    private mutating func rests(from first: LocalDate, to end: LocalDate) {
        var day = first
        while day < end {
            switch calendar.status(of: day) {
            case .weeklyRest, .off: line(day, .rest(calendar.status(of: day)))
            case .working, .makeUp: break
            }
            day = day.adding(days: 1)
        }
    }

    private mutating func run(
        _ amount: Int,
        _ unit: DueDate.Unit,
        from received: LocalDate,
        to last: LocalDate,
        _ reason: ExplainedLine.Reason
    ) {
        (self.unit, self.amount) = (unit, amount)
        line(received, .firstDay(beginning))
        lines.append(
            ExplainedLine(first: received.adding(days: 1), last: last, counted: amount, reason: reason)
        )
        end(on: last)
    }

    /// Ends a term in calendar days or months on `last`, or on the next working day (Civil Code 2015, Art. 148.5).
    private mutating func end(on last: LocalDate) {
        lastDay = last
        let day = calendar.workingDay(onOrAfter: last)
        rests(from: last, to: day)
        if day != last { line(day, .movedOn) }
        at = calendar.closing(on: day)
    }

    mutating func extend(from: Instant, until: Instant) {
        switch unit {
        case .workingDays:
            // Both ends stand for the working day they fall into or before, so that pauses in a row add up to one
            // long pause, and the new due date never precedes the end of the pause.
            let waited = calendar.workingDays(
                from: calendar.workingDay(at: from),
                to: calendar.workingDay(at: until)
            )
            note(.paused(waited: waited, unit), from: from, until: until)
            var day = at.localDate
            var added = 0
            while added < waited {
                day = day.adding(days: 1)
                added += work(on: day, counts: false) { _ in .added(number: added + 1, of: waited) }
            }
            at = calendar.closing(on: day)
        case .workingMinutes:
            let waited = calendar.workingMinutes(from: from, to: until)
            note(.paused(waited: waited, unit), from: from, until: until)
            run(minutes: waited, from: at, counts: false)
        case .days, .months:
            let (first, last) = (from.localDate, until.localDate)
            let waited = last.dayNumber - first.dayNumber
            note(.paused(waited: waited, .days), from: from, until: until)
            // When the last day is a day of rest and the pause begins between it and the day it moved on to, the
            // term has been at its end since then: the day of the answer becomes the last.
            let end = max(first, lastDay)
            let moved = end.adding(days: waited)
            if waited > 0 {
                lines.append(
                    ExplainedLine(first: end.adding(days: 1), last: moved, counted: 0, reason: .addedDays(waited))
                )
            }
            // An answer after the closing time of the last day leaves the agency its next working day.
            if moved == last, calendar.isWorkingDay(last), calendar.closing(on: last) <= until {
                line(last, .afterClosing(.resumption))
                self.end(on: moved.adding(days: 1))
            } else {
                self.end(on: moved)
            }
        }
    }

    /// Forgets what was counted and counts `term` from the end of the pause.
    mutating func restart(_ term: TimeLimit, from: Instant, until: Instant) {
        lines.removeAll { !$0.isAboutPause }
        note(.restarted, from: from, until: until)
        beginning = .resumption
        run(term, from: until)
    }

    mutating func note(_ reason: ExplainedLine.PauseReason, from: Instant, until: Instant?) {
        let (first, last) = (from.localMinute, until?.localMinute)
        lines.append(
            ExplainedLine(
                first: first.date,
                last: last?.date ?? first.date,
                counted: 0,
                reason: .pause(reason, from: first, until: last)
            )
        )
    }

    /// Says so when the count went over days of which the calendar knows nothing, before those that it knows or after.
    mutating func noteUnknownDays(since first: LocalDate) {
        if let since = calendar.since, first < since {
            lines.append(
                ExplainedLine(
                    first: first,
                    last: min(at.localDate, since.adding(days: -1)),
                    counted: 0,
                    reason: .unknownDaysBefore(since)
                )
            )
        }
        if let through = calendar.through, at.localDate > through {
            lines.append(
                ExplainedLine(
                    first: through.adding(days: 1),
                    last: at.localDate,
                    counted: 0,
                    reason: .unknownDays(after: through)
                )
            )
        }
    }

    private mutating func line(
        _ day: LocalDate,
        hours: WorkingInterval? = nil,
        counted: Int = 0,
        _ reason: ExplainedLine.Reason
    ) {
        lines.append(ExplainedLine(first: day, last: day, hours: hours, counted: counted, reason: reason))
    }
}
