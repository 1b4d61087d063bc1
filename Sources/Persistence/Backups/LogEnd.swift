/// Where a log ends, or ended when somebody looked.
package struct LogEnd: Codable, Equatable, Sendable {
    /// Whose end it is: every log has an id of its own, which copies of it keep.
    package let log: String
    /// Of the event with the highest position; 0 while there is none.
    package let position: Int
    /// The seal of that event.
    package let seal: String

    package init(log: String, position: Int, seal: String) {
        (self.log, self.position, self.seal) = (log, position, seal)
    }
}

/// What a log lacks of that which somebody has seen of it.
package enum LogGap: Equatable, Sendable, CustomStringConvertible {
    /// It ends too early. PostgreSQL leaves out positions of transactions that failed, so there it is a bound.
    case ends(at: Int, seen: Int, isExact: Bool)
    /// It goes on beyond that event and does not have it.
    case lacks(Int)
    /// At the position of that event it has another.
    case differs(Int)

    package var description: String {
        switch self {
        case .ends(let end, let seen, let isExact):
            "the log ends at event \(end), but event \(seen) has been seen: "
                + "\(isExact ? "" : "up to ")\(seen - end) events are missing"
        case .lacks(let position): "event \(position) has been seen and is not in the log"
        case .differs(let position): "event \(position) is another than the one that has been seen"
        }
    }
}

extension EventStore {
    /// Where the log ends now.
    package func end() async throws -> LogEnd { try await database.read { tx in try EventStore.end(in: tx) } }

    /// Where the log ends in this transaction.
    package static func end(in tx: borrowing Transaction) throws -> LogEnd {
        guard let log = try tx.fetch("SELECT id FROM event_log").first else { throw LogWithoutIdentity() }
        let last = try tx.fetch("SELECT position, hash FROM event ORDER BY position DESC LIMIT 1").first
        return LogEnd(log: try log.text(0), position: try last?.int(0) ?? 0, seal: try last?.text(1) ?? "")
    }

    /// How many events there are; reads all of them.
    package static func count(in tx: borrowing Transaction) throws -> Int {
        try tx.fetch("SELECT COUNT(*) FROM event").first?.int(0) ?? 0
    }

    /// What is missing of what was seen; nil when the log still has it.
    package func gap(since seen: LogEnd) async throws -> LogGap? {
        guard seen.position > 0 else { return nil }
        return try await database.read { tx in
            if let row = try tx.fetch("SELECT hash FROM event WHERE position = \(seen.position)").first {
                return try row.text(0) == seen.seal ? nil : .differs(seen.position)
            }
            let end = try EventStore.end(in: tx).position
            guard end < seen.position else { return .lacks(seen.position) }
            return .ends(at: end, seen: seen.position, isExact: tx.dialect == .sqlite)
        }
    }

    /// Followers that have gone further than the log goes, by name.
    package func followersBeyondTheEnd() async throws -> [String] {
        try await database.read { tx in
            let newest = try Cursor.newest(in: tx)
            return try tx.fetch("SELECT name FROM follower ORDER BY name").map { try $0.text(0) }.filter { name in
                try Cursor.seen(name, in: tx) > newest
            }
        }
    }

    /// When the newest event was recorded, in milliseconds; nil when there is none.
    package func lastRecorded() async throws -> Int? {
        try await database.read { tx in
            try tx.fetch("SELECT at FROM event ORDER BY position DESC LIMIT 1").first?.int(0)
        }
    }
}

/// The table that holds the log's id is empty: another hand has been at work.
package struct LogWithoutIdentity: Error, CustomStringConvertible {
    package var description: String { "The log has lost its id: the table event_log is empty" }
}
