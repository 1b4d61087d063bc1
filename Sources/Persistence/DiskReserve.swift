import Glibc
import Synchronization

/// Says when the disks under some folders have so little room left that nothing new should be begun: what is under way
/// is finished in the reserve, and nobody is cut off in the middle of a write.
package final class DiskReserve: Sendable {
    private let folders: [String]
    private let floor: Int
    /// Protects the last answer, which every request that writes asks for.
    private let last = Mutex<(at: ContinuousClock.Instant, isTouched: Bool)?>(nil)

    /// File systems that count their files also run out of those.
    private static let fewestFiles = 1000

    /// `floor` is in bytes; 0 keeps none.
    package init(folders: [String], floor: Int) {
        (self.folders, self.floor) = (folders, floor)
    }

    /// Looked up at most once a second.
    package var isTouched: Bool {
        guard floor > 0 else { return false }
        let now = ContinuousClock.now
        return last.withLock { last in
            if let known = last, now < known.at + .seconds(1) { return known.isTouched }
            let isTouched = folders.contains { !hasRoom($0) }
            last = (now, isTouched)
            return isTouched
        }
    }

    /// Throws `Unavailable.full` while the reserve is touched.
    package func requireRoom() throws {
        if isTouched { throw Unavailable.full }
    }

    private func hasRoom(_ folder: String) -> Bool {
        var status = statvfs()
        // Of a folder that cannot be asked about, nobody can say that it takes anything.
        guard statvfs(folder, &status) == 0 else { return false }
        let free = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
        guard free.overflow || free.partialValue >= UInt64(floor) else { return false }
        return status.f_files == 0 || status.f_favail >= DiskReserve.fewestFiles
    }
}
