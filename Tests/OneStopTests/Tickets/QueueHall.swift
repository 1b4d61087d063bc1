import Foundation
import Kernel
import Persistence

@testable import OneStop

/// A commune's one-stop office on a Monday: land at counters 1 and 2, civil status at 2 and 3, results at 4.
struct QueueHall {
    static let date = LocalDate(year: 2026, month: 11, day: 23)!
    static let land = LineKey(.reception, field: "land")
    static let civil = LineKey(.reception, field: "civil-status")
    static let results = LineKey(.result)

    static func setting(
        capacity: Int = 20,
        minutes: (land: Int, civil: Int, results: Int) = (12, 8, 4)
    ) -> DaySetting {
        DaySetting(
            date: date,
            hours: [.init(from: 450, to: 690), .init(from: 810, to: 1020)],
            lines: [
                TicketLine(land, letter: "A", declaredMinutes: minutes.land),
                TicketLine(civil, letter: "B", declaredMinutes: minutes.civil),
                TicketLine(results, letter: "T", declaredMinutes: minutes.results),
            ],
            positions: [.init(1, [land]), .init(2, [land, civil]), .init(3, [civil]), .init(4, [results])],
            capacity: capacity
        )
    }

    private(set) var day = OfficeDay()
    private(set) var events: [OfficeDay.Event] = []

    init(capacity: Int = 20, open: [Int] = [1, 2, 3, 4]) throws {
        let setting = Self.setting(capacity: capacity)
        try perform(.open(setting))
        for number in open {
            let lines = setting.positions.first { $0.number == number }?.lines ?? []
            try perform(.openCounter(number, lines: lines, at: Self.at("07:30")))
        }
    }

    /// Somebody at a counter, who may do whatever is done in a hall.
    static func circumstances(_ at: Instant) -> Circumstances {
        Circumstances(at: at, actor: .officer(id: ID(rawValue: "counter")))
    }

    static func at(_ time: String) -> Instant {
        Instant(LocalMinute(date: date, minuteOfDay: LocalMinute.minutes(time) ?? 0))
    }

    @discardableResult
    mutating func perform(_ command: OfficeDay.Command) throws(OfficeDay.Refusal) -> [OfficeDay.Event] {
        let caused = try day.decide(command)
        for event in caused { day.evolve(event) }
        events += caused
        return caused
    }

    @discardableResult
    mutating func take(
        _ person: String,
        _ line: LineKey = land,
        _ time: String = "07:30",
        priority: PriorityReason? = nil,
        claiming claimed: PriorityReason? = nil,
        appointment: String? = nil
    ) throws(OfficeDay.Refusal) -> TicketNumber {
        let caused = try perform(
            .take(
                TicketRequest(
                    line,
                    by: PersonKey(rawValue: person),
                    priority: priority,
                    claiming: claimed,
                    appointment: appointment.map(Self.at)
                ),
                at: Self.at(time)
            )
        )
        for case .taken(let number, _, _, _, _, _) in caused { return number }
        throw .noSuchTicket
    }

    @discardableResult
    mutating func next(_ counter: Int = 1, _ time: String = "08:00") throws(OfficeDay.Refusal) -> TicketNumber? {
        try perform(.callNext(counter: counter, at: Self.at(time)))
        return day.counters[counter]?.visitor
    }

    /// Whoever was called has come at once, where nobody has said when.
    mutating func begin(_ counter: Int = 1, _ time: String = "08:00") throws(OfficeDay.Refusal) {
        guard let visitor = day.counters[counter]?.visitor, case .called = stage(visitor) else { return }
        try perform(.begin(counter: counter, at: Self.at(time)))
    }

    mutating func finish(_ counter: Int = 1, _ time: String = "08:00") throws(OfficeDay.Refusal) {
        try begin(counter, time)
        try perform(.finish(counter: counter, at: Self.at(time)))
    }

    func stage(_ number: TicketNumber) -> Ticket.Stage? { day.tickets[number]?.stage }
    func isInside(_ number: TicketNumber) -> Bool { day.tickets[number]?.isInside ?? false }
}

extension TicketNumber: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(rawValue: value) }
}
