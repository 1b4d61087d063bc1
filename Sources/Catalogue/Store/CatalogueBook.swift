import Kernel
package import Persistence
import Synchronization
import Web

/// The catalogue of this installation: what is shipped, what was imported, and every revision that ever was.
package final class CatalogueBook: Sendable {
    private struct State: Sendable {
        var catalogue = Catalogue.empty
        var search = CatalogueSearch(.empty)
        /// Procedures with revisions that are in the catalogue no more.
        var former: [ProcedureCode: Procedure] = [:]
        var faults: [CatalogueFault] = []
        /// From what it was made.
        var version = -1
        var stamp = ""
    }

    private let database: any Database
    private let folder: CatalogueFolder
    /// Guards the one catalogue that all requests read; it is replaced as a whole.
    private let state = Mutex(State())

    /// Reads the procedures in `folder` and those in the database.
    package init(database: any Database, folder: String) async throws {
        self.database = database
        self.folder = CatalogueFolder(path: folder)
        try await load()
    }

    /// What can be asked for.
    package var current: Catalogue { state.withLock(\.catalogue) }

    /// Finds in `current`.
    package var finder: CatalogueSearch { state.withLock(\.search) }

    /// What is wrong with the files of the folder; procedures with a fault are left out.
    package var faults: [CatalogueFault] { state.withLock(\.faults) }

    /// A procedure with all its revisions, also those that dossiers were received under and that are no more.
    package func procedure(_ code: ProcedureCode) -> Procedure? {
        state.withLock { state in
            guard var procedure = state.catalogue[code] else { return state.former[code] }
            procedure.revisions = (state.former[code]?.revisions ?? []) + procedure.revisions
            return procedure
        }
    }

    /// The procedures that fit what somebody typed, the best first.
    package func search(_ typed: String, limit: Int) -> [Procedure] {
        let (search, catalogue) = state.withLock { ($0.search, $0.catalogue) }
        return search.find(typed, limit: limit).compactMap { catalogue[$0.code] }
    }

    /// Loads again if the folder or the imported procedures have changed; tells whether they had.
    @discardableResult
    package func refresh() async throws -> Bool {
        let version = try await database.read { tx in try CatalogueBook.version(in: tx) }
        let stamp = folder.stamp
        guard state.withLock({ $0.version != version || $0.stamp != stamp }) else { return false }
        try await load()
        return true
    }

    /// Takes imported procedures over. One that is there already gets a new revision if anything in it has changed.
    package func take(_ imported: ProcedureImport) async throws {
        try await numbering { tx in
            var archive = try RevisionArchive(in: tx)
            let known = try CatalogueBook.imported(in: tx)
            for procedure in imported.procedures {
                guard let successor = CatalogueBook.successor(of: known[procedure.code], procedure) else { continue }
                let numbered = try archive.numbered(successor, in: tx)
                try tx.execute(
                    """
                    INSERT INTO imported_procedure (code, field, payload)
                    VALUES (\(numbered.code), \(numbered.field), \(CatalogueJSON.text(numbered)))
                    ON CONFLICT (code) DO UPDATE SET field = excluded.field, payload = excluded.payload
                    """
                )
            }
            for field in imported.fields {
                try tx.execute(
                    """
                    INSERT INTO imported_field (key, name) VALUES (\(field.key), \(field.name.vi))
                    ON CONFLICT (key) DO UPDATE SET name = excluded.name
                    """
                )
            }
            try tx.execute("UPDATE catalogue_import SET version = version + 1")
        }
        try await load()
    }

    /// Nil when nothing but the day of the file is new.
    private static func successor(of known: Procedure?, _ imported: Procedure) -> Procedure? {
        guard let known, let last = known.revisions.last, let new = imported.revisions.first else { return imported }
        let digest = RevisionArchive.digest(of: last, known.name)
        if digest == RevisionArchive.digest(of: new.numbered(0, from: last.from, until: nil), imported.name) {
            return nil
        }
        guard new.from > last.from else { return imported }
        var successor = imported
        successor.revisions =
            known.revisions.dropLast()
            + [last.numbered(last.number, until: new.from.adding(days: -1)), new]
        return successor
    }

    // MARK: - Loading

    private func load() async throws {
        let stamp = folder.stamp
        let reading = folder.read()
        let loaded = try await numbering { tx in
            var archive = try RevisionArchive(in: tx)
            let shipped = try reading.catalogue.codes.compactMap { reading.catalogue[$0] }
                .map { try archive.numbered($0, in: tx) }
            let imported = try CatalogueBook.imported(in: tx)
            // What we wrote ourselves says more than what the portal prints.
            let all = shipped + imported.values.filter { reading.catalogue[$0.code] == nil }
            let fields = try tx.fetch("SELECT key, name FROM imported_field").map { row in
                let name = try row.text(1)
                return Catalogue.Field(key: try row.text(0), code: nil, name: Words(name, name))
            }
            return (
                catalogue: Catalogue(procedures: all, fields: reading.catalogue.fields.values + fields),
                former: try CatalogueBook.former(besides: all, in: tx),
                version: try CatalogueBook.version(in: tx)
            )
        }
        let search = CatalogueSearch(
            loaded.catalogue,
            synonyms: reading.synonyms,
            english: reading.englishSynonyms
        )
        state.withLock { state in
            state = State(
                catalogue: loaded.catalogue,
                search: search,
                former: loaded.former,
                faults: reading.faults,
                version: loaded.version,
                stamp: stamp
            )
        }
    }

    /// Two processes that start at once may number the same new revision; the slower one tries again.
    private func numbering<T: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> T
    ) async throws -> T {
        for _ in 0..<4 {
            do {
                return try await database.transaction(body)
            } catch is AlreadyExists {
                continue
            }
        }
        return try await database.transaction(body)
    }

    private static func version(in tx: borrowing Transaction) throws -> Int {
        try tx.fetch("SELECT version FROM catalogue_import").first?.int(0) ?? 0
    }

    private static func imported(in tx: borrowing Transaction) throws -> [ProcedureCode: Procedure] {
        var procedures: [ProcedureCode: Procedure] = [:]
        for row in try tx.fetch("SELECT payload FROM imported_procedure") {
            let procedure = try CatalogueJSON.procedure(try row.text(0))
            procedures[procedure.code] = procedure
        }
        return procedures
    }

    private static func former(
        besides current: [Procedure],
        in tx: borrowing Transaction
    ) throws -> [ProcedureCode: Procedure] {
        let known = Dictionary(
            current.map { ($0.code.rawValue, Set($0.revisions.map(\.number))) },
            uniquingKeysWith: { first, _ in first }
        )
        var former: [ProcedureCode: Procedure] = [:]
        for row in try tx.fetch("SELECT code, number FROM procedure_revision ORDER BY code, number") {
            let (code, number) = (try row.text(0), try row.int(1))
            guard known[code]?.contains(number) != true else { continue }
            let kept = try tx.fetch(
                "SELECT payload FROM procedure_revision WHERE code = \(code) AND number = \(number)"
            )
            for row in kept {
                let procedure = try CatalogueJSON.procedure(try row.text(0))
                former[procedure.code, default: procedure.without].revisions += procedure.revisions
            }
        }
        return former
    }
}

extension Procedure {
    fileprivate var without: Procedure {
        var procedure = self
        procedure.revisions = []
        return procedure
    }
}
