package import Kernel
package import Web

/// A stretch of a day in which to come: few others do, or nobody waits long.
package struct QuietTime: Hashable, Sendable {
    package let from: HalfHour
    package let through: HalfHour
    /// People per half hour.
    package let expected: Double
    /// Minutes, where they are known; then it is chosen by them.
    package let wait: Double?

    /// `14:00–15:30`.
    package var span: String { "\(from.label)–\(through.span.suffix(5))" }
    package var words: Words {
        wait == nil
            ? Words("vắng nhất \(span)", "quietest \(span)") : Words("chờ ít nhất \(span)", "shortest wait \(span)")
    }
}

extension Forecast.Queue {
    /// The quietest hour and a half of each half of a day, quietest first; none on a closed day.
    ///
    /// By waits where they are known, else by people. The last half hour before closing is never advised: who comes then
    /// may not be served any more.
    package func bestTimes(on day: Forecast.Day, length: Int = 3) -> [QuietTime] {
        let sessions = day.sessions.map { session in
            let last = session.last?.halfHour == day.halfHours.last?.halfHour ? session.dropLast() : session[...]
            return last.filter { day.isServed($0.halfHour) }
        }
        let knowsWaits = day.halfHours.contains { $0.wait != nil }
        var stretches: [(burden: Double, time: QuietTime)] = []
        for session in sessions {
            let halves = Array(session)
            guard !halves.isEmpty else { continue }
            let size = min(length, halves.count)
            for start in 0...(halves.count - size) {
                let part = halves[start..<start + size]
                let people = part.reduce(0) { $0 + $1.expected } / Double(size)
                let waits = part.compactMap { $0.wait?.expected }
                // Whoever comes when no counter will serve them any more has come in vain.
                if knowsWaits, waits.count < size { continue }
                let wait = knowsWaits ? waits.reduce(0, +) / Double(size) : nil
                // Where nobody ever waits, the fewer people the better.
                let burden = wait.map { max($0, 1) + people * 1e-6 } ?? people
                stretches.append(
                    (
                        burden,
                        QuietTime(
                            from: halves[start].halfHour,
                            through: halves[start + size - 1].halfHour,
                            expected: people,
                            wait: wait
                        )
                    )
                )
            }
        }
        // Of equal ones the earlier.
        let ordered = stretches.sorted { ($0.burden, $0.time.from) < ($1.burden, $1.time.from) }
        guard let best = ordered.first else { return [] }
        let isMorning = best.time.from.index < 24
        // The best of a bad half of the day is no advice.
        let limit = best.burden * 1.5 + (knowsWaits ? 5 : 0)
        let other = ordered.first {
            ($0.time.from.index < 24) != isMorning && !$0.time.overlaps(best.time) && $0.burden <= limit
        }
        return [best.time] + (other.map { [$0.time] } ?? [])
    }
}

extension QuietTime {
    fileprivate func overlaps(_ other: QuietTime) -> Bool { from <= other.through && other.from <= through }
}

extension Forecast.Queue {
    /// Those of them that are not over: the one answer to when to come, wherever it is asked.
    package func comingTimes(on day: Forecast.Day, at now: LocalMinute) -> [QuietTime] {
        guard day.date >= now.date else { return [] }
        return bestTimes(on: day).filter { day.date > now.date || $0.through.end > now.minuteOfDay }
    }
}

extension Forecast.Day {
    /// Whether counters serve all through a half hour.
    fileprivate func isServed(_ half: HalfHour) -> Bool {
        served.map { $0.contains { $0.start <= half.start && half.end <= $0.end } } ?? true
    }

    /// Half hours that follow one another without a break.
    fileprivate var sessions: [[Forecast.HalfHourOfDay]] {
        var sessions: [[Forecast.HalfHourOfDay]] = []
        for half in halfHours {
            if let last = sessions.last?.last, last.halfHour.index + 1 == half.halfHour.index {
                sessions[sessions.count - 1].append(half)
            } else {
                sessions.append([half])
            }
        }
        return sessions
    }
}
