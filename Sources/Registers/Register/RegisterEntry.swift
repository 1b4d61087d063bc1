package import DossierCore
package import Kernel
import Persistence

/// One dossier in the register (sổ theo dõi hồ sơ, Form 07).
package struct RegisterEntry: Equatable, Sendable {
    package let id: ID<Dossier>
    package let code: DossierCode
    package let procedureCode: String
    package let procedureName: String
    package let agency: ID<Agency>
    package let channel: Channel
    package let returnBy: ReturnMethod
    package let applicantName: String
    package let stage: Stage
    package let filedAt: Instant
    package let dueAt: Instant?
    package let finishedAt: Instant?
    package let wasAskedAgain: Bool
    package let registered: Registered

    package func isLate(at now: Instant) -> Bool {
        if stage.isOpen { return DossierRow.openDue(stage, dueAt).map { $0 < now } ?? false }
        guard let finishedAt, let dueAt else { return false }
        return finishedAt > dueAt
    }

    /// The way the result went, or will go.
    package var returnMethod: ReturnMethod { registered.returnedBy ?? returnBy }

    func time(by basis: RegisterFilter.Basis) -> Instant? {
        switch basis {
        case .received: registered.receivedAt
        case .filed: filedAt
        case .due: dueAt
        case .returned: registered.returnedAt
        }
    }

    static let columns: SQL = """
        d.id, d.code, d.procedure_code, d.procedure_name, d.agency, d.channel, d.return_by, d.applicant_name, d.stage, \
        d.filed_at, d.due_at, d.finished_at, d.asked_again, \(Registered.columns)
        """

    /// Reads what `columns` selects, by position.
    init(_ row: Row) throws {
        id = ID(rawValue: try row.text(0))
        code = DossierCode(stored: try row.text(1))
        procedureCode = try row.text(2)
        procedureName = try row.text(3)
        agency = ID(rawValue: try row.text(4))
        channel = try row.value(5)
        returnBy = try row.value(6)
        applicantName = try row.text(7)
        stage = try row.value(8)
        filedAt = Instant(milliseconds: try row.int(9))
        dueAt = try row.optionalInt(10).map(Instant.init(milliseconds:))
        finishedAt = try row.optionalInt(11).map(Instant.init(milliseconds:))
        wasAskedAgain = try row.int(12) != 0
        registered = try Registered(row, from: 13)
    }
}
