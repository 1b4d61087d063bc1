import Foundation

/// Keeps what people have entrusted to us from other users of the machine.
enum Privacy {
    /// What this process and its children make is for its owner alone.
    static func begin() { umask(0o077) }

    /// Takes from others what earlier versions and other hands have left open to them; answers a sentence for each
    /// thing that is not ours to change.
    static func narrow(_ settings: Settings) -> [String] {
        let database = settings.database.hasPrefix("sqlite:") ? String(settings.database.dropFirst(7)) : nil
        let files = database.map { file in ["", "-wal", "-shm"].map { file + $0 } } ?? []
        return [(settings.data, mode_t(0o700)), ("\(settings.data)/files", 0o700), (settings.secretFile, 0o600)]
            .compactMap { narrow($0.0, to: $0.1) } + files.compactMap { narrow($0, to: 0o600) }
    }

    private static func narrow(_ path: String, to mode: mode_t) -> String? {
        var status = stat()
        // What is not there yet will be made narrow.
        guard stat(path, &status) == 0, status.st_mode & 0o077 != 0 else { return nil }
        // The folder one stands in, or the root of everything, holds more than our data.
        let isOurs = status.st_uid == geteuid() && !isSharedPlace(path)
        guard isOurs, chmod(path, mode) == 0 else {
            return "Others on this machine may read \(path): make it \(String(mode, radix: 8)) and its owner's alone."
        }
        return nil
    }

    private static func isSharedPlace(_ path: String) -> Bool {
        let place = URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path
        let current = FileManager.default.currentDirectoryPath
        return ["/", NSHomeDirectory(), NSTemporaryDirectory(), current].contains {
            URL(filePath: $0).standardizedFileURL.resolvingSymlinksInPath().path == place
        }
    }
}
