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

/// What only the register knows of a dossier: how its applicant is reached, when it was received and when and how its
/// result went out.
package struct Registered: Equatable, Sendable {
    /// As written when the dossier was filed.
    package var phone: String?
    package var address: String?
    package var receivedAt: Instant?
    /// Nil again while a returned result is being corrected.
    package var returnedAt: Instant?
    package var returnedBy: ReturnMethod?
    /// The number under which the result was issued; nil again while it is being corrected.
    package var resultNumber: String?

    static let columns: SQL = """
        d.applicant_phone, d.applicant_address, d.received_at, d.returned_at, d.returned_by, d.result_number
        """

    init(phone: String?, address: String?, _ history: some Collection<Recorded<Dossier.Event>>) {
        (self.phone, self.address) = (phone, address)
        for recorded in history {
            switch recorded.event {
            case .filing(.accepted): receivedAt = recorded.circumstances.at
            case .result(.returned(let method)): (returnedAt, returnedBy) = (recorded.circumstances.at, method)
            case .result(.issued(let number, _, _)): resultNumber = number
            case .result(.correctionOpened): (returnedAt, returnedBy, resultNumber) = (nil, nil, nil)
            default: break
            }
        }
    }

    init(_ row: Row, from first: Int) throws {
        phone = try row.optionalText(first)
        address = try row.optionalText(first + 1)
        receivedAt = try row.optionalInt(first + 2).map(Instant.init(milliseconds:))
        returnedAt = try row.optionalInt(first + 3).map(Instant.init(milliseconds:))
        returnedBy = try row.optionalText(first + 4).flatMap(ReturnMethod.init(rawValue:))
        resultNumber = try row.optionalText(first + 5)
    }

    /// The first column in which this is not `expected`. Telephones and addresses are personal: the difference is told,
    /// they are not.
    func difference(from expected: Registered) -> String? {
        if receivedAt != expected.receivedAt { return "it stands in the register as received at another time" }
        if returnedAt != expected.returnedAt { return "it stands in the register as returned at another time" }
        if returnedBy != expected.returnedBy { return "it stands in the register as returned in another way" }
        if resultNumber != expected.resultNumber { return "its result stands in the register under another number" }
        if phone != expected.phone { return "the applicant's telephone in the register is another" }
        if address != expected.address { return "the applicant's address in the register is another" }
        return nil
    }
}
