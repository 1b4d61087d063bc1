import Foundation
import Kernel
import TestSupport
import Testing
import Web

@testable import Catalogue

struct ProcedureImportTests {
    static let day = LocalDate(year: 2026, month: 7, day: 1)!

    /// A line of the portal's file with `changes` in it.
    static func line(_ code: String, _ changes: KeyValuePairs<String, String> = [:]) -> String {
        var members = [
            "code": "\"\(code)\"", "name": "\"Cấp giấy phép thử.\"", "field": "\"Hộ tịch\"", "levels": "[\"commune\"]",
            "decision": "\"1/QĐ-BTP\"",
            "applicants": "[\"Công dân Việt Nam\",\"Tổ chức (không bao gồm doanh nghiệp\",\"HTX)\"]",
            "channels": channel("online", "{\"value\":3,\"unit\":\"working_day\"}", free),
            "documents": "[]", "results": "[{\"name\":\"Giấy phépMã: KQ.G01.1\",\"code\":null}]", "conditions": "null",
            "legal_basis": "[\"1/2020/QH14\"]", "suspect_crawl": "null",
        ]
        for (name, value) in changes { members[name] = value }
        return "{\(members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ","))}"
    }

    static func channel(_ name: String, _ time: String, _ fee: String) -> String {
        "[{\"channel\":\"\(name)\",\"time\":\(time),\"fee\":\(fee),\"description\":null}]"
    }

    static let free = "{\"raw\":\"Miễn phí\",\"amount\":0,\"currency\":\"VND\",\"reliable\":true}"
    static let time = "{\"value\":3,\"unit\":\"working_day\"}"

    func imported(_ lines: String...) -> ProcedureImport {
        ProcedureImport(Data(lines.joined(separator: "\n").utf8), asOf: Self.day)
    }

    @Test
    func `a good line becomes a procedure that claims no more than it proves`() throws {
        let imported = imported(Self.line("1.000001"))
        let procedure = try #require(imported.procedures.first)
        #expect(procedure.name.vi == "Cấp giấy phép thử")
        #expect(procedure.audiences == [.citizen, .organisation])
        #expect(procedure.revisions[0].online == .unstated)
        #expect(procedure.revisions[0].results.map(\.name.vi) == ["Giấy phép"])
        #expect(procedure.revisions[0].terms(of: .online)?.fee == .free)
        #expect(procedure.revisions[0].terms(of: .online)?.term == TimeLimit(amount: 3, unit: .workingDays))
        #expect(procedure.revisions[0].form == .short)
        #expect(imported.fields.map(\.key) == ["ho-tich"])
        #expect(imported.report.lines.isEmpty)
    }

    @Test
    func `a field that the shipped catalogue has keeps its key`() {
        let known = [Catalogue.Field(key: "civil-status", code: nil, name: Words("Hộ tịch", "Civil status"))]
        let imported = ProcedureImport(Data(Self.line("1.000001").utf8), asOf: Self.day, knownFields: known)
        #expect(imported.procedures.map(\.field) == ["civil-status"])
        #expect(imported.fields.isEmpty)
    }

    @Test(arguments: [
        ("{}", ImportReport.Reason.unreadableLine), ("not json", .unreadableLine),
        (line("1.1"), .unreadableCode), (line("1.000001", ["name": "\" \""]), .missingName),
        (line("1.000001", ["name": "null"]), .missingName), (line("1.000001", ["levels": "[\"other\"]"]), .noLevel),
        (line("1.000001", ["suspect_crawl": "\"same portal page as 1.2\""]), .otherProcedureServed),
    ])
    func `what cannot be used is left out and reported`(line: String, reason: ImportReport.Reason) {
        let imported = imported(line)
        #expect(imported.procedures.isEmpty)
        #expect(imported.report.lines.map(\.reason) == [reason])
        #expect((imported.report.read, imported.report.imported) == (1, 0))
    }

    @Test
    func `a code is taken once`() {
        let imported = imported(Self.line("1.000001"), Self.line("1.000001"))
        #expect(imported.procedures.count == 1)
        #expect(imported.report.codes(.repeatedCode) == ["1.000001"])
    }

    @Test(arguments: [
        (
            "{\"raw\":\"Miễn phí\",\"amount\":null,\"currency\":null,\"reliable\":false}",
            ImportReport.Reason.feeUnreliable
        ),
        ("{\"raw\":\"Không có thông tin\",\"amount\":null,\"currency\":null,\"reliable\":true}", .feeUnreliable),
        ("null", .feeUnreliable),
        (
            "{\"raw\":\"Miễn phí\",\"amount\":0,\"currency\":\"VND\",\"note\":\"Chưa quy định.\",\"reliable\":true}",
            .freeOfChargeContradicted
        ),
        ("{\"raw\":\"10 USD\",\"amount\":10,\"currency\":\"USD\",\"reliable\":true}", .feeInForeignCurrency),
        ("{\"raw\":\"40 Việt Nam Đồng\",\"amount\":40,\"currency\":\"VND\",\"reliable\":true}", .feeImplausible),
    ])
    func `a fee that no reliable source states is unknown, never free`(fee: String, reason: ImportReport.Reason) {
        let imported = imported(Self.line("1.000001", ["channels": Self.channel("online", Self.time, fee)]))
        #expect(imported.procedures.first?.revisions[0].terms(of: .online)?.fee == .unknown)
        #expect(imported.report.lines.map(\.reason) == [reason])
    }

