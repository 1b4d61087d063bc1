import Foundation
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import Catalogue

struct CatalogueBookTests {
    /// A folder with the sample procedure, which `body` may change.
    func house<T>(
        _ kind: TestDatabase,
        _ body: (any Database, URL) async throws -> T
    ) async throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder.appending(path: "lists"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("- { key: civil-status, vi: Hộ tịch, en: Civil status }\n".utf8).write(
            to: folder.appending(path: "lists/fields.yaml")
        )
        try Data("- { value: \"79\", vi: TP. Hồ Chí Minh, en: HCMC }\n".utf8).write(
            to: folder.appending(path: "lists/provinces.yaml")
        )
        try Data(Sample.yaml.utf8).write(to: folder.appending(path: "1.001193.yaml"))
        return try await kind.fresh { database in
            try await database.migrate(CatalogueBook.migrations)
            return try await body(database, folder)
        }
    }

    let code = ProcedureCode(rawValue: "1.001193")!

    @Test(arguments: TestDatabase.kinds)
    func `what is shipped can be asked for, and keeps its numbers`(kind: TestDatabase) async throws {
        try await house(kind) { database, folder in
            let book = try await CatalogueBook(database: database, folder: folder.path)
            #expect(book.faults.isEmpty, "\(book.faults)")
            #expect(book.current[code]?.revisions.map(\.number) == [1, 2])
            let again = try await CatalogueBook(database: database, folder: folder.path)
            #expect(again.current[code] == book.current[code])
            #expect(book.search("khai sinh", limit: 3).map(\.code) == [code])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a corrected revision gets a number of its own, and the old one stays`(kind: TestDatabase) async throws {
        try await house(kind) { database, folder in
            let book = try await CatalogueBook(database: database, folder: folder.path)
            let old = try #require(book.current[code])
            let corrected = Sample.yaml.replacing("hours: 2", with: "hours: 3")
            try Data(corrected.utf8).write(to: folder.appending(path: "1.001193.yaml"))
            #expect(try await book.refresh())
            #expect(book.current[code]?.revisions.map(\.number) == [3, 4])
            let kept = try #require(book.procedure(code))
            #expect(kept.revisions.map(\.number) == [1, 2, 3, 4])
            #expect(kept.revisions[0].steps == old.revisions[0].steps)
            #expect(kept.revision(on: Sample.today)?.number == 4)
            #expect(try await book.refresh() == false)
            try Data(Sample.yaml.utf8).write(to: folder.appending(path: "1.001193.yaml"))
            #expect(try await book.refresh())
            #expect(book.current[code]?.revisions.map(\.number) == [1, 2])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a procedure that is shipped no more can still be read`(kind: TestDatabase) async throws {
        try await house(kind) { database, folder in
            _ = try await CatalogueBook(database: database, folder: folder.path)
            try FileManager.default.removeItem(at: folder.appending(path: "1.001193.yaml"))
            let book = try await CatalogueBook(database: database, folder: folder.path)
            #expect(book.current[code] == nil)
            #expect(book.procedure(code)?.name.vi == "Đăng ký khai sinh")
            #expect(book.procedure(code)?.revisions.map(\.number) == [1, 2])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a file with a fault is left out and told, the rest stays`(kind: TestDatabase) async throws {
        try await house(kind) { database, folder in
            try Data("code: 1".utf8).write(to: folder.appending(path: "1.000009.yaml"))
            let book = try await CatalogueBook(database: database, folder: folder.path)
            #expect(!book.faults.isEmpty && book.faults.allSatisfy { $0.file == "1.000009.yaml" })
            #expect(book.current.codes == [code])
        }
    }

    func importing(_ lines: String..., on day: String = "2026-07-01") -> ProcedureImport {
        ProcedureImport(Data(lines.joined(separator: "\n").utf8), asOf: LocalDate(rawValue: day)!)
    }

    @Test(arguments: TestDatabase.kinds)
    func `imported procedures stand beside the shipped ones, which come first`(kind: TestDatabase) async throws {
        try await house(kind) { database, folder in
            let book = try await CatalogueBook(database: database, folder: folder.path)
            let other = try await CatalogueBook(database: database, folder: folder.path)
            let shipped = book.current[code]
            let lines = [ProcedureImportTests.line("1.000001"), ProcedureImportTests.line("1.001193")]
            try await book.take(importing(lines[0], lines[1]))
            #expect(book.current.codes.map(\.rawValue) == ["1.000001", "1.001193"])
            #expect(book.current[code] == shipped)
            #expect(book.current.fields["ho-tich"]?.name.vi == "Hộ tịch")
            #expect(try await other.refresh())
            #expect(other.current.codes == book.current.codes)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a later import adds a revision only where something changed`(kind: TestDatabase) async throws {
        try await house(kind) { database, folder in
            let book = try await CatalogueBook(database: database, folder: folder.path)
            let code = ProcedureCode(rawValue: "1.000001")!
            try await book.take(importing(ProcedureImportTests.line("1.000001")))
            try await book.take(importing(ProcedureImportTests.line("1.000001"), on: "2026-08-01"))
            #expect(book.current[code]?.revisions.map(\.from.rawValue) == ["2026-07-01"])
            let changed = ProcedureImportTests.line("1.000001", ["decision": "\"2/QĐ-BTP\""])
            try await book.take(importing(changed, on: "2026-09-01"))
            #expect(book.current[code]?.revisions.map(\.number) == [1, 2])
            #expect(book.current[code]?.revisions.map { $0.until?.rawValue } == ["2026-08-31", nil])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `processes that start at once agree on the numbers`(kind: TestDatabase) async throws {
        try await house(kind) { database, folder in
            let path = folder.path
            let numbers = try await withThrowingTaskGroup(of: [Int].self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await CatalogueBook(database: database, folder: path).current.procedures.values
                            .flatMap(\.revisions).map(\.number)
                    }
                }
                return try await group.reduce(into: Set<[Int]>()) { $0.insert($1) }
            }
            #expect(numbers == [[1, 2]])
        }
    }

    /// Dossiers refer to revisions for decades: whoever breaks this makes them unreadable.
    @Test
    func `a revision stored long ago can still be read`() throws {
        let stored = """
            {"also":["giấy khai sinh"],"audiences":["citizen"],"code":"1.001193","field":"civil-status","levels":["commune"],\
            "name":{"en":"Birth registration","vi":"Đăng ký khai sinh"},"revisions":[{"cases":[{"key":"on-time","name":\
            {"en":"On time","vi":"Đúng hạn"}}],"channels":[{"channel":"counter","fee":"free","term":{"amount":3,"unit":\
            "working-days"}},{"channel":"online","fee":"unknown"},{"channel":"post","fee":[{"amount":8000,"basis":\
            "281/2016/TT-BTC","name":{"en":"Copy","vi":"Bản sao"},"per":"copy"}]}],"components":[{"cases":["on-time"],\
            "copies":0,"digital":true,"form":false,"key":"proof","name":{"en":"Proof","vi":"Giấy"},"originals":1,\
            "required":true,"reuse":[],"show":false}],"form":{"lists":{"l":[{"name":{"en":"A","vi":"A"},"value":"1"}]},\
            "sections":[{"fields":[{"check":{"after":{"_0":"start"}},"fill":"today","key":"end","label":{"en":"E","vi":"K"},\
            "maximum":200,"required":{"when":{"_0":{"field":"a","section":"b","values":["1"]}}},"type":"date"},{"key":"c",\
            "label":{"en":"C","vi":"C"},"maximum":200,"options":{"list":{"_0":"l"}},"required":{"always":{}},"type":"choice",\
            "when":{"field":"end","values":["x"]}},{"check":{"notFuture":{}},"key":"d","label":{"en":"D","vi":"D"},\
            "maximum":200,"options":{"own":{"_0":[{"name":{"en":"A","vi":"A"},"value":"1"}]}},"required":{"never":{}},\
            "type":"choices"}],"key":"s","name":{"en":"S","vi":"S"},"rows":{"max":3,"min":1}}]},"from":"2021-01-01",\
            "legal":[{"date":"2014-11-20","number":"60/2014/QH13"}],"number":1,"online":"4","post":{"return":true,"submit":\
            true},"presence":false,"requirements":[],"results":[{"electronic":true,"key":"r","name":{"en":"R","vi":"K"}}],\
            "steps":[{"hours":2,"key":"receive","name":{"en":"R","vi":"T"},"role":"reception"}]}]}
            """
        let procedure = try CatalogueJSON.procedure(stored)
        #expect(CatalogueJSON.text(procedure) == stored)
    }
}
