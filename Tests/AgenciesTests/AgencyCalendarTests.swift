import Kernel
import TestSupport
import Testing
import Web

@testable import Agencies

struct AgencyCalendarTests {
    static let document = LegalDocument(number: "12/QĐ-UBND", date: day("2026-11-20"))
    static let morning = [WorkingInterval(rawValue: "07:30-11:30")!]
    static let storm = CalendarDecision(
        .dayOff(first: day("2026-11-25"), last: day("2026-11-26")),
        reason: "Nghỉ tránh bão",
        document: document
    )
    static let saturday = CalendarDecision(
        .workingDay(day: day("2026-11-28"), hours: morning),
        reason: "Làm bù",
        document: document
    )
    static let week = CalendarDecision(
        .week(from: day("2026-12-01"), hours: WeeklyHours([1: morning])!),
        reason: "Giờ mùa đông",
        document: document
    )
    static let entry = ID<CalendarEntry>(rawValue: "e1")

    static func day(_ text: String) -> LocalDate { LocalDate(rawValue: text)! }

    static func past(_ decision: CalendarDecision) throws -> AgencyCalendar {
        var calendar = AgencyCalendar()
        for event in try calendar.decide(.decide(decision, as: entry)) { calendar.evolve(event) }
        return calendar
    }

    @Test(arguments: [storm, saturday, week])
    func `a decision stands until it is withdrawn, once`(decision: CalendarDecision) throws {
        var calendar = try Self.past(decision)
        #expect(calendar.standing == [Self.entry: decision])
        let events = try calendar.decide(.withdraw(Self.entry, reason: "nhập nhầm"))
        #expect(events == [.withdrawn(entry: Self.entry, reason: "nhập nhầm")])
        for event in events { calendar.evolve(event) }
        #expect(calendar.standing.isEmpty)
        #expect(throws: AgencyCalendar.Refusal.withdrawnBefore) {
            try calendar.decide(.withdraw(Self.entry, reason: "lần nữa"))
        }
        #expect(throws: AgencyCalendar.Refusal.noSuchEntry) {
            try calendar.decide(.withdraw(ID(rawValue: "e2"), reason: "không có"))
        }
    }

    @Test(
        arguments: [
            (storm, CalendarDecision.Change.dayOff(first: day("2026-11-26"), last: day("2026-11-27")), true),
            (storm, .workingDay(day: day("2026-11-25"), hours: morning), true),
            (storm, .dayOff(first: day("2026-11-27"), last: day("2026-11-27")), false),
            (storm, .week(from: day("2026-11-25"), hours: .standard), false),
            (week, .week(from: day("2026-12-01"), hours: .standard), true),
            (week, .week(from: day("2026-12-02"), hours: .standard), false),
        ]
    )
    func `of one day an authority says one thing`(
        earlier: CalendarDecision,
        change: CalendarDecision.Change,
        isRefused: Bool
    ) throws {
        let calendar = try Self.past(earlier)
        let command = AgencyCalendar.Command.decide(
            CalendarDecision(change, reason: "khác", document: Self.document),
            as: ID(rawValue: "e2")
        )
        if isRefused {
            #expect(throws: AgencyCalendar.Refusal.decidedBefore(first: earlier.first, document: Self.document)) {
                try calendar.decide(command)
            }
        } else {
            #expect(try calendar.decide(command).count == 1)
        }
    }

    @Test func `events are stored as ever`() throws {
        let examples: [AgencyCalendar.Event] = [
            AgencyCalendar.Event.dayOffDecided(
                entry: Self.entry,
                first: Self.day("2026-11-25"),
                last: Self.day("2026-11-26"),
                reason: "Bão",
                document: Self.document
            ),
            .workingDayDecided(
                entry: Self.entry,
                day: Self.day("2026-11-28"),
                hours: Self.morning,
                reason: "Bù",
                document: Self.document
            ),
            .weekDecided(
                entry: Self.entry,
                from: Self.day("2026-12-01"),
                hours: WeeklyHours([1: Self.morning])!,
                reason: "Giờ",
                document: Self.document
            ),
            .withdrawn(entry: Self.entry, reason: "nhầm"),
        ]
        #expect(try faultsOfStoredForms("AgencyCalendar.Event", examples) == [])
    }

    @Test
    func `a form is read as people type it`() throws {
        var form = FormData()
        for (name, value) in [
            ("day", "28/11/2026"), ("morning", "7h30 – 11h30"), ("reason", "Làm bù"), ("number", "12/QĐ-UBND"),
            ("date", "20-11-2026"),
        ] { form.append(name, value) }
        let decision = try CalendarDecision(form, .workingDay, today: Self.day("2026-11-23"))
        #expect(decision == Self.saturday)
    }

    @Test(
        arguments: [
            ("first", ["last": "24/11/2026"]), ("last", ["first": "25/11/2026", "last": "24/11/2026"]),
            ("first", ["first": "25/11/2096"]), ("last", ["first": "25/11/2026", "last": "25/11/2027"]),
        ]
    )
    func `a day that cannot be is told at its field`(field: String, typed: [String: String]) throws {
        var form = FormData()
        for (name, value) in typed.merging(
            ["reason": "x", "number": "1", "date": "20/11/2026"],
            uniquingKeysWith: { $1 }
        ) {
            form.append(name, value)
        }
        let problem = #expect(throws: Problem.self) {
            try CalendarDecision(form, .dayOff, today: Self.day("2026-11-23"))
        }
        #expect(problem?.errors.map(\.field) == [field])
    }

    @Test
    func `everything that is missing is told at once`() throws {
        var form = FormData()
        form.append("morning", "11:30-07:30")
        let problem = #expect(throws: Problem.self) {
            try CalendarDecision(form, .workingDay, today: Self.day("2026-11-23"))
        }
        #expect(problem?.errors.map(\.field) == ["day", "morning", "reason", "number", "date"])
    }
}
