import DossierCore
import Dossiers
import Foundation
import Kernel
import Logging
import Persistence
import Registers
import Web

/// What a simulated year must have left behind, checked against the log.
struct YearProof: Sendable {
    let house: House
    let agency: ID<Agency>
    let year: Int
    let course: YearSimulation.Course
    /// Everybody who could act on a dossier.
    let staff: [ActingOfficer]

    struct Check: Codable, Sendable {
        let what: String
        let holds: Bool
        let detail: String
    }

    struct Report: Codable, Sendable {
        var dossiers = 0
        var commands = 0
        var refused = 0
        /// How often a dossier was looked at: after every event.
        var moments = 0
        /// Where the dossiers stand at the end, by national state.
        var states: [Int: Int] = [:]
        /// Received in the year, as report II.06a counts.
        var received: [String: Int] = [:]
        /// The same for the same seed, whatever the database: over every event's time and kind.
        var digest = ""
        var checks: [Check] = []
        var seconds = 0.0
        var holds: Bool { checks.allSatisfy(\.holds) }
    }

    func report() async throws -> Report {
        var report = Report()
        report.dossiers = course.lives.count
        (report.commands, report.refused, report.moments) = (course.commands, course.refused, course.seen.moments)
        let now = house.office.now
        var (sums, faults, strangers) = (LogSums(), [String](), [String]())
        for life in course.lives {
            guard let id = life.id else { continue }
            let history: [Recorded<Dossier.Event>] = try await house.events.history(of: id)
            if let fault = NationalTable.fault(in: history.map(\.event)) { faults.append("\(id.rawValue) \(fault)") }
            if history != life.history { strangers.append(id.rawValue) }
            sums.add(history, now: now)
            let lines = history.map { "\(life.number) \($0.circumstances.at.milliseconds) \($0.event.name)\n" }
            report.digest = entityTag(of: (report.digest + lines.joined()).utf8)
            report.states[life.dossier.stage.nationalState ?? 0, default: 0] += 1
        }
        report.checks = [
            check("every dossier went only the ways of the national table", faults),
            check("the store holds exactly what happened", strangers),
            check("every chain of seals is whole", try await house.events.verifyChains().map { "\($0)" }),
        ]
        let stranded = try await house.dossiers.stranded(among: staff, now: now)
        report.checks.append(
            check("every dossier lies in the list of somebody who can act on it", stranded.map(\.rawValue))
        )
        report.checks += moments(course.seen)
        report.checks += try await rows()
        report.checks.append(try await stages(sums))
        report.checks += try await registers(sums, now: now, &report)
        return report
    }

    private func check(_ what: String, _ faults: [String]) -> Check {
        Check(what: what, holds: faults.isEmpty, detail: faults.prefix(3).joined(separator: "; "))
    }

    /// What was seen after every single event of the year.
    private func moments(_ seen: Witness.Seen) -> [Check] {
        [
            check("at every moment every open dossier is in the list of somebody who can carry it on", seen.stranded),
            check("nobody is offered an act that is then refused", seen.falseOffers),
            check("no paper asserts a payment or a print that is not recorded", seen.falseClaims),
        ]
    }

    /// Every dossier counts where the log has left it; nothing that was cancelled counts as stopped.
    private func stages(_ sums: LogSums) async throws -> Check {
        let rows = try await house.database.read { tx in
            try tx.fetch("SELECT stage, COUNT(*) FROM dossier GROUP BY stage ORDER BY stage").map {
                "\(try $0.text(0)) \(try $0.int(1))"
            }
        }
        let expected = Dictionary(grouping: course.lives, by: \.dossier.stage.rawValue)
            .map { "\($0.key) \($0.value.count)" }.sorted()
        let cancelled = (sums.totals[.filed] ?? [:]).values.map(\.cancelled).reduce(0, +)
        return Check(
            what: "nothing cancelled is counted as stopped, nor anything in another stage than the log's",
            holds: rows.sorted() == expected
                && cancelled == course.lives.count { $0.dossier.stage == .cancelled },
            detail: rows.joined(separator: ", ")
        )
    }

    private func rows() async throws -> [Check] {
        let verified = try await house.dossiers.verify()
        let counts = try await house.dossiers.counts()
        let files = try await house.dossiers.verifyFiles(in: house.blobs)
        return [
            check("every row follows from the log", verified.differences.map(\.description)),
            Check(
                what: "there are as many dossiers, streams and rows",
                holds: counts.streams == course.lives.count && counts.rows == course.lives.count,
                detail: "\(course.lives.count), \(counts.streams), \(counts.rows)"
            ),
            check("every file is there and unchanged", files.faults),
        ]
    }

    private func registers(_ sums: LogSums, now: Instant, _ report: inout Report) async throws -> [Check] {
        var checks: [Check] = []
        guard let first = LocalDate(year: year, month: 1, day: 1) else { return [] }
        for basis in RegisterFilter.Basis.allCases {
            var faults: [String] = []
            var whole = RegisterTotals()
            for month in (0..<24).map(first.adding(months:)) {
                let filter = RegisterFilter(by: basis, from: month, to: month.adding(months: 1).adding(days: -1))
                let totals = try await house.dossiers.registerTotals(filter, of: [agency], now: now)
                let expected = sums.totals[basis]?[month] ?? RegisterTotals()
                if totals != expected { faults.append("\(month.rawValue): \(totals), the log says \(expected)") }
                whole = whole + totals
            }
            checks.append(check("the register by \(basis.rawValue) has the sums of the log", faults))
            checks.append(identities(whole, basis))
            if basis == .received { report.received = try numbers(whole) }
        }
        return checks + [try await tally(sums, from: first)]
    }

    /// As in report II.06a: 3 = 4 + 5 + 6, 7 = 8 + 9 + 10, 11 = 12 + 13, 3 = 7 + 11.
    private func identities(_ totals: RegisterTotals, _ basis: RegisterFilter.Basis) -> Check {
        Check(
            what: "the identities of report II.06a hold by \(basis.rawValue)",
            holds: totals.all == totals.online + totals.post + totals.counter
                && totals.solved == totals.solvedEarly + totals.solvedOnTime + totals.solvedLate
                && totals.open == totals.openInTime + totals.openLate && totals.all == totals.solved + totals.open
                && min(totals.solvedOnTime, totals.openInTime, totals.counter) >= 0,
            detail: "\(totals.all) = \(totals.solved) + \(totals.open)"
        )
    }

    private func numbers(_ totals: RegisterTotals) throws -> [String: Int] {
        try JSONDecoder().decode([String: Int].self, from: try JSONEncoder().encode(totals))
    }

    /// What the follower counted from the log, day by day.
    private func tally(_ sums: LogSums, from first: LocalDate) async throws -> Check {
        var logger = Logger(label: "simulation")
        logger.logLevel = .critical
        try await FollowerService(database: house.database, followers: [Tally()], logger: logger).catchUp()
        var counted: [Counted: Int] = [:]
        var day = first
        while day < first.adding(months: 12) {
            counted.merge(try await house.dossiers.tally(of: day), uniquingKeysWith: +)
            day = day.adding(days: 1)
        }
        let faults = try await house.dossiers.verifyTally()
        return Check(
            what: "the daily numbers are those of the log",
            holds: counted == sums.happened && faults.isEmpty,
            detail: Counted.allCases.map { "\($0.rawValue) \(counted[$0] ?? 0)" }.joined(separator: ", ")
        )
    }
}
