import Hummingbird

/// Turns away addresses that nothing here can mean, and remembers the language that one asks for.
struct TargetMiddleware: RouterMiddleware {
    typealias Context = AppContext

    func handle(
        _ request: Request,
        context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        guard request.hasReadableTarget else {
            throw Problem.malformed(
                "Đường dẫn chứa ký tự không hợp lệ.",
                "The address contains characters that are not allowed."
            )
        }
        if let chosen = Language.chosen(in: request, context.visit) { return chosen.remembered(context.visit) }
        return try await next(request, context)
    }
}

extension Request {
    /// The path and the query decode to text without control characters: no database, log or file name can be
    /// surprised by them later.
    fileprivate var hasReadableTarget: Bool {
        let target = Array(uri.string.utf8)
        guard target.first == UInt8(ascii: "/"), target.count <= 8000 else { return false }
        // What cannot be decoded is turned away like what is none of ours.
        guard let text = try? PercentEncoding.text(target[...], plusIsBlank: false) else { return false }
        return text.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 || $0 == "\n" || $0 == "\r" }
    }
}
