import Kernel
package import Persistence

/// What citizens have uploaded and not handed in yet, and what they have handed in today: a row of running sums each,
/// kept in the transactions that change them. `attachment.unsent_by` says which files are in the sums.
package enum Unsent {
    /// A paper that the authorities hold already is stored once, whoever uses it again.
    static let size: SQL = "CASE WHEN origin_dossier IS NULL THEN bytes ELSE 0 END"

    static func use(of citizen: ID<Citizen>, in tx: borrowing Transaction) throws -> (files: Int, bytes: Int) {
        guard let row = try tx.fetch("SELECT files, bytes FROM unsent WHERE citizen = \(citizen)").first else {
            return (0, 0)
        }
        return (try row.int(0), try row.int(1))
    }

    /// Counts a file that is about to be stored under `citizen`, or refuses it.
    static func add(_ file: AttachedFile, of citizen: ID<Citizen>, _ quotas: Quotas, in tx: borrowing Transaction)
        throws
    {
        let size = file.origin == nil ? file.bytes : 0
        let isTaken =
            try size <= quotas.bytes
            && tx.execute(
                """
                INSERT INTO unsent (citizen, files, bytes, day, hand_ins, handed_in_bytes)
                VALUES (\(citizen), 1, \(size), '', 0, 0)
                ON CONFLICT (citizen) DO UPDATE SET files = unsent.files + 1, bytes = unsent.bytes + excluded.bytes
                WHERE unsent.files < \(quotas.files) AND unsent.bytes + excluded.bytes <= \(quotas.bytes)
                """
            ) == 1
        guard !isTaken else { return }
        let used = try use(of: citizen, in: tx)
        throw used.files >= quotas.files
            ? QuotaReached.files(quotas.files) : QuotaReached.space(used: used.bytes, allowed: quotas.bytes)
    }

    /// Files that meet the condition are unsent no more: they were handed in.
    static func send(where condition: SQL, in tx: borrowing Transaction) throws {
        let sums = try tx.fetch(
            """
            SELECT unsent_by, COUNT(*), CAST(SUM(\(size)) AS BIGINT) FROM attachment
            WHERE \(condition) AND unsent_by IS NOT NULL GROUP BY unsent_by
            """
        )
        for sum in sums {
            let (files, bytes) = (try sum.int(1), try sum.int(2))
            try subtract(files: files, bytes: bytes, of: ID(rawValue: try sum.text(0)), in: tx)
        }
        guard !sums.isEmpty else { return }
        try tx.execute("UPDATE attachment SET unsent_by = NULL WHERE \(condition) AND unsent_by IS NOT NULL")
    }

    static func subtract(files: Int, bytes: Int, of citizen: ID<Citizen>, in tx: borrowing Transaction) throws {
        try tx.execute(
            "UPDATE unsent SET files = files - \(files), bytes = bytes - \(bytes) WHERE citizen = \(citizen)"
        )
    }

    /// A supplement takes its files along and counts as handed in; nothing else that a citizen does has files.
    static func send(
        _ change: Change<Dossier>,
        by citizen: ID<Citizen>,
        _ quotas: Quotas,
        at now: Instant,
        in tx: borrowing Transaction
    ) throws {
        let isSupplement = change.events.contains { recorded in
            if case .supplement(.answered) = recorded.event { true } else { false }
        }
        guard isSupplement else { return }
        let files = change.events.flatMap(\.event.happening.files)
        let named: SQL = "dossier = \(change.id) AND id IN \(list: files.map(\.attachment))"
        try send(where: named, in: tx)
        try countHandIn(files.map(\.bytes).reduce(0, +), of: citizen, quotas, at: now, in: tx)
    }

    /// Whose sums are not what their files add up to.
    package static func differences(in tx: borrowing Transaction) throws -> [String] {
        try tx.fetch(
            """
            SELECT citizen FROM (
                SELECT citizen, files, bytes FROM unsent
                UNION ALL SELECT unsent_by, -1, -(\(size)) FROM attachment WHERE unsent_by IS NOT NULL
            ) AS both_sides
            GROUP BY citizen HAVING SUM(files) <> 0 OR SUM(bytes) <> 0 ORDER BY citizen LIMIT 20
            """
        ).map { "citizen \(try $0.text(0)): the sum of what is not handed in is another" }
    }

    /// Counts what is handed in today, or refuses it until tomorrow.
    static func countHandIn(
        _ size: Int,
        of citizen: ID<Citizen>,
        _ quotas: Quotas,
        at now: Instant,
        in tx: borrowing Transaction
    ) throws {
        let day = now.localDate.rawValue
        let isTaken =
            try size <= quotas.handedInBytes
            && tx.execute(
                """
                INSERT INTO unsent (citizen, files, bytes, day, hand_ins, handed_in_bytes)
                VALUES (\(citizen), 0, 0, \(day), 1, \(size))
                ON CONFLICT (citizen) DO UPDATE SET day = excluded.day,
                    hand_ins = CASE WHEN unsent.day = excluded.day THEN unsent.hand_ins ELSE 0 END + 1,
                    handed_in_bytes = CASE WHEN unsent.day = excluded.day THEN unsent.handed_in_bytes ELSE 0 END
                        + excluded.handed_in_bytes
                WHERE unsent.day <> excluded.day OR unsent.hand_ins < \(quotas.handIns)
                    AND unsent.handed_in_bytes + excluded.handed_in_bytes <= \(quotas.handedInBytes)
                """
            ) == 1
        guard !isTaken else { return }
        let row = try tx.fetch(
            "SELECT hand_ins, handed_in_bytes FROM unsent WHERE citizen = \(citizen) AND day = \(day)"
        ).first
        let midnight = Instant(LocalMinute(date: now.localDate.adding(days: 1), minuteOfDay: 0))
        let seconds = max(1, (midnight - now).milliseconds / 1000)
        throw try row?.int(0) ?? 0 >= quotas.handIns
            ? QuotaReached.handIns(quotas.handIns, seconds: seconds)
            : QuotaReached.handedInBytes(used: row?.int(1) ?? 0, allowed: quotas.handedInBytes, seconds: seconds)
    }
}
