import CPostgres

/// A libpq conninfo or `postgres://…`, taken apart by libpq itself.
struct Conninfo: Sendable {
    private struct Word: Sendable {
        let key: String
        var value: String
        /// libpq marks it as something that is not shown, and names the variable that holds it instead.
        let isSecret: Bool
        let variable: String?
    }

    private var words: [Word] = []

    init(_ text: String) throws {
        var complaint: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(text, &complaint) else {
            defer { PQfreemem(complaint) }
            throw PostgresConnectionLost(message: complaint.map { String(cString: $0) } ?? "")
        }
        defer { PQconninfoFree(options) }
        var option = options
        while let key = option.pointee.keyword {
            if let value = option.pointee.val {
                words.append(
                    Word(
                        key: String(cString: key),
                        value: String(cString: value),
                        isSecret: String(cString: option.pointee.dispchar) == "*",
                        variable: option.pointee.envvar.map { String(cString: $0) }
                    )
                )
            }
            option += 1
        }
    }

    subscript(key: String) -> String? {
        get { words.first { $0.key == key }?.value }
        set {
            words.removeAll { $0.key == key }
            if let newValue { words.append(Word(key: key, value: newValue, isSecret: false, variable: nil)) }
        }
    }

    /// The whole of it, as a conninfo.
    var text: String { Self.text(words) }

    /// What everybody who lists processes may see.
    var visible: String { Self.text(words.filter { !$0.isSecret }) }

    /// The rest, as variables that libpq reads.
    var hidden: [String: String] {
        Dictionary(
            words.filter(\.isSecret).compactMap { word in word.variable.map { ($0, word.value) } },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private static func text(_ words: [Word]) -> String {
        words.map { "\($0.key)='\($0.value.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'" }
            .joined(separator: " ")
    }
}
