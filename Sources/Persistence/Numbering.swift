/// Numbers that count up, one series beside the other, and are never given twice.
package struct Numbering: Sendable {
    private let database: any Database

    package init(database: any Database) { self.database = database }

    package static let migrations = [
        Migration("numbering-0.2", "CREATE TABLE numbering (series \(SQL.key) PRIMARY KEY, last BIGINT NOT NULL)")
    ]

    /// The next number of `series`; the first is 1.
    package func next(series: String) async throws -> Int {
        let reservation = try await reserve(series: series)
        if let taken = reservation.taken { return taken }
        return try await database.transaction { tx in try reservation.number(in: tx) }
    }

    /// A number for the transaction that comes next, taken in whichever way keeps writers out of each other's way.
    ///
    /// In PostgreSQL a number taken inside that transaction would lock the series until its commit is flushed, and
    /// everyone who files at the same agency would queue for the disk one by one. So it is taken before, by a
    /// statement that does not wait for the disk: the log is written in order, hence the flush of the commit that
    /// uses the number makes the number durable too, and a number lost in a crash was never seen by anybody. In
    /// SQLite there is one writer and one shared commit, so inside is best, and leaves no gaps.
    package func reserve(series: String) async throws -> NumberReservation {
        switch database.dialect {
        case .sqlite: return NumberReservation(series: series, taken: nil)
        case .postgres:
            let rows = try await database.statement(
                "\(Numbering.increment(series)) FROM set_config('synchronous_commit', 'off', true) \(Numbering.upsert)"
            )
            return NumberReservation(series: series, taken: try rows.first?.int(0))
        }
    }

    fileprivate static func increment(_ series: String) -> SQL {
        "INSERT INTO numbering (series, last) SELECT \(series), 1"
    }

    fileprivate static let upsert: SQL = """
        ON CONFLICT (series) DO UPDATE SET last = numbering.last + 1 RETURNING last
        """
}

/// The right to one number.
package struct NumberReservation: Sendable {
    let series: String
    let taken: Int?

    /// The number, which belongs to the transaction that stores it.
    package func number(in tx: borrowing Transaction) throws -> Int {
        if let taken { return taken }
        // SQLite needs the WHERE to tell the ON of the conflict from the ON of a join.
        let rows = try tx.fetch("\(Numbering.increment(series)) WHERE 1 = 1 \(Numbering.upsert)")
        guard let row = rows.first else { throw TransactionIsLost() }
        return try row.int(0)
    }
}
