import Accounts
import ArgumentParser
import Dossiers
import Hummingbird
import Kernel
import Logging
import Notifications
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
        let people = try await Self.people(house)
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
                        ScanReader(book: house.scans, blobs: house.blobs, reader: house.reader) {
                            [office = house.office] in office.now
                        }
                    ],
                    logger: logger,
                    lease: .minutes(10)
                ) { [office = house.office] in office.now },
                OutboxService(database: house.database, couriers: [house.notifications.courier], logger: logger) {
                    [office = house.office] in office.now
                },
                Housekeeping(house: house, logger: logger),
                LogWitnessService(witness: house.witness, logger: logger),
                QueueFeedService(feed: house.oneStop.queues.feed),
            ] + (numbers.map { [$0] } ?? []),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? settings.port
                logger.notice("serving", metadata: ["version": "\(MotCua.version)", "port": .stringConvertible(port)])
                Self.announce(settings, people, isDemonstration: house.isDemonstration, port: port, json: output.json)
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

    /// What somebody who has just started it must know about those who sign in here.
    private static func people(_ house: House) async throws -> String {
        if house.isDemonstration {
            return """
                This is a DEMONSTRATION: its people and dossiers are invented, its passwords are published. Never use it \
                for real citizens. Sign-ins: motcua demo --show
                """
        }
        return try await house.accounts.staff.isEmpty()
            ? "No officer can sign in yet: motcua staff add --help" : "Officers: motcua staff list"
    }

    private static func announce(
        _ settings: Settings,
        _ people: String,
        isDemonstration: Bool,
        port: Int,
        json: Bool
    ) {
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
            if isDemonstration { print("  \(address)/design     how it looks") }
            print("\(people)\nStop with Ctrl-C.")
        }
        flushOutput()
    }
}
