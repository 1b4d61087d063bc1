import Accounts
import Agencies
import ArgumentParser
import Dossiers
import Foundation
import Kernel
import Notifications
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

            A log that ends before what was seen of it (MOTCUA_DATA/log-ends) or before what its followers have \
            followed is a difference too.

            Exits with 1 when anything differs.
            """
    )

    @OptionGroup var output: Output
    @Flag(help: "Do not read the stored files again.") var skipFiles = false

    func run() async throws {
        let house = try await House(try Settings())
        let findings = try await house.findings(readsFiles: !skipFiles) { count in
            if !output.json, count.isMultiple(of: 10_000) { print("\(count) dossiers compared …") }
        }
        await house.database.close()
        try report(findings, json: output.json, \.sentences)
        if !findings.isClean { throw ExitCode(1) }
    }
}

/// What differs in an installation.
struct Findings: Encodable {
    var dossiers = 0
    var rows = 0
    var files = 0
    var logFaults: [String] = []
    var chainFaults: [String] = []
    var rowDifferences: [String] = []
    var fileFaults: [String] = []
    /// What is worth knowing and may be so.
    var notes: [String] = []

    var isClean: Bool { faults.isEmpty && dossiers == rows }
    private var faults: [String] { logFaults + chainFaults + rowDifferences + fileFaults }

    var sentences: String {
        var lines = ["\(dossiers) dossiers in the log, \(rows) rows, \(files) files read."]
        lines += faults.map { "DIFFERENT \($0)" }
        if dossiers != rows { lines.append("DIFFERENT number of rows") }
        lines += notes
        lines.append(isClean ? "Everything agrees." : "Not clean.")
        return lines.joined(separator: "\n")
    }
}

extension House {
    /// Compares everything with the log, and the log with what others know of it.
    func findings(readsFiles: Bool, progress: @Sendable (Int) -> Void = { _ in }) async throws -> Findings {
        var findings = Findings()
        findings.logFaults = try await logFaults()
        findings.chainFaults = try await events.verifyChains().map { "\($0)" }
        let verified = try await dossiers.verify(progress: progress)
        findings.rowDifferences = verified.differences.map(\.description)
        findings.rowDifferences += try await dossiers.verifyTally()
        findings.rowDifferences += try await dossiers.verifyPapersOnFile()
        findings.rowDifferences += try await dossiers.verifyBooks()
        findings.rowDifferences += try await accounts.verify()
        findings.rowDifferences += try await calendars.verify()
        findings.rowDifferences += try await oneStop.verify()
        findings.rowDifferences += try await notifications.verify()
        (findings.dossiers, findings.rows) = try await dossiers.counts()
        findings.notes = try await openToOthers + noteOnOtherLogs()
        if readsFiles {
            let checked = try await dossiers.verifyFiles(in: blobs)
            (findings.files, findings.fileFaults) = (checked.count, checked.faults)
            findings.notes += try await noteOnFiles()
        }
        return findings
    }

    private func logFaults() async throws -> [String] {
        var faults: [String] = []
        if let gap = try await witness.gap() { faults.append(gap.description) }
        let (strangers, isKnown) = try await witness.strangers()
        if !isKnown { faults += strangers.map { "log: \(sentence(on: $0)) and nothing of this one" } }
        faults += try await events.followersBeyondTheEnd().map { "follower \($0): it has gone further than the log" }
        return faults
    }

    private func sentence(on other: LogEnd) -> String {
        "\(settings.data)/log-ends has seen event \(other.position) of another log"
    }

    /// A database that has taken the place of another, which the folder still remembers.
    func noteOnOtherLogs() async throws -> [String] {
        try await witness.strangers().ends.map { "\(sentence(on: $0))." }
    }

    /// A log that was cut off leaves such files, and so do uploads that a power cut or a change of mind has ended:
    /// alone they prove nothing.
    private func noteOnFiles() async throws -> [String] {
        guard let last = try await events.lastRecorded() else { return [] }
        var count = 0
        try await blobs.newer(thanMilliseconds: last) { digests in
            count += digests.count - (try await dossiers.used(digests)).count
        }
        return count == 0 ? [] : ["\(count) files are newer than the last event, and nothing names them."]
    }

    /// Throws when the log is shorter than it was: whoever went on from there would give numbers and positions twice.
    func insistOnWholeLog() async throws {
        guard let gap = try await witness.gap() else { return }
        throw Settings.Unusable(
            description: """
                In the database of this installation \(gap). Put it back whole (SQLite's file together with its -wal, or \
                `motcua restore`); if it is meant to be as it is, run `motcua migrate --restored` once.
                """
        )
    }
}
