import HTTPTypes
import Kernel
import Persistence
import Scans
import TestSupport
import Testing
import Web

@testable import DossierCore
@testable import Scanning
@testable import Staffing

struct QuotaTests {
    /// The same rooms with less room.
    private func narrow(_ room: Room, _ change: (inout Quotas) -> Void) -> (drafts: Drafts, book: DossierBook) {
        var quotas = Quotas()
        change(&quotas)
        return (
            Drafts(database: room.database, quotas: quotas),
            DossierBook(database: room.database, staff: room.staff, quotas: quotas)
        )
    }

    private func file(_ component: String = "id-copy", bytes: Int) -> AttachedFile {
        let file = Room.file(component)
        return AttachedFile(
            id: .fresh(at: Instant(milliseconds: 1_795_401_000_000)),
            component: component,
            name: file.name,
            kind: file.kind,
            pages: 1,
            bytes: bytes,
            digest: file.digest
        )
    }

    /// The running sums are what the rows add up to.
    private func expectSums(_ room: Room) async throws {
        #expect(try await room.book.verifyUnsent() + ScanBook(database: room.database).verify() == [])
    }

    @Test(arguments: TestDatabase.kinds)
    func `space is taken by uploading and given back by removing, replacing, discarding and filing`(
        kind: TestDatabase
    ) async throws {
        try await kind.room { room in
            let (drafts, lan, now) = (room.drafts, Room.lan, room.clock.now)
            func use() async throws -> [Int] {
                let use = try await drafts.use(of: lan)
                try await expectSums(room)
                return [use.files, use.bytes]
            }
            #expect(try await use() == [0, 0])
            let (first, second) = (try await room.begin(by: lan), try await room.begin(by: lan))
            let files = [file(bytes: 100), file(bytes: 20), file(bytes: 3)]
            for file in files { try await drafts.attach(file, to: first, of: lan, at: now) }
            try await drafts.attach(file(bytes: 4000), to: second, of: lan, at: now)
            #expect(try await use() == [4, 4123])
            try await drafts.detach(files[0].id, from: first, of: lan)
            // A second press of the button removes nothing more.
            try await drafts.detach(files[0].id, from: first, of: lan)
            #expect(try await use() == [3, 4023])
            try await drafts.replace(Array(files[1...]), by: file(bytes: 50), in: first, of: lan, at: now)
            #expect(try await use() == [2, 4050])
            let version = try #require(try await drafts.draft(first, of: lan)).draft.version
            try await room.file(Room.submission(draft: first, draftVersion: version))
            #expect(try await use() == [1, 4000])
            try await drafts.discard(second, of: lan)
            #expect(try await use() == [0, 0])
            try await room.change("UPDATE unsent SET files = 1")
            #expect(try await room.book.verifyUnsent().count == 1)
            #expect(try await drafts.use(of: Room.minh).files == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `whoever has used their space is told how much, and can go on after making room`(
        kind: TestDatabase
    ) async throws {
        try await kind.room { room in
            let (lan, now) = (Room.lan, room.clock.now)
            let drafts = narrow(room) { $0.bytes = 1000 }.drafts
            let id = try await room.begin(by: lan)
            let large = file(bytes: 900)
            try await drafts.attach(large, to: id, of: lan, at: now)
            await #expect(throws: QuotaReached.space(used: 900, allowed: 1000)) {
                try await drafts.attach(file(bytes: 101), to: id, of: lan, at: now)
            }
            #expect(try await drafts.draft(id, of: lan)?.files.count == 1)
            try await drafts.attach(file(bytes: 100), to: id, of: lan, at: now)
            await #expect(throws: QuotaReached.space(used: 0, allowed: 1000)) {
                let other = try await room.begin(by: Room.minh)
                try await drafts.attach(file(bytes: 1001), to: other, of: Room.minh, at: now)
            }
            try await drafts.detach(large.id, from: id, of: lan)
            try await drafts.attach(file(bytes: 900), to: id, of: lan, at: now)
            try await expectSums(room)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `of many uploads at once no more are kept than there is room for`(kind: TestDatabase) async throws {
        try await kind.room(connections: 8) { room in
            let (lan, now) = (Room.lan, room.clock.now)
            let drafts = narrow(room) { ($0.files, $0.bytes) = (400, 1000) }.drafts
            let ids = [try await room.begin(by: lan), try await room.begin(by: lan)]
            let kept = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<24 {
                    let file = file(bytes: 100)
                    group.addTask {
                        do {
                            try await drafts.attach(file, to: ids[number % 2], of: lan, at: now)
                            return true
                        } catch {
                            return false
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(kept == 10)
            #expect(try await drafts.use(of: lan).bytes == 1000)
            try await expectSums(room)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `files are counted over all drafts`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let (lan, now) = (Room.lan, room.clock.now)
            let drafts = narrow(room) { $0.files = 3 }.drafts
            for _ in 0..<3 {
                try await drafts.attach(file(bytes: 1), to: try await room.begin(by: lan), of: lan, at: now)
            }
            let last = try await room.begin(by: lan)
            await #expect(throws: QuotaReached.files(3)) {
                try await drafts.attach(file(bytes: 1), to: last, of: lan, at: now)
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `filings are counted by the day, with their bytes, and a repetition is not`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let book = narrow(room) { ($0.handIns, $0.handedInBytes) = (3, 1000) }.book
            func file(_ bytes: Int = 0, key: String? = nil, by citizen: ID<Citizen> = Room.lan) async throws {
                var submission = Room.submission(by: citizen)
                submission.files = bytes == 0 ? [] : [self.file(bytes: bytes)]
                let key = key.map { IdempotencyKey(scope: "x", key: $0, digest: "") }
                _ = try await book.file(submission, room.circumstances(), once: key)
            }
            for _ in 0..<5 { try await file(400, key: "again") }
            await #expect(throws: QuotaReached.self) { try await file(601) }
            try await file(600)
            try await file()
            // 09:30 in the morning: what is left of the day is fourteen and a half hours.
            await #expect(throws: QuotaReached.handIns(3, seconds: 52_200)) { try await file() }
            #expect(try await room.count("SELECT COUNT(*) FROM dossier") == 3)
            try await file(by: Room.minh)
            room.clock.advance(by: .hours(15))
            try await file(1000)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what the counter takes in is nobody's allowance`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let book = narrow(room) { $0.handIns = 1 }.book
            for _ in 0..<3 {
                _ = try await book.file(Room.submission(channel: .counter), room.circumstances(), once: nil)
            }
            #expect(try await room.count("SELECT COUNT(*) FROM dossier") == 3)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a supplement's files are unsent until it is sent, and what is never sent is forgotten`(
        kind: TestDatabase
    ) async throws {
        try await kind.room { room in
            let (lan, now) = (Room.lan, room.clock.now)
            func asked() async throws -> ID<Dossier> {
                let id = try await room.file().dossier
                let note = room.text("Mờ")
                try await room.perform(
                    .requestSupplement(
                        by: Room.hoa,
                        items: [DossierTests.missing],
                        reason: note.sealed,
                        answerBy: nil,
                        ground: nil
                    ),
                    on: id,
                    texts: [note]
                )
                return id
            }
            let (answered, silent) = (try await asked(), try await asked())
            let paper = file(bytes: 100)
            try await room.book.stage(paper, on: answered, at: now)
            try await room.book.stage(file(bytes: 20), on: silent, at: now)
            let dropped = file(bytes: 3)
            try await room.book.stage(dropped, on: silent, at: now)
            #expect(try await room.drafts.use(of: lan).bytes == 123)
            try await room.book.unstage([dropped.id], from: silent, at: now)
            #expect(try await room.drafts.use(of: lan).bytes == 120)

            let answers = [SupplementAnswer(component: "id-copy", papers: [paper.paper])]
            try await room.book.perform(
                .supplement(by: lan, answers: answers, message: nil, due: nil),
                on: answered,
                room.circumstances(.citizen(id: lan))
            )
            #expect(try await room.drafts.use(of: lan).bytes == 20)
            let handIns = try await room.count("SELECT hand_ins FROM unsent WHERE citizen = \(lan)")
            #expect(handIns == 3, "two dossiers and a supplement")

            try await room.book.forgetUnsent()
            #expect(try await room.drafts.use(of: lan).bytes == 20, "the office still waits for it")
            try await room.change("UPDATE dossier SET stage = 'withdrawn' WHERE id = \(silent)")
            try await room.book.forgetUnsent()
            #expect(try await room.drafts.use(of: lan).bytes == 0)
            #expect(try await room.count("SELECT COUNT(*) FROM attachment") == 1)
            try await expectSums(room)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `an agency's piles take room until they are filed, thrown away or unreadable`(kind: TestDatabase) async throws
    {
        try await kind.room { room in
            var quotas = Quotas()
            (quotas.piles, quotas.pileBytes) = (3, 1000)
            let (scans, now) = (ScanBook(database: room.database, quotas: quotas), room.clock.now)
            func begin(_ bytes: Int, at agency: ID<Agency> = Room.justice) async throws -> ID<ScanBatch> {
                try await scans.begin(
                    file("pile", bytes: bytes),
                    agency: agency,
                    officer: Room.hoa.id,
                    at: now,
                    once: nil
                )
            }
            let (first, second) = (try await begin(500), try await begin(400))
            await #expect(throws: QuotaReached.pileSpace(used: 900, allowed: 1000)) { _ = try await begin(101) }
            let third = try await begin(100)
            await #expect(throws: QuotaReached.piles(3)) { _ = try await begin(0) }
            _ = try await begin(1000, at: Room.elsewhere)
            try await scans.fail(first, .unreadable, at: now)
            // Thrown away after it had failed: it gives its room back once.
            try await scans.close(first, as: .discarded, at: now)
            try await scans.close(second, as: .filed, at: now)
            _ = try await begin(900)
            try await scans.finish(third, [], pages: 1, at: now)
            await #expect(throws: QuotaReached.self) { _ = try await begin(1) }
            try await scans.close(third, as: .discarded, at: now)
            _ = try await begin(100)
            try await expectSums(room)
            try await room.change("UPDATE pile_use SET bytes = 1 WHERE agency = \(Room.justice)")
            #expect(try await scans.verify().count == 1)
        }
    }

    @Test(
        arguments: [
            (.drafts(30), 409), (.files(400), 409), (.space(used: 499_000_000, allowed: 500_000_000), 413),
            (.handIns(100, seconds: 60), 429),
            (.handedInBytes(used: 1_900_000_000, allowed: 2_000_000_000, seconds: 60), 429), (.piles(200), 409),
            (.pileSpace(used: 4_900_000_000, allowed: 5_000_000_000), 413),
        ] as [(QuotaReached, Int)]
    )
    func `every quota says what to do and whom to ask`(reached: QuotaReached, status: Int) {
        #expect(reached.problem.status.code == status)
        #expect(reached.problem.vi.contains("Hãy") || reached.problem.vi.contains("hãy"))
        if status == 429 { #expect(reached.problem.headers[.retryAfter] == "60") }
        if case .space = reached { #expect(reached.problem.vi.contains("499,0 MB trong 500,0 MB")) }
    }
}
