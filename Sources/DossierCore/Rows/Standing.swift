package import Kernel
import Persistence

/// Where a dossier lies, since when, and until when its applicant is waited for: what boards and lists ask for.
package struct Standing: Equatable, Sendable {
    /// The step of the plan at which it stands.
    package let step: Int
    /// Since when it lies where it lies: with its holder, with the role whose turn it is, or with the applicant.
    package var heldSince: Instant?
    /// The moment at which the day of the answer has ended; only while a supplement is awaited.
    package let answerEnds: Instant?
    /// A supplement was asked for again in one phase.
    package let wasAskedAgain: Bool

    /// The other agency that does its part now, and by when its part is wanted.
    package let partner: ID<Agency>?
    package let partDue: Instant?

    static let columns: SQL =
        "d.step, d.held_since, d.answer_ends, d.asked_again, NULLIF(d.desk, d.agency), d.part_due"

    /// `heldSince` is nil where nothing has changed hands.
    init(_ dossier: Dossier, heldSince: Instant?) {
        step = dossier.step
        self.heldSince = heldSince
        answerEnds =
            dossier.stage != .awaitingSupplement
            ? nil : dossier.answerBy.map { Instant(LocalMinute(date: $0.adding(days: 1), minuteOfDay: 0)) }
        wasAskedAgain = dossier.wasAskedAgain
        partner = dossier.passage?.agency
        partDue = dossier.passage?.due
    }

    init(_ row: Row, from first: Int) throws {
        step = try row.int(first)
        heldSince = try row.optionalInt(first + 1).map(Instant.init(milliseconds:))
        answerEnds = try row.optionalInt(first + 2).map(Instant.init(milliseconds:))
        wasAskedAgain = try row.int(first + 3) != 0
        partner = try row.optionalText(first + 4).map(ID.init(rawValue:))
        partDue = try row.optionalInt(first + 5).map(Instant.init(milliseconds:))
    }

    /// For the row of a dossier that has changed.
    var assignments: SQL {
        """
        step = \(step), held_since = COALESCE(\(heldSince), held_since), answer_ends = \(answerEnds), \
        asked_again = \(wasAskedAgain), desk = COALESCE(\(partner), agency), part_due = \(partDue)
        """
    }
}

extension BidirectionalCollection<Recorded<Dossier.Event>> {
    /// When the dossier last came to lie with somebody else.
    var lastChangeOfHands: Instant? { last { $0.event.happening.changesHands }?.circumstances.at }
}
