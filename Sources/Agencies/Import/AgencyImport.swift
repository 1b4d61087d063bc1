import Foundation
import Kernel
import Web

/// Reads lists of administrative units and of agency codes; reading the same lists again changes nothing.
///
/// The folder holds `admin_units/{provinces,districts,communes}_<edition>.csv` and `agencies/agency_codes.csv`.
package struct AgencyImport: Sendable {
    private let agencies: AgencyBook
    private let units: AdminUnitBook

    package init(agencies: AgencyBook) {
        self.agencies = agencies
        units = AdminUnitBook(database: agencies.database)
    }

    package func run(folder: String) async throws -> ImportReport {
        var report = ImportReport()
        for edition in UnitEdition.all { try await read(edition, in: folder, &report) }
        try await readCodes(in: folder, &report)
        report.notes.append(
            Words(
                """
                Không có bảng đối chiếu đơn vị hành chính cũ và mới: địa chỉ cũ không được tự động đổi sang đơn vị mới.
                """,
                "There is no table from old administrative units to new ones: old addresses are not converted."
            )
        )
        return report
    }

    // MARK: administrative units

    private func read(_ edition: UnitEdition, in folder: String, _ report: inout ImportReport) async throws {
        var above: Set<String> = []
        for level in AdminUnit.Level.allCases where level != .district || edition.hasDistricts {
            let file = "admin_units/\(level.rawValue)s_\(edition.name).csv"
            let before = report.faults.count
            guard let csv = csv(file, in: folder, &report) else { continue }
            let found = units(level, of: csv, file, above: above, &report)
            above.formUnion(found.map(\.code))
            guard !found.isEmpty else { continue }
            // A list with faults may lack what it means to have, so nothing is taken away on its word.
            let isWhole = report.faults.count == before
            let changes = try await units.store(found, of: level, in: edition, isWhole: isWhole)
            report.sources.append(
                ImportReport.Source(
                    file: file,
                    rows: csv.records.count,
                    added: changes.added,
                    changed: changes.changed,
                    removed: changes.removed,
                    unchanged: changes.unchanged
                )
            )
        }
    }

    private func units(
        _ level: AdminUnit.Level,
        of csv: CSV,
        _ file: String,
        above: Set<String>,
        _ report: inout ImportReport
    ) -> [AdminUnit] {
        // A commune of a list with districts names its district first; the province follows from that.
        let parentColumn =
            switch level {
            case .province: nil as String?
            case .district: "province_code"
            case .commune: csv.column("district_code") == nil ? "province_code" : "district_code"
            }
        let names = ["code", "full_name", "type", "name", "name_en"] + (parentColumn.map { [$0] } ?? [])
        guard let columns = columns(names, of: csv, file, &report) else { return [] }
        var units: [String: AdminUnit] = [:]
        for record in csv.records {
            let fields = columns.map { $0 < record.fields.count ? record.fields[$0].tidied : "" }
            let fault: Words? =
                if record.fields.count != csv.header.count {
                    Words(
                        "Dòng có \(record.fields.count) ô, cần \(csv.header.count).",
                        "The line has \(record.fields.count) cells instead of \(csv.header.count)."
                    )
                } else if fields[0].utf8.count != level.digits || !fields[0].utf8.allSatisfy({ (48...57).contains($0) })
                {
                    Words(
                        "Mã “\(fields[0])” phải gồm đúng \(level.digits) chữ số.",
                        "Code “\(fields[0])” must have \(level.digits) digits."
                    )
                } else if fields[1...3].contains("") {
                    Words("Thiếu tên hoặc loại đơn vị.", "The name or the type of the unit is missing.")
                } else if units[fields[0]] != nil {
                    Words("Mã \(fields[0]) đã có ở dòng trên.", "Code \(fields[0]) is in a line above already.")
                } else if parentColumn != nil, !above.contains(fields[5]) {
                    Words(
                        "Không có đơn vị cấp trên mang mã “\(fields[5])”.",
                        "There is no unit above with code “\(fields[5])”."
                    )
                } else {
                    nil
                }
            if let fault {
                report.faults.append(ImportReport.Fault(file: file, line: record.line, words: fault))
            } else {
                units[fields[0]] = AdminUnit(
                    code: fields[0],
                    level: level,
                    parent: parentColumn == nil ? nil : fields[5],
                    type: fields[2],
                    name: fields[3],
                    fullName: fields[1],
                    englishName: fields[4]
                )
            }
        }
        return Array(units.values)
    }

    // MARK: agency codes

    private func readCodes(in folder: String, _ report: inout ImportReport) async throws {
        let file = "agencies/agency_codes.csv"
        guard let csv = csv(file, in: folder, &report),
            let columns = columns(
                ["code", "name_2020", "gso_province_code", "status", "evidence"],
                of: csv,
                file,
                &report
            )
        else { return }
        var codes: [KnownCode] = []
        for record in csv.records {
            let fields = columns.map { $0 < record.fields.count ? record.fields[$0].tidied : "" }
            guard CodeScheme(of: fields[0]) == .decision20, !fields[0].contains("."), !fields[1].isEmpty else {
                report.faults.append(
                    ImportReport.Fault(
                        file: file,
                        line: record.line,
                        words: Words(
                            "Mã “\(fields[0])” phải gồm một chữ cái và hai chữ số như H26, kèm tên cơ quan.",
                            "Code “\(fields[0])” must be a letter and two digits such as H26, with the agency's name."
                        )
                    )
                )
                continue
            }
            codes += known(fields)
        }
        let changes = try await agencies.store(codes)
        report.sources.append(
            ImportReport.Source(
                file: file,
                rows: csv.records.count,
                added: changes.added,
                changed: changes.changed,
                removed: 0,
                unchanged: changes.unchanged
            )
        )
    }

    /// A code of level 1 in both schemes: `H26` and, as older systems still send it, `000.00.00.H26`.
    private func known(_ fields: [String]) -> [KnownCode] {
        let status: CodeStatus =
            switch fields[3] {
            case "verified": .verified
            case let text where text.hasPrefix("from memory"): .assumed
            case let text where text.contains("consistent"): .consistent
            default: .assumed
            }
        // Decision 20/2020 is in force since 15 September 2020.
        let inForce = LocalDate(year: 2020, month: 9, day: 15)
        return [
            AgencyCode(fields[0], status: status, validFrom: inForce),
            AgencyCode("000.00.00.\(fields[0])", status: status),
        ].compactMap(\.self).map {
            KnownCode(code: $0, name: fields[1], adminUnit: fields[2].isEmpty ? nil : fields[2], evidence: fields[4])
        }
    }

    // MARK: files

    private func csv(_ file: String, in folder: String, _ report: inout ImportReport) -> CSV? {
        let url = URL(filePath: folder).appending(path: file)
        func refuse(_ vietnamese: String, _ english: String, line: Int? = nil) -> CSV? {
            report.faults.append(ImportReport.Fault(file: file, line: line, words: Words(vietnamese, english)))
            return nil
        }
        // Why a file cannot be read makes no difference to what is to be done.
        guard let bytes = try? Data(contentsOf: url) else {
            return refuse("Không đọc được tệp; kiểm tra tên và quyền đọc.", "The file cannot be read; check its name.")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return refuse("Tệp không phải UTF-8; lưu lại dưới dạng UTF-8.", "The file is not UTF-8; save it as UTF-8.")
        }
        do throws(CSV.Fault) {
            return try CSV(text)
        } catch {
            switch error {
            case .empty: return refuse("Tệp không có dòng nào.", "The file has no line.")
            case .quoteNeverEnds(let line):
                return refuse("Dấu ngoặc kép mở mà không đóng.", "A quote opens and never closes.", line: line)
            }
        }
    }

    private func columns(
        _ names: [String],
        of csv: CSV,
        _ file: String,
        _ report: inout ImportReport
    ) -> [Int]? {
        let missing = names.filter { csv.column($0) == nil }
        guard missing.isEmpty else {
            let list = missing.joined(separator: ", ")
            report.faults.append(
                ImportReport.Fault(
                    file: file,
                    line: 1,
                    words: Words("Thiếu cột: \(list).", "Columns are missing: \(list).")
                )
            )
            return nil
        }
        return names.compactMap(csv.column)
    }
}

extension AdminUnit.Level {
    /// How many digits its codes have.
    fileprivate var digits: Int {
        switch self {
        case .province: 2
        case .district: 3
        case .commune: 5
        }
    }
}
