package import Kernel
package import Persistence

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

    package static let columns: SQL = """
        d.applicant_phone, d.applicant_address, d.received_at, d.returned_at, d.returned_by, d.result_number
        """

    init(phone: String?, address: String?, _ history: some Collection<Recorded<Dossier.Event>>) {
        (self.phone, self.address) = (phone, address)
        for recorded in history {
            switch recorded.event {
            case .filing(.accepted): receivedAt = recorded.circumstances.at
            case .result(.returned(let method, _, _)): (returnedAt, returnedBy) = (recorded.circumstances.at, method)
            case .result(.returnTakenBack): (returnedAt, returnedBy) = (nil, nil)
            case .result(.issued(let number, _, _)): resultNumber = number
            case .result(.correctionOpened): (returnedAt, returnedBy, resultNumber) = (nil, nil, nil)
            default: break
            }
        }
    }

    package init(_ row: Row, from first: Int) throws {
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
