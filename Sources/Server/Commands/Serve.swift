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
        let house = try await House(settings)
        var logger = Logger(label: "motcua")
        logger.logLevel = .notice
        let application = Application(
            router: try house.router(logger: logger),
            server: .http1(configuration: .init(additionalChannelHandlers: [LargeReads()], idleTimeout: .seconds(90))),
            configuration: .init(address: .hostname(settings.host, port: settings.port), serverName: "MotCua"),
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
                OutboxService(database: house.database, couriers: [StandInGateway(logger: logger)], logger: logger) {
                    [office = house.office] in office.now
                },
                Housekeeping(house: house, logger: logger),
                QueueFeedService(feed: house.oneStop.queues.feed),
            ],
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? settings.port
                Self.announce(settings, port: port, json: output.json)
            },
            logger: logger
        )
        try await application.runService()
        await house.database.close()
    }

    private static func announce(_ settings: Settings, port: Int, json: Bool) {
        let address = "http://\(settings.host):\(port)"
        if json {
            print(#"{"address":"\#(address)","state":"serving"}"#)
        } else {
            print(
                """
                MotCua is serving at \(address)
                  \(address)/           for citizens
                  \(address)/work       for officers
                  \(address)/design     how it looks
                Stop with Ctrl-C. Demonstration sign-ins: motcua demo --show
                """
            )
        }
        flushOutput()
    }
}
