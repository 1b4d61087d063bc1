import DossierCore
import Hummingbird
import Kernel
import PrintedPapers
import Web

extension DossierPapers {
    /// A paper of a dossier as the answer to a request.
    func show(_ paper: DossierPaper, of details: DossierBook.Details, _ context: some AudienceContext) async throws
        -> Response
    {
        printed(
            try await pdf(paper, of: details),
            named: "\(paper.fileName)-\(details.row.code.rawValue).pdf",
            context
        )
    }
}

/// Printing, for officers in the browser and for their programs.
extension WorkRoutes {
    func addPapers(to work: some RouterMethods<OfficerContext>) {
        work.get("dossiers/:dossier/papers/:paper", use: paper)
        work.get("papers/:sheet", use: sheet)
        work.post("papers/:sheet", use: sheetOfForm)
    }

    /// One of the papers of a dossier.
    func paper(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let paper = try DossierPaper.named(in: context)
        return try await papers.show(paper, of: try await desk.details(context), context)
    }

    func receipt(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await papers.show(.receipt, of: try await desk.details(context), context)
    }

    /// Something of several dossiers: `?dossier=…&dossier=…`.
    func sheet(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await sheet(try request.query, context)
    }

    /// The same for the dossiers ticked in a list.
    func sheetOfForm(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await sheet(try await request.form(context), context)
    }

    private func sheet(_ form: FormData, _ context: OfficerContext) async throws -> Response {
        try context.require(.reception, .caseOfficer, .leader, .clerk, .returns, .auditor)
        guard let sheet = PaperSheet(rawValue: try context.parameters.require("sheet")) else {
            throw Problem.noSuchPaper(PaperSheet.allCases.map(\.rawValue))
        }
        var seen = Set<String>()
        let ids = form.all("dossier").filter { seen.insert($0).inserted }.map { ID<Dossier>(rawValue: $0) }
        guard (1...sheet.most).contains(ids.count) else { throw Problem.choose(upTo: sheet.most) }
        let paper: [UInt8]
        if sheet == .receipt {
            var dossiers: [DossierBook.Details] = []
            for id in ids { dossiers.append(try await desk.details(id, context)) }
            paper = try await papers.receipt(of: dossiers)
        } else {
            let rows = try await desk.book.rowsWithAnswers(ids)
            guard rows.count == ids.count, rows.allSatisfy({ $0.row.agency == context.officer.agency }) else {
                throw Problem.noSuchDossier
            }
            paper = try await papers.sheet(
                sheet,
                of: rows,
                by: context.officer,
                to: try await colleague(form.filled("officer"), context)
            )
        }
        return printed(paper, named: "\(sheet.fileName)-\(desk.office.now.localDate.rawValue).pdf", context)
    }
}

extension Problem {
    fileprivate static func choose(upTo most: Int) -> Problem {
        invalid([
            FieldError(
                "dossier",
                "Chưa chọn hồ sơ nào, hoặc chọn quá \(most) hồ sơ. Hãy chọn từ 1 đến \(most).",
                "No dossier is chosen, or more than \(most). Please choose 1 to \(most)."
            )
        ])
    }
}
