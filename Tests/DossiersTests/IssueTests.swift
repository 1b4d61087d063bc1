import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore
@testable import Staffing

/// The clerk numbers what is issued.
struct IssueTests {
    @Test func `a pattern has one place for the number`() {
        for text in ["<number>/QĐ-STP", "KQ-<number>", "<number>"] {
            #expect(NumberPattern(rawValue: text)?.rawValue == text)
        }
        let wrong = [
            "", "<number>>", "KQ", "<number><number>", "<b><number>", String(repeating: "x", count: 40) + "<number>",
        ]
        for text in wrong { #expect(NumberPattern(rawValue: text) == nil, "\(text)") }
        #expect(NumberPattern(rawValue: "<number>/GKS")?.number(123) == "123/GKS")
    }

    @Test func `only the clerk's last step issues, with a result`() {
        let signing = Dossier(replaying: DossierTests.prepared + [.processing(.stepCompleted(step: 1, remark: nil))])
        #expect(!signing.isToBeIssued)
        let issuing = Dossier(
            replaying: DossierTests.prepared + [
                .processing(.stepCompleted(step: 1, remark: nil)), .processing(.stepCompleted(step: 2, remark: nil)),
            ]
        )
        #expect(issuing.isToBeIssued)
        #expect(!Dossier(replaying: DossierTests.finished).isToBeIssued)
    }

    @Test func `patterns are set by clerks, leaders and administrators`() {
        func refusal(_ author: ActingOfficer) -> NumberPatterns.Refusal? {
            do throws(NumberPatterns.Refusal) {
                _ = try NumberPatterns().decide(.set(by: author, procedure: nil, pattern: .standard))
                return nil
            } catch {
                return error
            }
        }
        for officer in [DossierTests.clerk, DossierTests.leader, DossierTests.officer("quan", .admin)] {
            #expect(refusal(officer) == nil)
        }
        #expect(refusal(DossierTests.examiner) == .notYours)
    }

    @Test func `events of patterns are stored as ever`() throws {
        let examples: [NumberPatterns.Event] = [
            .patternSet(procedure: nil, pattern: NumberPattern(stored: "<number>-KQ")),
            .patternRemoved(procedure: "1.0"),
            .seriesBegun(
                series: NumberPatterns.Series(pattern: NumberPattern(stored: "<number>-KQ"), year: 2026),
                first: 7
            ),
        ]
        #expect(try faultsOfStoredForms("NumberPatterns.Event", examples) == [])
    }

    /// Dossiers that wait for the clerk.
    private func signed(_ count: Int, in room: Room) async throws -> [ID<Dossier>] {
        var ids: [ID<Dossier>] = []
        for _ in 0..<count {
            let id = try await room.file().dossier
            let way: [Dossier.Command] = [
                .accept(by: Room.hoa, due: nil), .handOver(by: Room.hoa, to: nil),
                .prepareResult(by: Room.binh, outcome: .denied, files: [], explanation: room.text("x").sealed),
                .completeStep(by: Room.binh, remark: nil),
            ]
            for command in way { try await room.perform(command, on: id) }
            try await room.book.perform(
                Order(.completeStep(by: Room.dung, remark: nil), room.circumstances(.officer(id: Room.dung.id))),
                on: id
            )
            ids.append(id)
        }
        return ids
    }

    @Test(arguments: TestDatabase.kinds)
    func `forty issued at the same moment have the numbers one to forty, and a refusal takes none`(
        kind: TestDatabase
    ) async throws {
        try await kind.room(connections: 8) { room in
            let ids = try await signed(40, in: room)
            let wrong = Order(by: Room.binh, room.circumstances()) { .completeStep(by: $0, remark: nil) }
            #expect(try await room.book.perform(wrong, onEach: Array(ids.prefix(5))).count == 5)
            let order = Order(by: Room.mai, room.circumstances()) { .completeStep(by: $0, remark: nil) }
            #expect(try await room.book.perform(order, onEach: ids) == [:])
            var numbers: Set<String> = []
            for id in ids {
                let issue = try #require(try await room.details(id).dossier.issue)
                #expect(issue.signer == Room.dung.id && issue.date == room.clock.now.localDate)
                numbers.insert(issue.number)
            }
            #expect(numbers == Set((1...40).map { "\($0)/KQ" }))
            #expect(try await room.differences() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `each pattern is a series, each year begins anew, and a corrected result gets another number`(
        kind: TestDatabase
    ) async throws {
        try await kind.room { room in
            func issued(_ id: ID<Dossier>) async throws -> String? {
                let order = Order(by: Room.mai, room.circumstances()) { .completeStep(by: $0, remark: nil) }
                try await room.book.perform(order, on: id)
                return try await room.details(id).dossier.issue?.number
            }
            func set(_ pattern: String, _ procedure: String?) async throws {
                try await room.staff.issues.perform(
                    .set(by: Room.mai, procedure: procedure, pattern: try #require(NumberPattern(rawValue: pattern))),
                    of: Room.justice,
                    room.circumstances()
                )
            }
            let ids = try await signed(4, in: room)
            #expect(try await issued(ids[0]) == "1/KQ")
            try await set("<number>/QĐ-STP", nil)
            #expect(try await issued(ids[1]) == "1/QĐ-STP")
            try await set("PLLTP-<number>", "1.000001")
            #expect(try await issued(ids[2]) == "PLLTP-1")
            let year = room.clock.now.localDate.civil.year
            #expect(try await room.staff.issues.series(of: Room.justice, year: year).map(\.last) == [1, 1, 1])
            room.clock.advance(by: .days(366))
            #expect(try await issued(ids[3]) == "PLLTP-1")

            try await room.perform(.openCorrection(by: Room.dung, reason: room.text("x").sealed, due: nil), on: ids[0])
            #expect(try await room.details(ids[0]).dossier.issue == nil)
            #expect(try await room.differences() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a result that is sent back keeps its number and day, and names who has signed it last`(kind: TestDatabase)
        async throws
    {
        try await kind.room { room in
            let ids = try await signed(2, in: room)
            func clerk(_ id: ID<Dossier>, _ command: @escaping @Sendable (ActingOfficer) -> Dossier.Command)
                async throws
            {
                try await room.book.perform(Order(by: Room.mai, room.circumstances(), command: command), on: id)
            }
            try await clerk(ids[0]) { .giveNumber(by: $0) }
            let given = try #require(try await room.details(ids[0]).dossier.issue)
            #expect(given.number == "1/KQ" && given.signer == Room.dung.id)
            let why = room.text("Sai chính tả")
            try await room.perform(.sendBack(by: Room.mai, remark: why.sealed), on: ids[0], texts: [why])
            room.clock.advance(by: .days(1))
            let other = Room.officer("hien", .leader)
            try await room.book.perform(
                Order(.completeStep(by: other, remark: nil), room.circumstances(.officer(id: other.id))),
                on: ids[0]
            )
            await #expect(throws: Dossier.Refusal.numberGiven) { try await clerk(ids[0]) { .giveNumber(by: $0) } }
            try await clerk(ids[0]) { .completeStep(by: $0, remark: nil) }
            let kept = try #require(try await room.details(ids[0]).dossier.issue)
            #expect(kept.number == given.number && kept.date == given.date && kept.signer == other.id)
            try await clerk(ids[1]) { .completeStep(by: $0, remark: nil) }
            #expect(try await room.details(ids[1]).dossier.issue?.number == "2/KQ")
            #expect(try await room.differences() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a series goes on from a book on paper until it has given a number, and misses none`(kind: TestDatabase)
        async throws
    {
        try await kind.room { room in
            func begin(_ first: Int, _ pattern: String = "<number>/KQ", by author: ActingOfficer = Room.mai)
                async throws
                -> NumberPatterns.Refusal?
            {
                do {
                    let pattern = try #require(NumberPattern(rawValue: pattern))
                    try await room.staff.issues.begin(pattern, with: first, by: author, room.circumstances())
                    return nil
                } catch let refusal as NumberPatterns.Refusal { return refusal }
            }
            #expect(try await begin(318) == nil)
            #expect(try await begin(0) == .outOfRange)
            #expect(try await begin(5, by: Room.binh) == .notYours)
            #expect(try await begin(5, "<number>/XX") == .noSuchPattern)
            let ids = try await signed(2, in: room)
            for id in ids {
                let order = Order(by: Room.mai, room.circumstances()) { .completeStep(by: $0, remark: nil) }
                try await room.book.perform(order, on: id)
            }
            #expect(try await room.details(ids[0]).dossier.issue?.number == "318/KQ")
            #expect(try await room.details(ids[1]).dossier.issue?.number == "319/KQ")
            #expect(try await begin(5) == .hasIssued)
            #expect(try await room.staff.verify() == [])
            #expect(try await room.differences() == [])

            try await room.change("UPDATE issue_series SET last = 400")
            #expect(try await room.staff.verify().count == 1)
            try await room.change("UPDATE issue_series SET last = 319")
            try await room.change("UPDATE issued_result SET dossier = \(ids[1]) WHERE number = 318")
            let found = try await room.book.verify().differences
            #expect(Set(found.map(\.dossier)) == Set(ids))
            #expect(found.allSatisfy { $0.what.contains("number series") })
        }
    }
}
