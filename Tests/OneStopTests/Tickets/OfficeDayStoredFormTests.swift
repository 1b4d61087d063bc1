import Foundation
import Kernel
import Testing

@testable import OneStop

@Suite struct `Queue events keep their stored form` {
    private static let at = Instant(milliseconds: 1_795_401_000_000)
    private static let number: TicketNumber = "A012"
    private static let land = LineKey(.reception, field: "land")

    private static let forms: [(OfficeDay.Event, String)] = [
        (
            .opened(
                setting: DaySetting(
                    date: LocalDate(dayNumber: 20_780),
                    hours: [.init(from: 450, to: 690)],
                    lines: [TicketLine(land, letter: "A", declaredMinutes: 12)],
                    positions: [.init(1, [land])],
                    capacity: 20
                )
            ),
            #"{"opened":{"setting":{"appointmentGrace":15,"asksHealth":false,"capacity":20,"date":"2026-11-23","earlyMinutes":60,"hours":[{"from":450,"to":690}],"lines":[{"declaredMinutes":12,"key":"reception:land","letter":"A"}],"positions":[{"lines":["reception:land"],"number":1}],"recalls":2,"returnMinutes":30}}}"#
        ),
        (.capacityChanged(capacity: 10, at: at), #"{"capacityChanged":{"at":1795401000000,"capacity":10}}"#),
        (
            .taken(
                number: number,
                line: land,
                person: PersonKey(rawValue: "5f"),
                priority: .elderly,
                appointment: at,
                at: at
            ),
            #"{"taken":{"appointment":1795401000000,"at":1795401000000,"line":"reception:land","number":"A012","person":"5f","priority":"elderly"}}"#
        ),
        (
            .healthRulesAcknowledged(number: number, at: at),
            #"{"healthRulesAcknowledged":{"at":1795401000000,"number":"A012"}}"#
        ),
        (
            .papersChecked(number: number, procedure: "1.001193", missing: ["birth-proof"], at: at),
            #"{"papersChecked":{"at":1795401000000,"missing":["birth-proof"],"number":"A012","procedure":"1.001193"}}"#
        ),
        (.letIn(number: number, at: at), #"{"letIn":{"at":1795401000000,"number":"A012"}}"#),
        (.askedOut(number: number, at: at), #"{"askedOut":{"at":1795401000000,"number":"A012"}}"#),
        (
            .counterOpened(counter: 3, lines: [LineKey(.result)], at: at),
            #"{"counterOpened":{"at":1795401000000,"counter":3,"lines":["result"]}}"#
        ),
        (
            .counterPaused(counter: 3, until: at, at: at),
            #"{"counterPaused":{"at":1795401000000,"counter":3,"until":1795401000000}}"#
        ),
        (.counterClosed(counter: 3, at: at), #"{"counterClosed":{"at":1795401000000,"counter":3}}"#),
        (
            .called(number: number, counter: 3, because: .sameDossier, at: at),
            #"{"called":{"at":1795401000000,"because":"same-dossier","counter":3,"number":"A012"}}"#
        ),
        (
            .called(number: number, counter: 3, because: nil, at: at),
            #"{"called":{"at":1795401000000,"counter":3,"number":"A012"}}"#
        ),
        (
            .recalled(number: number, counter: 3, at: at),
            #"{"recalled":{"at":1795401000000,"counter":3,"number":"A012"}}"#
        ),
        (.begun(number: number, counter: 3, at: at), #"{"begun":{"at":1795401000000,"counter":3,"number":"A012"}}"#),
        (.missed(number: number, counter: 3, at: at), #"{"missed":{"at":1795401000000,"counter":3,"number":"A012"}}"#),
        (.cameBack(number: number, at: at), #"{"cameBack":{"at":1795401000000,"number":"A012"}}"#),
        (
            .sentToCorrect(number: number, counter: 3, at: at),
            #"{"sentToCorrect":{"at":1795401000000,"counter":3,"number":"A012"}}"#
        ),
        (
            .transferred(number: number, line: LineKey(.onlineHelp), toCounter: 5, at: at),
            #"{"transferred":{"at":1795401000000,"line":"online-help","number":"A012","toCounter":5}}"#
        ),
        (
            .finished(number: number, counter: 3, seconds: 421, at: at),
            #"{"finished":{"at":1795401000000,"counter":3,"number":"A012","seconds":421}}"#
        ),
        (
            .wentElsewhere(number: number, until: at, at: at),
            #"{"wentElsewhere":{"at":1795401000000,"number":"A012","until":1795401000000}}"#
        ),
        (.gaveUp(number: number, at: at), #"{"gaveUp":{"at":1795401000000,"number":"A012"}}"#),
        (.unserved(number: number, at: at), #"{"unserved":{"at":1795401000000,"number":"A012"}}"#),
        (.closed(at: at), #"{"closed":{"at":1795401000000}}"#),
        (
            .priorityClaimed(number: number, priority: .smallChild, at: at),
            #"{"priorityClaimed":{"at":1795401000000,"number":"A012","priority":"small-child"}}"#
        ),
        (
            .priorityConfirmed(number: number, priority: .merit, at: at),
            #"{"priorityConfirmed":{"at":1795401000000,"number":"A012","priority":"merit"}}"#
        ),
    ]

    @Test(arguments: forms.indices)
    func `an event is written and read as ever`(index: Int) throws {
        let (event, text) = Self.forms[index]
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        #expect(String(decoding: try encoder.encode(event), as: UTF8.self) == text)
        #expect(try JSONDecoder().decode(OfficeDay.Event.self, from: Data(text.utf8)) == event)
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
