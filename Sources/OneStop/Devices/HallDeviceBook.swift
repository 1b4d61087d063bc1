import Kernel
package import Persistence
import Web

/// Keeps the devices of the halls, and answers what a device is now.
package struct HallDeviceBook: Sendable {
    let database: any Database
    private let events: EventStore

    package init(database: any Database) {
        self.database = database
        events = EventStore(database: database)
    }

    /// A device as its row has it.
    struct Entry: Hashable, Sendable {
        let id: ID<HallDevice>
        let office: ID<Agency>
        let kind: HallDevices.Kind
        let name: String?
        let registered: Instant
        let until: Instant
        let revoked: Instant?
        let revokedBy: ID<Officer>?
        /// When it last asked for a page, to the minute; nothing follows from it, so no event tells it.
        var seen: Instant?

        func isKnown(at now: Instant) -> Bool { revoked == nil && now < until }
    }

    private static let columns: SQL = "id, office, kind, name, registered, until, revoked, revoked_by, seen"

    func register(
        _ kind: HallDevices.Kind,
        named name: String?,
        at office: ID<Agency>,
        _ circumstances: Circumstances
    ) async throws -> ID<HallDevice> {
        let id = ID<HallDevice>.fresh(at: circumstances.at)
        try await perform(.register(id, kind, name: name, at: circumstances.at), office, circumstances)
        return id
    }

    func revoke(
        _ id: ID<HallDevice>,
        at office: ID<Agency>,
        by authority: OfficeAuthority,
        _ circumstances: Circumstances
    ) async throws {
        try await perform(.revoke(id, by: authority), office, circumstances)
    }

    private func perform(_ command: HallDevices.Command, _ office: ID<Agency>, _ circumstances: Circumstances)
        async throws
    {
        try await events.transaction { tx in
            try events.perform(command, on: ID<HallDevices>(rawValue: office.rawValue), circumstances, in: tx) {
                (change: Change<HallDevices>, tx) in
                for recorded in change.events { try Self.project(recorded, at: office, in: tx) }
            }
        }
    }

    private static func project(
        _ recorded: Recorded<HallDevices.Event>,
        at office: ID<Agency>,
        in tx: borrowing Transaction
    ) throws {
        switch recorded.event {
        case .registered(let id, let kind, let name, let end):
            try tx.execute(
                """
                INSERT INTO hall_device (id, office, kind, name, registered, until)
                VALUES (\(id), \(office), \(kind), \(name), \(recorded.circumstances.at), \(end))
                """
            )
        case .revoked(let id):
            try tx.execute(
                """
                UPDATE hall_device SET revoked = \(recorded.circumstances.at),
                    revoked_by = \(recorded.circumstances.actor.officer)
                WHERE id = \(id)
                """
            )
        }
    }

    // MARK: - Questions

    /// A device of an office that asks for a page now.
    func entry(_ id: ID<HallDevice>, at office: ID<Agency>, seen now: Instant) async throws -> Entry? {
        let found = try await database.read { tx in
            try tx.fetch("SELECT \(Self.columns) FROM hall_device WHERE id = \(id) AND office = \(office)").first
                .map(Entry.init)
        }
        guard let found, found.isKnown(at: now), found.seen.map({ $0 + .minutes(1) <= now }) ?? true else {
            return found
        }
        try await database.transaction { tx in
            try tx.execute("UPDATE hall_device SET seen = \(now) WHERE id = \(id)")
        }
        return found
    }

    /// The devices of an office; the newest first.
    func list(at office: ID<Agency>) async throws -> [Entry] {
        try await database.read { tx in
            try tx.fetch(
                """
                SELECT \(Self.columns) FROM hall_device WHERE office = \(office)
                ORDER BY registered DESC, id DESC LIMIT 200
                """
            ).map(Entry.init)
        }
    }

    /// Those of these devices that were revoked.
    func revoked(among devices: Set<ID<HallDevice>>) async throws -> Set<ID<HallDevice>> {
        try await database.read { tx in
            Set(
                try tx.fetch(
                    """
                    SELECT id FROM hall_device
                    WHERE id IN \(list: devices.sorted { $0.rawValue < $1.rawValue }) AND revoked IS NOT NULL
                    """
                ).map { ID(rawValue: try $0.text(0)) }
            )
        }
    }

    /// Computes every row again from the log and names those that differ.
    func verify() async throws -> [String] {
        try await database.read { tx in
            var expected: [ID<HallDevice>: Entry] = [:]
            try events.eachHistory(of: HallDevices.self, in: tx) { stream, history in
                for recorded in history {
                    let entry = Entry(expected, at: ID(rawValue: stream.rawValue), after: recorded)
                    if let entry { expected[entry.id] = entry }
                }
            }
            var rows: [ID<HallDevice>: Entry] = [:]
            for row in try tx.fetch("SELECT \(Self.columns) FROM hall_device") {
                var entry = try Entry(row)
                entry.seen = nil
                rows[entry.id] = entry
            }
            return Set(rows.keys).union(expected.keys).sorted { $0.rawValue < $1.rawValue }
                .filter { rows[$0] != expected[$0] }
                .map { "hall device \($0.rawValue): its row is not what was recorded" }
        }
    }
}

extension HallDeviceBook.Entry {
    fileprivate init(_ row: Row) throws {
        id = ID(rawValue: try row.text(0))
        office = ID(rawValue: try row.text(1))
        kind = try StoredForm.value(from: "\"\(try row.text(2))\"")
        name = try row.optionalText(3)
        registered = Instant(milliseconds: try row.int(4))
        until = Instant(milliseconds: try row.int(5))
        revoked = try row.optionalInt(6).map(Instant.init(milliseconds:))
        revokedBy = try row.optionalText(7).map(ID.init(rawValue:))
        seen = try row.optionalInt(8).map(Instant.init(milliseconds:))
    }

    /// What a device is after an event; nil when it was never made known.
    fileprivate init?(
        _ before: [ID<HallDevice>: Self],
        at office: ID<Agency>,
        after recorded: Recorded<HallDevices.Event>
    ) {
        let at = recorded.circumstances.at
        switch recorded.event {
        case .registered(let id, let kind, let name, let end):
            self.init(
                id: id,
                office: office,
                kind: kind,
                name: name,
                registered: at,
                until: end,
                revoked: nil,
                revokedBy: nil,
                seen: nil
            )
        case .revoked(let id):
            guard let earlier = before[id] else { return nil }
            self.init(
                id: id,
                office: office,
                kind: earlier.kind,
                name: earlier.name,
                registered: earlier.registered,
                until: earlier.until,
                revoked: at,
                revokedBy: recorded.circumstances.actor.officer,
                seen: nil
            )
        }
    }
}
