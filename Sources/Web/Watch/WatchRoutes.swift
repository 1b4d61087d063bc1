import Crypto
package import Hummingbird
import NIOCore

/// What machines ask who look after this process.
struct WatchRoutes: Sendable {
    let metrics: Metrics
    let metricsToken: String?
    let isHealthy: @Sendable () async throws -> Void
    let isReady: @Sendable () async throws -> Void

    func add(to router: some RouterMethods<AppContext>) {
        router.get("health", use: health)
        router.get("health/ready", use: ready)
        // Without a token nobody may ask, and then there is nothing to ask.
        if metricsToken != nil { router.get("metrics", use: numbers) }
    }

    /// These are answered while everybody else is turned away.
    static func isAboutHealth(_ path: String?) -> Bool { path == "/health" || path == "/health/ready" }

    func health(_ request: Request, _ context: AppContext) async throws -> Response {
        do {
            try await isHealthy()
        } catch {
            throw Problem(
                "not-healthy",
                "Hệ thống đang không hoạt động được.",
                "The system is not able to work at the moment.",
                .serviceUnavailable
            )
        }
        return plain("ok\n", "text/plain; charset=utf-8")
    }

    func ready(_ request: Request, _ context: AppContext) async throws -> Response {
        do {
            try await isReady()
        } catch {
            let problem = Problem(error)
            if problem.status == .serviceUnavailable { throw problem }
            throw Problem(
                "not-ready",
                "Hệ thống chưa nhận được việc mới.",
                "The system cannot take new work at the moment.",
                .serviceUnavailable
            )
        }
        return plain("ready\n", "text/plain; charset=utf-8")
    }

    func numbers(_ request: Request, _ context: AppContext) throws -> Response {
        guard let metricsToken, let token = request.bearer, isSame(token, metricsToken) else { throw Problem.notFound }
        return metrics.answer
    }

    /// Takes the same time wherever two texts begin to differ, because digests are compared.
    private func isSame(_ one: String, _ other: String) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(
            HMAC<SHA256>.authenticationCode(for: Array(one.utf8), using: Self.comparing),
            authenticating: Array(other.utf8),
            using: Self.comparing
        )
    }

    private static let comparing = SymmetricKey(size: .bits256)
}

extension Metrics {
    package var answer: Response { plain(text, "text/plain; version=0.0.4; charset=utf-8") }
}

private func plain(_ text: String, _ type: String) -> Response {
    Response(
        status: .ok,
        headers: [.contentType: type, .cacheControl: "no-store"],
        body: .init(byteBuffer: ByteBuffer(string: text))
    )
}
