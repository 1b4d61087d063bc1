import Foundation
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import Agencies

struct AgencyBookTests {
    @Test(arguments: TestDatabase.kinds)
    func `what is stored twice changes once`(kind: TestDatabase) async throws {
        try await kind.book { book, _ in
            // Children may come before their parents.
            #expect(try await book.store(Samples.all.reversed()) == AgencyBook.Changes(added: 6))
            let revision = try await book.tree().revision
            #expect(try await book.store(Samples.all) == AgencyBook.Changes(unchanged: 6))
            #expect(try await book.tree().revision == revision)
            var ward = Samples.wardA
            ward.phone = PhoneNumber(rawValue: "02438000001")
            #expect(try await book.store([ward]) == AgencyBook.Changes(changed: 1))
            #expect(try await book.tree()[ward.id] == ward)
            #expect(try await book.tree()[Samples.wardB.id] == Samples.wardB)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a subtree is one range of paths, also after it has moved`(kind: TestDatabase) async throws {
        try await kind.book { book, database in
            let twin = Samples.agency(
                "ba",
                "Quận có tên là phần đầu của tên khác",
                .peoplesCommittee,
                .district,
                under: "h26"
            )
            _ = try await book.store(Samples.all + [twin])
            func below(_ id: ID<Agency>) async throws -> [String] {
                let path = try await book.tree().path(of: id)
                return try await database.read { tx in try book.subtree(of: path, in: tx).map(\.rawValue) }
            }
            #expect(try await below(Samples.district.id) == ["ba-dinh", "doi-can", "kim-ma", "mot-cua"])
            #expect(try await below(twin.id) == ["ba"])
            #expect(try await below(Samples.city.id).count == 7)

            var moved = Samples.district
            moved.parent = twin.id
            #expect(try await book.store([moved]) == AgencyBook.Changes(changed: 1))
            #expect(try await below(twin.id) == ["ba", "ba-dinh", "doi-can", "kim-ma", "mot-cua"])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a change by another process is seen a few seconds later`(kind: TestDatabase) async throws {
        try await kind.fresh { database in
            try await database.migrate(Agencies.migrations)
            let clock = TestClock()
            let mine = AgencyBook(database: database, office: Office { clock.now })
            #expect(try await mine.tree().isEmpty)
            _ = try await AgencyBook(database: database).store(Samples.all)
            clock.advance(by: .seconds(6))
            #expect(try await mine.tree().all.count == 6)
        }
    }

    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable (inout AgencyProfile) -> Void

        init(_ words: String, _ change: @escaping @Sendable (inout AgencyProfile) -> Void) {
            (testDescription, self.change) = (words, change)
        }
    }

    static let impossible = [
        Change("nobody") { $0.parent = ID(rawValue: "nobody") },
        Change("gạch nối") { $0.id = ID(rawValue: "Có Dấu") },
        Change("lặp vòng") { $0.parent = Samples.wardA.id },
        Change("trước ngày bắt đầu") {
            $0.validFrom = LocalDate(rawValue: "2021-02-01")
            $0.validUntil = LocalDate(rawValue: "2021-01-01")
        },
        Change("next") { $0.successors = [Succession(agency: ID(rawValue: "next"), from: Samples.today)] },
        Change("hai lần") { $0.codes = [Samples.code("H26")] },
    ]

    @Test(arguments: impossible)
    func `agencies that cannot be are refused, and nothing is stored`(agency: Change) async throws {
        try await TestDatabase.sqlite.book { book, _ in
            var agencies = Samples.all
            agency.change(&agencies[2])
            let refusal = await #expect(throws: AgencyFaults.self) { _ = try await book.store(agencies) }
            #expect(refusal?.faults.contains { $0.words.vi.contains(agency.testDescription) } == true)
            let tree = try await book.tree()
            #expect(tree.isEmpty)
        }
    }

    @Test
    func `one code may pass from one agency to another`() async throws {
        try await TestDatabase.sqlite.book { book, _ in
            var old = Samples.wardA
            old.codes = [Samples.code("H26.31.10", until: "2021-06-30")]
            var new = Samples.wardB
            new.codes = [Samples.code("H26.31.10", from: "2021-07-01")]
            _ = try await book.store([Samples.city, Samples.district, old, new])
            let tree = try await book.tree()
            #expect(tree.agency(code: "H26.31.10", on: LocalDate(rawValue: "2021-06-30"))?.id == old.id)
            #expect(tree.agency(code: "H26.31.10", on: LocalDate(rawValue: "2021-07-01"))?.id == new.id)
        }
    }

    /// Profiles are stored as JSON: whoever breaks this breaks every database in use.
    @Test
    func `a profile is stored as it always was`() throws {
        let stored = """
            {"address":"Số 1","codes":[{"code":"H26.31","scheme":"qd-20","status":"verified","validFrom":"2020-09-15"}],\
            "contacts":[{"isPublished":true,"name":"Trần Văn Mẫu","phone":"02438000001",\
            "position":{"en":"Head","vi":"Trưởng bộ phận"}}],"email":"a@b.example",\
            "hours":{"friday":["08:00-12:00"]},"id":"ba-dinh","isDemonstration":true,"kind":"peoples-committee",\
            "level":"district","name":{"en":"Ba Đình","vi":"Quận Ba Đình"},"parent":"h26","place":"Ba Đình",\
            "serves":["civil-status"],"successors":[{"agency":"h26","from":"2025-07-01"}],"validUntil":"2025-06-30"}
            """
        let profile = try JSONDecoder().decode(AgencyProfile.self, from: Data(stored.utf8))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        #expect(String(decoding: try encoder.encode(profile), as: UTF8.self) == stored)
        #expect(profile.serves.names("civil-status"))
    }
}
