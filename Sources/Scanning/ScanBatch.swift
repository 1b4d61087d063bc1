package import Kernel
import Persistence
import Web

/// A pile that was scanned in one go, and what it was taken apart into.
package struct ScanBatch: Sendable {
    package enum State: String, Sendable {
        /// Waits for, or is in, the hands of the reader.
        case queued, reading
        /// Taken apart; an officer has to look at it.
        case ready
        case filed, discarded
        /// Could not be read; `fault` says why.
        case failed

        var isWaiting: Bool { self == .queued || self == .reading }
    }

    package let id: ID<ScanBatch>
    let agency: ID<Agency>
    /// Who handed it in.
    let officer: ID<Officer>
    let name: String
    let digest: String
    let bytes: Int
    /// Known once the reader has opened it.
    let pages: Int?
    let pagesRead: Int
    package let state: State
    let fault: String?
    let createdAt: Instant

    /// Pages that belong together.
    struct Part: Sendable {
        /// From 1.
        let number: Int
        let firstPage: Int
        /// 0 where nothing lay behind the separator sheet.
        let pages: Int
        /// As the separator sheet says or the officer has typed; may be nonsense.
        let code: String
        let component: String
        /// Belongs nowhere, says the officer.
        let isDropped: Bool
        let digest: String?
        let bytes: Int
        let filedAt: Instant?

        /// Nothing is left to be done with it.
        var isDone: Bool { filedAt != nil || isDropped || pages == 0 }
    }
}

extension ScanBatch {
    static let columns: SQL = "id, agency, name, digest, bytes, pages, pages_read, state, fault, created_at, officer"

    init(_ row: Row) throws {
        id = ID(rawValue: try row.text(0))
        agency = ID(rawValue: try row.text(1))
        name = try row.text(2)
        digest = try row.text(3)
        bytes = try row.int(4)
        pages = try row.optionalInt(5)
        pagesRead = try row.int(6)
        state = State(rawValue: try row.text(7)) ?? .failed
        fault = try row.optionalText(8)
        createdAt = Instant(milliseconds: try row.int(9))
        officer = ID(rawValue: try row.text(10))
    }
}

extension ScanBatch.Part {
    static let columns: SQL = "number, first_page, pages, code, component, is_dropped, digest, bytes, filed_at"

    init(_ row: Row) throws {
        number = try row.int(0)
        firstPage = try row.int(1)
        pages = try row.int(2)
        code = try row.text(3)
        component = try row.text(4)
        isDropped = try row.int(5) != 0
        digest = try row.optionalText(6)
        bytes = try row.int(7)
        filedAt = try row.optionalInt(8).map(Instant.init(milliseconds:))
    }
}
