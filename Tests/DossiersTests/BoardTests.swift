import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore
@testable import Registers

/// Who holds what, since when, and what is late of it.
struct BoardTests {
    private static let calendar = WorkingCalendar(days: CalendarDays())

    @Test func `due today ends with the day, due soon with the second working day after it`() throws {
        // A Thursday morning: Friday and Monday are the two days.
        let now = Instant(try #require(LocalMinute(rawValue: "2026-11-26T09:00")))
        let moments = BoardMoments(now: now, calendar: Self.calendar)
        #expect(moments.endOfToday.localMinute.rawValue == "2026-11-27T00:00")
        #expect(moments.endOfSoon.localMinute.rawValue == "2026-12-01T00:00")
    }

    @Test(arguments: TestDatabase.kinds)
    func `each dossier is counted under one question and listed with the most pressing first`(kind: TestDatabase)
        async throws
    {
        try await kind.room { room in
            let now = room.clock.now
            let moments = BoardMoments(now: now, calendar: Self.calendar)
            let minute = Span.minutes(1)
            func open(_ due: Instant) async throws -> ID<Dossier> {
                let id = try await room.file(Room.submission()).dossier
                try await room.perform(.accept(by: Room.hoa, due: due), on: id)
                return id
            }
            let late = [try await open(now + .days(-1)), try await open(now + .days(-9))]
            let today = try await open(now + minute)
            let soon = try await open(moments.endOfToday + minute)
            _ = try await open(moments.endOfSoon + minute)
            let waiting = try await open(now + .days(-3))
            try await room.perform(.handOver(by: Room.hoa, to: nil), on: waiting)
            try await room.perform(
                .requestSupplement(
                    by: Room.binh,
                    items: [DossierTests.missing],
                    reason: DossierTests.note,
                    answerBy: nil,
                    ground: nil
                ),
                on: waiting
            )
            let elsewhere = try await room.file(Room.submission(to: Room.elsewhere)).dossier
            let stranger = Room.officer("la", in: Room.elsewhere, .reception)
            try await room.perform(.accept(by: stranger, due: now + .days(-5)), on: elsewhere)

            let agencies = [Room.justice, Room.elsewhere]
            let counts = try await room.book.boardCounts(of: agencies, at: moments)
            #expect(counts[Room.justice] == [.late: 2, .answerLate: 0, .today: 1, .soon: 1, .waiting: 1])
            #expect(counts[Room.elsewhere] == [.late: 1, .answerLate: 0, .today: 0, .soon: 0, .waiting: 0])
            func list(_ question: BoardQuestion, of agencies: [ID<Agency>] = [Room.justice]) async throws
                -> [ID<Dossier>]
            {
                try await room.book.board(question, of: agencies, at: moments).items.map(\.id)
            }
            #expect(try await list(.late, of: agencies) == [late[1], elsewhere, late[0]])
            #expect(try await list(.late) == [late[1], late[0]])
            #expect(try await list(.today) == [today])
            #expect(try await list(.soon) == [soon])
            #expect(try await list(.waiting) == [waiting])
            #expect(try await list(.late, of: []) == [])
            let first = try await room.book.board(.late, of: agencies, at: moments, limit: 2)
            #expect(first.items.map(\.id) == [late[1], elsewhere])
            let rest = try await room.book.board(.late, of: agencies, at: moments, after: first.next, limit: 2)
            #expect(rest.items.map(\.id) == [late[0]] && rest.next == nil)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `it is known since when a dossier lies where it lies`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let id = try await room.file(Room.submission()).dossier
            func since() async throws -> Instant? { try await room.details(id).row.standing.heldSince }
            #expect(try await since() == room.clock.now)
            let moves: [(Dossier.Command, Bool)] = [
                (.accept(by: Room.hoa, due: room.clock.now + .days(9)), true), (.handOver(by: Room.hoa, to: nil), true),
                (.assign(by: Room.binh, to: Room.binh.id), true),
                (.chooseReturn(by: Room.lan, method: .post), false),
                (.askWithdrawal(by: Room.lan, reason: nil), false),
                (
                    .prepareResult(
                        by: Room.binh,
                        outcome: .denied,
                        files: [],
                        explanation: DossierTests.note
                    ), false
                ),
                (.completeStep(by: Room.binh, remark: nil), true),
            ]
            for (command, isMove) in moves {
                let before = try await since()
                room.clock.advance(by: .hours(1))
                try await room.perform(command, on: id)
                #expect(try await since() == (isMove ? room.clock.now : before), "\(command)")
                #expect(try await room.differences() == [], "\(command)")
            }
            #expect(try await room.details(id).row.standing.step == 2)
        }
    }

    @Test func `everybody who held a dossier is told with the time, one after the other`() throws {
        let past: [(String, Dossier.Event)] = [
            ("2026-11-26T08:00", DossierTests.filed), ("2026-11-26T09:00", DossierTests.accepted),
            ("2026-11-26T09:00", .assignment(.handedOver(to: nil))),
            ("2026-11-26T10:00", .assignment(.assigned(to: DossierTests.examiner.id))),
            ("2026-11-26T11:00", .result(.returnChosen(method: .post))),
            (
                "2026-11-27T10:00",
                .supplement(.requested(items: [], reason: DossierTests.note, answerBy: nil, ground: nil))
            ),
            ("2026-11-30T10:00", .supplement(.answered(answers: [], message: nil, due: nil))),
        ]
        let history = try past.enumerated().map { index, moment in
            Recorded(
                version: index + 1,
                circumstances: Circumstances(
                    at: Instant(try #require(LocalMinute(rawValue: moment.0))),
                    actor: .visitor
                ),
                event: moment.1
            )
        }
        let spans = Holdings(history).spans
        #expect(spans.map(\.holding.stage) == [.filed, .processing, .processing, .awaitingSupplement, .processing])
        #expect(spans.map(\.holding.holder?.rawValue) == [nil, nil, "binh", "binh", "binh"])
        #expect(spans.map { $0.until?.localMinute.timeOfDay } == ["09:00", "10:00", "10:00", "10:00", nil])
        #expect(spans[3].holding.holderName([:], [:]) == Words("Người nộp hồ sơ", "The applicant"))
        let minutes = Self.calendar.workingMinutes(from: spans[2].from, to: spans[2].until ?? spans[2].from)
        #expect(minutes == 480)
    }

    @Test(arguments: TestDatabase.kinds)
    func `leaders see their agency and open its dossiers, a supervisor those below without opening them`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            try await house.bring(id, to: .processing)
            house.clock.advance(by: .days(30))
            let leader = try await house.officer(.leader)
            let board = try await leader.get("/work/board")
            #expect(board.status == 200 && board.links.contains("/work/dossiers/\(id)"))
            #expect(board.body.contains("ngày làm việc") && board.body.contains("Thẩm tra"))
            let above = try await house.supervisor()
            let seen = try await above.get("/work/board?show=late")
            let code = try await house.row(id).code.rawValue
            #expect(seen.body.contains(code) && !seen.links.contains("/work/dossiers/\(id)"))
            #expect(seen.links.contains("/work/board?show=late&amp;agency=\(House.justice)"))
            #expect(try await above.get("/work/board?agency=\(House.justice)").body.contains(code))
            #expect(try await above.get("/work/board?agency=\(House.danang)").status == 422)
            #expect(try await leader.get("/work/board?show=nonsense").status == 422)
            #expect(try await leader.get("/work/board?after=nonsense").status == 422)
            for question in BoardQuestion.allCases where question != .late {
                #expect(try await !leader.get("/work/board?show=\(question.rawValue)").body.contains(code))
            }
            for role in [Role.reception, .caseOfficer, .clerk, .returns, .admin] {
                #expect(try await house.officer(role).get("/work/board").status == 403, "\(role)")
            }
            #expect(try await house.stranger().get("/work/board").body.contains(code) == false)
            let shown = try await leader.get("/work/dossiers/\(id)")
            #expect(shown.body.contains("Ai đã giữ hồ sơ"))
        }
    }
}
