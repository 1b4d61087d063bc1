import Kernel

@testable import OneStop

/// Somebody who stands in the hall, writes down what happens, and knows the rules from the notice on the wall only:
/// it shares no code with the aggregate that it checks.
struct HallWatch {
    private struct Person {
        let order: Int
        var line: LineKey
        let takenAt: Instant
        var priority: Bool
        let appointment: Instant?
        var correctedAt: Instant?
        var awayUntil: Instant?
        var heldFor: Int?
        var missedOnce = false
        var wentElsewhere = false
    }

    let capacity: Int
    private var people: [TicketNumber: Person] = [:]
    private var waiting: Set<TicketNumber> = []
    private var correcting: [TicketNumber: Int] = [:]
    private var inside: Set<TicketNumber> = []
    private var counters: [Int: [LineKey]] = [:]
    private var expected: [TicketNumber: ExpectedTime] = [:]

    private(set) var mostInside = 0
    private(set) var injustices: [String] = []
    private(set) var outOfOrder = 0
    private(set) var finished = 0
    private(set) var missed = 0
    private(set) var unserved = 0
    private(set) var refusals: [OfficeDay.Refusal] = []
    /// Of everybody who was told a time and waited in the hall: how many minutes later than told they were called, and whether the call
    /// came within the range.
    private(set) var errors: [(late: Double, isWithin: Bool, waited: Double)] = []

    init(capacity: Int) { self.capacity = capacity }

    var taken: Int { people.count }
    var stillWaiting: Int { waiting.count + correcting.count }

    mutating func expect(_ time: ExpectedTime?, of number: TicketNumber) { expected[number] = time }
    mutating func refused(_ refusal: OfficeDay.Refusal) { refusals.append(refusal) }

    mutating func see(_ events: [OfficeDay.Event], at now: Instant) {
        for event in events {
            see(event)
            mostInside = max(mostInside, inside.count)
        }
    }

    private mutating func see(_ event: OfficeDay.Event) {
        switch event {
        case .opened, .capacityChanged, .recalled, .begun, .healthRulesAcknowledged, .papersChecked,
            .priorityClaimed,
            // Nobody in the simulated day presses the wrong button.
            .takenBack:
            break
        case .priorityConfirmed(let number, _, _): people[number]?.priority = true
        case .taken(let number, let line, _, let priority, let appointment, let at):
            people[number] = Person(
                order: people.count,
                line: line,
                takenAt: at,
                priority: priority != nil,
                appointment: appointment
            )
            waiting.insert(number)
        case .letIn(let number, _): inside.insert(number)
        case .askedOut(let number, _): inside.remove(number)
        case .counterOpened(let counter, let lines, _): counters[counter] = lines
        case .counterPaused(let counter, _, _), .counterClosed(let counter, _): counters[counter] = nil
        case .called(let number, let counter, let reason, let at): call(number, counter, reason, at)
        case .missed(let number, _, _):
            people[number]?.missedOnce = true
            inside.remove(number)
            missed += 1
        case .cameBack(let number, let at):
            if let counter = correcting.removeValue(forKey: number) {
                people[number]?.correctedAt = at
                people[number]?.heldFor = counter
            }
            people[number]?.awayUntil = nil
            waiting.insert(number)
        case .sentToCorrect(let number, let counter, _):
            correcting[number] = counter
            inside.remove(number)
        case .transferred(let number, let line, let counter, _):
            people[number]?.line = line
            people[number]?.heldFor = counter
            waiting.insert(number)
            inside.remove(number)
        case .finished(let number, _, _, _):
            finished += 1
            inside.remove(number)
        case .wentElsewhere(let number, let until, _):
            people[number]?.awayUntil = until
            people[number]?.wentElsewhere = true
            inside.remove(number)
        case .gaveUp(let number, _), .unserved(let number, _):
            if waiting.remove(number) != nil || correcting.removeValue(forKey: number) != nil { unserved += 1 }
            inside.remove(number)
        case .closed: break
        }
    }

    private mutating func call(_ number: TicketNumber, _ counter: Int, _ reason: OutOfOrderReason?, _ at: Instant) {
        let rivals = waiting.filter { rival in
            guard rival != number, let person = people[rival] else { return false }
            if let away = person.awayUntil, away > at { return false }
            if let held = person.heldFor, held != counter, counters[held] != nil { return false }
            return counters[counter]?.contains(person.line) ?? false
        }
        let passed = rivals.filter { isBefore($0, number, at) }
        if reason != nil {
            outOfOrder += 1
        } else if let first = passed.min() {
            injustices.append("\(number.rawValue) was called to \(counter) before \(first.rawValue)")
        }
        waiting.remove(number)
        inside.insert(number)
        guard let person = people[number], let turn = expected.removeValue(forKey: number), let likely = turn.likely,
            !person.missedOnce, !person.wentElsewhere
        else { return }
        errors.append(
            (
                late: Double((at - likely).milliseconds) / 60_000,
                isWithin: at >= turn.earliest && at <= turn.latest ?? at,
                waited: Double((at - person.takenAt).milliseconds) / 60_000
            )
        )
    }

    /// The notice on the wall: due appointments of those who came in time, corrected papers, priority, arrival.
    private func isBefore(_ left: TicketNumber, _ right: TicketNumber, _ at: Instant) -> Bool {
        guard let left = people[left], let right = people[right] else { return false }
        let (a, b) = (rank(left, at), rank(right, at))
        if a != b { return a < b }
        if a == 0, left.appointment != right.appointment { return (left.appointment ?? at) < (right.appointment ?? at) }
        if a == 1, left.correctedAt != right.correctedAt { return (left.correctedAt ?? at) < (right.correctedAt ?? at) }
        return left.order < right.order
    }

    private func rank(_ person: Person, _ at: Instant) -> Int {
        if let time = person.appointment, at >= time, person.takenAt <= time + .minutes(15) { return 0 }
        if person.correctedAt != nil { return 1 }
        return person.priority ? 2 : 3
    }
}
