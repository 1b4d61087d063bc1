import Agencies
import Hummingbird
import Kernel
import Persistence
import Web

/// Passing to another agency and back.
extension WorkRoutes {
    /// The name under which the files of an answer are sent.
    static let answerFile = "answer"

    /// The agencies that can do a part of the work on a dossier: all others with somebody to take it.
    func receivers(_ details: DossierBook.Details) async throws -> [AgencyProfile] {
        let today = desk.office.now.localDate
        let tree = try await desk.agencies.tree()
        return try await staffed(.caseOfficer).subtracting([details.row.agency])
            .compactMap { tree[$0] }
            .filter { ($0.validUntil ?? today) >= today }
            .sorted { ($0.name.vi, $0.id.rawValue) < ($1.name.vi, $1.id.rawValue) }
    }

    func passBack(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let details = try await details(context)
        let (fields, problem) = try await savePassBack(request, details, context, once: nil)
        guard let problem else { return .redirect(to: "/work/inbox/\(Inbox.received.slug)") }
        var response = try await actPage(.passBack, details, context, typed: fields, problem)
        response.status = problem.status
        return response
    }

    /// Keeps what an agency answers, with its files. Answers the fields that were sent, and what is wrong with them or
    /// stands against it.
    func savePassBack(
        _ request: Request,
        _ details: DossierBook.Details,
        _ context: OfficerContext,
        once key: String?
    ) async throws -> (fields: FormData, problem: Problem?) {
        let acting = try await acting(context)
        // Asked before anything is read: a file of somebody who may not answer is not even stored.
        try Act.passBack.require(on: details.dossier, by: acting)
        let collected = Collected()
        let (fields, refused) = try await uploads.receive(request, context, components: [Self.answerFile]) {
            await collected.add($0)
        }
        guard let typed = fields.filled("text"), refused.isEmpty else {
            return (fields, Problem.invalid(refused + (fields.filled("text") == nil ? [Act.passBack.textMissing] : [])))
        }
        let files = await collected.files
        let now = desk.office.now
        let text = DossierTexts.Draft(String(typed.prefix(4000)), .remark, at: now)
        let order = Order(by: acting, circumstances(context, at: now)) {
            .passBack(by: $0, answer: text.sealed, files: files.map(\.reference))
        }
        let problem = try await perform(
            order,
            "pass-back",
            on: details,
            text: text,
            files: files,
            fields: fields,
            context,
            once: key
        )
        return (fields, problem)
    }
}
