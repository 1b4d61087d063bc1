import Foundation
import Kernel
import Synchronization
import Testing

@testable import Scans

struct TurnsTests {
    private static let an = Asker.citizen(ID(rawValue: "an"))
    private static let binh = Asker.citizen(ID(rawValue: "binh"))
    private static let chi = Asker.officer(ID(rawValue: "chi"))

    /// Nobody gives up because this machine is busy.
    private static let patience = Duration.seconds(3600)

    /// Work that is on until the test lets it go, and what was begun in which order.
    private final class Bench: Sendable {
        /// Who has begun, and those who wait for the test.
        private let state = Mutex<(begun: [String], held: [CheckedContinuation<Void, Never>])>(([], []))

        var begun: [String] { state.withLock { $0.begun } }

        func work(_ name: String) async {
            await withCheckedContinuation { continuation in
                state.withLock { state in
                    state.begun.append(name)
                    state.held.append(continuation)
                }
            }
        }

        /// Ends what was begun first.
        func endFirst() { state.withLock { $0.held.removeFirst() }.resume() }

        func endAll() async {
            while true {
                let held = state.withLock { state in
                    defer { state.held = [] }
                    return state.held
                }
                for continuation in held { continuation.resume() }
                if held.isEmpty { return }
                await Task.yield()
            }
        }

        func wait(for count: Int) async throws {
            for _ in 0..<10_000 where begun.count < count { try await Task.sleep(for: .milliseconds(1)) }
            try #require(begun.count == count, "begun: \(begun)")
        }
    }

    /// Asks for a turn and returns when the request stands in the queue.
    private func ask(_ turns: Turns, _ asker: Asker, _ name: String, _ bench: Bench, isAwaited: Bool = true) async
        -> Task<Void, any Error>
    {
        let before = turns.asked
        let task = Task { try await turns.take(for: asker, isAwaited: isAwaited) { await bench.work(name) } }
        while turns.asked == before { await Task.yield() }
        return task
    }

    @Test func `forty files of one person leave the next place to somebody else`() async throws {
        let (turns, bench) = (Turns(places: 2, longestWait: Self.patience), Bench())
        var tasks: [Task<Void, any Error>] = []
        for number in 1...40 { tasks.append(await ask(turns, Self.an, "an\(number)", bench)) }
        try await bench.wait(for: 1)
        #expect(bench.begun == ["an1"], "one of each person's at a time")
        tasks.append(await ask(turns, Self.binh, "binh1", bench))
        try await bench.wait(for: 2)
        tasks.append(await ask(turns, Self.binh, "binh2", bench))
        tasks.append(await ask(turns, Self.chi, "chi1", bench))
        bench.endFirst()
        try await bench.wait(for: 3)
        #expect(bench.begun == ["an1", "binh1", "an2"])
        bench.endFirst()
        bench.endFirst()
        try await bench.wait(for: 5)
        #expect(Set(bench.begun.suffix(2)) == ["binh2", "chi1"], "nobody waits for more than one of the forty")
        for task in tasks { task.cancel() }
        await bench.endAll()
    }

    @Test func `what is read in the background leaves a place to those who wait at a page`() async throws {
        let (turns, bench) = (Turns(places: 2, longestWait: Self.patience), Bench())
        let first = await ask(turns, Self.an, "pile1", bench, isAwaited: false)
        let second = await ask(turns, Self.binh, "pile2", bench, isAwaited: false)
        try await bench.wait(for: 1)
        let photo = await ask(turns, Self.an, "photo", bench)
        try await bench.wait(for: 2)
        #expect(bench.begun == ["pile1", "photo"])
        bench.endFirst()
        try await bench.wait(for: 3)
        #expect(bench.begun.last == "pile2")
        await bench.endAll()
        for task in [first, second, photo] { try await task.value }
    }

    @Test func `a queue that is full refuses`() async throws {
        let (turns, bench) = (Turns(places: 1, mostOfOne: 2, mostInAll: 3, longestWait: Self.patience), Bench())
        let running = await ask(turns, Self.an, "an1", bench)
        try await bench.wait(for: 1)
        let waiting = [await ask(turns, Self.an, "an2", bench), await ask(turns, Self.an, "an3", bench)]
        let more = await ask(turns, Self.an, "an4", bench)
        await #expect(throws: ReadingRefusal.tooManyOfOne) { try await more.value }
        let other = await ask(turns, Self.binh, "binh1", bench)
        let last = await ask(turns, Self.chi, "chi1", bench)
        await #expect(throws: ReadingRefusal.crowded) { try await last.value }
        #expect(bench.begun == ["an1"])
        for task in waiting + [other] { task.cancel() }
        await bench.endAll()
        try await running.value
    }

    @Test func `whoever waits too long is told`() async throws {
        let (turns, bench) = (Turns(places: 1, longestWait: .milliseconds(50)), Bench())
        let running = await ask(turns, Self.an, "an1", bench)
        try await bench.wait(for: 1)
        let waiting = await ask(turns, Self.binh, "binh1", bench)
        await #expect(throws: ReadingRefusal.crowded) { try await waiting.value }
        await bench.endAll()
        try await running.value
        #expect(bench.begun == ["an1"])
    }

    @Test func `whoever has gone leaves the queue at once`() async throws {
        let (turns, bench) = (Turns(places: 1, longestWait: Self.patience), Bench())
        let running = await ask(turns, Self.an, "an1", bench)
        try await bench.wait(for: 1)
        let gone = await ask(turns, Self.binh, "binh1", bench)
        let next = await ask(turns, Self.chi, "chi1", bench)
        gone.cancel()
        await #expect(throws: CancellationError.self) { try await gone.value }
        bench.endFirst()
        try await bench.wait(for: 2)
        #expect(bench.begun == ["an1", "chi1"])
        await bench.endAll()
        for task in [running, next] { try await task.value }
    }

    @Test func `messages are put together from any portions, and nonsense is refused`() throws {
        let said: [Message] = [
            .ready(Walls(aroundRights: true, aroundFiles: false, aroundCalls: true)),
            .progress(PileProgress(read: 5, of: 9)), .sheets([.blank, .separator(.generic), .written]),
            .file([1, 2, 3]), .pileFault(.tooManyPages), .photoFault(.unreadable),
        ]
        let bytes = try said.flatMap { try $0.encoded() }
        for size in [1, 3, 7, bytes.count] {
            var reader = MessageReader()
            var heard: [Message] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                heard += try reader.take(bytes[start..<min(bytes.count, start + size)])
            }
            #expect(heard == said)
        }
        for nonsense: [UInt8] in [
            [9, 0, 0, 0, 0], [4, 0, 0, 0, 1, 65], [1, 0, 0, 0, 2, 91, 93], [2, 255, 255, 255, 255],
            [3, 255, 255, 255, 255],
        ] {
            var reader = MessageReader()
            #expect(throws: Nonsense.self) { try reader.take(nonsense) }
        }
    }
}
