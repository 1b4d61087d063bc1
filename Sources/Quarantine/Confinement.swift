import CConfinement
import Glibc
import Scans

/// What a process that reads strangers' files may still do. It is entered once, before anything is read, and never left.
enum Confinement {
    /// Beside what the program itself takes: a page of a 600 dpi scan, or a photo of fifty megapixels four bytes each
    /// with what its decoder keeps.
    private static let memory: UInt64 = 768 << 20

    /// Lays all limits on this process. Those of time, memory, size and files hold everywhere; the others are told.
    static func enter(files: Int, seconds: Int) throws -> Walls {
        volunteer()
        try limit(RLIMIT_CORE, 0)
        try limit(RLIMIT_CPU, UInt64(seconds))
        // Not a byte into any file: the answer goes through a pipe.
        try limit(RLIMIT_FSIZE, 0)
        // Fonts are opened beside the files of the errand.
        try limit(RLIMIT_NOFILE, UInt64(files + 64))
        try limit(RLIMIT_AS, addresses() + memory)
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        let folders = ["/usr", "/lib", "/lib64", "/etc/fonts", "/var/cache/fontconfig", "/dev/urandom"]
        let paths = folders.map { UnsafePointer<CChar>(strdup($0)) } + [nil]
        return Walls(
            aroundRights: confine_privileges() == 0,
            aroundFiles: confine_files(paths, 3, Int32(files)) == 0,
            aroundCalls: confine_calls() == 0
        )
    }

    struct NotLimited: Error {}

    private static func limit(_ resource: __rlimit_resource, _ most: UInt64) throws {
        var wish = rlimit(rlim_cur: rlim_t(most), rlim_max: rlim_t(most))
        guard setrlimit(__rlimit_resource_t(resource.rawValue), &wish) == 0 else { throw NotLimited() }
    }

    /// What this process has mapped already; the libraries' addresses are not memory.
    private static func addresses() throws -> UInt64 {
        let numbers = text(of: "/proc/self/statm").split(separator: " ")
        guard let pages = numbers.first.flatMap({ UInt64($0) }) else { throw NotLimited() }
        return pages * UInt64(sysconf(Int32(_SC_PAGESIZE)))
    }

    private static func text(of path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var line = [UInt8](repeating: 0, count: 200)
        let count = fread(&line, 1, line.count, file)
        return String(decoding: line.prefix(count), as: UTF8.self)
    }

    /// When the machine's memory ends, the kernel takes this process before the server.
    private static func volunteer() {
        guard let file = fopen("/proc/self/oom_score_adj", "w") else { return }
        fputs("1000", file)
        fclose(file)
    }
}
