import Glibc

/// Makes a crash leave one line and end at once.
///
/// The runtime's own handler writes what every thread was doing, which held a dying server for 21 seconds and puts
/// values of variables into the log.
enum CrashLine {
    // Written once before the handler is installed and only read by it: a signal handler may neither allocate nor
    // lock, so the lines lie ready in memory that is never given back, one for each number a signal can have.
    private nonisolated(unsafe) static var lines: UnsafeMutablePointer<UnsafeBufferPointer<UInt8>>?

    private static let signals = [
        (SIGILL, "SIGILL"), (SIGTRAP, "SIGTRAP"), (SIGSEGV, "SIGSEGV"), (SIGBUS, "SIGBUS"), (SIGFPE, "SIGFPE"),
        (SIGABRT, "SIGABRT"),
    ]

    static func install(version: String) {
        let lines = UnsafeMutablePointer<UnsafeBufferPointer<UInt8>>.allocate(capacity: 65)
        lines.initialize(repeating: UnsafeBufferPointer(start: nil, count: 0), count: 65)
        for (signal, name) in signals {
            let text = Array("motcua \(version): stopped by \(name)\n".utf8)
            let line = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.count)
            _ = line.initialize(from: text)
            lines[Int(signal)] = UnsafeBufferPointer(line)
        }
        self.lines = lines
        for (signal, _) in signals {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { signal in
                if let lines = CrashLine.lines {
                    let line = lines[Int(signal)]
                    _ = write(STDERR_FILENO, line.baseAddress, line.count)
                }
                // The default action holds again, and ends the process when this handler returns.
                raise(signal)
            }
            action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
            sigaction(signal, &action, nil)
        }
    }
}