    @Test
    func `one channel is not free where another does not know`() {
        let unknown = "{\"raw\":\"Miễn phí\",\"amount\":null,\"currency\":null,\"reliable\":false}"
        let both =
            Self.channel("online", Self.time, Self.free).dropLast() + ","
            + Self.channel("post", Self.time, unknown).dropFirst()
        let imported = imported(Self.line("1.000001", ["channels": String(both)]))
        #expect(imported.procedures.first?.revisions[0].channels.map(\.fee) == [.unknown, .unknown])
        #expect(imported.report.codes(.freeOfChargeContradicted) == ["1.000001"])
    }

    @Test
    func `a stated fee keeps its amount, its note and the decision it rests on`() {
        let fee =
            "{\"raw\":\"70,000\",\"amount\":70000,\"currency\":\"VND\",\"note\":\"70.000 đồng/thẻ\",\"reliable\":true}"
        let imported = imported(Self.line("1.000001", ["channels": Self.channel("in_person", Self.time, fee)]))
        let item = FeeItem(
            name: Words("70.000 đồng/thẻ", "70.000 đồng/thẻ"),
            amount: Money(dong: 70_000),
            per: nil,
            basis: "1/QĐ-BTP"
        )
        #expect(imported.procedures.first?.revisions[0].terms(of: .counter)?.fee == .due([item]))
    }

    @Test(
        arguments: [
            ("{\"value\":null,\"unit\":null}", nil, .termMissing),
            ("{\"value\":3,\"unit\":null}", nil, .termWithoutUnit),
            ("{\"value\":0,\"unit\":\"hour\"}", nil, .termNotWhole),
            ("{\"value\":1.5,\"unit\":\"month\"}", nil, .termNotWhole),
            ("{\"value\":24,\"unit\":\"hour\"}", nil, .hoursOfUnknownKind),
            ("{\"value\":4,\"unit\":\"hour\"}", TimeLimit(amount: 4, unit: .workingHours), nil),
            ("{\"value\":2,\"unit\":\"month\"}", TimeLimit(amount: 2, unit: .months), nil),
            ("{\"value\":15,\"unit\":\"calendar_day\"}", TimeLimit(amount: 15, unit: .days), nil),
        ] as [(String, TimeLimit?, ImportReport.Reason?)]
    )
    func `a term without a unit is unstated`(time: String, term: TimeLimit?, reason: ImportReport.Reason?) {
        let imported = imported(Self.line("1.000001", ["channels": Self.channel("online", time, Self.free)]))
        #expect(imported.procedures.first?.revisions[0].terms(of: .online)?.term == term)
        #expect(imported.report.lines.map(\.reason) == [reason].compactMap { $0 })
    }

    @Test
    func `of several terms of one channel the longest holds`() {
        let both =
            Self.channel("online", Self.time, Self.free).dropLast() + ","
            + Self.channel("online", "{\"value\":10,\"unit\":\"working_day\"}", Self.free).dropFirst()
        let imported = imported(Self.line("1.000001", ["channels": String(both)]))
        let terms = imported.procedures.first?.revisions[0].terms(of: .online)
        #expect(terms?.term == TimeLimit(amount: 10, unit: .workingDays))
        #expect(terms?.termNote?.vi == "Tùy trường hợp: 3 ngày làm việc; 10 ngày làm việc.")
        #expect(imported.report.codes(.severalTermsInOneChannel) == ["1.000001"])
    }

    @Test
    func `nobody is asked for the papers of every situation`() {
        let documents = """
            [{"group":"Trường hợp A","name":"Giấy A","originals":1,"copies":0,"form_file":null},\
            {"group":"Trường hợp B","name":"Giấy B","originals":1,"copies":2,"form_file":null}]
            """
        let components = imported(Self.line("1.000001", ["documents": documents])).procedures[0].revisions[0].components
        #expect(components.map(\.required) == [false, false])
        #expect(components.map { $0.help?.vi } == ["Trường hợp A", "Trường hợp B"])
        #expect(components.map(\.copies) == [0, 2])
    }

    @Test
    func `packed and plain files are read alike`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let plain = folder.appending(path: "a.jsonl")
        try Data(Self.line("1.000001").utf8).write(to: plain)
        #expect(try await program("gzip", ["-k", plain.path]).status == 0)
        #expect(try await JSONLines.read(plain.path) == JSONLines.read(plain.path + ".gz"))
        try Data("no gzip".utf8).write(to: folder.appending(path: "b.gz"))
        await #expect(throws: JSONLines.Unreadable.self) {
            try await JSONLines.read(folder.appending(path: "b.gz").path)
        }
    }
}
