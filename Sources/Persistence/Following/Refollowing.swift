extension EventStore {
    /// Goes again through what `follower` has followed so far, in its order, a page at a time, and adds it up with
    /// `add`. `rows` reads what the follower has made of it, in the moment in which its cursor is looked at: however
    /// busy the log is, both speak of the same events.
    package func refollow<Rows: Sendable, Sum: Sendable>(
        _ follower: any Follower,
        page: Int = 500,
        rows: @escaping @Sendable (borrowing Transaction) throws -> Rows,
        into start: Sum,
        _ add: @escaping @Sendable (inout Sum, [StoredEvent], borrowing Transaction) throws -> Void
    ) async throws -> (rows: Rows, sum: Sum) {
        let (end, rows) = try await database.read { tx in
            (try Cursor.seen(follower.name, in: tx), try rows(tx))
        }
        var sum = start
        var place = Cursor.start
        while place < end {
            let (next, added) = try await database.read { [place, sum] tx in
                var sum = sum
                let events = try place.next(page, in: tx).filter { Cursor($0) <= end }
                try add(&sum, follower.wanted(events), tx)
                return (events.last.map(Cursor.init), sum)
            }
            guard let next else { break }
            (place, sum) = (next, added)
        }
        return (rows, sum)
    }
}
