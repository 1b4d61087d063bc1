import Agencies
import Kernel

extension VisitPurpose {
    /// How long somebody takes of whose errand nothing else is known.
    var usualMinutes: Int {
        switch self {
        case .reception: OfficeModel.usualMinutes
        case .result: 5
        case .onlineHelp: 15
        case .postDropOff: 3
        }
    }
}

extension DaySetting {
    /// The day as the office's model and its calendar have it; nil on a day on which nobody is received, or when nobody
    /// has set the office up. `fields` are the keys of the fields that the office may receive, in the order in which they
    /// get their letters.
    init?(_ days: ReceptionDays, fields: [String], at now: Instant) {
        let model = days.office
        let date = now.localDate
        let sessions = days.on(date).sessions
        guard model.isReady, !sessions.isEmpty else { return nil }
        // A commune receives some dozens of fields: those of which the office has said something have a line of their
        // own, the others share one. A field that a counter names has one even while nobody knows how long it takes:
        // the shared line is not called at counters that serve some fields only.
        let known = model.knownFields
        let received = fields.filter { field in
            known.contains(field) && sessions.contains { $0.receives(field) }
                && model.counters.contains { $0.receives && $0.serves(field) }
        }
        var letters = Self.letters.makeIterator()
        var lines = received.map { field in
            TicketLine(
                LineKey(.reception, field: field),
                letter: letters.next() ?? "Z",
                declaredMinutes: model.minutes(of: field)
            )
        }
        let hasOthers =
            fields.contains { !known.contains($0) } && sessions.contains { $0.fields == nil }
            && model.counters.contains { $0.receives && $0.fields == nil }
        if hasOthers {
            lines.append(
                TicketLine(
                    LineKey(.reception),
                    letter: letters.next() ?? "Z",
                    declaredMinutes: VisitPurpose.reception.usualMinutes
                )
            )
        }
        lines += [
            TicketLine(LineKey(.result), letter: "T", declaredMinutes: VisitPurpose.result.usualMinutes),
            TicketLine(LineKey(.onlineHelp), letter: "H", declaredMinutes: VisitPurpose.onlineHelp.usualMinutes),
            TicketLine(LineKey(.postDropOff), letter: "P", declaredMinutes: VisitPurpose.postDropOff.usualMinutes),
        ]
        let numbers = Self.numbers(of: model.counters)
        let hasReturns = model.counters.contains { $0.kind != .reception }
        let positions = zip(numbers, model.counters).map { number, counter in
            let reception =
                counter.receives
                ? received.filter(counter.serves).map { LineKey(.reception, field: $0) }
                    + (hasOthers && counter.fields == nil ? [LineKey(.reception)] : [])
                    + [LineKey(.onlineHelp), LineKey(.postDropOff)] : []
            let returns = counter.kind != .reception || !hasReturns ? [LineKey(.result)] : []
            return Position(number, reception + returns)
        }
        self.init(
            date: date,
            hours: sessions.map { Hours(from: $0.hours.start, to: $0.hours.end) },
            lines: lines,
            positions: positions.sorted { $0.number < $1.number },
            capacity: days.ordered.hallCapacity(at: now),
            asksHealth: days.ordered.orders.inForce(at: now).asksHealth
        )
    }

    /// Without those of the other purposes, and without I and O, which look like 1 and 0.
    private static let letters: [String] = {
        let single = "ABCDEFGKLMNQRSUVXY".map { String($0) }
        return single + single.flatMap { first in single.map { first + $0 } }
    }()

    /// The number that stands above each counter, as in `Quầy 3`; the next free one where there is none.
    private static func numbers(of counters: [ServiceCounter]) -> [Int] {
        var taken: Set<Int> = []
        let named = counters.map { counter in
            Int(typed: counter.name.filter(\.isASCII).filter(\.isNumber).prefix(3), in: 0...999).flatMap {
                taken.insert($0).inserted ? $0 : nil
            }
        }
        return named.map { number in
            if let number { return number }
            let free = (1...).first { !taken.contains($0) } ?? 0
            taken.insert(free)
            return free
        }
    }
}
