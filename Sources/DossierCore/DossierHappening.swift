package import Kernel
import Persistence
import Web

/// What one feature lets happen to a dossier, described once, where the feature is. Whoever tells, counts, prints or checks
/// a history asks the event; nobody keeps a list of all events.
package protocol DossierHappening: Sendable {
    /// For programs. Names are part of the interface: add, never rename.
    var name: String { get }

    /// What the dossier is afterwards. Never fails, and never asks whether it should have happened.
    func happen(to dossier: inout Dossier)

    /// How the history tells it, to whoever it speaks to.
    func sentence(in history: History) -> Sentence

    /// The dossier lies with somebody else afterwards.
    var changesHands: Bool { get }

    /// What it does to the clock of the procedure.
    var clock: ClockTurn? { get }

    /// What officers do among each other is not for the applicant, who deals with the agency.
    var isInternal: Bool { get }

    /// The texts that it names, sealed in rows of their own.
    var texts: [SealedText] { get }

    /// The papers that came with it.
    var papers: [FiledPaper] { get }

    /// The files that it names.
    var files: [FileReference] { get }

    /// Whom it names, besides whoever did it.
    var officers: [ID<Officer>] { get }

    /// The papers that can be printed from then on.
    var printable: [DossierPaper] { get }

    /// A receipt that was printed before says something else than the next one.
    var correctsReceipt: Bool { get }

    /// As what the daily numbers count it.
    var counted: Counted? { get }

    /// What the daily numbers have counted and should not have.
    var uncounted: [Counted] { get }
}

extension DossierHappening {
    package var clock: ClockTurn? { nil }
    package var isInternal: Bool { false }
    package var texts: [SealedText] { [] }
    package var papers: [FiledPaper] { [] }
    package var files: [FileReference] { papers.compactMap(\.file) }
    package var officers: [ID<Officer>] { [] }
    package var printable: [DossierPaper] { [] }
    package var correctsReceipt: Bool { false }
    package var counted: Counted? { nil }
    package var uncounted: [Counted] { [] }
}

/// One line of a history.
package struct Sentence {
    let title: String
    let tone: Tone
    let text: String?

    init(_ title: String, _ tone: Tone, _ text: String? = nil) {
        self.title = title
        self.tone = tone
        self.text = text
    }
}

/// What an event does to the clock of a procedure.
package enum ClockTurn: Equatable {
    /// The whole term runs from here.
    case begins
    /// It stands still until something has come.
    case stops
    /// That has come. `wait` names what it was on the control slip.
    case goesOn(wait: String)
    /// Another day was decided.
    case putOff(to: Instant)
    /// Another day was counted, because the calendar had changed.
    case recounted(from: Instant, to: Instant, ground: RecountGround)
}

extension Dossier.Event {
    /// The event's name for programs.
    package var name: String { happening.name }
}

extension Collection<Recorded<Dossier.Event>> {
    /// The first event that starts the clock; nil while none runs.
    package var beginning: Index? { firstIndex { $0.event.happening.clock == .begins } }
}
