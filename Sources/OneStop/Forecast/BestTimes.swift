package import Web

/// A stretch of a day in which few people come.
package struct QuietTime: Hashable, Sendable {
    package let from: HalfHour
    package let through: HalfHour
    /// People per half hour.
    package let expected: Double

    /// `14:00–15:30`.
    package var span: String { "\(from.label)–\(through.span.suffix(5))" }
    package var words: Words { Words("vắng nhất \(span)", "quietest \(span)") }
}

extension Forecast.Queue {
    /// The quietest hour and a half of each half of a day, quietest first; none on a closed day.
    ///
    /// By waits where they are known, else by people. The last half hour before closing is never advised: who comes then
    /// may not be served any more.
    package func bestTimes(on day: Forecast.Day, length: Int = 3) -> [QuietTime] {
        let sessions = day.sessions.map { $0.last?.halfHour == day.halfHours.last?.halfHour ? $0.dropLast() : $0[...] }
        var stretches: [(burden: Double, time: QuietTime)] = []
        for session in sessions {
            let halves = Array(session)
            guard !halves.isEmpty else { continue }
            let size = min(length, halves.count)
            for start in 0...(halves.count - size) {
                let part = halves[start..<start + size]
                let people = part.reduce(0) { $0 + $1.expected } / Double(size)
                let waits = part.compactMap { $0.wait?.expected }
                let burden = waits.count == size ? waits.reduce(0, +) / Double(size) + people * 1e-6 : people
                stretches.append(
                    (
                        burden,
                        QuietTime(
                            from: halves[start].halfHour,
                            through: halves[start + size - 1].halfHour,
                            expected: people
                        )
                    )
                )
            }
        }
        // Of equal ones the earlier.
        let ordered = stretches.sorted { ($0.burden, $0.time.from) < ($1.burden, $1.time.from) }
        guard let best = ordered.first else { return [] }
        let isMorning = best.time.from.index < 24
        let other = ordered.first { ($0.time.from.index < 24) != isMorning && !$0.time.overlaps(best.time) }
        return [best.time] + (other.map { [$0.time] } ?? [])
    }
}

extension QuietTime {
    fileprivate func overlaps(_ other: QuietTime) -> Bool { from <= other.through && other.from <= through }
}

extension Forecast.Day {
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
