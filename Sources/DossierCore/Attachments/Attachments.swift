package import Kernel
package import Persistence

/// A file that somebody handed in or an officer made: what it is called and what it is. Its bytes lie in the blob
/// store under `digest`.
package struct AttachedFile: Codable, Equatable, Sendable {
    package let id: ID<Attachment>
    /// The component or result it was uploaded for.
    package let component: String
    /// As its sender named it; shown, offered for download, never used as a path.
    package let name: String
    /// `application/pdf`, `image/jpeg` or `image/png`: by content.
    package let kind: String
    /// 1 for a picture; nil for a PDF that hides how many it has.
    package let pages: Int?
    package let bytes: Int
    package let digest: String
    /// Where it was handed in or issued before; nil for a file of this dossier's own.
    package let origin: PaperOrigin?

    package init(
        id: ID<Attachment>,
        component: String,
        name: String,
        kind: String,
        pages: Int?,
        bytes: Int,
        digest: String,
        origin: PaperOrigin? = nil
    ) {
        self.id = id
        self.component = component
        self.name = name
        self.kind = kind
        self.pages = pages
        self.bytes = bytes
        self.digest = digest
        self.origin = origin
    }

    /// What it is for and what is in it: the same for the same file sent again.
    package var content: String { "\(component) \(digest)" }

    package var reference: FileReference { FileReference(attachment: id, digest: digest, bytes: bytes) }
}

/// The rows of attached files.
package enum Attachments {
    package static let columnCount = 9
    private static let columns: SQL =
        "id, component, name, kind, pages, bytes, digest, origin_dossier, origin_result"
    /// The same beside columns of other tables; the table is called `a`.
    package static let columnsOfA: SQL = """
        a.id, a.component, a.name, a.kind, a.pages, a.bytes, a.digest, a.origin_dossier, a.origin_result
        """

    static func insert(
        _ files: [AttachedFile],
        draft: ID<Draft>? = nil,
        dossier: ID<Dossier>? = nil,
        unsentBy citizen: ID<Citizen>? = nil,
        at now: Instant,
        in tx: borrowing Transaction
    ) throws {
        guard !files.isEmpty else { return }
        var values: SQL = ""
        for (index, file) in files.enumerated() {
            let row: SQL = """
                (\(file.id), \(draft), \(dossier), \(file.component), \(file.name), \(file.kind), \(file.pages), \
                \(file.bytes), \(file.digest), \(file.origin?.dossier), \(file.origin?.result), \(now), \(citizen))
                """
            values = index == 0 ? row : "\(values), \(row)"
        }
        try tx.execute(
            """
            INSERT INTO attachment (id, draft, dossier, component, name, kind, pages, bytes, digest, origin_dossier,
                origin_result, created_at, unsent_by)
            VALUES \(values)
            """
        )
    }

    static func of(draft: ID<Draft>, in tx: borrowing Transaction) throws -> [AttachedFile] {
        try tx.fetch("SELECT \(columns) FROM attachment WHERE draft = \(draft) ORDER BY id").map(AttachedFile.init)
    }

    static func of(drafts: [ID<Draft>], in tx: borrowing Transaction) throws -> [ID<Draft>: [AttachedFile]] {
        let rows = try tx.fetch(
            "SELECT \(columns), draft FROM attachment WHERE draft IN \(list: drafts) ORDER BY id"
        )
        return Dictionary(
            grouping: try rows.map { (ID<Draft>(rawValue: try $0.text(columnCount)), try AttachedFile($0)) }
        ) {
            $0.0
        }
        .mapValues { $0.map(\.1) }
    }

    static func of(dossier: ID<Dossier>, in tx: borrowing Transaction) throws -> [AttachedFile] {
        try tx.fetch("SELECT \(columns) FROM attachment WHERE dossier = \(dossier) ORDER BY id").map(AttachedFile.init)
    }

    /// The draft's files become the dossier's.
    static func move(from draft: ID<Draft>, to dossier: ID<Dossier>, in tx: borrowing Transaction) throws {
        try Unsent.send(where: "draft = \(draft)", in: tx)
        try tx.execute("UPDATE attachment SET dossier = \(dossier) WHERE draft = \(draft)")
    }

    /// Removes rows, and what their files took of somebody's allowance; answers what was in them.
    static func remove(where condition: SQL, in tx: borrowing Transaction) throws -> [BlobDigest] {
        let removed = try tx.fetch(
            "DELETE FROM attachment WHERE \(condition) RETURNING digest, unsent_by, \(Unsent.size)"
        )
        for row in removed {
            guard let citizen = try row.optionalText(1) else { continue }
            try Unsent.subtract(files: 1, bytes: try row.int(2), of: ID(rawValue: citizen), in: tx)
        }
        return try removed.compactMap { BlobDigest(rawValue: try $0.text(0)) }
    }
}

extension AttachedFile {
    package init(_ row: Row) throws {
        let result = try row.optionalText(8)
        self.init(
            id: ID(rawValue: try row.text(0)),
            component: try row.text(1),
            name: try row.text(2),
            kind: try row.text(3),
            pages: try row.optionalInt(4),
            bytes: try row.int(5),
            digest: try row.text(6),
            origin: try row.optionalText(7).map { PaperOrigin(dossier: ID(rawValue: $0), result: result) }
        )
    }
}
