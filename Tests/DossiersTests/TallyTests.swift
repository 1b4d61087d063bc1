import Kernel
import Logging
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore
@testable import Registers

struct TallyTests {
    @Test(arguments: TestDatabase.kinds)
    func `counts by agency and day, and counting again changes nothing`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let follower = FollowerService(
                database: room.database,
                followers: [Tally()],
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            func counts() async throws -> [String] {
                try await room.rows("SELECT day, agency, what, count FROM dossier_tally ORDER BY day, agency, what").map
                {
                    "\(try $0.text(0)) \(try $0.text(1)) \(try $0.text(2)) \(try $0.int(3))"
                }
            }
            for _ in 1...3 { try await room.file() }
            let id = try await room.file(Room.submission(returnBy: .online)).dossier
            try await room.file(Room.submission(to: Room.elsewhere, code: "000.00.19.H17"))
            try await room.perform(.accept(by: Room.hoa, due: nil), on: id)
            try await room.perform(.handOver(by: Room.hoa, to: nil), on: id)
            try await follower.catchUp()
            let monday = [
                "2026-11-23 stp-dn filed 1", "2026-11-23 stp-hn accepted 1", "2026-11-23 stp-hn filed 4",
            ]
            #expect(try await counts() == monday)
            for _ in 1...3 { try await follower.catchUp() }
            #expect(try await counts() == monday)

            room.clock.advance(by: .days(1))
            let note = room.text("Không đủ điều kiện")
            try await room.perform(
                .prepareResult(by: Room.binh, outcome: .denied, files: [], explanation: note.sealed),
                on: id
            )
            for officer in [Room.binh, Room.dung, Room.mai] {
                try await room.perform(.completeStep(by: officer, remark: nil), on: id)
            }
            try await room.perform(.collectOnline(by: Room.lan), on: id)
            try await room.perform(.collectOnline(by: Room.lan), on: id)
            try await follower.catchUp()
            #expect(
                try await counts() == monday + ["2026-11-24 stp-hn finished 1", "2026-11-24 stp-hn returned 1"]
            )
            let today = try await room.book.tally(of: LocalDate(rawValue: "2026-11-23")!)
            #expect(today == [.filed: 5, .accepted: 1])
            #expect(try await room.book.tally(of: LocalDate(rawValue: "2026-11-25")!) == [:])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a number that the log does not bear out is named, one still to be counted is not`(
        kind: TestDatabase
    ) async throws {
        try await kind.room { room in
            let follower = FollowerService(
                database: room.database,
                followers: [Tally()],
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            #expect(try await room.book.verifyTally() == [])
            for _ in 1...3 { try await room.file() }
            #expect(try await room.book.verifyTally() == [])
            try await follower.catchUp()
            #expect(try await room.book.verifyTally() == [])
            try await room.file()
            #expect(try await room.book.verifyTally() == [])
            try await follower.catchUp()
            try await room.change("UPDATE dossier_tally SET count = 9 WHERE agency = 'stp-hn'")
            try await room.change(
                "INSERT INTO dossier_tally (day, agency, what, count) VALUES ('2026-11-23', 'stp-dn', 'returned', 1)"
            )
            #expect(
                try await room.book.verifyTally() == [
                    "tally 2026-11-23 stp-dn returned: is 1, should be 0",
                    "tally 2026-11-23 stp-hn filed: is 9, should be 4",
                ]
            )
            #expect(try await room.book.verifyTally(limit: 1).count == 1)
            try await room.change("DELETE FROM dossier_tally")
            #expect(
                try await room.book.verifyTally() == ["tally 2026-11-23 stp-hn filed: is 0, should be 4"]
            )
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a day ends at midnight in Việt Nam`(kind: TestDatabase) async throws {
        try await kind.room { room in
            room.clock.now = Instant(LocalMinute(date: LocalDate(rawValue: "2026-11-23")!, minuteOfDay: 23 * 60 + 59))
            try await room.file()
            room.clock.advance(by: .minutes(1))
            let next = try await room.file()
            #expect(next.code.rawValue == "000.00.19.H26-261124-0001")
        }
    }
}
