import ArgumentParser
import Dossiers
import Hummingbird
import Kernel
import Logging
import OneStop
import Persistence
import ServiceLifecycle
import Web

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve the portal, the workspace and the API.")

    @OptionGroup var output: Output

    func run() async throws {
        let settings = try Settings()
        CrashLine.install(version: MotCua.version)
        ProcessLimits.dumpNoMemory()
        let descriptors = ProcessLimits.raiseDescriptors()
        let logger = Self.logger(settings)
        let house = try await House(settings)
        logger.notice(
            "starting",
            metadata: [
                "version": "\(MotCua.version)",
                "descriptors": .stringConvertible(descriptors),
                "connections": .stringConvertible(house.capacity.connections.limits.total),
            ]
        )
        let numbers = settings.metricsPort.map { Numbers(metrics: house.metrics, port: $0, logger: logger) }
        try await house.insistOnWholeLog()
        for sentence in try await house.openToOthers + house.noteOnOtherLogs() { logger.warning("\(sentence)") }
        let application = Application(
            router: try house.router(logger: logger),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [LargeReads(), house.capacity.guardian(settings.patience)],
                    idleTimeout: .seconds(90)
                )
            ),
            configuration: .init(
                address: .hostname(settings.host, port: settings.port),
                serverName: "MotCua",
                // Those who come while everybody else does wait here instead of being turned away by the kernel.
                backlog: 1024
            ),
            services: [
                FollowerService(
                    database: house.database,
                    followers: [Tally(), Recounts(), PapersOnFile(), house.oneStop.follower],
                    logger: logger
                ),
                Recounting(recounter: Recounter(desk: house.desk), logger: logger),
                // Five minutes for reading a pile, and as much again for cutting and storing its parts.
                OutboxService(
                    database: house.database,
                    couriers: [
                        ScanReader(book: house.scans, blobs: house.blobs) { [office = house.office] in office.now }
                    ],
                    logger: logger,
                    lease: .minutes(10)
                ) { [office = house.office] in office.now },
                OutboxService(database: house.database, couriers: [StandInGateway(logger: logger)], logger: logger) {
                    [office = house.office] in office.now
                },
                Housekeeping(house: house, logger: logger),
                LogWitnessService(witness: house.witness, logger: logger),
                QueueFeedService(feed: house.oneStop.queues.feed),
            ] + (numbers.map { [$0] } ?? []),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? settings.port
                logger.notice("serving", metadata: ["version": "\(MotCua.version)", "port": .stringConvertible(port)])
                Self.announce(settings, port: port, json: output.json)
            },
            logger: logger
        )
        try await application.runService()
        await house.close()
        logger.notice("stopped", metadata: ["version": "\(MotCua.version)"])
    }

    private static func logger(_ settings: Settings) -> Logger {
        LoggingSystem.bootstrap { label in
            switch settings.logFormat {
            case .text: StreamLogHandler.standardError(label: label)
            case .json: JSONLog(label: label)
            }
        }
        var logger = Logger(label: "motcua")
        logger.logLevel = settings.logLevel
        return logger
    }

    private static func announce(_ settings: Settings, port: Int, json: Bool) {
        let address = "http://\(settings.host):\(port)"
        if json {
            print(#"{"address":"\#(address)","state":"serving"}"#)
        } else {
            print(
                """
                MotCua \(MotCua.version) is serving at \(address)
                  \(address)/           for citizens
                  \(address)/work       for officers
                """
            )
            if settings.isDemonstration {
                print(
                    """
                      \(address)/design     how it looks
                    This is a demonstration with made-up people. Its sign-ins: motcua demo --show
                    """
                )
            }
            print("Stop with Ctrl-C.")
        }
        flushOutput()
    }
}
