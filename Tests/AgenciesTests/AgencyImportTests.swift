import Foundation
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import Agencies

struct AgencyImportTests {
    private static let files = [
        "admin_units/provinces_2021.csv": """
        code,full_name,type,name,name_en,region
        01,Thành phố Hà Nội,Thành phố,Hà Nội,Ha Noi,Đồng bằng sông Hồng
        """,
        "admin_units/districts_2021.csv": """
        code,full_name,type,name,province_code,name_en
        001,Quận Ba Đình,Quận,Ba Đình,01,Ba Dinh
        """,
        "admin_units/communes_2021.csv": """
        code,full_name,type,name,district_code,province_code,name_en
        00022,Phường Đội Cấn,Phường,Đội Cấn,001,01,Doi Can
        00028,Phường Kim Mã,Phường,Kim Mã,001,01,Kim Ma
        """,
        "admin_units/provinces_2026-07.csv": """
        code,full_name,type,name,name_en,codename
        01,Thành phố Hà Nội,Thành phố,Hà Nội,Hanoi,ha_noi
        """,
        "admin_units/communes_2026-07.csv": """
        code,full_name,type,name,province_code,name_en,codename
        00004,Phường Ba Đình,Phường,Ba Đình,01,Ba Dinh,ba_dinh
        """,
        "agencies/agency_codes.csv": """
        code,kind,name_2020,gso_province_code,status,evidence
        H26,province,UBND thành phố Hà Nội,01,consistent with order,
        H56,province,UBND tỉnh Thanh Hóa,38,verified,"a sample, read"
        G02,ministry,Bộ Công Thương,,from memory,
        """,
    ]

    @Test(arguments: TestDatabase.kinds)
    func `lists of units and codes are taken over, and taking them over again changes nothing`(
        kind: TestDatabase
    ) async throws {
        try await kind.book { book, database in
            try await folder(Self.files) { folder in
                let first = try await AgencyImport(agencies: book).run(folder: folder)
                #expect(first.faults == [])
                #expect(first.sources.map(\.added) == [1, 1, 2, 1, 1, 6])
                #expect(!first.notes.isEmpty)
                let second = try await AgencyImport(agencies: book).run(folder: folder)
                #expect(second.sources.map(\.unchanged) == [1, 1, 2, 1, 1, 6])
                #expect(second.sources.allSatisfy { $0.added + $0.changed + $0.removed == 0 })
            }
            let units = AdminUnitBook(database: database)
            let (then, now) = (Samples.today, LocalDate(rawValue: "2026-11-23")!)
            #expect(try await units.unit("00022", on: then)?.fullName == "Phường Đội Cấn")
            #expect(try await units.unit("00022", on: now) == nil)
            #expect(try await units.units(in: "001", on: then).map(\.name) == ["Đội Cấn", "Kim Mã"])
            #expect(try await units.units(in: "01", on: now).map(\.name) == ["Ba Đình"])
            #expect(try await units.provinces(on: now).map(\.englishName) == ["Hanoi"])
            #expect(try await units.search("doi c", on: then).map(\.code) == ["00022"])
            #expect(try await units.search("ba dinh", on: then).map(\.level) == [.district])

            let tree = try await book.tree()
            #expect(tree.knownCode("h56")?.name == "UBND tỉnh Thanh Hóa")
            #expect(tree.knownCode("000.00.00.H56")?.code.status == .verified)
            #expect(tree.knownCode("H26")?.code.status == .consistent)
            #expect(tree.knownCode("G02")?.code.status == .assumed)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a newer list changes and removes units, unless it has faults`(kind: TestDatabase) async throws {
        try await kind.book { book, database in
            try await folder(Self.files) { _ = try await AgencyImport(agencies: book).run(folder: $0) }
            let units = AdminUnitBook(database: database)
            var files = Self.files
            let header = "code,full_name,type,name,district_code,province_code,name_en\n"
            files["admin_units/communes_2021.csv"] =
                header + "00022,Xã Đội Cấn,Xã,Đội Cấn,001,01,Doi Can\n123,x,x,x,001,01,x"
            try await folder(files) { folder in
                let report = try await AgencyImport(agencies: book).run(folder: folder)
                #expect(report.faults.map(\.line) == [3])
                #expect(report.sources[2].changed == 1 && report.sources[2].removed == 0)
            }
            #expect(try await units.unit("00028", on: Samples.today) != nil)
            files["admin_units/communes_2021.csv"] = header + "00022,Xã Đội Cấn,Xã,Đội Cấn,001,01,Doi Can\n"
            try await folder(files) { folder in
                let report = try await AgencyImport(agencies: book).run(folder: folder)
                #expect(report.faults == [] && report.sources[2].removed == 1)
            }
            #expect(try await units.unit("00028", on: Samples.today) == nil)
        }
    }

    @Test(
        arguments: [
            ("00022,Phường A,Phường,A,001,01,A\n00022,Phường B,Phường,B,001,01,B", 3, "đã có ở dòng trên"),
            ("00022,Phường A,Phường,A,099,01,A", 2, "cấp trên"), ("00022,Phường A,Phường,A,001,01", 2, "6 ô, cần 7"),
            ("2a022,Phường A,Phường,A,001,01,A", 2, "5 chữ số"), ("00022,Phường A,,A,001,01,A", 2, "Thiếu tên"),
        ]
    )
    func `a line that cannot be used is named and the others are taken`(
        lines: String,
        line: Int,
        words: String
    ) async throws {
        try await TestDatabase.sqlite.book { book, _ in
            var files = Self.files
            let header = "code,full_name,type,name,district_code,province_code,name_en\n"
            files["admin_units/communes_2021.csv"] = header + lines + "\n00031,Phường Giảng Võ,Phường,Giảng Võ,001,01,G"
            try await folder(files) { folder in
                let report = try await AgencyImport(agencies: book).run(folder: folder)
                #expect(report.faults.map(\.line) == [line])
                #expect(report.faults[0].file == "admin_units/communes_2021.csv")
                #expect(report.faults[0].words.vi.contains(words), "\(report.faults[0].words.vi)")
                #expect(report.sources[2].added >= 1)
            }
        }
    }

    @Test
    func `a file that is missing, empty or of another kind is a fault, not a failure`() async throws {
        try await TestDatabase.sqlite.book { book, _ in
            var files = Self.files
            files["admin_units/districts_2021.csv"] = "code,name\n001,Ba Đình"
            files["agencies/agency_codes.csv"] = nil
            files["admin_units/provinces_2026-07.csv"] = ""
            try await folder(files) { folder in
                let report = try await AgencyImport(agencies: book).run(folder: folder)
                #expect(
                    Set(report.faults.map(\.file)) == [
                        "admin_units/districts_2021.csv", "agencies/agency_codes.csv",
                        "admin_units/provinces_2026-07.csv", "admin_units/communes_2021.csv",
                        "admin_units/communes_2026-07.csv",
                    ]
                )
            }
        }
    }

    private func folder(_ files: [String: String], _ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "import-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (path, text) in files {
            let url = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: url)
        }
        try await body(folder.path)
    }
}
