import DossierCore
import Hummingbird
import Kernel
import Persistence
import Web

/// Acts on several dossiers of a list at once. Each is judged alone; those refused are named with the reason.
extension WorkRoutes {
    func addBulk(to work: RouterGroup<OfficerContext>) {
        work.post("many", use: performMany)
        work.get("many") { _, _ in Response.redirect(to: "/work") }
    }

    func performMany(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.reception, .caseOfficer, .leader, .clerk, .returns)
        let form = try await request.form(context)
        var seen = Set<String>()
        let ids = form.all("dossier").filter { seen.insert($0).inserted }.map { ID<Dossier>(rawValue: $0) }
        guard (1...200).contains(ids.count) else {
            var problem = Problem.nothingChosen
            problem.way = Problem.Way(Words("Về bàn làm việc", "Back to the workspace"), "/work")
            throw problem
        }
        guard let act = Acts.several.first(where: { $0.key == form["act"] }) else { throw Problem.notFound }
        return try await perform(act, onEach: ids, form, context)
    }

    private func perform<Act: BulkAct>(
        _ act: Act,
        onEach ids: [ID<Dossier>],
        _ form: FormData,
        _ context: OfficerContext
    ) async throws -> Response {
        var wrong: [FieldError] = []
        let agency = context.officer.agency
        let terms = try await act.bulkTerms(
            form,
            at: desk.office.now,
            colleagues: { try await directory.colleagues(in: agency) },
            &wrong
        )
        guard let terms, wrong.isEmpty else { throw Problem.invalid(wrong) }
        let order = Order(
            by: try await acting(context),
            desk.circumstances(context),
            assigner: act.isAssigned ? try await desk.assigner(context, directory) : nil
        ) { officer in
            act.command(by: officer, terms)
        }
        let refused = try await desk.book.perform(order, onEach: ids)
        let codes = try await desk.book.codes(of: Array(refused.keys), in: agency)
        let sheet = act.bulkSheet(terms)
        return BulkPage(
            title: act.name,
            outcome: BulkOutcome(
                done: ids.filter { refused[$0] == nil },
                refused: ids.compactMap { id in refused[id].map { (id, codes[id], $0) } }
            ),
            back: act.bulkBack,
            sheets: sheet.map { [$0.sheet] } ?? [],
            receiver: sheet?.receiver
        ).show(context)
    }
}

extension DossierBook {
    /// The codes of those dossiers that are the agency's.
    func codes(of ids: [ID<Dossier>], in agency: ID<Agency>) async throws -> [ID<Dossier>: DossierCode] {
        try await database.read { tx in
            let rows = try tx.fetch(
                "SELECT id, code FROM dossier WHERE id IN \(list: ids) AND \(agency) IN (agency, desk)"
            )
            return Dictionary(
                try rows.map { (ID(rawValue: try $0.text(0)), DossierCode(stored: try $0.text(1))) },
                uniquingKeysWith: { first, _ in first }
            )
        }
    }
}
