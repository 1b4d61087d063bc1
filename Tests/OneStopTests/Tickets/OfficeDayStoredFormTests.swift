import Foundation
import Kernel
import TestSupport
import Testing

@testable import OneStop

@Suite struct `Queue events keep their stored form` {
    private static let at = Instant(milliseconds: 1_795_401_000_000)
    private static let number: TicketNumber = "A012"
    private static let land = LineKey(.reception, field: "land")

    @Test func `events are stored as ever`() throws {
        let examples: [OfficeDay.Event] = [
            .opened(
                setting: DaySetting(
                    date: LocalDate(dayNumber: 20_780),
                    hours: [.init(from: 450, to: 690)],
                    lines: [TicketLine(Self.land, letter: "A", declaredMinutes: 12)],
                    positions: [.init(1, [Self.land])],
                    capacity: 20
                )
            ),
            .capacityChanged(capacity: 10, at: Self.at),
            .taken(
                number: Self.number,
                line: Self.land,
                person: PersonKey(rawValue: "5f"),
                priority: .elderly,
                appointment: Self.at,
                at: Self.at
            ),
            .healthRulesAcknowledged(number: Self.number, at: Self.at),
            .papersChecked(number: Self.number, procedure: "1.001193", missing: ["birth-proof"], at: Self.at),
            .letIn(number: Self.number, at: Self.at),
            .askedOut(number: Self.number, at: Self.at),
            .counterOpened(counter: 3, lines: [LineKey(.result)], at: Self.at),
            .counterPaused(counter: 3, until: Self.at, at: Self.at),
            .counterClosed(counter: 3, at: Self.at),
            .called(number: Self.number, counter: 3, because: .sameDossier, at: Self.at),
            .called(number: Self.number, counter: 3, because: nil, at: Self.at),
            .recalled(number: Self.number, counter: 3, at: Self.at),
            .begun(number: Self.number, counter: 3, at: Self.at),
            .missed(number: Self.number, counter: 3, at: Self.at),
            .cameBack(number: Self.number, at: Self.at),
            .sentToCorrect(number: Self.number, counter: 3, at: Self.at),
            .transferred(number: Self.number, line: LineKey(.onlineHelp), toCounter: 5, at: Self.at),
            .finished(number: Self.number, counter: 3, seconds: 421, at: Self.at),
            .wentElsewhere(number: Self.number, until: Self.at, at: Self.at),
            .gaveUp(number: Self.number, at: Self.at),
            .unserved(number: Self.number, at: Self.at),
            .closed(at: Self.at),
            .priorityClaimed(number: Self.number, priority: .smallChild, at: Self.at),
            .priorityConfirmed(number: Self.number, priority: .merit, at: Self.at),
            .takenBack(number: Self.number, counter: 3, at: Self.at),
        ]
        #expect(try faultsOfStoredForms("OfficeDay.Event", examples) == [])
    }

    /// Tickets of days before claims were told apart from what was seen.
    @Test func `a row from before is read as ever`() throws {
        let text =
            #"{"calls":0,"isInside":true,"line":"reception:land","number":"A012","order":0,"person":"5f","priority":"elderly","stage":{"waiting":{}},"takenAt":1795401000000}"#
        let ticket = try JSONDecoder().decode(Ticket.self, from: Data(text.utf8))
        #expect(ticket.priority == .elderly && ticket.claimed == nil)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        #expect(String(decoding: try encoder.encode(ticket), as: UTF8.self) == text)
    }

    @Test(arguments: [
        ("reception:land", true), ("result", true), ("reception:", false), ("land", false), ("", false),
    ])
    func `the name of a line is read strictly`(text: String, isLine: Bool) {
        #expect((LineKey(rawValue: text) != nil) == isLine)
        if isLine { #expect(LineKey(rawValue: text)?.rawValue == text) }
    }
}
