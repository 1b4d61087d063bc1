package import Kernel
import Persistence

/// Finds dossiers by what officers type.
extension InboxReader {
    /// Dossiers of the agency in whose answers `typed` is the number of an identity paper; those whose name, code or
    /// telephone has it at the beginning of a word, by name, or whose code or telephone ends in these digits; where there
    /// is none, those whose name has all its words in another order or with others between.
    func search(_ typed: String, agency: ID<Agency>, limit: Int) async throws -> [DossierRow] {
        let key = DossierWords.key(typed: typed)
        guard !key.isEmpty else { return [] }
        let (number, ending) = (DossierIdentities.number(typed), DossierWords.ending(of: key))
        return try await database.read { tx in
            var seen = Set<ID<Dossier>>()
            let named = try number.map { try self.named($0, agency, limit: limit, in: tx) } ?? []
            var rows = named.filter { seen.insert($0.id).inserted }
            rows += try tx.fetch(
                """
                SELECT \(DossierRow.columns) FROM dossier_word w JOIN dossier d ON d.id = w.dossier
                WHERE w.agency = \(agency) AND \(Self.begins(key))
                ORDER BY w.word, w.dossier LIMIT \(limit)
                """
            ).map(DossierRow.init).filter { seen.insert($0.id).inserted }
            // A name has no digits at its end: nothing is looked for a second time.
            if let ending, key.utf8.allSatisfy({ (48...57).contains($0) }), rows.count < limit {
                rows += try ended(key, ending, agency, limit: limit, in: tx).filter { seen.insert($0.id).inserted }
            }
            let words = Set(key.split(separator: " ").prefix(Self.mostWords).map(String.init))
            if words.count > 1, rows.isEmpty {
                rows = try scattered(words, agency, limit: limit, in: tx).filter { seen.insert($0.id).inserted }
            }
            return Array(rows.prefix(limit))
        }
    }

    /// By the number of an identity paper. IDs begin with the time: the newest first.
    private func named(_ number: String, _ agency: ID<Agency>, limit: Int, in tx: borrowing Transaction) throws
        -> [DossierRow]
    {
        try tx.fetch(
            """
            SELECT \(DossierRow.columns) FROM dossier_identity i JOIN dossier d ON d.id = i.dossier
            WHERE i.agency = \(agency) AND i.number = \(number) ORDER BY i.dossier DESC LIMIT \(limit)
            """
        ).map(DossierRow.init)
    }

    /// By how the code or the telephone ends; longer endings are compared among the newest that share the last four.
    private func ended(
        _ digits: String,
        _ ending: String,
        _ agency: ID<Agency>,
        limit: Int,
        in tx: borrowing Transaction
    ) throws -> [DossierRow] {
        try tx.fetch(
            """
            SELECT \(DossierRow.columns), d.applicant_phone FROM dossier_word w JOIN dossier d ON d.id = w.dossier
            WHERE w.agency = \(agency) AND w.word = \(ending)
            ORDER BY w.dossier DESC LIMIT \(digits.utf8.count == 4 ? limit : Self.mostCandidates)
            """
        ).filter { row in
            let numbers = [try row.text(1), try row.optionalText(DossierRow.width) ?? ""]
            return numbers.contains { $0.filter(\.isNumber).hasSuffix(digits) }
        }.prefix(limit).map(DossierRow.init)
    }

    /// The newest dossiers of each procedure, in the order in which these are given.
    func search(procedures: [String], agency: ID<Agency>, limit: Int) async throws -> [DossierRow] {
        try await database.read { tx in
            var rows: [DossierRow] = []
            for procedure in procedures where rows.count < limit {
                rows += try tx.fetch(
                    """
                    SELECT \(DossierRow.columns) FROM dossier d
                    WHERE d.agency = \(agency) AND d.procedure_code = \(procedure)
                    ORDER BY d.filed_at DESC, d.id DESC LIMIT \(limit - rows.count)
                    """
                ).map(DossierRow.init)
            }
            return rows
        }
    }

    private static let mostWords = 5
    /// How many names are looked through that have the rarest word: what is commoner needs another word.
    private static let mostCandidates = 2000

    private func scattered(
        _ words: Set<String>,
        _ agency: ID<Agency>,
        limit: Int,
        in tx: borrowing Transaction
    ) throws -> [DossierRow] {
        // The rarest word leads: of a common surname there are thousands.
        var rarest: (word: String, count: Int)?
        for word in words.sorted() {
            let count = try tx.fetch(
                """
                SELECT COUNT(*) FROM (SELECT 1 FROM dossier_word w WHERE w.agency = \(agency) AND \(Self.begins(word))
                    LIMIT \(rarest?.count ?? Self.mostCandidates)) AS x
                """
            ).first?.int(0)
            if let count, count < rarest?.count ?? .max { rarest = (word, count) }
        }
        guard let rarest, rarest.count > 0 else { return [] }
        var others: SQL = ""
        for word in words.subtracting([rarest.word]).sorted() {
            others = """
                \(others) AND EXISTS (
                    SELECT 1 FROM dossier_word w WHERE w.dossier = c.dossier AND w.agency = \(agency) AND \(Self.begins(word))
                )
                """
        }
        return try tx.fetch(
            """
            SELECT \(DossierRow.columns) FROM (
                SELECT w.word, w.dossier FROM dossier_word w WHERE w.agency = \(agency) AND \(Self.begins(rarest.word))
                ORDER BY w.word, w.dossier LIMIT \(Self.mostCandidates)
            ) AS c JOIN dossier d ON d.id = c.dossier
            WHERE d.agency = \(agency) \(others) ORDER BY c.word, c.dossier LIMIT \(limit)
            """
        ).map(DossierRow.init)
    }

    /// In a row of `dossier_word` called `w`.
    private static func begins(_ key: String) -> SQL { "w.word >= \(key) AND w.word < \(key + "\u{10FFFF}")" }
}

extension DossierBook {
    package func search(_ typed: String, agency: ID<Agency>, limit: Int = 50) async throws -> [DossierRow] {
        try await InboxReader(database: database).search(typed, agency: agency, limit: limit)
    }

    /// The newest dossiers of the procedures with these codes, those of the first before those of the next.
    package func search(procedures: [String], agency: ID<Agency>, limit: Int = 50) async throws -> [DossierRow] {
        try await InboxReader(database: database).search(procedures: procedures, agency: agency, limit: limit)
    }
}
