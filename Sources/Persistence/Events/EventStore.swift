package import Kernel

/// Streams of facts: appended, numbered, sealed, never changed.
package struct EventStore: Sendable {
    let database: any Database
    private let remembered = RememberedStates()

    package init(database: any Database) { self.database = database }

    /// Told apart from those of 0.1.0 by its name.
    static let firstMigration = "events-0.2"

    package static let migrations = [
        Migration(
            firstMigration,
            // `tx` orders followers in PostgreSQL, where a lower position may be committed later than a higher one.
            """
            CREATE TABLE event (
                position \(SQL.position),
                \(sqlite: "", postgres: "tx BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),")
                stream \(SQL.key) NOT NULL,
                version BIGINT NOT NULL,
                at BIGINT NOT NULL,
                circumstances TEXT NOT NULL,
                payload TEXT NOT NULL,
                hash TEXT NOT NULL,
                UNIQUE (stream, version)
                \(sqlite: "", postgres: ", UNIQUE (tx, position)")
            )
            """,
            """
            CREATE TABLE idempotency (
                scope \(SQL.key) NOT NULL,
                key \(SQL.key) NOT NULL,
                digest TEXT NOT NULL,
                answer TEXT NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (scope, key)
            )
            """,
            "CREATE INDEX idempotency_by_age ON idempotency (at)",
            "CREATE TABLE follower (name \(SQL.key) PRIMARY KEY, tx BIGINT NOT NULL, position BIGINT NOT NULL)",
            "CREATE TABLE event_log (id TEXT NOT NULL)",
            """
            INSERT INTO event_log (id)
            VALUES (\(sqlite: "lower(hex(randomblob(16)))", postgres: "replace(gen_random_uuid()::text, '-', '')"))
            """
        )
    ]

    /// What `id` is now.
    package func load<A: Aggregate>(_ id: ID<A>) async throws -> A {
        try await database.read { tx in try past(of: id, in: tx).state }
    }

    /// Everything that ever happened to `id`, oldest first.
    package func history<A: Aggregate>(of id: ID<A>) async throws -> [Recorded<A.Event>] {
        try await database.read { tx in try history(of: id, in: tx) }
    }

    package func history<A: Aggregate>(of id: ID<A>, in tx: borrowing Transaction) throws -> [Recorded<A.Event>] {
        try tx.fetch("SELECT version, circumstances, payload FROM event WHERE stream = \(id.stream) ORDER BY version")
            .map { row in
                Recorded(
                    version: try row.int(0),
                    circumstances: try StoredForm.value(from: try row.text(1)),
                    event: try StoredForm.value(from: try row.text(2))
                )
            }
    }

    /// The next streams of a kind, in the order of their ids: whoever verifies rows walks along them, because a row
    /// that is missing is a difference too.
    package func streams<A: Aggregate>(of type: A.Type, after last: ID<A>?, limit: Int, in tx: borrowing Transaction)
        throws -> [ID<A>]
    {
        let start = A.category + (last?.rawValue ?? "")
        return try tx.fetch(
            """
            SELECT stream FROM event
            WHERE version = 1 AND stream > \(start) AND stream < \(A.category + "\u{10FFFF}")
            ORDER BY stream LIMIT \(limit)
            """
        ).map { ID(rawValue: String(try $0.text(0).dropFirst(A.category.count))) }
    }

    /// Tells every history of a kind, in the order of their streams. What is read at once stays small; how long it takes does
    /// not, so it is for kinds of which there are few.
    package func eachHistory<A: Aggregate>(
        of type: A.Type,
        in tx: borrowing Transaction,
        _ tell: (ID<A>, [Recorded<A.Event>]) throws -> Void
    ) throws {
        var last: ID<A>?
        while true {
            let ids = try streams(of: type, after: last, limit: 200, in: tx)
            guard let end = ids.last else { return }
            for id in ids { try tell(id, try history(of: id, in: tx)) }
            last = end
        }
    }

    /// Judges the command by who gives it and by what is true now, appends what it causes and projects it, all in one transaction.
    @discardableResult
    package func perform<A: Aggregate>(
        _ command: A.Command,
        on id: ID<A>,
        _ circumstances: Circumstances,
        expecting version: Int? = nil,
        project: @escaping @Sendable (Change<A>, borrowing Transaction) throws -> Void
    ) async throws -> Change<A> where A.Command: GivenCommand {
        try await transaction { tx in
            try perform(command, on: id, circumstances, expecting: version, in: tx, project: project)
        }
    }

    /// The same as part of a larger transaction, which has to be one of this store: `Outrun` is mended there.
    @discardableResult
    package func perform<A: Aggregate>(
        _ command: A.Command,
        on id: ID<A>,
        _ circumstances: Circumstances,
        expecting version: Int? = nil,
        in tx: borrowing Transaction,
        project: (Change<A>, borrowing Transaction) throws -> Void
    ) throws -> Change<A> where A.Command: GivenCommand {
        try perform(on: id, expecting: version, in: tx, order: { _, _ in (command, circumstances) }, project: project)
    }

    /// The same for a command that can only be worded when the state is known, with facts read in this transaction.
    @discardableResult
    package func perform<A: Aggregate>(
        on id: ID<A>,
        expecting version: Int? = nil,
        in tx: borrowing Transaction,
        order: (A, borrowing Transaction) throws -> (A.Command, Circumstances),
        project: (Change<A>, borrowing Transaction) throws -> Void
    ) throws -> Change<A> where A.Command: GivenCommand {
        let past = try past(of: id, in: tx)
        if let version, version != past.version { throw StaleVersion() }
        let (command, circumstances) = try order(past.state, tx)
        guard command.givers.contains(circumstances.actor.kind) else {
            throw NotTheirsToGive(kind: circumstances.actor.kind)
        }
        let events = try past.state.decide(command).enumerated().map { offset, event in
            Recorded(version: past.version + offset + 1, circumstances: circumstances, event: event)
        }
        var state = past.state
        for recorded in events { state.evolve(recorded.event) }
        let change = Change(id: id, state: state, version: past.version + events.count, events: events)
        guard !events.isEmpty else { return change }
        let seal = try append(events, to: id, after: past.hash, in: tx)
        remembered.keep(.init(state: state, version: change.version, seal: seal), of: id.stream)
        try project(change, tx)
        return change
    }

    /// A transaction that is begun again, a bounded number of times, when somebody else was faster on a stream.
    @discardableResult
    package func transaction<T: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> T
    ) async throws -> T {
        var contended: String?
        var attempt = 1
        while true {
            do {
                return try await database.transaction { [contended] tx in
                    if let contended { try queue(for: contended, in: tx) }
                    return try body(tx)
                }
            } catch let outrun as Outrun where attempt < 30 {
                contended = outrun.stream
                try await Task.sleep(for: .microseconds(.random(in: 200...2000) * min(attempt, 10)))
                attempt += 1
            }
        }
    }

    /// Whoever was outrun once takes a place in the queue for that stream before reading it again, so that many
    /// simultaneous commands each get their turn instead of racing until one runs out of attempts.
    private func queue(for stream: String, in tx: borrowing Transaction) throws {
        guard tx.dialect == .postgres else { return }
        _ = try tx.fetch("SELECT pg_advisory_xact_lock(hashtextextended(\(stream), 0))")
    }

    private func past<A: Aggregate>(
        of id: ID<A>,
        in tx: borrowing Transaction
    ) throws -> (state: A, version: Int, hash: String) {
        if let known = remembered.state(of: id.stream), let state = known.state as? A {
            let tail = try events(of: id, from: known.version, in: tx)
            if let first = tail.first, try first.text(2) == known.seal {
                return remember(try replay(tail.dropFirst(), on: state) ?? (state, known.version, known.seal), id)
            }
        }
        guard let past = try replay(try events(of: id, from: 1, in: tx)[...], on: A()) else { return (A(), 0, "") }
        return remember(past, id)
    }

    private func events<A>(of id: ID<A>, from version: Int, in tx: borrowing Transaction) throws -> [Row]
    where A: Aggregate {
        try tx.fetch(
            """
            SELECT payload, version, hash FROM event
            WHERE stream = \(id.stream) AND version >= \(version) ORDER BY version
            """
        )
    }

    private func replay<A: Aggregate>(_ rows: ArraySlice<Row>, on state: A) throws
        -> (state: A, version: Int, hash: String)?
    {
        guard let last = rows.last else { return nil }
        var state = state
        for row in rows { state.evolve(try StoredForm.value(A.Event.self, from: try row.text(0))) }
        return (state, try last.int(1), try last.text(2))
    }

    private func remember<A: Aggregate>(_ past: (state: A, version: Int, hash: String), _ id: ID<A>)
        -> (state: A, version: Int, hash: String)
    {
        remembered.keep(.init(state: past.state, version: past.version, seal: past.hash), of: id.stream)
        return past
    }

    /// Answers the seal of the last one.
    private func append<A: Aggregate>(
        _ events: [Recorded<A.Event>],
        to id: ID<A>,
        after predecessor: String,
        in tx: borrowing Transaction
    ) throws -> String {
        var hash = predecessor
        var statement: SQL = "INSERT INTO event (stream, version, at, circumstances, payload, hash) VALUES "
        for (index, recorded) in events.enumerated() {
            let circumstances = try StoredForm.text(recorded.circumstances)
            let payload = try StoredForm.text(recorded.event)
            let at = recorded.circumstances.at.milliseconds
            hash = seal(
                after: hash,
                stream: id.stream,
                version: recorded.version,
                at: at,
                circumstances: circumstances,
                payload: payload
            )
            let values: SQL =
                "(\(id.stream), \(recorded.version), \(at), \(circumstances), \(payload), \(hash))"
            statement = index == 0 ? "\(statement)\(values)" : "\(statement), \(values)"
        }
        do {
            try tx.execute(statement)
        } catch is AlreadyExists {
            throw Outrun(stream: id.stream)
        }
        tx.announce(.events)
        return hash
    }
}

/// Somebody appended to the stream after it had been read.
package struct Outrun: Error {
    let stream: String
}

/// The caller had seen an older version: somebody else saved first.
package struct StaleVersion: Error {
    package init() {}
}

extension ID where Entity: Aggregate {
    var stream: String {
        assert(
            Entity.category.hasSuffix("/"),
            "\(Entity.category): a category ends with a slash, or it runs into the id"
        )
        return Entity.category + rawValue
    }
}
