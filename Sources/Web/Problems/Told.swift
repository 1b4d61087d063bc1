package import Hummingbird

/// Runs a handler; what it refuses is told on the page that was sent, with everything typed still in its place.
///
/// Faults of ours travel on to the middleware that knows them.
package func told(
    _ handler: () async throws -> Response,
    again page: (Problem) async throws -> Response
) async throws -> Response {
    let problem: Problem
    do {
        return try await handler()
    } catch let error as Problem {
        problem = error
    } catch let error as any ProblemConvertible {
        problem = error.problem
    }
    var response = try await page(problem)
    response.status = problem.status
    response.headers.append(contentsOf: problem.headers)
    response.headers[.cacheControl] = "no-store"
    response.headers[.refusedBy] = problem.slug
    return response
}
