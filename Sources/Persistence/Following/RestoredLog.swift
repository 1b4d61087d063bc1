/// The log was restored from a backup into a server that counts transactions from a lower number.
///
/// New events would stand before the old ones, and followers would wait for numbers that are years away.
package struct LogFromAnotherServer: Error, CustomStringConvertible {
    package var description: String {
        "The event log comes from another PostgreSQL server: EventStore.adoptRestoredLog() has to run after a restore, "
            + "before anything is written"
    }
}

extension EventStore {
    /// Fits a log restored from a backup into this server's count of transactions; to be done once, before anything
    /// is written. Does nothing where nothing is to be done.
    package func adoptRestoredLog() async throws {
        try await database.transaction { tx in
            guard try RestoredLog.isAhead(in: tx) else { return }
            // All of the old log moves below zero, and with it the cursors: the order among its events stays, so no
            // follower misses any or meets one twice, and whatever this server counts comes later.
            let newest = try Cursor.newest(in: tx).tx
            try tx.execute("UPDATE event SET tx = tx - \(newest)")
            try tx.execute("UPDATE follower SET tx = tx - \(newest) WHERE tx > \(Cursor.start.tx)")
        }
    }
}

enum RestoredLog {
    /// An event that can be seen but whose transaction this server has not begun yet.
    static func isAhead(in tx: borrowing Transaction) throws -> Bool {
        guard tx.dialect == .postgres else { return false }
        return try tx.fetch(
            """
            SELECT 1 FROM event WHERE tx >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint LIMIT 1
            """
        ).isEmpty == false
    }
}
