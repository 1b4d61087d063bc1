import DossierCore
import Kernel
import Persistence

/// The scanned piles of each agency that nobody has filed or thrown away yet: a row of running sums.
enum PileUse {
    private static let open = [ScanBatch.State.queued, .reading, .ready].map(\.rawValue)

    static func add(_ bytes: Int, of agency: ID<Agency>, _ quotas: Quotas, in tx: borrowing Transaction) throws {
        let isTaken =
            try bytes <= quotas.pileBytes
            && tx.execute(
                """
                INSERT INTO pile_use (agency, piles, bytes) VALUES (\(agency), 1, \(bytes))
                ON CONFLICT (agency) DO UPDATE SET piles = pile_use.piles + 1, bytes = pile_use.bytes + excluded.bytes
                WHERE pile_use.piles < \(quotas.piles) AND pile_use.bytes + excluded.bytes <= \(quotas.pileBytes)
                """
            ) == 1
        guard !isTaken else { return }
        let row = try tx.fetch("SELECT piles, bytes FROM pile_use WHERE agency = \(agency)").first
        throw try row?.int(0) ?? 0 >= quotas.piles
            ? QuotaReached.piles(quotas.piles)
            : QuotaReached.pileSpace(used: row?.int(1) ?? 0, allowed: quotas.pileBytes)
    }

    /// To be called before the pile's state becomes one in which nobody has anything to do with it; once is enough.
    static func end(_ id: ID<ScanBatch>, in tx: borrowing Transaction) throws {
        let row = try tx.fetch(
            """
            SELECT agency, bytes FROM scan_batch WHERE id = \(id) AND state IN \(list: open)
            \(sqlite: "", postgres: "FOR UPDATE")
            """
        ).first
        guard let row else { return }
        let (agency, bytes) = (try row.text(0), try row.int(1))
        try tx.execute("UPDATE pile_use SET piles = piles - 1, bytes = bytes - \(bytes) WHERE agency = \(agency)")
    }

    /// Which agencies' sums are not what their piles add up to.
    static func differences(in tx: borrowing Transaction) throws -> [String] {
        try tx.fetch(
            """
            SELECT agency FROM (
                SELECT agency, piles, bytes FROM pile_use
                UNION ALL SELECT agency, -1, -bytes FROM scan_batch WHERE state IN \(list: open)
            ) AS both_sides
            GROUP BY agency HAVING SUM(piles) <> 0 OR SUM(bytes) <> 0 ORDER BY agency LIMIT 20
            """
        ).map { "agency \(try $0.text(0)): the sum of its piles is another" }
    }
}
