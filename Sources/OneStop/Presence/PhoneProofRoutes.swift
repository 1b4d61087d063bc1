import Agencies
import Hummingbird
import Kernel
import Persistence
import Web

/// The way from a telephone's code to its ticket.
struct PhoneProofRoutes: Sendable {
    let door: TicketDoor

    func add(to router: some RouterMethods<AppContext>) {
        router.get("quay/:office/ma/:proof", use: show)
        router.post("quay/:office/ma/:proof", use: prove)
    }

    func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(nil, context)
    }

    func prove(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await request.form(context)
        return try await told {
            let office = try await door.desk.agency(context).id
            try await door.requireFew(request, context)
            let receipt = try await door.desk.book.take(
                try id(context),
                code: (form.filled("code") ?? "").filter(\.isNumber),
                at: office,
                Circumstances(at: door.desk.office.now, actor: .visitor, request: context.requestID)
            )
            return door.opened(receipt, isMachine: false, request, context)
        } again: { problem in
            try await page(problem, context)
        }
    }

    private func id(_ context: AppContext) throws -> ID<PhoneProof> {
        ID(rawValue: try context.parameters.require("proof"))
    }

    private func page(_ problem: Problem?, _ context: AppContext) async throws -> Response {
        let agency = try await door.desk.agency(context)
        guard let proof = try await door.desk.book.proof(try id(context), at: agency.id) else {
            throw PhoneProof.Refusal.lapsed
        }
        let path = "/quay/\(agency.id.rawValue)/ma/\(proof.id.rawValue)"
        let news = CodeNews(
            code: proof.code,
            reach: door.desk.book.reach,
            state: try await door.desk.book.codeDelivery(of: proof.id)?.state,
            path: path
        )
        return PhoneProofPage(proof: proof, agency: agency, path: path, news: news).show(problem, context)
    }
}
