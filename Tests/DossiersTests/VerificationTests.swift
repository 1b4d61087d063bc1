import Foundation
import Kernel
import NIOCore
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore
@testable import Staffing

struct VerificationTests {
    /// A dossier that has seen something, in an otherwise quiet store.
    private func filled(_ room: Room) async throws -> ID<Dossier> {
        for name in ["Trần Văn Minh", "Lê Thị Mai"] { try await room.file(Room.submission(name)) }
        let id = try await room.file().dossier
        try await room.perform(.accept(by: Room.hoa, due: room.clock.now + .days(10)), on: id)
        try await room.perform(.handOver(by: Room.hoa, to: Room.binh.id), on: id)
        return id
    }

    @Test(arguments: TestDatabase.kinds)
    func `a store that nobody touched is clean`(kind: TestDatabase) async throws {
        try await kind.room { room in
            _ = try await filled(room)
            #expect(try await room.differences() == [])
            #expect(try await room.book.counts() == (streams: 3, rows: 3))
            #expect(try await room.book.events.verifyChains() == [])
        }
    }

    static let columns: [(column: String, value: String, named: String)] = [
        ("code", "'000.00.19.H26-261123-9999'", "code"), ("version", "9", "version"),
        ("procedure_code", "'9.999999'", "procedure"), ("agency", "'stp-dn'", "agency"),
        ("channel", "'post'", "channel"), ("return_by", "'post'", "return method"),
        ("applicant", "'minh'", "applicant"), ("applicant_name", "'Kẻ Khác'", "name"),
        ("stage", "'finished'", "stage"), ("box", "'closed'", "list"), ("role", "'leader'", "role"),
        ("holder", "NULL", "holder"), ("withdrawal_asked", "1", "withdrawal"), ("filed_at", "5", "filed at"),
        ("due_at", "5", "due at"), ("open_due", "NULL", "due in the lists"), ("updated_at", "5", "updated at"),
        ("finished_at", "5", "finished at"), ("received_at", "5", "received at"),
        ("returned_at", "5", "returned at"), ("returned_by", "'post'", "returned in"),
        ("desk", "'stp-dn'", "standing"), ("part_due", "5", "standing"),
        ("applicant_phone", "'0999'", "telephone"), ("applicant_address", "NULL", "address"),
    ]

