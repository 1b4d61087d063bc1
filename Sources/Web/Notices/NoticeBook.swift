package import Kernel
package import Persistence

/// Keeps what was said to people and how far it has come.
package struct NoticeBook: Sendable {
    package static let topic = "notice"

    package static let migrations = [
        Migration(
            "notices-0.2",
            // Whom and what (`account`, `phone`, `facts`) is about a person and goes; that there was a notice stays.
            """
            CREATE TABLE notice (
                id \(SQL.key) PRIMARY KEY, said_once \(SQL.key) UNIQUE, kind \(SQL.key) NOT NULL,
                about \(SQL.key) NOT NULL, account \(SQL.key), phone TEXT, language TEXT NOT NULL, facts TEXT,
                is_fleeting BIGINT NOT NULL, said BIGINT NOT NULL, useless_from BIGINT, state TEXT NOT NULL,
                reason TEXT, attempts BIGINT NOT NULL, settled BIGINT
            )
            """,
            "CREATE INDEX notice_by_subject ON notice (about, id)",
            "CREATE INDEX notice_waiting ON notice (id) WHERE settled IS NULL",
            "CREATE INDEX notice_to_forget ON notice (settled) WHERE facts IS NOT NULL"
        ),
        Migration(
            "notices-0.3",
            // `way` is nil until one is chosen; `begun` stands while it is being handed over.
            "ALTER TABLE notice ADD COLUMN way TEXT",
            "ALTER TABLE notice ADD COLUMN begun BIGINT",
            "UPDATE notice SET way = 'shortMessage' WHERE state = 'handedOver'"
        ),
        Migration(
            "notices-0.3-desks",
            // `untold` is since when officers of `desk` should call, because no way has reached anybody; `called`, when they did.
            "ALTER TABLE notice ADD COLUMN of_subject BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE notice ADD COLUMN desk \(SQL.key)",
            "ALTER TABLE notice ADD COLUMN untold BIGINT",
            "ALTER TABLE notice ADD COLUMN called BIGINT",
            "CREATE INDEX notice_untold ON notice (desk, untold, id) WHERE untold IS NOT NULL"
        ),
    ]

    let database: any Database

    package init(database: any Database) { self.database = database }

    // MARK: - For those who say it

    /// The last notice of these kinds about each of `subjects`.
    package func latest(_ kinds: [NoticeKind], about subjects: [Notice.Subject]) async throws
        -> [Notice.Subject: NoticeDelivery]
    {
        guard !subjects.isEmpty else { return [:] }
        return try await database.read { tx in try Self.latest(kinds, about: subjects, in: tx) }
    }

    /// The same within a transaction.
    package static func latest(
        _ kinds: [NoticeKind],
        about subjects: [Notice.Subject],
        in tx: borrowing Transaction
    ) throws -> [Notice.Subject: NoticeDelivery] {
        let rows = try tx.fetch(
            """
            SELECT about, id, kind, state, reason, attempts, settled, way FROM notice
            WHERE about IN \(list: subjects) AND kind IN \(list: kinds.map(\.name))
            """
        )
        var latest: [Notice.Subject: NoticeDelivery] = [:]
        for row in rows {
            let subject = Notice.Subject(rawValue: try row.text(0))
            let delivery = NoticeDelivery(
                id: ID(rawValue: try row.text(1)),
                kind: try row.text(2),
                state: try state(row, from: 3)
            )
            if let known = latest[subject], known.id.rawValue > delivery.id.rawValue { continue }
            latest[subject] = delivery
        }
        return latest
    }

    struct Unreadable: Error {}

    static func state(_ row: Row, from column: Int) throws -> NoticeState {
        let reason = try row.optionalText(column + 1)
        guard let settled = try row.optionalInt(column + 3) else {
            return .waiting(attempts: try row.int(column + 2))
        }
        let at = Instant(milliseconds: settled)
        let way = try row.optionalText(column + 4).flatMap(NoticeWay.init(rawValue:))
        switch try row.text(column) {
        case "handedOver": if let way { return .handedOver(by: way, at: at) }
        case "unclear": if let way { return .unclear(by: way, at: at) }
        case "failed":
            if let why = reason.flatMap(NoticeState.Failure.init(rawValue:)) { return .failed(why, at: at) }
        case "suppressed":
            if let why = reason.flatMap(NoticeState.Reason.init(rawValue:)) { return .suppressed(why, at: at) }
        default: break
        }
        throw Unreadable()
    }

    // MARK: - For whoever delivers it

    /// What is still to be delivered.
    package struct Waiting: Sendable {
        package let id: ID<Notice>
        package let about: Notice.Subject
        package let to: Notice.Recipient?
        package let language: Language
        package let kind: String
        package let facts: [String: NoticeFact]
        package let until: Instant?
        /// The way it goes now; nil while none is chosen.
        package let way: NoticeWay?
        /// Somebody began to hand it over and has not said how it went.
        package let isBegun: Bool
    }

    /// Nil when it has been settled.
    package func waiting(_ id: ID<Notice>) async throws -> Waiting? {
        let row = try await database.read { tx in
            try tx.fetch(
                """
                SELECT account, phone, language, kind, facts, useless_from, way, begun, about, of_subject FROM notice
                WHERE id = \(id) AND settled IS NULL
                """
            ).first
        }
        guard let row else { return nil }
        let account = try row.optionalText(0).map { Notice.Recipient.account(ID(rawValue: $0)) }
        let phone = try row.optionalText(1).flatMap(PhoneNumber.init(rawValue:)).map(Notice.Recipient.telephone)
        let ofSubject: Notice.Recipient? = try row.int(9) == 0 ? nil : .ofSubject
        return Waiting(
            id: id,
            about: Notice.Subject(rawValue: try row.text(8)),
            to: account ?? phone ?? ofSubject,
            language: Language(rawValue: try row.text(2)) ?? .vi,
            kind: try row.text(3),
            facts: try StoredForm.value(from: try row.text(4)),
            until: try row.optionalInt(5).map(Instant.init(milliseconds:)),
            way: try row.optionalText(6).flatMap(NoticeWay.init(rawValue:)),
            isBegun: try row.optionalInt(7) != nil
        )
    }

    /// Has it go out by `way`, after what went that way before it about the same subject. Does nothing when it goes another
    /// way than `earlier` by now.
    package func send(_ id: ID<Notice>, by way: NoticeWay, insteadOf earlier: NoticeWay?) async throws {
        try await database.transaction { tx in
            let isMoved =
                try tx.execute(
                    """
                    UPDATE notice SET way = \(way.rawValue), begun = NULL, attempts = 0
                    WHERE id = \(id) AND settled IS NULL AND COALESCE(way, '') = \(earlier?.rawValue ?? "")
                    """
                ) == 1
            guard isMoved, let row = try tx.fetch("SELECT about FROM notice WHERE id = \(id)").first else { return }
            try Outbox.post(topic: way.topic, key: try row.text(0), payload: id.rawValue, in: tx)
        }
    }

    /// Notes that it is being handed over, before it is: if nobody lives to tell how that went, it is not done again, and
    /// what happens meanwhile does not take it back. False when it has been settled.
    package func begin(_ id: ID<Notice>, at now: Instant) async throws -> Bool {
        try await database.transaction { tx in
            try tx.execute("UPDATE notice SET begun = \(now) WHERE id = \(id) AND settled IS NULL") == 1
        }
    }

    /// Counts an attempt that has failed and is not the last. What may have been taken all the same stays begun.
    package func noteAttempt(at id: ID<Notice>, mayBeTaken: Bool) async throws {
        try await database.transaction { tx in
            _ = try tx.execute(
                """
                UPDATE notice SET attempts = attempts + 1, begun = CASE \(mayBeTaken) WHEN 1 THEN begun END
                WHERE id = \(id) AND settled IS NULL
                """
            )
        }
    }

    /// Notes how it ended; the first end stays.
    package func settle(_ id: ID<Notice>, _ end: NoticeState) async throws {
        let (state, reason, way, at): (String, String?, NoticeWay?, Instant)
        switch end {
        case .waiting: return
        case .handedOver(let by, let time): (state, reason, way, at) = ("handedOver", nil, by, time)
        case .unclear(let by, let time): (state, reason, way, at) = ("unclear", nil, by, time)
        case .failed(let why, let time): (state, reason, way, at) = ("failed", why.rawValue, nil, time)
        case .suppressed(let why, let time): (state, reason, way, at) = ("suppressed", why.rawValue, nil, time)
        }
        try await database.transaction { tx in
            let isNew =
                try tx.execute(
                    """
                    UPDATE notice SET state = \(state), reason = \(reason), way = COALESCE(\(way?.rawValue), way),
                        begun = NULL, settled = \(at)
                    WHERE id = \(id) AND settled IS NULL
                    """
                ) == 1
            if isNew, end.needsCall {
                try tx.execute("UPDATE notice SET untold = \(at) WHERE id = \(id) AND desk IS NOT NULL")
            }
            try tx.execute(
                "UPDATE notice SET account = NULL, phone = NULL, facts = NULL WHERE id = \(id) AND is_fleeting = 1"
            )
        }
    }

    /// Forgets to whom and what was told before `instant`, and keeps that it was.
    package func forget(settledBefore instant: Instant) async throws {
        try await database.transaction { tx in
            _ = try tx.execute(
                """
                UPDATE notice SET account = NULL, phone = NULL, facts = NULL
                WHERE settled < \(instant) AND facts IS NOT NULL
                """
            )
        }
    }

    /// Notices that nobody will deliver, orders to deliver one that is not there, and persons who should be forgotten.
    package func verify() async throws -> [String] {
        try await database.read { tx in
            let waiting = Set(try tx.fetch("SELECT id FROM notice WHERE settled IS NULL").map { try $0.text(0) })
            let topics = [Self.topic] + NoticeWay.allCases.map(\.topic)
            let ordered = Set(try topics.flatMap { try Outbox.payloads(of: $0, in: tx) })
            // Settled and still in the outbox are the few whose courier is just coming back.
            let strange = try ordered.subtracting(waiting).filter { id in
                try tx.fetch("SELECT 1 FROM notice WHERE id = \(id)").isEmpty
            }
            let kept = try tx.fetch(
                """
                SELECT id FROM notice WHERE settled IS NOT NULL AND is_fleeting = 1
                    AND (account IS NOT NULL OR phone IS NOT NULL OR facts IS NOT NULL)
                """
            ).map { try $0.text(0) }
            return waiting.subtracting(ordered).sorted().map { "notice \($0): it waits and nobody will deliver it" }
                + strange.sorted().map { "notice \($0): it is to be delivered and is not there" }
                + kept.sorted().map { "notice \($0): it is settled and still says to whom" }
        }
    }
}
