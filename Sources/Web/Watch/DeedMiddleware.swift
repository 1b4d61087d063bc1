package import Hummingbird
import Kernel
import Logging

/// Writes down deeds and refusals by what they were and how they ended, and never of whom or about whom.
///
/// The marks of the address and of the person are made with the server's key: the same one twice can be seen, and
/// nobody without the key can tell which one it was.
package struct DeedMiddleware: RouterMiddleware {
    package typealias Context = AppContext

    private let deeds: [Deed]
    private let key: ServerKey
    private let metrics: Metrics

    package init(deeds: [Deed], key: ServerKey, metrics: Metrics) {
        self.deeds = deeds
        self.key = key
        self.metrics = metrics
    }

    package func handle(
        _ request: Request,
        context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        do {
            let response = try await next(request, context)
            note(request, context, response.status, response.headers[.refusedBy])
            return response
        } catch {
            let problem = Problem(error)
            note(request, context, problem.status, problem.slug)
            throw error
        }
    }

    private func note(_ request: Request, _ context: AppContext, _ status: HTTPResponse.Status, _ rule: String?) {
        if let rule { metrics.refuse(by: rule) }
        let route = context.endpointPath ?? "unmatched"
        let deed = deeds.first { $0.isDone(by: request.method, route) }
        guard deed != nil || rule != nil else { return }
        var facts: Logger.Metadata = [
            "method": "\(request.method.rawValue)",
            "route": "\(route)",
            "status": .stringConvertible(status.code),
            "outcome": "\(outcome(status))",
            "from": "\(mark(context.visit.address))",
        ]
        if let deed { facts["deed"] = "\(deed.name)" }
        if let rule { facts["rule"] = "\(rule)" }
        switch context.identity {
        case .citizen(let citizen): facts["by"] = "citizen \(mark(citizen.id.rawValue))"
        case .officer(let officer): facts["by"] = "officer \(mark(officer.id.rawValue))"
        case nil: break
        }
        context.logger.log(level: deed == nil ? .info : .notice, deed == nil ? "refusal" : "deed", metadata: facts)
    }

    private func outcome(_ status: HTTPResponse.Status) -> String {
        switch status.code {
        case ..<400: "done"
        case ..<500: "refused"
        default: "failed"
        }
    }

    private func mark(_ text: String) -> String { String(key.signature(of: text, for: "log").prefix(10)) }
}
