import Kernel
import TestSupport
import Testing

@testable import Agencies

struct SeedTests {
    @Test(arguments: TestDatabase.kinds)
    func `the shipped authorities can be loaded, again and again`(kind: TestDatabase) async throws {
        try await kind.book { book, _ in
            for _ in 1...2 {
                for file in ["hanoi-2021.yaml", "justice-departments-2021.yaml"] {
                    _ = try await book.store(AgencySeed(yaml: Samples.shipped("Authorities/\(file)")).agencies)
                }
            }
            let tree = try await book.tree()
            #expect(tree.roots.count == 4)
            #expect(tree.revision == 2)
            let today = Samples.today
            #expect(tree.competent(for: ["province"], field: "criminal-record", on: today).count == 4)
            #expect(tree.competent(for: ["district"], field: "household-business", on: today).count == 6)
            #expect(tree.competent(for: ["commune"], field: "civil-status", on: today).count == 13)
            for agency in tree.all {
                #expect(agency.isDemonstration && agency.hours != nil && agency.phone != nil, "\(agency.id.rawValue)")
                #expect(tree.place(of: agency.id) != nil)
            }
            for (code, id) in [("H26", "h26"), ("H29", "h29"), ("H17", "h17"), ("H09", "h09")] {
                #expect(tree.agency(code: code, on: today)?.id.rawValue == id)
                #expect(tree.agency(code: "000.00.00.\(code)", on: today)?.id.rawValue == id)
            }
            #expect(
                tree.reception(of: ID(rawValue: "h26-ba-dinh"), on: today)?.id.rawValue == "h26-ba-dinh-mot-cua"
            )
        }
    }

    @Test(
        arguments: [
            ("agencies: [ { id: a, name: { vi: A, en: A }, kind: bureau, level: province } ]", "agencies[0].kind"),
            ("agencies: [ { id: a, kind: department, level: province } ]", "name is missing"),
            (
                "agencies: [ { id: a, name: { vi: A, en: A }, kind: department, level: province, hours: late } ]",
                "no hours named late"
            ),
            (
                """
                agencies: [ { id: a, name: { vi: A, en: A }, kind: department, level: province,
                    codes: [ { code: X, status: verified } ] } ]
                """, "must look like"
            ), ("agencies:\n  - {", "3:"),
        ]
    )
    func `a file that cannot be read says where and why`(yaml: String, words: String) {
        let error = #expect(throws: AgencySeed.Unreadable.self) { try AgencySeed(yaml: yaml) }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }
}
