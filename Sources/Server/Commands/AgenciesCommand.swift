import Agencies
import ArgumentParser
import Foundation
import Persistence
import Web

struct AgenciesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agencies",
        abstract: "Administrative units, codes and agencies.",
        subcommands: [Load.self, Import.self]
    )

    struct Load: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Store the agencies of a YAML file such as Authorities/hanoi-2021.yaml; can be repeated without harm."
        )

        private struct Loaded: Encodable {
            let added: Int
            let changed: Int
            let unchanged: Int
        }

        @OptionGroup var output: Output
        @Argument(help: "The file.") var file: String

        func run() async throws {
            guard FileManager.default.fileExists(atPath: file) else {
                throw Settings.Unusable(description: "There is no file \(file).")
            }
            let seed = try AgencySeed(yaml: try String(contentsOfFile: file, encoding: .utf8))
            let house = try await House(try Settings())
            let changes = try await house.agencies.store(seed.agencies)
            await house.database.close()
            let loaded = Loaded(added: changes.added, changed: changes.changed, unchanged: changes.unchanged)
            try report(loaded, json: output.json) {
                "\($0.added) agencies added, \($0.changed) changed, \($0.unchanged) unchanged."
            }
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import administrative units and agency codes; can be repeated without harm.",
            discussion: "FOLDER holds admin_units/*.csv and agencies/agency_codes.csv as the data's README describes."
        )

        @OptionGroup var output: Output
        @Argument(help: "The folder.") var folder: String

        func run() async throws {
            guard FileManager.default.fileExists(atPath: folder) else {
                throw Settings.Unusable(description: "There is no folder \(folder).")
            }
            let house = try await House(try Settings())
            if !output.json { print("Importing from \(folder) …") }
            let imported = try await AgencyImport(agencies: house.agencies).run(folder: folder)
            await house.close()
            try report(imported, json: output.json) { imported in
                let sources = imported.sources.map {
                    "  \($0.file): \($0.rows) rows, \($0.added) added, \($0.changed) changed, \($0.unchanged) unchanged"
                }
                let faults = imported.faults.map { "  \($0.file):\($0.line.map(String.init) ?? "-"): \($0.words.en)" }
                return (["Imported:"] + sources + faults + imported.notes.map { "  \($0.en)" }).joined(separator: "\n")
            }
        }
    }
}
