/// The first thing in a stream that does not agree with its seals.
package struct ChainFault: Hashable, Sendable {
    package enum Difference: String, Codable, Sendable {
        /// A version is left out: events were removed.
        case missing
        /// Time, circumstances or payload differ from what was sealed.
        case content
        /// The seal itself was replaced.
        case seal
    }

    package let stream: String
    package let version: Int
    package let difference: Difference
}

extension EventStore {
    /// Recomputes every seal of every stream, a page at a time, and names the first difference of each stream.
    package func verifyChains(page: Int = 500) async throws -> [ChainFault] {
        var check = ChainCheck()
        var place = ("", 0)
        while true {
            let rows = try await database.read { [place] tx in
                try tx.fetch(
                    """
                    SELECT stream, version, at, circumstances, payload, hash FROM event
                    WHERE (stream, version) > (\(place.0), \(place.1)) ORDER BY stream, version LIMIT \(page)
                    """
                )
            }
            for row in rows { try check.take(row) }
            guard let last = rows.last, rows.count == page else { return check.finish() }
            place = (try last.text(0), try last.int(1))
        }
    }
}

/// Walks along the streams and remembers no more than the stream it is in.
private struct ChainCheck {
    private var faults: [ChainFault] = []
    private var stream = ""
    private var version = 0
    private var hash = ""
    private var isFaulty = false
    /// An event whose seal does not fit; the next event tells which of the two was altered.
    private var doubtful: (version: Int, computed: String)?

    mutating func take(_ row: Row) throws {
        let name = try row.text(0)
        if name != stream {
            settle(.content)
            (stream, version, hash, isFaulty) = (name, 0, "", false)
        }
        guard !isFaulty else { return }
        let found = try row.int(1)
        if let doubtful {
            // Sealed over the seal that we computed: so that was the true one, and the stored one was replaced.
            settle(try computed(row, after: doubtful.computed) == row.text(5) ? .seal : .content)
            return
        }
        guard found == version + 1 else { return report(version + 1, .missing) }
        let seal = try computed(row, after: hash)
        version = found
        hash = try row.text(5)
        if seal != hash { doubtful = (found, seal) }
    }

    mutating func finish() -> [ChainFault] {
        settle(.content)
        return faults
    }

    private mutating func settle(_ difference: ChainFault.Difference) {
        guard let doubtful else { return }
        self.doubtful = nil
        report(doubtful.version, difference)
    }

    private mutating func report(_ version: Int, _ difference: ChainFault.Difference) {
        faults.append(ChainFault(stream: stream, version: version, difference: difference))
        isFaulty = true
    }

    private func computed(_ row: Row, after predecessor: String) throws -> String {
        seal(
            after: predecessor,
            stream: try row.text(0),
            version: try row.int(1),
            at: try row.int(2),
            circumstances: try row.text(3),
            payload: try row.text(4)
        )
    }
}
