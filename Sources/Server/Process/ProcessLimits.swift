import Foundation
import Glibc

/// What the system lets this process have.
enum ProcessLimits {
    /// Raises the number of files and connections that may be open to the most this process may ask for. A thousand,
    /// the usual number at the start, is less than one afternoon of a busy hall.
    static func raiseDescriptors() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return descriptors }
        // More than this nobody needs, and some libraries walk over all of them.
        limit.rlim_cur = min(limit.rlim_max, 65_536)
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return descriptors
    }

    /// How many may be open now.
    static var descriptors: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
        return Int(clamping: limit.rlim_cur)
    }

    /// What people filed is in memory and must not be found on the disk after a crash. A kernel that hands dumps to a
    /// program ignores the limit of their size, so that the filter also says which memory is in them: none.
    static func dumpNoMemory() {
        var limit = rlimit(rlim_cur: 0, rlim_max: 0)
        _ = setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
        // A kernel without dumps has no filter.
        try? Data("0".utf8).write(to: URL(filePath: "/proc/self/coredump_filter"))
    }

    /// Resident memory in bytes; 0 where the system does not say.
    static var residentMemory: Int {
        guard let data = FileManager.default.contents(atPath: "/proc/self/statm") else { return 0 }
        let pages = String(decoding: data, as: UTF8.self).split(separator: " ").dropFirst().first.flatMap { Int($0) }
        return (pages ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
