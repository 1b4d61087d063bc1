import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore

struct DraftTests {
    @Test(arguments: TestDatabase.kinds)
    func `a draft is its writer's and nobody else's`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let (lan, minh, now) = (Room.lan, Room.minh, room.clock.now)
            let id = try await room.begin(by: lan)
            try await room.drafts.attach(Room.file("id-copy"), to: id, of: lan, at: now)
            let (draft, files) = try #require(try await room.drafts.draft(id, of: lan))
            #expect(draft.answers == Room.answers("Nguyễn Thị Lan") && draft.version == 2 && draft.dossier == nil)
            #expect(files.map(\.component) == ["id-copy"])
            #expect(try await room.drafts.list(of: lan).map(\.id) == [id])

            #expect(try await room.drafts.draft(id, of: minh) == nil)
            #expect(try await room.drafts.list(of: minh).isEmpty)
            await #expect(throws: Drafts.Refusal.notFound) {
                try await room.drafts.save(id, of: minh, at: now) { _ in "{}" }
            }
            await #expect(throws: Drafts.Refusal.notFound) {
                try await room.drafts.attach(Room.file("id-copy"), to: id, of: minh, at: now)
            }
            await #expect(throws: Drafts.Refusal.notFound) {
                try await room.drafts.detach(files[0].id, from: id, of: minh)
            }
            await #expect(throws: Drafts.Refusal.notFound) { try await room.drafts.discard(id, of: minh) }
            let kept = try #require(try await room.drafts.draft(id, of: lan))
            #expect(kept.draft == draft && kept.files == files)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `two windows do not overwrite each other unseen`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let id = try await room.begin(by: Room.lan)
            func save(_ answers: String, expecting version: Int?) async throws -> Int {
                try await room.drafts.save(id, of: Room.lan, expecting: version, at: room.clock.now) { _ in answers }
            }
            #expect(try await save("{\"a\":{}}", expecting: 1) == 2)
            await #expect(throws: Drafts.Refusal.changedElsewhere) { _ = try await save("{\"b\":{}}", expecting: 1) }
            #expect(try await room.drafts.draft(id, of: Room.lan)?.draft.answers == "{\"a\":{}}")
            #expect(try await save("{\"c\":{}}", expecting: nil) == 3)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `of many who saved the same version at once, one did`(kind: TestDatabase) async throws {
        try await kind.room(connections: 8) { room in
            let id = try await room.begin(by: Room.lan)
            for version in 1...5 {
                let saved = try await withThrowingTaskGroup(of: Bool.self) { group in
                    for index in 1...8 {
                        group.addTask {
                            do {
                                try await room.drafts.save(id, of: Room.lan, expecting: version, at: room.clock.now) {
                                    _ in "{\"a\":{\"b\":\"\(index)\"}}"
                                }
                                return true
                            } catch Drafts.Refusal.changedElsewhere { return false }
                        }
                    }
                    return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
                }
                #expect(saved == 1)
                #expect(try await room.drafts.draft(id, of: Room.lan)?.draft.version == version + 1)
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `windows on different parts of a form do not undo each other`(kind: TestDatabase) async throws {
        try await kind.room(connections: 8) { room in
            let id = try await room.begin(by: Room.lan)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 1...20 {
                    group.addTask {
                        try await room.drafts.save(id, of: Room.lan, at: room.clock.now) { $0 + " \(index)" }
                    }
                }
                try await group.waitForAll()
            }
            let answers = try await room.drafts.draft(id, of: Room.lan)?.draft.answers ?? ""
            #expect(Set(answers.split(separator: " ").compactMap { Int($0) }).isSuperset(of: 2...20))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a draft filed many times at once is one dossier with all its files`(kind: TestDatabase) async throws {
        try await kind.room(connections: 8) { room in
            let id = try await room.begin(by: Room.lan)
            let file = Room.file("id-copy")
            try await room.drafts.attach(file, to: id, of: Room.lan, at: room.clock.now)
            let refused = await withTaskGroup(of: Bool.self) { group in
                for _ in 1...6 {
                    group.addTask {
                        do {
                            try await room.file(Room.submission(draft: id, draftVersion: 2))
                            return false
                        } catch { return error as? Drafts.Refusal == .alreadyFiled }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(refused == 5)
            #expect(try await room.count("SELECT COUNT(*) FROM dossier") == 1)
            let dossier = try #require(try await room.drafts.draft(id, of: Room.lan)?.draft.dossier)
            let details = try await room.details(dossier)
            #expect(details.files == [file])
            #expect(details.dossier.papers == [FiledPaper(component: "id-copy", file: file.reference)])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a file that arrives while the draft is being filed stops one of the two`(kind: TestDatabase) async throws {
        try await kind.room(connections: 8) { room in
            for _ in 1...10 {
                let id = try await room.begin(by: Room.lan)
                async let filing = refusal { _ = try await room.file(Room.submission(draft: id)) }
                let attaching = await refusal {
                    try await room.drafts.attach(Room.file("id-copy"), to: id, of: Room.lan, at: room.clock.now)
                }
                let pair = (await filing, attaching)
                #expect(pair == (nil, .alreadyFiled) || pair == (.changedElsewhere, nil))
                let (draft, files) = try #require(try await room.drafts.draft(id, of: Room.lan))
                #expect(files.isEmpty == (draft.dossier != nil))
            }
        }
    }

    private func refusal(_ body: () async throws -> Void) async -> Drafts.Refusal? {
        do {
            try await body()
            return nil
        } catch { return error as? Drafts.Refusal }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a filed draft stays as it was filed`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let (lan, now) = (Room.lan, room.clock.now)
            let id = try await room.begin(by: lan)
            let file = Room.file("id-copy")
            try await room.drafts.attach(file, to: id, of: lan, at: now)
            await #expect(throws: Drafts.Refusal.changedElsewhere) {
                try await room.file(Room.submission(draft: id, draftVersion: 1))
            }
            #expect(try await room.count("SELECT COUNT(*) FROM dossier") == 0)
            try await room.file(Room.submission(draft: id, draftVersion: 2))
            await #expect(throws: Drafts.Refusal.alreadyFiled) {
                try await room.drafts.save(id, of: lan, at: now) { _ in "{}" }
            }
            await #expect(throws: Drafts.Refusal.alreadyFiled) {
                try await room.drafts.attach(Room.file("x"), to: id, of: lan, at: now)
            }
            await #expect(throws: Drafts.Refusal.alreadyFiled) {
                try await room.drafts.detach(file.id, from: id, of: lan)
            }
            await #expect(throws: Drafts.Refusal.alreadyFiled) {
                try await room.drafts.choose(for: id, of: lan, at: now) { draft in
                    (.init(situation: "x", agency: Room.elsewhere, returnBy: .post, answers: draft.answers), ())
                }
            }
            await #expect(throws: Drafts.Refusal.alreadyFiled) { try await room.drafts.discard(id, of: lan) }
            let (draft, files) = try #require(try await room.drafts.draft(id, of: lan))
            // The answers lie with the dossier alone, where the law may have them erased.
            #expect(draft.answers == "{}" && files == [file])
            #expect(try await room.drafts.list(of: lan).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a draft takes forty files and no more`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let id = try await room.begin(by: Room.lan)
            for _ in 1...Drafts.mostFiles {
                try await room.drafts.attach(Room.file("x"), to: id, of: Room.lan, at: room.clock.now)
            }
            await #expect(throws: Drafts.Refusal.tooManyFiles) {
                try await room.drafts.attach(Room.file("x"), to: id, of: Room.lan, at: room.clock.now)
            }
            let files = try await room.drafts.draft(id, of: Room.lan)?.files ?? []
            #expect(files.count == Drafts.mostFiles)
            try await room.drafts.detach(files[0].id, from: id, of: Room.lan)
            try await room.drafts.attach(Room.file("x"), to: id, of: Room.lan, at: room.clock.now)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a person has thirty unfinished drafts and no more`(kind: TestDatabase) async throws {
        try await kind.room { room in
            var ids: [ID<Draft>] = []
            for _ in 1...Quotas().drafts { ids.append(try await room.begin(by: Room.lan)) }
            await #expect(throws: QuotaReached.drafts(30)) { _ = try await room.begin(by: Room.lan) }
            _ = try await room.begin(by: Room.minh)
            try await room.file(Room.submission(draft: ids[0]))
            _ = try await room.begin(by: Room.lan)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a draft that is thrown away is gone with its files`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let id = try await room.begin(by: Room.lan)
            let other = try await room.begin(by: Room.lan)
            try await room.drafts.attach(Room.file("x"), to: id, of: Room.lan, at: room.clock.now)
            try await room.drafts.discard(id, of: Room.lan)
            #expect(try await room.drafts.draft(id, of: Room.lan) == nil)
            #expect(try await room.count("SELECT COUNT(*) FROM attachment") == 0)
            #expect(try await room.drafts.list(of: Room.lan).map(\.id) == [other])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the draft written last comes first`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let first = try await room.begin(by: Room.lan)
            room.clock.advance(by: .minutes(1))
            let second = try await room.begin(by: Room.lan)
            #expect(try await room.drafts.list(of: Room.lan).map(\.id) == [second, first])
            room.clock.advance(by: .minutes(1))
            try await room.drafts.save(first, of: Room.lan, at: room.clock.now) { _ in "{}" }
            #expect(try await room.drafts.list(of: Room.lan).map(\.id) == [first, second])
        }
    }
}

extension Room {
    func begin(by citizen: ID<Citizen>) async throws -> ID<Draft> {
        try await drafts.begin(
            "1.000001",
            revision: 0,
            situation: nil,
            agency: Room.justice,
            returnBy: .online,
            answers: Room.answers("Nguyễn Thị Lan"),
            by: citizen,
            at: clock.now
        )
    }
}
