import Accounts
import Agencies
import ArgumentParser
import Dossiers
import Foundation
import Kernel
import OneStop
import Persistence
import Web

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Recompute every hash chain, every row and every file from the log, and name the first differences.",
        discussion: """
            Rows of dossiers, the words they are found by, daily numbers, absences, rules of assignment, numbers of \
            results, the rights of officers, offices, appointments, queues and the calendars of agencies are compared. \
            The name of a procedure is the one the catalogue had at filing: it is not compared, its code is.

            Exits with 1 when anything differs.
            """
    )

    @OptionGroup var output: Output
    @Flag(help: "Do not read the stored files again.") var skipFiles = false

    private struct Findings: Encodable {
        var dossiers = 0
        var rows = 0
        var files = 0
        var chainFaults: [String] = []
        var rowDifferences: [String] = []
        var fileFaults: [String] = []
        var isClean: Bool { chainFaults.isEmpty && rowDifferences.isEmpty && fileFaults.isEmpty && dossiers == rows }
    }

    func run() async throws {
        let house = try await House(try Settings())
        var findings = Findings()
        findings.chainFaults = try await house.events.verifyChains().map { "\($0)" }
        let verified = try await house.dossiers.verify { count in
            if !output.json, count.isMultiple(of: 10_000) { print("\(count) dossiers compared …") }
        }
        findings.rowDifferences = verified.differences.map(\.description)
        findings.rowDifferences += try await house.dossiers.verifyTally()
        findings.rowDifferences += try await house.dossiers.verifyPapersOnFile()
        findings.rowDifferences += try await house.dossiers.verifyBooks()
        findings.rowDifferences += try await house.accounts.verify()
        findings.rowDifferences += try await house.calendars.verify()
        findings.rowDifferences += try await house.oneStop.verify()
        (findings.dossiers, findings.rows) = try await house.dossiers.counts()
        if !skipFiles {
            let checked = try await house.dossiers.verifyFiles(in: house.blobs)
            (findings.files, findings.fileFaults) = (checked.count, checked.faults)
        }
        await house.database.close()
        try report(findings, json: output.json) { findings in
            var lines = [
                "\(findings.dossiers) dossiers in the log, \(findings.rows) rows, \(findings.files) files read."
            ]
            lines += (findings.chainFaults + findings.rowDifferences + findings.fileFaults).map { "DIFFERENT \($0)" }
            if findings.dossiers != findings.rows { lines.append("DIFFERENT number of rows") }
            lines.append(findings.isClean ? "Everything agrees." : "Not clean.")
            return lines.joined(separator: "\n")
        }
        if !findings.isClean { throw ExitCode(1) }
    }
}