    @Test(arguments: TestDatabase.kinds)
    func `a changed column is found and named`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let id = try await filled(room)
            for (column, value, named) in Self.columns {
                let name = SQL(stringLiteral: column)
                let before = try await room.rows("SELECT CAST(\(name) AS TEXT) AS value FROM dossier WHERE id = \(id)")
                    .first?.optionalText(0)
                try await room.change("UPDATE dossier SET \(name) = \(SQL(stringLiteral: value)) WHERE id = \(id)")
                let found = try await room.book.verify().differences
                #expect(found.map(\.dossier) == [id], "\(column)")
                #expect(found.first?.what.contains(named) == true, "\(column): \(found.first?.what ?? "nothing")")
                #expect(found.first?.what.contains("Kẻ Khác") != true)
                let isNumber =
                    ["version", "withdrawal_asked"].contains(column) || column.hasSuffix("_at")
                    || ["open_due", "part_due"].contains(column)
                let old: SQL = isNumber ? "\(before.flatMap { Int($0) })" : "\(before)"
                try await room.change("UPDATE dossier SET \(name) = \(old) WHERE id = \(id)")
                #expect(try await room.differences() == [], "\(column) could not be mended")
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a changed word under which a dossier is found is named`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let id = try await filled(room)
            try await room.change("DELETE FROM dossier_word WHERE dossier = \(id) AND word = 'lan'")
            #expect(try await room.differences().map { $0.contains("words") } == [true])
            try await room.change("INSERT INTO dossier_word (agency, word, dossier) VALUES ('stp-hn', 'lan', \(id))")
            #expect(try await room.differences() == [])
            try await room.change("UPDATE dossier_word SET agency = 'stp-dn' WHERE dossier = \(id) AND word = 'lan'")
            #expect(try await room.differences() == ["it would be found in another agency"])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a changed event is found by its seal`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let id = try await filled(room)
            try await room.change(
                """
                UPDATE event SET payload = '{"filing":{"accepted":{"due":5}}}'
                WHERE stream = \("dossier/" + id.rawValue) AND version = 2
                """
            )
            let faults = try await room.book.events.verifyChains()
            #expect(faults.map(\.stream) == ["dossier/" + id.rawValue])
            #expect(faults.map(\.version) == [2] && faults.map(\.difference) == [.content])
            #expect(try await room.differences().first?.contains("due at") == true)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `changed answers are found`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let id = try await filled(room)
            try await room.change(
                """
                UPDATE dossier_text SET body = \(Room.answers("Nguyễn Thị Lan", content: "Việc khác"))
                WHERE dossier = \(id) AND kind = 'answers'
                """
            )
            #expect(try await room.differences() == ["a text of version 1 is not the one that was written"])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a changed reason is found`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let id = try await room.file().dossier
            let reason = room.text("Thiếu chữ ký")
            try await room.perform(.refuse(by: Room.hoa, reason: reason.sealed), on: id, texts: [reason])
            #expect(try await room.differences() == [])
            try await room.change("UPDATE dossier_text SET body = 'Lý do khác' WHERE id = \(reason.sealed.text)")
            #expect(try await room.differences() == ["a text of version 2 is not the one that was written"])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `an erased text is no fault`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let id = try await filled(room)
            try await room.change("DELETE FROM dossier_text WHERE dossier = \(id)")
            #expect(try await room.differences() == [])
            #expect(try await room.details(id).answers == nil)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a missing row and a row too many are found`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let id = try await filled(room)
            try await room.fill(1, .filed)
            #expect(try await room.book.counts() == (streams: 3, rows: 4))
            try await room.change("DELETE FROM dossier WHERE id = \(id)")
            #expect(try await room.differences() == ["its row is missing", "its row has no history"])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a row that no history tells of is named even when another one is missing`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let id = try await filled(room)
            let invented = try await room.fill(1, .filed)[0]
            try await room.change("DELETE FROM dossier WHERE id = \(id)")
            let differences = try await room.book.verify().differences
            #expect(Set(differences.map(\.dossier)) == [id, invented])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `many differences are told up to a limit`(kind: TestDatabase) async throws {
        try await kind.room { room in
            for _ in 1...30 { try await room.file() }
            try await room.change("UPDATE dossier SET version = 7")
            #expect(try await room.book.verify(limit: 12).differences.count == 12)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a file whose bytes were changed and a file that is gone are named`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let folder = FileManager.default.temporaryDirectory.appending(path: "blobs-\(UUID())").path
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let blobs = try BlobStore(folder: folder)
            var files: [AttachedFile] = []
            for text in ["một", "hai", "ba"] {
                let blob = try await blobs.store(ByteBuffer(string: text).chunks, limit: 100)
                files.append(
                    AttachedFile(
                        id: .fresh(at: room.clock.now),
                        component: "x",
                        name: "\(text).pdf",
                        kind: "application/pdf",
                        pages: 1,
                        bytes: blob.size,
                        digest: blob.digest.rawValue
                    )
                )
            }
            var submission = Room.submission()
            submission.files = files
            try await room.file(submission)
            #expect(try await room.book.verifyFiles(in: blobs) == (count: 3, faults: []))
            let paths = files.compactMap { BlobDigest(rawValue: $0.digest) }.map(blobs.path(of:))
            try Data("hại".utf8).write(to: URL(filePath: paths[1]))
            try FileManager.default.removeItem(atPath: paths[2])
            let faults = try await room.book.verifyFiles(in: blobs).faults
            #expect(
                Set(faults) == [
                    "file \(files[1].digest): its content is another", "file \(files[2].digest): it is missing",
                ]
            )
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a row that names another file than was filed is found`(kind: TestDatabase) async throws {
        try await kind.room { room in
            var submission = Room.submission()
            submission.files = [Room.file("x")]
            let id = try await room.file(submission).dossier
            #expect(try await room.differences() == [])
            for change in ["UPDATE attachment SET digest = 'b'", "DELETE FROM attachment"] as [SQL] {
                try await room.change("\(change) WHERE dossier = \(id)")
                #expect(try await room.differences().map { $0.contains("file") } == [true])
            }
        }
    }
}

extension ByteBuffer {
    fileprivate var chunks: AsyncThrowingStream<ByteBuffer, any Error> {
        AsyncThrowingStream { stream in
            stream.yield(self)
            stream.finish()
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `changed rows of absences, rules and patterns are found`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let author = Room.officer("dung", .leader)
            let today = room.clock.now.localDate
            let plan = Absence.Plan(
                absent: Room.binh.id,
                absentRoles: [.caseOfficer],
                from: today,
                until: today.adding(days: 3),
                deputy: Room.hoa.id,
                deputyRoles: [.reception],
                deputyIsAway: false,
                roles: [.caseOfficer],
                document: "12/QĐ"
            )
            let away = room.circumstances(.officer(id: author.id))
            let absence = try await room.staff.absences.record(plan, by: author, away)
            try await room.staff.absences.end(absence, by: author, away)
            try await room.staff.absences.record(plan, by: author, away)
            try await room.staff.assignment.perform(
                .set(
                    by: author,
                    role: .caseOfficer,
                    scope: .everything,
                    way: .fixed(officer: Room.binh.id),
                    able: [Room.binh.id]
                ),
                of: Room.justice,
                room.circumstances()
            )
            try await room.staff.issues.perform(
                .set(by: Room.mai, procedure: nil, pattern: NumberPattern(stored: "<number>/QĐ")),
                of: Room.justice,
                room.circumstances()
            )
            #expect(try await room.staff.verify() == [])
            let damages: [(damage: SQL, repair: SQL, found: String)] = [
                (
                    "UPDATE absence SET until_day = '2099-01-01' WHERE ended_at IS NULL",
                    "UPDATE absence SET until_day = \(plan.until) WHERE ended_at IS NULL", "absence"
                ),
                ("UPDATE assignment_rule SET way = 'open'", "UPDATE assignment_rule SET way = 'fixed binh'", "rule"),
                (
                    "INSERT INTO assignment_rule (agency, role, scope, way) VALUES ('x', 'leader', 'everything', 'open')",
                    "DELETE FROM assignment_rule WHERE agency = 'x'", "without history"
                ),
                (
                    "UPDATE number_pattern SET pattern = 'x'", "UPDATE number_pattern SET pattern = '<number>/QĐ'",
                    "pattern"
                ),
                (
                    "UPDATE absence SET id = 'stranger' WHERE ended_at IS NOT NULL",
                    "UPDATE absence SET id = \(absence) WHERE ended_at IS NOT NULL", "absence"
                ),
            ]
            for (damage, repair, named) in damages {
                try await room.change(damage)
                let found = try await room.staff.verify()
                #expect(!found.isEmpty && found.allSatisfy { $0.contains(named) }, "\(named): \(found)")
                try await room.change(repair)
                #expect(try await room.staff.verify() == [], "\(named) could not be mended")
            }
        }
    }
}
