import Web

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A folder of procedures as it stands on the disk: `CODE.yaml` files and `lists/`.
package struct CatalogueFolder: Sendable {
    /// What a folder holds: everything that could be read, and every fault.
    package struct Reading: Sendable {
        package let catalogue: Catalogue
        package let synonyms: Synonyms
        package let englishSynonyms: Synonyms
        /// In the order of files and lines.
        package let faults: [CatalogueFault]
    }

    private let path: String

    package init(path: String) { self.path = path }

    /// Changes when a file is written, added or removed.
    var stamp: String {
        [path, "\(path)/lists"].flatMap { folder -> [String] in
            // A folder that cannot be read is told as a fault when it is read.
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return names.filter { $0.hasSuffix(".yaml") }.sorted().map { name in
                let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
                let changed = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
                return "\(name) \(changed) \(attributes?[.size] as? Int ?? 0)"
            }
        }.joined(separator: "\n")
    }

    package func read() -> Reading {
        var faults: [CatalogueFault] = []
        var lists = CatalogueLists()
        for name in yamlFiles(in: "\(path)/lists", &faults) {
            let log = FaultLog(file: "lists/\(name)")
            if let text = text(of: "\(path)/lists/\(name)", log) { lists.read(text, named: name, log) }
            faults += log.faults
        }
        var procedures: [Procedure] = []
        var files: [ProcedureCode: String] = [:]
        for name in yamlFiles(in: path, &faults) {
            let log = FaultLog(file: name)
            var reader = ProcedureReader(lists: lists, log: log, files: files)
            if let text = text(of: "\(path)/\(name)", log), let procedure = reader.read(text, named: name) {
                procedures.append(procedure)
            }
            files = reader.files
            faults += log.faults
        }
        return Reading(
            catalogue: Catalogue(procedures: procedures, fields: lists.fields),
            synonyms: lists.synonyms,
            englishSynonyms: lists.englishSynonyms,
            faults: faults.sorted { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) }
        )
    }

    private func yamlFiles(in folder: String, _ faults: inout [CatalogueFault]) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }.sorted()
        } catch {
            faults.append(
                CatalogueFault(
                    file: folder,
                    line: 1,
                    column: 1,
                    problem: Words("Không đọc được thư mục.", "The folder cannot be read."),
                    remedy: Words("Kiểm tra đường dẫn và quyền đọc.", "Check the path and the right to read it.")
                )
            )
            return []
        }
    }

    private func text(of path: String, _ log: FaultLog) -> String? {
        guard let data = FileManager.default.contents(atPath: path) else {
            log.add(
                line: 1,
                column: 1,
                Words("Không đọc được tệp.", "The file cannot be read."),
                Words("Kiểm tra quyền đọc.", "Check the right to read it.")
            )
            return nil
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            log.add(
                line: 1,
                column: 1,
                Words("Tệp không phải là UTF-8.", "The file is not UTF-8."),
                Words("Lưu lại tệp với mã UTF-8.", "Save it as UTF-8.")
            )
            return nil
        }
        return text
    }
}
