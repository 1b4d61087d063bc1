import ArgumentParser

/// The one program: serves, and everything an operator does beside.
@main
struct MotCua: AsyncParsableCommand {
    /// Told by `--version`, in the log's first and last line and in the line a crash leaves.
    static let version = "0.2.0"

    static let configuration = CommandConfiguration(
        commandName: "motcua",
        abstract: "MotCua (Một Cửa): takes in, processes and returns administrative procedures.",
        discussion: """
            Settings come from the environment: MOTCUA_DATABASE (sqlite:PATH, postgres://… or a libpq conninfo), \
            MOTCUA_DATA (folder for files), MOTCUA_HOST, MOTCUA_PORT, MOTCUA_SITE (public address), MOTCUA_SECRET_FILE, \
            MOTCUA_LEAKED_PASSWORDS (a sorted list of SHA-1), \
            MOTCUA_HOME (folder that holds Procedures, Calendar, Authorities and Public). Docs/Operations.md lists them all.
            """,
        version: "motcua \(version)",
        subcommands: [
            Serve.self, Migrate.self, CatalogueCommand.self, AgenciesCommand.self, CalendarCommand.self, Demo.self,
            OfficeCommand.self, StaffCommand.self, Verify.self, Backup.self, Restore.self, Simulate.self,
            ReadFile.self,
        ]
    )

    static func main() async {
        Privacy.begin()
        await main(nil)
    }
}

/// What every command that a program may read offers.
struct Output: ParsableArguments {
    @Flag(help: "Print JSON for programs instead of lines for people.")
    var json = false
}
