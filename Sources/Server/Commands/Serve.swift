import ArgumentParser
import Hummingbird
import Kernel
import Logging
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
        let notes = try await Self.notes(house)
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
            services: services(house, logger) + (numbers.map { [$0] } ?? []),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? settings.port
                logger.notice("serving", metadata: ["version": "\(MotCua.version)", "port": .stringConvertible(port)])
                Self.announce(settings, notes, isDemonstration: house.isDemonstration, port: port, json: output.json)
            },
            logger: logger
        )
        try await application.runService()
        await house.close()
        logger.notice("stopped", metadata: ["version": "\(MotCua.version)"])
    }

    /// What runs beside the server.
    private func services(_ house: House, _ logger: Logger) -> [any Service] {
        let (database, office, cards) = (house.database, house.office, house.cards)
        let couriers = cards.flatMap { $0.couriers(logger) }
        return [
            FollowerService(database: database, followers: cards.flatMap { $0.followers }, logger: logger),
            OutboxService(database: database, couriers: couriers, logger: logger) { office.now },
            Housekeeping(
                chores: house.chores,
                database: database,
                office: office,
                metrics: house.metrics,
                logger: logger
            ),
            LogWitnessService(witness: house.witness, logger: logger),
        ] + cards.flatMap { $0.services(logger) }
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

    /// What whoever has just started it must know.
    private static func notes(_ house: House) async throws -> String {
        if house.isDemonstration {
            return """
                This is a DEMONSTRATION: its people and dossiers are invented, its passwords are published. Never use it \
                for real citizens. Sign-ins: motcua demo --show
                """
        }
        var notes: [String] = []
        for card in house.cards { if let note = try await card.noteAtStart() { notes.append(note) } }
        return notes.joined(separator: "\n")
    }

    private static func announce(
        _ settings: Settings,
        _ notes: String,
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
            print("\(notes)\nStop with Ctrl-C.")
        }
        flushOutput()
    }
}
