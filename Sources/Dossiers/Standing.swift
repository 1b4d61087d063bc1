package import Kernel
import Persistence

/// Where a dossier lies, since when, and until when its applicant is waited for: what boards and lists ask for besides
/// the row's older columns.
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

    static let migrations = [
        Migration(
            "dossier-standing-1",
            "ALTER TABLE dossier ADD COLUMN step BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE dossier ADD COLUMN held_since BIGINT",
            "ALTER TABLE dossier ADD COLUMN answer_ends BIGINT",
            "ALTER TABLE dossier ADD COLUMN asked_again BIGINT NOT NULL DEFAULT 0",
            fromEvents,
            "CREATE INDEX dossier_by_answer ON dossier (agency, answer_ends, id) WHERE answer_ends IS NOT NULL",
            "CREATE INDEX dossier_by_wait ON dossier (agency, held_since, id) WHERE box = 'waiting'"
        )
    ]

    /// Whose work a dossier is goes by the agency where it lies, which is not always its own.
    static let passing = [
        Migration(
            "dossier-passing-1",
            "ALTER TABLE dossier ADD COLUMN desk \(SQL.key) NOT NULL DEFAULT ''",
            "ALTER TABLE dossier ADD COLUMN part_due BIGINT",
            "UPDATE dossier SET desk = agency",
            "DROP INDEX dossier_by_turn",
            "CREATE INDEX dossier_by_turn ON dossier (desk, role, filed_at, id) WHERE box = 'processing' AND holder IS NULL",
            "DROP INDEX dossier_by_holder",
            "CREATE INDEX dossier_by_holder ON dossier (desk, holder, box, filed_at, id)",
            "CREATE INDEX dossier_passed ON dossier (agency, part_due, id) WHERE part_due IS NOT NULL",
            "CREATE INDEX dossier_received ON dossier (desk, part_due, id) WHERE part_due IS NOT NULL"
        )
    ]

    /// Fills the columns of dossiers that were there before them; none of those has a day for an answer.
    static let fromEvents: SQL = """
        UPDATE dossier SET held_since = (SELECT MAX(e.at) FROM event e WHERE e.stream = 'dossier/' || dossier.id
            AND e.payload NOT LIKE '{"resultPrepared":%' AND e.payload NOT LIKE '{"returnChosen":%'
            AND e.payload NOT LIKE '{"withdrawalAsked":%' AND e.payload NOT LIKE '{"withdrawalDeclined":%'
            AND e.payload NOT LIKE '{"extended":%'),
        step = COALESCE((SELECT CASE
                WHEN e.payload LIKE '{"stepCompleted":%' THEN \(stepCompleted) + 1
                WHEN e.payload LIKE '{"sentBack":%' THEN \(sentBack)
                ELSE COALESCE((SELECT \(firstStep) AND f.stream = e.stream AND f.version = 1), 0) END
            FROM event e WHERE e.stream = 'dossier/' || dossier.id
            AND (e.payload LIKE '{"stepCompleted":%' OR e.payload LIKE '{"sentBack":%'
                OR e.payload LIKE '{"accepted":%' OR e.payload LIKE '{"correctionOpened":%')
            ORDER BY e.version DESC LIMIT 1), 0)
        """

    private static let stepCompleted: SQL = """
        \(sqlite: "json_extract(e.payload, '$.stepCompleted.step')", postgres: "(e.payload::json #>> '{stepCompleted,step}')::bigint")
        """
    private static let sentBack: SQL = """
        \(sqlite: "json_extract(e.payload, '$.sentBack.step')", postgres: "(e.payload::json #>> '{sentBack,step}')::bigint")
        """
    /// Where work begins after reception; the end of the condition is open.
    private static let firstStep: SQL = """
        \(sqlite: "MIN(s.key) FROM event f, json_each(f.payload, '$.filed.filing.steps') s WHERE json_extract(s.value, '$.role') <> 'reception'", postgres: "MIN(s.place) - 1 FROM event f, json_array_elements(f.payload::json #> '{filed,filing,steps}') WITH ORDINALITY AS s(value, place) WHERE s.value ->> 'role' <> 'reception'")
        """
}

extension BidirectionalCollection<Recorded<Dossier.Event>> {
    /// When the dossier last came to lie with somebody else.
    var lastChangeOfHands: Instant? { last { $0.event.changesHands }?.circumstances.at }
}

extension Dossier.Event {
    /// The dossier lies with somebody else afterwards.
    var changesHands: Bool {
        switch self {
        case .filed, .accepted, .refused, .supplementRequested, .supplementItemsRequested, .supplemented,
            .supplementItemsAnswered, .handedOver, .assigned, .obligationRequired, .obligationMet, .stepCompleted,
            .sentBack, .finished, .returned, .withdrawn, .stopped, .correctionOpened, .passed, .passedBack, .recalled:
            true
        case .resultPrepared, .returnChosen, .withdrawalAsked, .withdrawalDeclined, .extended, .recounted,
            .firstAnswerRecounted, .digitised, .issued, .opinionAsked, .opinionGiven, .opinionWithdrawn:
            false
        }
    }
}
