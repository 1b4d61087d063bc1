import Testing

/// Who does what is told by an actor; rules name the kinds of actors that may, and machines have names and no officers.
@Suite struct `Every command names who may give it` {
    private static let aggregates: [(file: SourceFile, name: String)] = SourceFile.sources.flatMap { file in
        file.lines(holding: ": Aggregate {").compactMap { index in
            file.lines[index].firstMatch(of: /struct (\w+): Aggregate \{/).map { (file, String($0.output.1)) }
        }
    }

    @Test func `every aggregate's commands say who may give them, spelled out and not for the rest`() {
        #expect(Self.aggregates.count >= 10)
        for (aggregate, name) in Self.aggregates {
            let places = SourceFile.sources.filter { $0.target == aggregate.target }.flatMap { file in
                file.lines(holding: "extension \(name).Command: GivenCommand {").map { (file, $0) }
            }
            #expect(places.count == 1, "\(aggregate.path): who may give the commands of \(name)?")
            for (file, start) in places {
                let rule = file.lines[start...].prefix { $0 != "}" }
                #expect(
                    !rule.contains { $0.contains("default:") },
                    "\(file.place(start)) lets a new command pass unseen"
                )
            }
        }
    }

    @Test func `a machine has one name, declared where it acts`() {
        var names: [String] = []
        for file in SourceFile.sources {
            for index in file.lines(holding: "Machine(rawValue:") {
                let declared = file.code(index).firstMatch(of: /static let \w+ = Machine\(rawValue: "([^"]+)"\)$/)
                guard let declared else {
                    // Where it is read, or made by the type itself.
                    if file.target != "Testing" { Issue.record("\(file.place(index)) makes up a machine") }
                    continue
                }
                names.append(String(declared.output.1))
            }
            for index in file.lines(holding: ".system(name: \"") {
                Issue.record("\(file.place(index)) names a machine in passing")
            }
        }
        #expect(names.count >= 7)
        #expect(Set(names).count == names.count, "two machines share a name: \(names.sorted())")
    }

    /// An officer who acts is whoever has signed in. The simulation of a year plays every one of its people, and the
    /// demonstration speaks for officers whose accounts it has made.
    @Test func `nobody invents an officer for a machine`() {
        let players = [
            "Sources/Dossiers/Officers/ActingOfficers.swift", "Sources/DossierCore/Staff/StandIn.swift",
            "Sources/Server/Simulation/SimulatedOffice.swift", "Sources/Server/DemoOpinions.swift",
            "Sources/Server/Commands/Demo.swift",
        ]
        var found: Set<String> = []
        for file in SourceFile.sources {
            let made = file.lines(holding: "ActingOfficer(").filter { index in
                !file.code(index).contains("ActingOfficer(context.officer)") && !file.code(index).contains("(officer)")
            }
            for index in made {
                found.insert(file.path)
                #expect(players.contains(file.path), "\(file.place(index)) makes an officer up")
            }
        }
        #expect(found == Set(players), "nobody is excused who has no need of it")
    }

    @Test func `the demonstration speaks for no officer without an account`() {
        for file in SourceFile.sources where file.target == "Server" {
            for index in file.lines(holding: "ActingOfficer(id: ID(rawValue:") where !file.path.contains("Simulation/")
            {
                Issue.record("\(file.place(index)) is an officer without an account")
            }
        }
    }
}

@Suite struct `The composition root names no slice's parts` {
    /// What goes through the cards: serving, the daily work and the proof, whatever slices there are.
    private static let general = [
        "Sources/Server/Commands/Serve.swift", "Sources/Server/Housekeeping.swift",
        "Sources/Server/Commands/Verify.swift",
    ]
    private static let slices: Set<String> = [
        "Accounts", "Dossiers", "Staffing", "Scanning", "Registers", "DueDates", "Notifications", "OneStop",
        "DossierCore",
    ]

    @Test func `serving, housekeeping and verifying import no slice and ask the house for none`() {
        let members = [
            "house.accounts", "house.dossiers", "house.drafts", "house.desk", "house.notifications", "house.oneStop",
            "house.catalogue", "house.agencies", "house.calendars", "house.orders",
        ]
        for path in Self.general {
            guard let file = SourceFile.sources.first(where: { $0.path == path }) else {
                Issue.record("\(path) is gone")
                continue
            }
            for (module, line) in file.imports where Self.slices.contains(module) {
                Issue.record("\(file.path):\(line) imports \(module)")
            }
            for member in members {
                for index in file.lines(holding: member) { Issue.record("\(file.place(index)) knows a part") }
            }
        }
    }

    /// A slice is built in `init` and stands in the two lists; whatever else the house does goes through them.
    @Test func `the house builds its slices and lists them, and knows them nowhere else`() throws {
        let house = try #require(SourceFile.sources.first { $0.path == "Sources/Server/House.swift" })
        let routes = try #require(house.lines.firstIndex { $0.contains("// MARK: - Routes") })
        let parts = ["Slice.", "staffing", "scanning", "registers", "dueDates", "notifications", "oneStop"]
        for index in house.lines.indices where index > routes {
            #expect(!parts.contains { house.code(index).contains($0) }, "\(house.place(index)) knows a slice")
        }
    }
}
