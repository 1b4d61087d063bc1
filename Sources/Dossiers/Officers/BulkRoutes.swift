import Hummingbird
import Kernel
import Persistence
import Web

/// Acts on several dossiers of a list at once. Each is judged alone; those refused are named with the reason.
extension WorkRoutes {
    /// What may be done with several at once: nothing that needs words for each.
    static let bulkActs: [Act] = [.handOver, .take, .completeStep, .returnResult]

    func addBulk(to work: RouterGroup<OfficerContext>) {
        work.post("many", use: performMany)
    }

    func performMany(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.reception, .caseOfficer, .leader, .clerk, .returns)
        let form = try await request.form(context)
        var seen = Set<String>()
        let ids = form.all("dossier").filter { seen.insert($0).inserted }.map { ID<Dossier>(rawValue: $0) }
        guard (1...200).contains(ids.count) else { throw Problem.nothingChosen }
        guard let act = form["act"].flatMap(Act.init(rawValue:)), Self.bulkActs.contains(act) else {
            throw Problem.notFound
        }
        let receiver = try await colleague(form.filled("officer"), context)
        if form.filled("officer") != nil, receiver == nil { throw Problem.invalid([Act.strangeColleague]) }
        let method = form.filled("method").flatMap(ReturnMethod.init(rawValue:))
        if act == .returnResult, method == nil {
            throw Problem.invalid([
                FieldError("method", "Hãy chọn cách trả kết quả.", "Please choose how they are returned.")
            ])
        }
        let order = Order(
            by: try await acting(context),
            circumstances(context),
            assigner: try await assigner(context)
        ) { officer in
            act.command(by: officer, to: receiver?.id, method: method)
        }
        let refused = try await desk.book.perform(order, onEach: ids)
        let codes = try await desk.book.codes(of: Array(refused.keys), in: context.officer.agency)
        return BulkPage(
            title: act.name,
            done: ids.filter { refused[$0] == nil },
            refused: ids.compactMap { id in refused[id].map { (id, codes[id], $0) } },
            back: act == .handOver ? "/work/inbox/accepted" : "/work",
            sheets: act == .handOver ? [.handOver] : [],
            receiver: receiver?.id
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
