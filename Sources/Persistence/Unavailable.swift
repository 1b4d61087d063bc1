import GRDB
import Glibc

/// Why what is stored cannot be reached or changed at the moment: no fault of whoever asked, and it passes.
package enum Unavailable: Error, Equatable, CaseIterable {
    /// The disk is full, or what a quota allows of it.
    case full
    /// The database does not answer, or the disk under it or under the files does not.
    case gone
    /// Others are served, and this one has waited too long.
    case busy

    /// Nil for faults of any other kind, which waiting does not mend.
    package init?(_ error: any Error) {
        let found: Unavailable? =
            switch error {
            case let unavailable as Unavailable: unavailable
            case let failure as SystemFailure: Unavailable(number: failure.number)
            case let failure as DatabaseError: Unavailable(failure.resultCode)
            case let failure as PostgresError: Unavailable(sqlState: failure.sqlState)
            case is PostgresConnectionLost, is DatabaseIsClosed: .gone
            default: nil
            }
        guard let found else { return nil }
        self = found
    }

    private init?(number: Int32) {
        switch number {
        case ENOSPC, EDQUOT: self = .full
        case EIO, EROFS, ESTALE, ENODEV: self = .gone
        case EMFILE, ENFILE, ENOMEM: self = .busy
        default: return nil
        }
    }

    private init?(_ code: ResultCode) {
        switch code {
        case .SQLITE_FULL: self = .full
        // Read-only is what a file system becomes after it has met an error.
        case .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_READONLY: self = .gone
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL, .SQLITE_NOMEM: self = .busy
        default: return nil
        }
    }

    private init?(sqlState: String) {
        switch sqlState {
        case "53100": self = .full
        // A standby that was asked to write: the primary is elsewhere now.
        case "25006": self = .gone
        // Cancelled, a lock not given, a conflict that did not end: the others were first.
        case "57014", "55P03", "40001", "40P01": self = .busy
        default:
            switch sqlState.prefix(2) {
            // Connections, an operator's intervention, errors of the system underneath.
            case "08", "57", "58": self = .gone
            // Too many connections, no memory.
            case "53": self = .busy
            default: return nil
            }
        }
    }
}
