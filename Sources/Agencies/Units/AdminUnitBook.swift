package import Kernel
package import Persistence

/// Keeps administrative units. There are too many for memory, so every question goes to the database.
package struct AdminUnitBook: Sendable {
    private let database: any Database

    package init(database: any Database) { self.database = database }

    package func unit(_ code: String, on date: LocalDate) async throws -> AdminUnit? {
        try await units("code = \(code)", on: date).first
    }

    package func provinces(on date: LocalDate) async throws -> [AdminUnit] {
        try await units("level = 'province'", on: date)
    }

    /// The units directly below another.
    package func units(in parent: String, on date: LocalDate) async throws -> [AdminUnit] {
        try await units("parent = \(parent)", on: date)
    }

    /// Units whose name begins so, accents aside.
    package func search(_ text: String, on date: LocalDate, limit: Int = 20) async throws -> [AdminUnit] {
        let start = text.folded
        guard !start.isEmpty else { return [] }
        let found = try await units("folded >= \(start) AND folded < \(start + "\u{10FFFF}")", on: date)
        return Array(found.prefix(limit))
    }

    private func units(_ condition: SQL, on date: LocalDate) async throws -> [AdminUnit] {
        try await database.read { tx in
            try tx.fetch(
                """
                SELECT code, level, parent, type, name, full_name, name_en FROM admin_unit
                WHERE \(condition) AND (valid_from IS NULL OR valid_from <= \(date))
                    AND (valid_until IS NULL OR valid_until >= \(date))
                ORDER BY folded, code
                """
            ).map { row in
                AdminUnit(
                    code: try row.text(0),
                    level: AdminUnit.Level(rawValue: try row.text(1)) ?? .commune,
                    parent: try row.optionalText(2),
                    type: try row.text(3),
                    name: try row.text(4),
                    fullName: try row.text(5),
                    englishName: try row.text(6)
                )
            }
        }
    }

    /// What a list did to the units we had.
    package struct Changes: Codable, Hashable, Sendable {
        package var added = 0
        package var changed = 0
        package var removed = 0
        package var unchanged = 0
    }

    /// Makes one level of an edition be exactly `units`, or, unless the list `isWhole`, have at least those.
    package func store(
        _ units: [AdminUnit],
        of level: AdminUnit.Level,
        in edition: UnitEdition,
        isWhole: Bool
    ) async throws -> Changes {
        try await database.transaction { tx in
            var stored: [String: String] = [:]
            let rows = try tx.fetch(
                "SELECT code, \(fingerprint) FROM admin_unit WHERE edition = \(edition.name) AND level = \(level)"
            )
            for row in rows { stored[try row.text(0)] = try row.text(1) }
            var changes = Changes()
            for unit in units {
                switch stored.removeValue(forKey: unit.code) {
                case nil:
                    changes.added += 1
                    try insert(unit, edition, in: tx)
                case unit.fingerprint?: changes.unchanged += 1
                case _?:
                    changes.changed += 1
                    try tx.execute("DELETE FROM admin_unit WHERE edition = \(edition.name) AND code = \(unit.code)")
                    try insert(unit, edition, in: tx)
                }
            }
            guard isWhole else { return changes }
            for code in stored.keys {
                changes.removed += 1
                try tx.execute("DELETE FROM admin_unit WHERE edition = \(edition.name) AND code = \(code)")
            }
            return changes
        }
    }

    private func insert(_ unit: AdminUnit, _ edition: UnitEdition, in tx: borrowing Transaction) throws {
        try tx.execute(
            """
            INSERT INTO admin_unit (
                edition, code, level, parent, type, name, full_name, name_en, folded, valid_from, valid_until
            ) VALUES (
                \(edition.name), \(unit.code), \(unit.level), \(unit.parent), \(unit.type), \(unit.name),
                \(unit.fullName), \(unit.englishName), \(unit.name.folded), \(edition.validFrom), \(edition.validUntil)
            )
            """
        )
    }
}

/// Everything of a unit in one text, in SQL and in Swift, so that one look tells whether it changed.
private let fingerprint: SQL = """
    level || '|' || COALESCE(parent, '') || '|' || type || '|' || name || '|' || full_name || '|' || name_en
    """

extension AdminUnit {
    fileprivate var fingerprint: String {
        [level.rawValue, parent ?? "", type, name, fullName, englishName].joined(separator: "|")
    }
}
