import Agencies
import Catalogue
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore
@testable import Registers

struct RegisterTests {
    /// The days around the clock of the tests, 23 November 2026.
    private static func filter(
        by basis: RegisterFilter.Basis = .received,
        _ from: String = "2026-11-01",
        _ to: String = "2026-12-31",
        procedures: [String]? = nil,
        channel: Channel? = nil,
        stage: Stage? = nil,
        punctuality: RegisterFilter.Punctuality? = nil
    ) throws -> RegisterFilter {
        RegisterFilter(
            by: basis,
            from: try #require(LocalDate(rawValue: from)),
            to: try #require(LocalDate(rawValue: to)),
            procedures: procedures,
            channel: channel,
            stage: stage,
            punctuality: punctuality
        )
    }

    private func found(_ filter: RegisterFilter, in room: Room) async throws -> [ID<Dossier>] {
        try await room.book.register(filter, of: [Room.justice], now: room.clock.now).entries.map(\.id)
    }

    /// Brings a dossier from filing to its return.
    private func returned(_ room: Room, due: Instant?, finishedAfter days: Int = 0) async throws -> ID<Dossier> {
        let id = try await room.file(Room.submission(returnBy: .post)).dossier
        try await room.perform(.accept(by: Room.hoa, due: due), on: id)
        try await room.perform(.handOver(by: Room.hoa, to: nil), on: id)
        let file = Room.file("certificate")
        let result = ResultFile(result: "certificate", file: file.reference)
        try await room.book.perform(
            .prepareResult(by: Room.binh, outcome: .granted, files: [result], explanation: nil),
            on: id,
            room.circumstances(),
            files: [file]
        )
        room.clock.advance(by: .days(days))
        for officer in [Room.binh, Room.dung, Room.mai] {
            try await room.perform(.completeStep(by: officer, remark: nil), on: id)
        }
        room.clock.advance(by: .days(1))
        try await room.perform(.returnResult(by: Room.tam, method: .counter, collector: Room.collector.sealed), on: id)
        return id
    }

