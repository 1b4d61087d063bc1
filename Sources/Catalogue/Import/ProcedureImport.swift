package import Kernel
import Web

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// Procedures read from the public file of the national portal, one JSON object per line.
package struct ProcedureImport: Sendable {
    package private(set) var procedures: [Procedure] = []
    /// Fields of administration that the shipped catalogue does not have.
    package private(set) var fields: [Catalogue.Field] = []
    package private(set) var report = ImportReport()

    /// `day` is when the file was made: nothing tells since when its records are in force.
    package init(_ lines: Data, asOf day: LocalDate, knownFields: [Catalogue.Field] = []) {
        var keys = Dictionary(knownFields.map { ($0.name.vi.folded, $0.key) }, uniquingKeysWith: { first, _ in first })
        var seen: Set<ProcedureCode> = []
        let decoder = JSONDecoder()
        for (index, line) in lines.split(separator: UInt8(ascii: "\n")).enumerated() {
            report.read += 1
            guard let record = try? decoder.decode(PortalRecord.self, from: Data(line)) else {  // Told in the report.
                report.add(.unreadableLine, "\(index + 1)")
                continue
            }
            guard let code = ProcedureCode(rawValue: record.code) else {
                report.add(.unreadableCode, String(record.code.tidied.prefix(40)))
                continue
            }
            guard seen.insert(code).inserted else {
                report.add(.repeatedCode, code.rawValue)
                continue
            }
            let field = record.field?.oneLine ?? ""
            let name = field.isEmpty ? "Khác" : field
            let key = keys[name.folded] ?? String(name.folded.replacing(" ", with: "-").prefix(64))
            var reader = PortalReader(record: record, code: code, field: key, day: day, report: report)
            let procedure = reader.procedure()
            report = reader.report
            guard let procedure else { continue }
            if keys.updateValue(key, forKey: name.folded) == nil {
                fields.append(Catalogue.Field(key: key, code: nil, name: Words(name, name)))
            }
            procedures.append(procedure)
            report.imported += 1
        }
    }
}

extension String {
    /// Tidied, on one line, without the dots and semicolons that lists leave at the end.
    var oneLine: String {
        var text = tidied.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        while let last = text.last, ".;,: ".contains(last) { text.removeLast() }
        return text
    }
}
