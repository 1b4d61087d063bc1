package import Web

/// Something wrong in a file of the catalogue: where, what, and what to do about it.
package struct CatalogueFault: Encodable, Hashable, Sendable {
    package let file: String
    /// From 1.
    package let line: Int
    package let column: Int
    package let problem: Words
    package let remedy: Words

    /// One line, as compilers write it, so that editors can jump to it.
    package func line(in language: Language) -> String {
        "\(file):\(line):\(column): \(language(problem)) → \(language(remedy))"
    }
}

/// Collects the faults of one file, each once: inherited parts of a revision are read again for every heir.
final class FaultLog {
    let file: String
    private(set) var faults: [CatalogueFault] = []

    init(file: String) { self.file = file }

    func add(line: Int, column: Int, _ problem: Words, _ remedy: Words) {
        let fault = CatalogueFault(file: file, line: line, column: column, problem: problem, remedy: remedy)
        if !faults.contains(fault) { faults.append(fault) }
    }
}
