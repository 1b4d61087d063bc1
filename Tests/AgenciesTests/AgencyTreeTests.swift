import Kernel
import Testing

@testable import Agencies

struct AgencyTreeTests {
    let tree = AgencyTree(revision: 1, profiles: Samples.all)

    @Test
    func `an agency knows what is above and below it`() {
        #expect(tree.roots.map(\.id.rawValue) == ["h26"])
        #expect(tree.ancestors(of: Samples.wardA.id).map(\.id.rawValue) == ["h26", "ba-dinh"])
        #expect(
            tree.subtree(of: Samples.district.id).map(\.id.rawValue) == ["ba-dinh", "mot-cua", "doi-can", "kim-ma"]
        )
        #expect(tree.all.count == Samples.all.count)
        #expect(tree.place(of: Samples.wardA.id) == "Ba Đình")
        #expect(tree.path(of: Samples.wardA.id).rawValue == "/h26/ba-dinh/doi-can/")
    }

    @Test(
        arguments: [
            ("H26", "2021-01-01", "h26"), ("000.00.00.h26", "2015-01-01", "h26"), (" h26.31 ", "2021-01-01", "ba-dinh"),
            ("H26", "2020-09-14", nil), ("H27", "2021-01-01", nil),
        ] as [(String, String, String?)]
    )
    func `an agency is found by any of its codes while the code is valid`(code: String, day: String, id: String?) {
        #expect(tree.agency(code: code, on: LocalDate(rawValue: day))?.id.rawValue == id)
    }

    @Test
    func `a code without a day is found whenever it was valid`() {
        #expect(tree.agency(code: "H26")?.id == Samples.city.id)
    }

    @Test(
        arguments: [
            (["province"], "civil-status", ["tu-phap"]), (["province"], "land", ["h26"]),
            (["district"], "civil-status", ["ba-dinh"]),
            (["district", "commune"], "civil-status", ["ba-dinh", "doi-can", "kim-ma"]), (["ministry"], "land", []),
        ] as [(Set<String>, String, [String])]
    )
    func `who decides follows from level and field`(levels: Set<String>, field: String, ids: [String]) {
        #expect(tree.competent(for: levels, field: field, on: Samples.today).map(\.id.rawValue) == ids)
    }

    @Test
    func `an agency that is gone decides nothing`() {
        var ward = Samples.wardA
        ward.validUntil = LocalDate(rawValue: "2021-11-21")
        let tree = AgencyTree(revision: 1, profiles: [Samples.city, Samples.district, ward, Samples.wardB])
        #expect(
            tree.competent(for: ["commune"], field: "civil-status", on: Samples.today).map(\.id.rawValue) == ["kim-ma"]
        )
        let before = Samples.today.adding(days: -1)
        #expect(tree.competent(for: ["commune"], field: "civil-status", on: before).count == 2)
    }

    @Test
    func `dossiers are handed in at the agency's one-stop office, or at the agency`() {
        #expect(tree.reception(of: Samples.district.id, on: Samples.today)?.id == Samples.office.id)
        #expect(tree.reception(of: Samples.office.id, on: Samples.today)?.id == Samples.office.id)
        #expect(tree.reception(of: Samples.wardA.id, on: Samples.today)?.id == Samples.wardA.id)
        #expect(tree.reception(of: Samples.justice.id, on: Samples.today)?.id == Samples.justice.id)
    }

    @Test
    func `the work of an agency that is gone is done by those who went on with it`() {
        func ended(_ id: String, on last: String, then next: [(String, String)]) -> AgencyProfile {
            Samples.agency(id, id, .peoplesCommittee, .commune) {
                $0.validUntil = LocalDate(rawValue: last)
                $0.successors = next.map {
                    Succession(agency: ID(rawValue: $0.0), from: LocalDate(rawValue: $0.1)!)
                }
            }
        }
        let tree = AgencyTree(
            revision: 1,
            profiles: [
                ended("old", on: "2020-12-31", then: [("middle", "2021-01-01"), ("other", "2021-01-01")]),
                ended("middle", on: "2025-06-30", then: [("new", "2025-07-01")]),
                Samples.agency("other", "other", .peoplesCommittee, .commune),
                Samples.agency("new", "new", .peoplesCommittee, .commune) {
                    $0.validFrom = LocalDate(rawValue: "2025-07-01")
                },
                ended("loop", on: "2020-12-31", then: [("loop", "2021-01-01")]),
            ]
        )
        func current(_ id: String, _ day: String) -> Set<String> {
            Set(tree.current(for: ID(rawValue: id), on: LocalDate(rawValue: day)!).map(\.id.rawValue))
        }
        #expect(current("old", "2020-06-01") == ["old"])
        #expect(current("old", "2022-06-01") == ["middle", "other"])
        #expect(current("old", "2025-07-01") == ["new", "other"])
        #expect(current("loop", "2025-07-01") == [])
        #expect(current("unknown", "2025-07-01") == [])
    }

    @Test(
        arguments: [
            ("tu phap", ["tu-phap"]), ("TƯ PHÁP hà nội", ["tu-phap"]), ("doi can", ["doi-can"]),
            ("phuong", ["doi-can", "kim-ma"]), ("H26.31", ["ba-dinh"]), ("xyz", []), ("  ", []),
        ]
    )
    func `agencies are found by the beginnings of words, accents aside, and by code`(words: String, ids: [String]) {
        #expect(tree.search(words).map(\.id.rawValue) == ids)
    }

    @Test(
        arguments: [
            ("000.00.19.H26", .qcvn102), ("H26.19", .decision20), ("G09", .decision20), ("H26.A1.003", .decision20),
            ("Z26", nil), ("H2", nil), ("00.00.19.H26", nil), ("H26.", nil), ("H26.1 9", nil), ("", nil),
            ("H26.111111111111111111111111111111111", nil),
        ] as [(String, CodeScheme?)]
    )
    func `a code tells its scheme`(code: String, scheme: CodeScheme?) {
        #expect(CodeScheme(of: code) == scheme)
    }
}
