package import Kernel
package import Persistence
package import Web

/// A dossier as lists show it: one row, written in the transaction that changed the dossier.
package struct DossierRow: Equatable, Sendable {
    package let id: ID<Dossier>
    package let code: DossierCode
    package let version: Int
    package let procedureCode: String
    package let procedureName: String
    package let agency: ID<Agency>
    package let channel: Channel
    package let returnBy: ReturnMethod
    package let applicant: ID<Citizen>?
    package let applicantName: String
    package let stage: Stage
    let box: Box
    /// Whose turn it is.
    package let role: Role
    package let holder: ID<Officer>?
    package let withdrawalIsAsked: Bool
    package let filedAt: Instant
    package let dueAt: Instant?
    package let updatedAt: Instant
    package let finishedAt: Instant?
    /// By when an online filing has to be answered for the first time; nil once it was.
    package let firstAnswerDue: Instant?
    package let standing: Standing
    /// What was decided, or is proposed.
    package let prepared: PreparedResult?
    /// What the reader's opinion is wanted on; only in the list of those.
    package var wanted: WantedOpinion?

    /// Where an officer looks for a dossier.
    package enum Box: String, CaseIterable, Sendable { case new, accepted, processing, waiting, finished, closed }

    /// The due date counts only while the agency owes the next step: while it waits for the applicant, the clock
    /// stands still.
    package static func openDue(_ stage: Stage, _ due: Instant?) -> Instant? {
        stage.isOpen && stage.box != .waiting ? due : nil
    }
}

extension Stage {
    package var box: DossierRow.Box {
        switch self {
        case .filed: .new
        case .accepted: .accepted
        case .processing: .processing
        case .awaitingSupplement, .awaitingObligation: .waiting
        case .finished: .finished
        case .unfiled, .refused, .withdrawn, .stopped, .returned, .cancelled: .closed
        }
    }
}

extension DossierRow {
    /// The row that follows from a dossier's whole history; nil for a stream without a filing.
    package init?(
        of id: ID<Dossier>,
        _ history: some BidirectionalCollection<Recorded<Dossier.Event>>,
        applicantName: String,
        procedureName: String
    ) {
        let dossier = Dossier(replaying: history.map(\.event))
        guard let filing = dossier.filing, let first = history.first else { return nil }
        var finishedAt: Instant?
        var updatedAt = first.circumstances.at
        for recorded in history {
            updatedAt = recorded.circumstances.at
            if case .result(.finished) = recorded.event { finishedAt = recorded.circumstances.at }
        }
        self.init(
            id: id,
            dossier,
            filing,
            version: history.count,
            applicantName: applicantName,
            procedureName: procedureName,
            filedAt: first.circumstances.at,
            updatedAt: updatedAt,
            finishedAt: finishedAt,
            heldSince: history.lastChangeOfHands
        )
    }

    init(
        id: ID<Dossier>,
        _ dossier: Dossier,
        _ filing: Filing,
        version: Int,
        applicantName: String,
        procedureName: String,
        filedAt: Instant,
        updatedAt: Instant,
        finishedAt: Instant?,
        heldSince: Instant?
    ) {
        self.id = id
        self.version = version
        code = filing.code
        procedureCode = filing.procedure
        self.procedureName = procedureName
        agency = filing.agency
        channel = dossier.channel
        returnBy = dossier.returnBy
        applicant = filing.applicant
        self.applicantName = applicantName
        stage = dossier.stage
        box = dossier.stage.box
        role = dossier.currentRole
        holder = dossier.holder
        withdrawalIsAsked = dossier.withdrawalIsAsked
        self.filedAt = filedAt
        dueAt = dossier.due
        self.updatedAt = updatedAt
        self.finishedAt = finishedAt
        firstAnswerDue = dossier.firstAnswerDue
        standing = Standing(dossier, heldSince: heldSince)
        prepared = PreparedResult(dossier)
    }

    package static let columns: SQL = """
        d.id, d.code, d.version, d.procedure_code, d.procedure_name, d.agency, d.channel, d.return_by, d.applicant, \
        d.applicant_name, d.stage, d.role, d.holder, d.withdrawal_asked, d.filed_at, d.due_at, d.updated_at, \
        d.finished_at, d.first_answer_due, \(Standing.columns), \(PreparedResult.columns)
        """
    /// How many they are.
    static let width = 27

