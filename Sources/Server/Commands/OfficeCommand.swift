import ArgumentParser

struct OfficeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "office",
        abstract: "The one-stop office: when people come.",
        subcommands: [ForecastCommand.self]
    )
}
