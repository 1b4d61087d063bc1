import ArgumentParser
import Foundation
import Persistence

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Bring the database's tables up to date.")

    @OptionGroup var output: Output
    @Flag(
        help: """
            The database was just put back by hand: from another PostgreSQL server's dump, or as it was earlier. Its end \
            is taken as it is.
            """
    )
    var restored = false

    func run() async throws {
        let house = try await House(try Settings())
        if restored {
            try await house.events.adoptRestoredLog()
            try await house.witness.accept()
        }
        let names = House.migrations.map(\.name)
        await house.database.close()
        try report(names, json: output.json) { "\($0.count) migrations are in place; the last is \($0.last ?? "–")." }
    }
}

/// Prints a value as JSON or as a sentence.
func report<Value: Encodable>(_ value: Value, json: Bool, _ sentence: (Value) -> String) throws {
    guard json else {
        print(sentence(value))
        return
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
}

/// Progress is wanted at once, also by whoever reads it through a pipe.
func flushOutput() { fflush(nil) }
