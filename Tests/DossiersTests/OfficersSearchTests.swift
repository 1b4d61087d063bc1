import Kernel
import Persistence
import TestSupport
import Testing

@testable import DossierCore

/// Dossiers found by what officers have before them: a card, the end of a number, a procedure.
struct OfficersSearchTests {
    private static func submission(_ name: String, _ numbers: String..., phone: String = "0912345678")
        -> DossierBook.Submission
    {
        var submission = Room.submission(name, phone: phone)
        let people = numbers.map { "{\"idNumber\":\"\($0)\"}" }.joined(separator: ",")
        submission.answers = """
            {"applicant":{"address":"Số 1 Kim Mã","fullName":"\(name)","phone":"\(phone)"},"people":[\(people)]}
            """
        return submission
    }

    private func names(_ typed: String, _ room: Room) async throws -> [String] {
        try await room.book.search(typed, agency: Room.justice).map(\.applicantName)
    }

    @Test(arguments: TestDatabase.kinds)
    func `a dossier is found by every identity number in it and by how its numbers end`(kind: TestDatabase) async throws
    {
        try await kind.room { room in
            try await room.file(Self.submission("Nguyễn Văn An", "001090000001", "B1234567"))
            try await room.file(Self.submission("Trần Thị Bình", "012345678", phone: "0987650001"))
            for typed in ["001090000001", "001 090 000 001", "B1234567", "b 123-4567"] {
                #expect(try await names(typed, room) == ["Nguyễn Văn An"], "\(typed)")
            }
            #expect(try await names("012345678", room) == ["Trần Thị Bình"])
            #expect(try await names("5678", room) == ["Nguyễn Văn An"])
            #expect(try await names("45678", room) == ["Nguyễn Văn An"])
            #expect(try await names("95678", room).isEmpty)
            // The end of a code and that of a telephone.
            #expect(try await names("0001", room).sorted() == ["Nguyễn Văn An", "Trần Thị Bình"])
            #expect(try await names("23-0002", room) == ["Trần Thị Bình"])
            // Part of a card is no card, and nobody elsewhere sees it.
            #expect(try await names("0010900", room).isEmpty)
            #expect(try await room.book.search("001090000001", agency: Room.elsewhere).isEmpty)
            #expect(try await room.differences() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a corrected number is found by what it is now`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let id = try await room.file(Self.submission("Nguyễn Văn An", "001090000001")).dossier
            try await room.perform(.accept(by: Room.hoa, due: nil), on: id)
            let right = Self.submission("Nguyễn Văn An", "001090000002").answers
            let (content, why) = (DossierTexts.Draft(right, .answers, at: room.clock.now), room.text("Gõ nhầm"))
            try await room.perform(
                .correct(
                    .answers(by: Room.hoa, fields: ["people.0.idNumber"], content: content.sealed, reason: why.sealed)
                ),
                on: id,
                texts: [content, why]
            )
            #expect(try await names("001090000001", room).isEmpty)
            #expect(try await names("001090000002", room) == ["Nguyễn Văn An"])
            #expect(try await room.differences() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `erased answers are found by no identity number`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let id = try await room.file(Self.submission("Nguyễn Văn An", "001090000001")).dossier
            try await room.change("DELETE FROM dossier_text WHERE dossier = \(id) AND kind = 'answers'")
            #expect(try await names("001090000001", room).isEmpty)
            #expect(try await room.count("SELECT COUNT(*) FROM dossier_identity") == 0)
            #expect(try await room.differences() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a database of an earlier version is given what its dossiers are found by`(kind: TestDatabase) async throws {
        try await kind.room { room in
            try await room.file(Self.submission("Nguyễn Văn An", "001090000001", "B1234567", "không rõ", "15000"))
            try await room.file(Self.submission("Trần Thị Bình", "AB123456", "012345678", phone: "+821012345678"))
            for statement: SQL in [
                "DROP TABLE dossier_identity", "DROP INDEX dossier_by_procedure",
                "DELETE FROM dossier_word WHERE word LIKE '#%'",
                "DELETE FROM migration WHERE name = 'dossiers-0.4-search'",
            ] { try await room.change(statement) }
            try await room.database.migrate(DossierBook.migrations)
            #expect(try await room.differences() == [])
            #expect(try await names("AB123456", room) == ["Trần Thị Bình"])
            #expect(try await names("5678", room).sorted() == ["Nguyễn Văn An", "Trần Thị Bình"])
        }
    }

    @Test func `every new question is read from an index`() async throws {
        try await TestDatabase.sqlite.room { room in
            try await room.file(Self.submission("Nguyễn Văn An", "001090000001"))
            try await room.change("ANALYZE")
            let watched = WatchedDatabase(room.database)
            let reader = InboxReader(database: watched)
            for typed in ["001090000001", "5678", "345678"] {
                _ = try await reader.search(typed, agency: Room.justice, limit: 50)
            }
            _ = try await reader.search(procedures: ["1.000001"], agency: Room.justice, limit: 50)
            for statement in watched.statements {
                let plan = try await room.rows("EXPLAIN QUERY PLAN \(statement)").map { try $0.text("detail") }
                #expect(
                    plan.allSatisfy { !$0.hasPrefix("SCAN") && !$0.contains("TEMP B-TREE") },
                    "\(statement): \(plan)"
                )
            }
        }
    }
}
