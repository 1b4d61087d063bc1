import Kernel

/// How long each visitor of a day has occupied a counter, the way to it included: what the office learns from.
///
/// A visit that says nothing about the work is left out: one that nobody ended before the lunch break or the evening, and
/// one that was called and ended at once by mistake.
struct ServedVisits: Hashable, Sendable {
    private(set) var seconds: [LineKey: [Int]] = [:]
    /// Those of reception, by the field that was received.
    var ofFields: [String: [Int]] {
        seconds.reduce(into: [:]) { fields, served in
            if served.key.purpose == .reception, let field = served.key.field { fields[field] = served.value }
        }
    }

    /// Visitors who correct their papers: what they have taken so far, nil when that is not known.
    private var begun: [TicketNumber: Int?] = [:]

    /// Nobody is served in less, nor looked after for longer without a pause.
    private static let believable = 30...7200

    /// The visitor leaves the counter, to come back to it.
    mutating func interrupt(_ ticket: Ticket, at end: Instant, on setting: DaySetting) {
        begun[ticket.number] = total(ticket, at: end, on: setting)
    }

    /// What is known of a visit that goes on: nil when it has not been interrupted.
    typealias Mark = Int??

    func mark(_ number: TicketNumber) -> Mark { begun[number] }

    /// The visitor had not left: what was noted of the end is gone, and what was known before stands again.
    mutating func takeBack(
        _ ticket: Ticket,
        at end: Instant,
        on setting: DaySetting,
        to mark: Mark,
        wasEnded: Bool
    ) {
        begun[ticket.number] = mark
        guard wasEnded, let total = total(ticket, at: end, on: setting),
            let place = seconds[ticket.line]?.lastIndex(of: total)
        else { return }
        seconds[ticket.line]?.remove(at: place)
        if seconds[ticket.line]?.isEmpty ?? false { seconds[ticket.line] = nil }
    }

    mutating func finish(_ ticket: Ticket, at end: Instant, on setting: DaySetting) {
        let total = total(ticket, at: end, on: setting)
        begun[ticket.number] = nil
        if let total, Self.believable.contains(total) { seconds[ticket.line, default: []].append(total) }
    }

    private func total(_ ticket: Ticket, at end: Instant, on setting: DaySetting) -> Int? {
        guard let start = ticket.calledAt, !setting.isForgotten(from: start, to: end) else { return nil }
        let before: Int? = begun[ticket.number] ?? 0
        return before.map { $0 + (end - start).milliseconds / 1000 }
    }
}

extension DaySetting {
    /// A visit that lasts through a whole break, or until long after closing, was not ended when its visitor went.
    fileprivate func isForgotten(from start: Instant, to end: Instant) -> Bool {
        let lastsThroughBreak = zip(hours, hours.dropFirst()).contains { before, after in
            start < instant(before.to) && end >= instant(after.from)
        }
        return lastsThroughBreak || closes.map { end >= $0 + .hours(1) } ?? false
    }
}
