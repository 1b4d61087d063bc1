/// How far a follower has read: the last event of the order in which events are followed.
///
/// In SQLite that order is the position, since transactions are written one after the other. In PostgreSQL a
/// transaction may be committed after others that have taken higher positions, and a cursor that had passed those
/// would never see its events. So the order is by transaction first, and only transactions older than every running
/// one are read: none of them can bring another event, and whatever is committed later comes later in the order.
struct Cursor: Comparable {
    var tx: Int
    var position: Int

    static func < (left: Cursor, right: Cursor) -> Bool {
        (left.tx, left.position) < (right.tx, right.position)
    }

    /// Nil when another process is at work with it.
    static func locked(_ follower: String, in tx: borrowing Transaction) throws -> Cursor? {
        try tx.fetch(
            """
            SELECT tx, position FROM follower WHERE name = \(follower)
            \(sqlite: "", postgres: "FOR UPDATE SKIP LOCKED")
            """
        ).first.map(Cursor.init)
    }

    static func seen(_ follower: String, in tx: borrowing Transaction) throws -> Cursor {
        try tx.fetch("SELECT tx, position FROM follower WHERE name = \(follower)").first.map(Cursor.init)
            ?? .start
    }

    init(_ event: StoredEvent) { self.init(tx: event.tx, position: event.position) }

    /// Before every event, also before those of a restored log, whose transactions count below zero.
    static let start = Cursor(tx: .min, position: 0)

    /// The newest event that is committed, whether it may be read yet or not.
    static func newest(in tx: borrowing Transaction) throws -> Cursor {
        try tx.fetch(
            """
            SELECT \(sqlite: "0 AS tx", postgres: "tx"), position FROM event
            ORDER BY \(sqlite: "position DESC", postgres: "tx DESC, position DESC") LIMIT 1
            """
        ).first.map(Cursor.init) ?? .start
    }

    /// Where the log ends for whoever begins now: whatever is committed later comes after it. In PostgreSQL what was
    /// committed beside transactions that are still running comes after it too, so that none of those is passed by.
    static func end(in tx: borrowing Transaction) throws -> Cursor {
        switch tx.dialect {
        case .sqlite: try newest(in: tx)
        case .postgres:
            try tx.fetch(
                """
                SELECT tx, position FROM event WHERE tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
                ORDER BY tx DESC, position DESC LIMIT 1
                """
            ).first.map(Cursor.init) ?? .start
        }
    }

    /// Gives `follower` a cursor, if it has none.
    func begin(_ follower: String, in tx: borrowing Transaction) throws {
        try tx.execute(
            """
            INSERT INTO follower (name, tx, position) VALUES (\(follower), \(self.tx), \(position))
            ON CONFLICT (name) DO NOTHING
            """
        )
    }

    func move(_ follower: String, to event: StoredEvent, in tx: borrowing Transaction) throws {
        try tx.execute(
            "UPDATE follower SET tx = \(event.tx), position = \(event.position) WHERE name = \(follower)"
        )
    }

    func next(_ count: Int, in tx: borrowing Transaction) throws -> [StoredEvent] {
        try tx.fetch(
            """
            SELECT position, \(sqlite: "0 AS tx", postgres: "tx"), stream, version, circumstances, payload FROM event
            WHERE \(after(in: tx.dialect)) LIMIT \(count)
            """
        ).map { row in
            StoredEvent(
                position: try row.int(0),
                tx: try row.int(1),
                stream: try row.text(2),
                version: try row.int(3),
                circumstances: try StoredForm.value(from: try row.text(4)),
                payload: try row.text(5)
            )
        }
    }

    private func after(in dialect: Dialect) -> SQL {
        switch dialect {
        case .sqlite: "position > \(position) ORDER BY position"
        case .postgres:
            """
            (tx, position) > (\(tx), \(position)) AND tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
            ORDER BY tx, position
            """
        }
    }

    private init(_ row: Row) throws {
        self.init(tx: try row.int(0), position: try row.int(1))
    }

    private init(tx: Int, position: Int) {
        (self.tx, self.position) = (tx, position)
    }
}
