extension DueDate {
    /// The same count, put off to `day` by a decision taken at `instant`.
    package func putOff(to day: Instant, decidedAt instant: Instant) -> DueDate {
        let (decided, due) = (instant.localMinute, day.localMinute)
        let line = ExplainedLine(first: decided.date, last: decided.date, counted: 0, reason: .putOff(to: due))
        return moved(to: day, isPaused: isPaused, line)
    }

    /// A day that was decided, moved on by the working time of a pause that began later; while the pause lasts it
    /// stays as it is.
    package func movedOn(by pause: Pause, calendar: WorkingCalendar) -> DueDate {
        let from = pause.from.localMinute
        guard let until = pause.until else {
            let line = ExplainedLine(
                first: from.date,
                last: from.date,
                counted: 0,
                reason: .pause(.stillPaused, from: from, until: nil)
            )
            return moved(to: at, isPaused: true, line)
        }
        let waited = calendar.workingMinutes(from: pause.from, to: until)
        let line = ExplainedLine(
            first: from.date,
            last: until.localMinute.date,
            counted: 0,
            reason: .pause(.paused(waited: waited, .workingMinutes), from: from, until: until.localMinute)
        )
        let end = waited > 0 ? calendar.adding(workingMinutes: waited, to: at) : at
        return moved(to: end, isPaused: isPaused, line)
    }

    /// The same count with a note that a change of the calendar moved it; when nothing came after, the day that was told
    /// then holds.
    package func recounted(
        from: Instant,
        to: Instant,
        at instant: Instant,
        because ground: Explanation,
        isLast: Bool
    ) -> DueDate {
        let day = instant.localDate
        let reason = ExplainedLine.Reason.recounted(from: from.localMinute, to: to.localMinute, because: ground)
        let line = ExplainedLine(first: day, last: day, counted: 0, reason: reason)
        return moved(to: isLast ? to : at, isPaused: isPaused, line)
    }

    private func moved(to at: Instant, isPaused: Bool, _ line: ExplainedLine) -> DueDate {
        DueDate(
            at: at,
            original: original,
            unit: unit,
            term: term,
            isPaused: isPaused,
            explanation: explanation + [line]
        )
    }
}
