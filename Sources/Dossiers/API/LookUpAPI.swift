import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Web

extension LookUpRoutes {
    private struct Question: Decodable {
        let code: String
        let secret: String
    }

    private struct Answer: Encodable {
        let code: String
        let procedure: String
        let procedureName: Words
        let stage: Stage
        let nationalState: Int
        let stateName: Words
        let filedAt: String
        let dueAt: String?
        let returnBy: ReturnMethod
        /// Absent while nothing is late.
        let late: LatenessShape?
    }

    /// The state of a dossier for whoever holds its code and secret; nothing about persons.
    func answer(_ request: Request, _ context: AppContext) async throws -> Response {
        let question = try await request.json(Question.self, context)
        try tries.admit(context.visit.address)
        guard let code = DossierCode(rawValue: question.code),
            let id = try await desk.book.lookUp(code, secret: question.secret),
            let details = try await desk.book.details(id)
        else { throw Problem.noSuchDossier }
        let rules = try desk.rules(of: details.filing)
        return try json(
            Answer(
                code: details.row.code.rawValue,
                procedure: details.row.procedureCode,
                procedureName: rules.procedure.name,
                stage: details.row.stage,
                nationalState: details.row.stage.nationalState ?? 0,
                stateName: details.row.stage.name,
                filedAt: details.row.filedAt.iso8601,
                dueAt: details.row.dueAt?.iso8601,
                returnBy: details.row.returnBy,
                late: try await desk.answerable(details.row).map(LatenessShape.init)
            ),
            context
        )
    }
}
