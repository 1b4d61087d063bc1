import Agencies
import Catalogue
package import Documents
package import DossierCore
import Hummingbird
import Kernel
import Persistence
package import Web

/// What is printed of several dossiers chosen in a list, by the names under which addresses and programs know it.
package enum PaperSheet: String, CaseIterable, Sendable {
    /// One receipt for the dossiers of one person.
    case receipt
    case handOver = "hand-over"
    case results, post, labels
    case envelopesC5 = "envelopes-c5"
    case envelopesDL = "envelopes-dl"

    package var words: Words {
        switch self {
        case .receipt: Words("Một giấy tiếp nhận chung", "One receipt for all")
        case .handOver: Words("Bảng kê bàn giao hồ sơ", "Hand-over list")
        case .results: Words("Bảng kê bàn giao kết quả", "List of results handed over")
        case .post: Words("Bảng kê gửi bưu điện", "List for the post")
        case .labels: Words("Nhãn địa chỉ (2 × 7)", "Address labels (2 × 7)")
        case .envelopesC5: Words("Phong bì C5", "Envelopes C5")
        case .envelopesDL: Words("Phong bì DL", "Envelopes DL")
        }
    }

    package var fileName: String {
        switch self {
        case .receipt: "giay-tiep-nhan-chung"
        case .handOver: "bang-ke-ban-giao-ho-so"
        case .results: "bang-ke-ban-giao-ket-qua"
        case .post: "bang-ke-gui-buu-dien"
        case .labels: "nhan-dia-chi"
        case .envelopesC5: "phong-bi-c5"
        case .envelopesDL: "phong-bi-dl"
        }
    }

    /// More do not fit on a slip, or into one person's hands.
    package var most: Int { self == .receipt ? 20 : 200 }

    /// Addresses are for results that the post brings.
    var isForPost: Bool {
        switch self {
        case .post, .labels, .envelopesC5, .envelopesDL: true
        case .receipt, .handOver, .results: false
        }
    }
}

extension Inbox {
    /// What officers print of dossiers in this list.
    package var sheets: [PaperSheet] {
        switch self {
        case .accepted: [.handOver, .receipt]
        case .turn, .mine: [.handOver]
        case .finished: [.results, .post, .labels, .envelopesC5, .envelopesDL]
        case .all: [.receipt]
        case .new, .opinions, .waiting, .late, .dueSoon, .answerLate, .answerSoon, .unanswered, .passed, .received,
            .closed:
            []
        }
    }
}

extension DossierPapers {
    /// One receipt for several dossiers of one person, in both copies.
    package func receipt(of dossiers: [DossierBook.Details]) async throws -> [UInt8] {
        let agencies = Set(dossiers.map(\.row.agency))
        guard let first = dossiers.first, let agency = agencies.first, agencies.count == 1,
            dossiers.allSatisfy({
                PartyFacts($0.row, $0.answers).isSamePerson(as: PartyFacts(first.row, first.answers))
            })
        else { throw Problem.severalPeople }
        let names = try await directory.names(of: dossiers.reduce(into: []) { $0.formUnion($1.officers) })
        let printed = try await desk.printedAgency(agency)
        let calendar = try await desk.calendars.calendar(of: agency)
        let facts = try dossiers.map {
            Facts(
                details: $0,
                rules: try desk.rules(of: $0.filing),
                agency: printed,
                names: names,
                unlisted: try desk.unlistedDays($0, in: calendar)
            )
        }
        return try receiptInBothCopies(receipt(facts)).pdf()
    }