    /// Reads what `columns` selects, by position: lists of fifty are read often.
    package init(_ row: Row) throws {
        id = ID(rawValue: try row.text(0))
        code = DossierCode(stored: try row.text(1))
        version = try row.int(2)
        procedureCode = try row.text(3)
        procedureName = try row.text(4)
        agency = ID(rawValue: try row.text(5))
        channel = try row.value(6)
        returnBy = try row.value(7)
        applicant = try row.optionalText(8).map(ID.init(rawValue:))
        applicantName = try row.text(9)
        stage = try row.value(10)
        box = stage.box
        role = try row.value(11)
        holder = try row.optionalText(12).map(ID.init(rawValue:))
        withdrawalIsAsked = try row.int(13) != 0
        filedAt = Instant(milliseconds: try row.int(14))
        dueAt = try row.optionalInt(15).map(Instant.init(milliseconds:))
        updatedAt = Instant(milliseconds: try row.int(16))
        finishedAt = try row.optionalInt(17).map(Instant.init(milliseconds:))
        firstAnswerDue = try row.optionalInt(18).map(Instant.init(milliseconds:))
        standing = try Standing(row, from: 19)
        prepared = try PreparedResult(row, from: 25)
    }

    func insert(phone: String?, address: String?, in tx: borrowing Transaction) throws {
        try tx.execute(
            """
            INSERT INTO dossier (id, code, version, procedure_code, procedure_name, agency, channel, return_by,
                applicant, applicant_name, stage, box, role, holder, withdrawal_asked, filed_at, due_at, open_due,
                updated_at, finished_at, first_answer_due, step, held_since, answer_ends, asked_again, desk, part_due,
                applicant_phone, applicant_address)
            VALUES (\(id), \(code), \(version), \(procedureCode), \(procedureName), \(agency), \(channel),
                \(returnBy), \(applicant), \(applicantName), \(stage), \(box), \(role), \(holder),
                \(withdrawalIsAsked), \(filedAt), \(dueAt), \(Self.openDue(stage, dueAt)), \(updatedAt), \(finishedAt),
                \(firstAnswerDue), \(standing.step), \(standing.heldSince), \(standing.answerEnds),
                \(standing.wasAskedAgain), \(standing.partner ?? agency), \(standing.partDue), \(phone), \(address))
            """
        )
    }

    /// Writes what a change of a filed dossier changed in its row.
    static func update(after change: Change<Dossier>, in tx: borrowing Transaction) throws {
        guard let last = change.events.last else { return }
        let dossier = change.state
        var finishedAt: Instant?
        for recorded in change.events {
            if case .result(.finished) = recorded.event { finishedAt = recorded.circumstances.at }
        }
        let registered = Registered(phone: nil, address: nil, change.events)
        let openDue = DossierRow.openDue(dossier.stage, dossier.due)
        // A result that is being corrected, or whose return was taken back, has not been returned.
        let isReturned = dossier.stage == .returned
        try tx.execute(
            """
            UPDATE dossier SET version = \(change.version), channel = \(dossier.channel), return_by = \(dossier.returnBy), stage = \(dossier.stage),
                box = \(dossier.stage.box), role = \(dossier.currentRole), holder = \(dossier.holder),
                withdrawal_asked = \(dossier.withdrawalIsAsked), due_at = \(dossier.due), open_due = \(openDue),
                result_number = \(dossier.issue?.number), first_answer_due = \(dossier.firstAnswerDue),
                updated_at = \(last.circumstances.at), finished_at = COALESCE(\(finishedAt), finished_at),
                received_at = COALESCE(\(registered.receivedAt), received_at),
                \(Standing(dossier, heldSince: change.events.lastChangeOfHands).assignments),
                \(PreparedResult.assignments(PreparedResult(dossier))),
                returned_at = CASE \(isReturned) WHEN 1 THEN COALESCE(\(registered.returnedAt), returned_at) END,
                returned_by = CASE \(isReturned) WHEN 1 THEN COALESCE(\(registered.returnedBy), returned_by) END
            WHERE id = \(change.id)
            """
        )
    }
}

extension Row {
    struct Unknown: Error { let position: Int }

    /// A closed set of words, such as a stage.
    package func value<Value: RawRepresentable<String>>(_ position: Int) throws -> Value {
        guard let value = Value(rawValue: try text(position)) else { throw Unknown(position: position) }
        return value
    }
}
