import Agencies
import ArgumentParser
import DossierCore
import Foundation
import Kernel
import Persistence
import Web

struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Live through one invented year of an agency, and prove that everything adds up.",
        discussion: """
            Dossiers of the catalogue's procedures are filed, processed and returned by the real commands, with a clock \
            of their own. Needs a database without dossiers. The same seed gives the same year. Exits with 1 when \
            anything does not agree.
            """
    )

    @OptionGroup var output: Output
    @Option(help: "How many dossiers are filed in the year (1…1000000).") var dossiers = 30_000
    @Option(help: "The year (2020…2100).") var year = 2026
    @Option(help: "The agency.") var agency = DemoPeople.ward.rawValue
    @Option(help: "Another seed gives another year.") var seed = 1

    func validate() throws {
        guard (1...1_000_000).contains(dossiers) else { throw ValidationError("--dossiers must be 1 to 1000000.") }
        guard (2020...2100).contains(year) else { throw ValidationError("--year must be 2020 to 2100.") }
    }

    func run() async throws {
        let clock = SimulatedClock(Instant(LocalMinute(date: LocalDate(dayNumber: 0), minuteOfDay: 0)))
        let house = try await House(try Settings(), office: Office { clock.now })
        guard try await house.dossiers.counts() == (0, 0) else {
            throw Settings.Unusable(description: "The database holds dossiers; invented ones do not belong among them.")
        }
        try await Demonstration.begin(in: house)
        if try await house.agencies.tree().isEmpty { try await house.storeAuthorities() }
        let start = ContinuousClock.now
        let report = try await house.simulate(
            dossiers: dossiers,
            year: year,
            agency: ID(rawValue: agency),
            seed: seed,
            clock: clock
        ) { sentence in
            guard !output.json else { return }
            print(sentence)
            flushOutput()
        }
        await house.close()
        var timed = report
        timed.seconds = Double((ContinuousClock.now - start).components.seconds)
        try tell(timed)
        if !timed.holds { throw ExitCode(1) }
    }

    private func tell(_ timed: YearProof.Report) throws {
        try report(timed, json: output.json) { report in
            var lines = [
                "\(report.dossiers) dossiers, \(report.commands) commands, \(report.refused) forbidden ones refused, "
                    + "looked at \(report.moments) times, "
                    + "\(Int(report.seconds)) s.",
                "At the end, by national state: "
                    + report.states.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", "),
                "Received: "
                    + report.received.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "),
                "Digest of the year: \(report.digest)",
            ]
            lines += report.checks.map { "\($0.holds ? "holds " : "FAILS ") \($0.what) \($0.detail)" }
            return lines.joined(separator: "\n")
        }
    }
}

extension House {
    /// Simulates a year on this installation, whose clock must be `clock`, and proves it.
    func simulate(
        dossiers: Int,
        year: Int,
        agency: ID<Agency>,
        seed: Int,
        clock: SimulatedClock,
        progress: (String) -> Void = { _ in }
    ) async throws -> YearProof.Report {
        let office = try await SimulatedOffice(self, agency: agency, year: year)
        progress("\(office.agency.name.vi): \(office.procedures.count) procedures, \(office.staff.count) officers.")
        let simulation = YearSimulation(
            office: office,
            clock: clock,
            dossiers: dossiers,
            year: year,
            seed: UInt64(bitPattern: Int64(seed))
        )
        let course = try await simulation.run { day, commands in
            progress("\(day.vietnamese): \(commands) commands …")
        }
        progress("Comparing …")
        return try await YearProof(
            house: self,
            agency: agency,
            year: year,
            course: course,
            staff: office.staff + [office.partner]
        ).report()
    }
}