    /// A list, labels or envelopes for `rows`, which are of one agency.
    package func sheet(
        _ sheet: PaperSheet,
        of rows: [(row: DossierRow, answers: String?)],
        by officer: OfficerIdentity,
        to receiver: Colleague?
    ) async throws -> [UInt8] {
        let rows = sheet.isForPost ? rows.filter { $0.row.returnBy == .post } : rows
        guard !rows.isEmpty else { throw Problem.nothingForThePost }
        let sender = try await desk.printedAgency(officer.agency).counter
        let now = desk.office.now.localMinute
        switch sheet {
        case .labels: return try Documents.labels(try addresses(rows), from: sender, at: now).pdf()
        case .envelopesC5: return try envelopes(try addresses(rows), from: sender, .c5, at: now).pdf()
        case .envelopesDL: return try envelopes(try addresses(rows), from: sender, .dl, at: now).pdf()
        case .receipt, .handOver, .results, .post:
            let kind: HandOverListFacts.Kind =
                sheet == .post ? .post : sheet == .results ? .results : .dossiers
            let (parties, recorded) = try await self.parties(kind, rows.map(\.row), by: officer)
            let goesApart = Set(recorded.values.map(\.between)).count > 1
            return try handOverList(
                HandOverListFacts(
                    issuer: sender,
                    kind: kind,
                    at: now,
                    from: parties.from,
                    to: parties.to,
                    giver: parties.giver ?? "",
                    receiver: parties.receiver ?? receiver?.name,
                    lines: rows.map { row, answers in
                        HandOverListFacts.Line(
                            dossierCode: row.code.rawValue,
                            procedure: row.procedureName,
                            party: kind == .post
                                ? PartyFacts(postOf: row, answers, rules(of: row)) : PartyFacts(row, answers),
                            filedOn: row.filedAt.localDate,
                            dueOn: row.dueAt?.localDate,
                            note: goesApart ? recorded[row.id]?.between ?? "" : ""
                        )
                    }
                )
            ).pdf()
        }
    }

    /// The rules under which a dossier was filed, as far as the catalogue still has them.
    func rules(of row: DossierRow) -> FilingRules? {
        guard let procedure = ProcedureCode(rawValue: row.procedureCode).flatMap({ desk.catalogue.current[$0] }),
            let revision = procedure.revision(on: row.filedAt.localDate)
        else { return nil }
        return FilingRules(procedure: procedure, revision: revision)
    }

    private func addresses(_ rows: [(row: DossierRow, answers: String?)]) throws -> [AddressFacts] {
        let addresses = rows.map { row, answers in
            AddressFacts(recipient: PartyFacts(postOf: row, answers, rules(of: row)), dossierCode: row.code.rawValue)
        }
        let lost = addresses.filter { $0.recipient.address == nil }.map(\.dossierCode)
        guard lost.isEmpty else { throw Problem.addressMissing(lost) }
        return addresses
    }
}

extension PartyFacts {
    /// Who gets the result of a dossier by post, and where.
    fileprivate init(postOf row: DossierRow, _ stored: String?, _ rules: FilingRules?) {
        self.init(row, stored)
        let answers = stored.flatMap { try? Answers(stored: $0) }  // Erased answers name no address.
        if let elsewhere = rules?.deliveryAddress(in: answers) ?? answers?.deliveryAddress { address = elsewhere }
    }

    /// The same name under the same number; where no number is known, under the same telephone.
    package func isSamePerson(as other: PartyFacts) -> Bool {
        name.folded == other.name.folded && number == other.number && (number != nil || phone == other.phone)
    }
}

extension Problem {
    fileprivate static let severalPeople = invalid([
        FieldError(
            "dossier",
            "Các hồ sơ đã chọn không cùng một người nộp nên không in chung một giấy được. Hãy chọn lại.",
            "The chosen dossiers are not of one person and cannot share a receipt. Please choose again."
        )
    ])
    fileprivate static let nothingForThePost = Problem(
        "nothing-for-the-post",
        "Trong các hồ sơ đã chọn không có hồ sơ nào nhận kết quả qua bưu điện. Hãy chọn hồ sơ khác.",
        "None of the chosen dossiers has its result sent by post. Please choose others.",
        .conflict
    )

    fileprivate static func addressMissing(_ codes: [String]) -> Problem {
        Problem(
            "address-missing",
            "Không có địa chỉ nhận của hồ sơ \(codes.joined(separator: ", ")). Hãy bỏ chọn hồ sơ đó và ghi tay phong bì.",
            "There is no address of \(codes.joined(separator: ", ")). Please leave it out and write it by hand.",
            .conflict
        )
    }
}
