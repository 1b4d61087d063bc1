import ArgumentParser

struct OfficeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "office",
        abstract: "The one-stop office: its hall and its visitors.",
        subcommands: [PlanHall.self, ForecastCommand.self]
    )
}
