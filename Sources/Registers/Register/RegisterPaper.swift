import Agencies
import Documents
import DossierCore
import Hummingbird
import Kernel
import PrintedPapers
import Web

/// The register on paper: Form 07 of 2025, 06 of 2018.
extension RegisterRoutes {
    /// A hundred and more pages; longer books are printed a part at a time, so that nobody waits for the press.
    private static let most = 1000

    func paper(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let (query, errors, _, tree) = try await read(request, context)
        guard errors.isEmpty else { throw Problem.invalid(errors) }
        let now = desk.office.now
        let filter = query.filter
        let part = try await desk.book.register(filter, of: query.agencies.map(\.id), now: now, limit: Self.most)
        guard part.next == nil else { throw Problem.registerTooLong(Self.most) }
        let facts = RegisterFacts(
            forms: FormSet.inForce(on: filter.to),
            issuer: try await desk.printedAgency(context.officer.agency).counter,
            from: filter.from,
            to: filter.to,
            selection: query.selection?.vi,
            printedAt: now.localMinute,
            lines: part.entries.map { RegisterLine($0, competent: tree[$0.agency]?.name.vi ?? "") }
        )
        return printed(
            try register(facts).pdf(),
            named: "so-theo-doi-\(filter.from.rawValue)-\(filter.to.rawValue).pdf",
            context
        )
    }
}

extension RegisterLine {
    fileprivate init(_ entry: RegisterEntry, competent: String) {
        self.init(
            dossierCode: entry.code.rawValue,
            procedure: entry.procedureName,
            applicant: PartyFacts(
                name: entry.applicantName,
                address: entry.registered.address,
                phone: entry.registered.phone
            ),
            competent: competent,
            receivedOn: entry.registered.receivedAt?.localDate,
            dueOn: entry.dueAt?.localDate,
            returnedOn: entry.registered.returnedAt?.localDate,
            returnMethod: entry.returnMethod.words.vi,
            // Who fetched it online has confirmed it by doing so; others sign with a pen.
            receivedBy: entry.registered.returnedBy == .online ? entry.applicantName : "",
            note: entry.stage.isOpen || entry.stage == .returned ? "" : entry.stage.name.vi
        )
    }
}

extension Problem {
    fileprivate static func registerTooLong(_ most: Int) -> Problem {
        invalid([
            FieldError(
                "to",
                "Sổ in mỗi lần không quá \(most) hồ sơ. Hãy chọn kỳ ngắn hơn, hoặc tải bản Excel.",
                "At most \(most) dossiers are printed at once. Choose a shorter period, or download the workbook."
            )
        ])
    }
}
