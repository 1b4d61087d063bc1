import Foundation
import Glibc
import Kernel
import Logging
import Quarantine
import Synchronization
import Testing

@testable import Scans

/// Strangers' files and the real child process.
@Suite struct `Files are read in a child process` {
    private static let asker = Asker.officer(ID(rawValue: "hoa"))
    private static let noon = Instant(milliseconds: 1_795_401_000_000)

    private var reader: ChildReader {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return ChildReader(program: Installation.binary.path, logger: logger)
    }

    /// Lends `body` the path of a file with these bytes.
    private func file<T>(_ bytes: some Sequence<UInt8>, _ body: (String) async throws -> T) async throws -> T {
        let file = FileManager.default.temporaryDirectory.appending(path: "stranger-\(UUID().uuidString)")
        // What the test left is not what the test is about.
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(bytes).write(to: file)
        return try await body(file.path)
    }

    @Test func `a pile, its parts, their pictures and an album come out as they do in one process`() async throws {
        let (reader, asker) = (reader, Self.asker)
        try await file(Bombs.pdf(pages: 3, content: "0 0 200 300 re f")) { pile in
            let heard = Mutex<[PileProgress]>([])
            let sheets = try await reader.sheets(of: pile, for: asker) { far in heard.withLock { $0.append(far) } }
            #expect(sheets == [.written, .written, .written])
            #expect(heard.withLock { $0 } == (0..<3).map { PileProgress(read: $0, of: 3) })
            let cut = Errand.pages(first: 2, count: 2)
            let part = try await reader.file(cut, from: [pile], for: asker)
            let partHere = try Room.run(cut, on: [pile]) { _ in }
            #expect(partHere == .file(part))
            let picture = try await reader.file(.picture(page: 0, longSide: 320), from: [pile], for: asker)
            try await file(picture) { photo in
                let album = Errand.album(title: "Căn cước", created: Self.noon)
                let pdf = try await reader.file(album, from: [photo, photo], for: asker)
                let pdfHere = try Room.run(album, on: [photo, photo]) { _ in }
                #expect(pdfHere == .file(pdf))
            }
        }
    }

    @Test func `what is wrong with a file is said as it is`() async throws {
        let (reader, asker) = (reader, Self.asker)
        _ = try await file("no PDF".utf8) { path in
            await #expect(throws: PileFault.unreadable) { _ = try await reader.sheets(of: path, for: asker) { _ in } }
            await #expect(throws: PhotoFault.unreadable) {
                _ = try await reader.file(.album(title: "", created: Self.noon), from: [path], for: asker)
            }
        }
        _ = try await file(Bombs.pdf(pages: 501, content: "")) { path in
            await #expect(throws: PileFault.tooManyPages) { _ = try await reader.sheets(of: path, for: asker) { _ in } }
        }
        _ = try await file(Bombs.hugePNG) { path in
            await #expect(throws: PhotoFault.tooManyPixels) {
                _ = try await reader.file(.album(title: "", created: Self.noon), from: [path], for: asker)
            }
        }
    }

    @Test func `a file that takes too long is given up in time`() async throws {
        try await file(Bombs.nested) { path in
            let clock = ContinuousClock()
            let begin = clock.now
            let end = try Self.end(of: path, silence: .seconds(2))
            #expect(end == .tooSlow)
            #expect(clock.now - begin < .seconds(10))
        }
    }

    @Test func `a file that asks for gigabytes does not get them`() async throws {
        try await file(Bombs.wide) { path in
            let end = try Self.end(of: path, silence: .seconds(20))
            var usage = rusage()
            getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
            #expect(usage.ru_maxrss < 1_200_000, "\(usage.ru_maxrss) kB, \(end)")
        }
    }

    @Test func `whoever stops waiting ends the child`() async throws {
        let (reader, asker) = (reader, Self.asker)
        try await file(Bombs.nested) { path in
            let task = Task { try await reader.sheets(of: path, for: asker) { _ in } }
            try await Task.sleep(for: .milliseconds(500))
            task.cancel()
            // Left to itself it would end as too slow.
            await #expect(throws: ReadingRefusal.interrupted) { _ = try await task.value }
        }
    }

    @Test func `a child that says nonsense, nothing, or too much is not believed`() async throws {
        try await file("".utf8) { path in
            let cases: [(String, Child.End)] = [
                ("echo hello", .nonsense), ("printf '\\003\\377\\377\\377\\377'", .nonsense),
                ("exit 3", .exited(3)), ("kill -SEGV $$", .killed(by: 11)),
                ("exec 1>&-; sleep 60", .killed(by: 9)), ("sleep 60", .tooSlow),
            ]
            for (script, expected) in cases {
                let end = try Child().run(
                    "/bin/sh",
                    arguments: ["-c", script],
                    files: [path],
                    patience: .seconds(1),
                    silence: .seconds(1)
                ) { _ in }
                #expect(end == expected, "\(script)")
            }
        }
    }

    @Test func `a child has nothing of ours: no descriptor, no variable`() async throws {
        let secret = open("/etc/passwd", O_RDONLY)
        defer { close(secret) }
        try await file("".utf8) { path in
            // Fails when a variable or descriptor is there that should not be; the shell adds PWD and its like itself.
            let script =
                "env | grep -q '^HOME=\\|^MOTCUA\\|^TEST_' && exit 1; [ -e /dev/fd/3 ] && [ ! -e /dev/fd/\(secret) ]"
            let end = try Child().run(
                "/bin/sh",
                arguments: ["-c", script],
                files: [path],
                patience: .seconds(5),
                silence: .seconds(5)
            ) { _ in }
            #expect(end == .exited(0))
        }
    }

    /// How a reader of the pile ends.
    private static func end(of path: String, silence: Duration) throws -> Child.End {
        try Child().run(
            Installation.binary.path,
            arguments: ["read-file", #"{"sheets":{}}"#, "1"],
            files: [path],
            patience: .seconds(60),
            silence: silence
        ) { _ in }
    }
}
