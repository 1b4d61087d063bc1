import Hummingbird
import NIOCore

/// What machines ask who look after this process.
struct WatchRoutes: Sendable {
    let metrics: Metrics
    let isHealthy: @Sendable () async throws -> Void

    func add(to router: some RouterMethods<AppContext>) {
        router.get("health", use: health)
        router.get("metrics", use: numbers)
    }

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
        return text("ok\n", "text/plain; charset=utf-8")
    }

    func numbers(_ request: Request, _ context: AppContext) -> Response {
        text(metrics.text, "text/plain; version=0.0.4; charset=utf-8")
    }

    private func text(_ text: String, _ type: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: type, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: text))
        )
    }
}