    @Test(arguments: TestDatabase.kinds)
    func `a dossier stands in the register by the day of each thing that happened to it`(kind: TestDatabase)
        async throws
    {
        try await kind.room { room in
            let start = room.clock.now
            let id = try await room.file().dossier
            #expect(try await found(Self.filter(by: .filed), in: room) == [id])
            for basis in [RegisterFilter.Basis.received, .due, .returned] {
                #expect(try await found(Self.filter(by: basis), in: room) == [], "\(basis)")
            }
            room.clock.advance(by: .days(1))
            try await room.perform(.accept(by: Room.hoa, due: start + .days(9)), on: id)
            #expect(try await found(Self.filter("2026-11-24", "2026-11-24"), in: room) == [id])
            #expect(try await found(Self.filter("2026-11-01", "2026-11-23"), in: room) == [])
            #expect(try await found(Self.filter(by: .due, "2026-12-02", "2026-12-02"), in: room) == [id])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a line says who, what, when it was received, due, finished and returned, and how`(kind: TestDatabase)
        async throws
    {
        try await kind.room { room in
            let start = room.clock.now
            let id = try await returned(room, due: start + .days(5), finishedAfter: 2)
            let part = try await room.book.register(
                Self.filter(by: .returned),
                of: [Room.justice],
                now: room.clock.now
            )
            let entry = try #require(part.entries.first)
            #expect(part.entries.count == 1 && part.next == nil && entry.id == id)
            #expect(entry.code.rawValue == "000.00.19.H26-261123-0001" && entry.procedureCode == "1.000001")
            #expect(entry.applicantName == "Nguyễn Thị Lan")
            #expect(entry.registered.address == "Số 1 Kim Mã" && entry.registered.phone == "0912000001")
            #expect(entry.registered.receivedAt == start && entry.dueAt == start + .days(5))
            #expect(entry.finishedAt == start + .days(2))
            #expect(entry.registered.returnedAt == start + .days(3))
            // Asked for by post, fetched at the counter.
            #expect(entry.returnBy == .post && entry.returnMethod == .counter && entry.stage == .returned)
            #expect(!entry.isLate(at: room.clock.now + .days(100)))
            #expect(try await room.differences() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `every condition chooses what it says`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let now = room.clock.now
            let online = try await room.file().dossier
            let post = try await room.file(Room.submission(channel: .post, returnBy: .post)).dossier
            try await room.perform(.accept(by: Room.hoa, due: now + .hours(2)), on: online)
            try await room.perform(.accept(by: Room.hoa, due: nil), on: post)
            room.clock.advance(by: .hours(3))
            #expect(Set(try await found(Self.filter(), in: room)) == [online, post])
            #expect(try await found(Self.filter(channel: .post), in: room) == [post])
            #expect(try await found(Self.filter(procedures: ["9.999999"]), in: room) == [])
            #expect(try await found(Self.filter(procedures: ["9.999999", "1.000001"]), in: room).count == 2)
            #expect(try await found(Self.filter(procedures: []), in: room) == [])
            #expect(try await found(Self.filter(stage: .processing), in: room) == [])
            #expect(try await found(Self.filter(punctuality: .late), in: room) == [online])
            #expect(try await found(Self.filter(punctuality: .onTime), in: room) == [])
            // While the applicant is asked for something, the clock stands still.
            let note = room.text("Thiếu")
            try await room.perform(
                .requestSupplement(
                    by: Room.binh,
                    items: [DossierTests.missing],
                    reason: note.sealed,
                    answerBy: nil,
                    ground: nil
                ),
                on: online,
                texts: [note]
            )
            #expect(try await found(Self.filter(punctuality: .onTime), in: room) == [online])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the totals add up as report II-06a does`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let start = room.clock.now
            _ = try await returned(room, due: start + .days(5), finishedAfter: 2)
            _ = try await returned(room, due: room.clock.now + .days(1), finishedAfter: 3)
            let early = room.clock.now
            let sameDay = try await returned(room, due: early + .hours(1))
            let stopped = try await room.file(Room.submission(channel: .counter, returnBy: .counter)).dossier
            try await room.perform(.accept(by: Room.hoa, due: early), on: stopped)
            let reason = room.text("Không đủ điều kiện")
            try await room.perform(.stop(by: Room.dung, reason: reason.sealed), on: stopped, texts: [reason])
            for due in [room.clock.now + .hours(1), room.clock.now + .days(3)] {
                let open = try await room.file(Room.submission(channel: .post, returnBy: .post)).dossier
                try await room.perform(.accept(by: Room.hoa, due: due), on: open)
            }
            room.clock.advance(by: .days(1))
            let totals = try await room.book.registerTotals(
                Self.filter(),
                of: [Room.justice, Room.elsewhere],
                now: room.clock.now
            )
            #expect(totals.all == 6 && totals.online == 3 && totals.post == 2 && totals.counter == 1)
            #expect(totals.solved == 4 && totals.solvedEarly == 1 && totals.solvedLate == 1 && totals.solvedOnTime == 2)
            #expect(totals.open == 2 && totals.openLate == 1 && totals.openInTime == 1)
            #expect(try await found(Self.filter(punctuality: .onTime), in: room).contains(sameDay))
            let none = try await room.book.registerTotals(Self.filter(), of: [Room.elsewhere], now: room.clock.now)
            #expect(none == RegisterTotals())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the books of several agencies are read one after the other, without gap or repetition`(kind: TestDatabase)
        async throws
    {
        try await kind.room { room in
            var filed: [ID<Agency>: [ID<Dossier>]] = [:]
            for number in 0..<24 {
                let agency = number.isMultiple(of: 3) ? Room.elsewhere : Room.justice
                filed[agency, default: []].append(try await room.file(Room.submission(to: agency)).dossier)
                if number.isMultiple(of: 5) { room.clock.advance(by: .minutes(1)) }
            }
            let books: [ID<Agency>] = [ID(rawValue: "empty"), Room.justice, Room.elsewhere]
            for limit in [1, 5, 8, 16, 24, 50] {
                var read: [RegisterEntry] = []
                var place: RegisterPlace?
                repeat {
                    let part = try await room.book.register(
                        Self.filter(by: .filed),
                        of: books,
                        now: room.clock.now,
                        after: place,
                        limit: limit
                    )
                    #expect(part.entries.count == limit || part.next == nil)
                    read += part.entries
                    place = try part.next.map { try #require(RegisterPlace($0.text)) }
                } while place != nil
                #expect(
                    read.map(\.agency) == Array(repeating: books[1], count: 16) + Array(repeating: books[2], count: 8)
                )
                #expect(Set(read.prefix(16).map(\.id)) == Set(filed[Room.justice] ?? []))
                #expect(Set(read.suffix(8).map(\.id)) == Set(filed[Room.elsewhere] ?? []))
                #expect(read.prefix(16).map(\.filedAt) == read.prefix(16).map(\.filedAt).sorted())
            }
        }
    }

    @Test(arguments: ["", "x", "1-2", "x-2-3", String(repeating: "1", count: 300)])
    func `a cursor that nobody gave is none`(text: String) { #expect(RegisterPlace(text) == nil) }
}
