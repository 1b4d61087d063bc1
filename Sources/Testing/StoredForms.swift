import Foundation
import Persistence

/// What is wrong with the stored forms of a kind, in sentences; empty when all is as ever.
///
/// `Tests/Golden/KIND.txt` has a line for each form that some database may hold. Every line is read and written again, byte
/// for byte, and every example has its line. No line is ever changed or removed; `MOTCUA_GOLDEN=extend` appends the
/// examples that have none yet.
package func faultsOfStoredForms<Form: Codable>(
    _ kind: String,
    _ examples: [Form],
    file: String = #filePath
) throws -> [String] {
    guard let tests = file.range(of: "/Tests/") else { return ["\(file) is no test"] }
    let golden = "\(file[..<tests.upperBound])Golden/\(kind).txt"
    let kept = FileManager.default.contents(atPath: golden).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let lines = kept.split(separator: "\n").map(String.init)
    var faults: [String] = []
    for line in lines {
        do {
            let written = try StoredForm.text(try StoredForm.value(Form.self, from: line))
            if written != line { faults.append("\(kind): \(line) is written as \(written) now") }
        } catch {
            faults.append("\(kind): \(line) is not read any more: \(error)")
        }
    }
    let new = try examples.map { try StoredForm.text($0) }.filter { !lines.contains($0) }
    guard !new.isEmpty, faults.isEmpty, ProcessInfo.processInfo.environment["MOTCUA_GOLDEN"] == "extend" else {
        return faults + new.map { "\(kind): \($0) is not in \(golden); MOTCUA_GOLDEN=extend appends it" }
    }
    try Data((lines + new).map { "\($0)\n" }.joined().utf8).write(to: URL(filePath: golden))
    return []
}
