import Hummingbird
import Logging
import ServiceLifecycle
import Web

/// Tells the numbers at a port of their own, which is open to this machine only.
struct Numbers: Service {
    let metrics: Metrics
    let port: Int
    let logger: Logger

    func run() async throws {
        let router = Router()
        router.get("metrics") { [metrics] _, _ in metrics.answer }
        try await Application(
            router: router,
            // Whoever gathers numbers keeps one connection or two.
            server: .http1(configuration: .init(idleTimeout: .seconds(90))),
            configuration: .init(address: .hostname("127.0.0.1", port: port), serverName: "MotCua"),
            onServerRunning: { [logger] channel in
                logger.notice(
                    "telling numbers",
                    metadata: ["port": .stringConvertible(channel.localAddress?.port ?? 0)]
                )
            },
            logger: logger
        ).run()
    }
}
