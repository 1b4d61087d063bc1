import CConfinement
import Glibc
import Synchronization

/// One process that reads files for us, from its start to its end.
final class Child: Sendable {
    private struct State {
        /// 0 before it starts and after it has been taken away: the number may be another process's then.
        var process: pid_t = 0
        var isUnwanted = false
    }

    /// How it ended.
    enum End: Equatable {
        case exited(Int32)
        case killed(by: Int32)
        /// It took longer than it may.
        case tooSlow
        /// What it said made no sense, or was too much.
        case nonsense
        /// We ended it, because nobody waits for it any more.
        case unwanted
    }

    private struct NotStarted: Error { let number: Int32 }

    /// The process, which threads may want to end at any moment.
    private let state = Mutex(State())

    /// Ends it at once, or keeps it from starting.
    func stop() {
        state.withLock { state in
            state.isUnwanted = true
            if state.process > 0 { kill(state.process, SIGKILL) }
        }
    }

    /// Starts `program` with the files open from number 3 on and nothing else of ours, and hears it out. Holds its
    /// thread all the while; that thread has to outlive the child, which ends with it.
    func run(
        _ program: String,
        arguments: [String],
        files: [String],
        patience: Duration,
        silence: Duration,
        hear: (Message) throws -> Void
    ) throws -> End {
        var ends: [Int32] = [-1, -1]
        guard child_pipe(&ends) == 0 else { throw NotStarted(number: errno) }
        let (answers, mouth) = (ends[0], ends[1])
        defer { close(answers) }
        do {
            defer { close(mouth) }
            try start(program, arguments, files, mouth)
        }
        var early: End?
        do {
            early = try listen(answers, patience: patience, silence: silence, hear)
        } catch {
            take(killing: true)
            throw error
        }
        // It has closed its mouth, so it is about to end; one that does not is helped.
        let status = take(killing: early != nil)
        if state.withLock({ $0.isUnwanted }) { return .unwanted }
        if let early { return early }
        return status & 0x7F == 0 ? .exited((status >> 8) & 0xFF) : .killed(by: status & 0x7F)
    }

    // MARK: - Its beginning

    private func start(_ program: String, _ arguments: [String], _ files: [String], _ mouth: Int32) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // Its mouth first: the files may take the number that it has with us.
        posix_spawn_file_actions_adddup2(&actions, mouth, 1)
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        for (index, path) in files.enumerated() {
            posix_spawn_file_actions_addopen(&actions, Int32(3 + index), path, O_RDONLY, 0)
        }
        child_close_from(&actions, Int32(3 + files.count))

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        // A group of its own: Ctrl-C in a terminal is for the server, which ends its children itself.
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        posix_spawnattr_setflags(&attributes, Int16(flags))

        try withStrings([program] + arguments) { arguments in
            try withStrings(Child.environment) { environment in
                try state.withLock { state in
                    // Stopped before it began: it is found to be unwanted when nothing is heard of it.
                    guard !state.isUnwanted else { return }
                    var process: pid_t = 0
                    let number = posix_spawn(&process, program, &actions, &attributes, arguments, environment)
                    guard number == 0 else { throw NotStarted(number: number) }
                    state.process = process
                }
            }
        }
    }

    /// Nothing of ours: no password, no path. A crash is not described at length, and memory is taken from one arena,
    /// so that the limit on addresses is one on memory. The runtime's libraries may lie where only this says.
    private static let environment: [String] = {
        let libraries = getenv("LD_LIBRARY_PATH").map { ["LD_LIBRARY_PATH=\(String(cString: $0))"] } ?? []
        return ["SWIFT_BACKTRACE=enable=no", "MALLOC_ARENA_MAX=1", "LC_ALL=C.UTF-8"] + libraries
    }()

    private func withStrings<T>(_ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) throws -> T) rethrows -> T
    {
        let pointers = strings.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return try body(pointers + [nil])
    }

    // MARK: - What it says

    /// Nil when it has said all it wanted to.
    private func listen(
        _ answers: Int32,
        patience: Duration,
        silence: Duration,
        _ hear: (Message) throws -> Void
    ) throws -> End? {
        let clock = ContinuousClock()
        let end = clock.now + patience
        var heard = clock.now
        var reader = MessageReader()
        var portion = [UInt8](repeating: 0, count: 65_536)
        while true {
            let left = min(end, heard + silence) - clock.now
            guard left > .zero else { return .tooSlow }
            var wish = pollfd(fd: answers, events: Int16(POLLIN), revents: 0)
            let seconds = Int32(left.components.seconds)
            let ready = poll(&wish, 1, min(seconds, 1000) * 1000 + 100)
            guard ready > 0 else { continue }
            let count = read(answers, &portion, portion.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return nil }
            do {
                for message in try reader.take(portion[..<count]) {
                    heard = clock.now
                    try hear(message)
                }
            } catch is Nonsense {
                return .nonsense
            }
        }
    }

    // MARK: - Its end

    /// Its status when it is gone.
    @discardableResult
    private func take(killing: Bool) -> Int32 {
        var status: Int32 = 0
        var looks = 0
        while true {
            let isGone = state.withLock { state in
                guard state.process > 0 else { return true }
                if killing || looks > 500 { kill(state.process, SIGKILL) }
                guard waitpid(state.process, &status, WNOHANG) != 0 else { return false }
                state.process = 0
                return true
            }
            if isGone { return status }
            looks += 1
            usleep(2000)
        }
    }
}
