/// A statement whose literals are trusted and whose interpolations are bound, never spliced.
///
/// Placeholders are `$1`, `$2`, … in order of appearance: PostgreSQL's own form, which SQLite reads as names and
/// numbers in the same order. So the text is ready for both while the literal is being evaluated, and nothing is
/// left to render when it runs.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
    private let common: String
    private let ofPostgres: String?
    let values: [SQLValue]

    package init(stringLiteral value: String) {
        (common, ofPostgres, values) = (value, nil, [])
    }

    package init(stringInterpolation value: Interpolation) {
        (common, ofPostgres, values) = (value.common, value.ofPostgres, value.values)
    }

    func text(for dialect: Dialect) -> String {
        switch dialect {
        case .sqlite: common
        case .postgres: ofPostgres ?? common
        }
    }

    var holdsNul: Bool {
        values.contains { value in
            if case .text(let text?) = value { text.utf8.contains(0) } else { false }
        }
    }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var common: String
        /// Only where the dialects have parted.
        fileprivate var ofPostgres: String?
        fileprivate var values: [SQLValue] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            common = ""
            common.reserveCapacity(literalCapacity + 3 * interpolationCount)
            values.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) {
            assert(!literal.hasPlaceholder, "\(literal): $ and a digit would be taken for a bound value")
            append(literal, literal)
        }

        package mutating func appendInterpolation(_ text: String?) { bind(.text(text)) }
        package mutating func appendInterpolation(_ integer: Int?) { bind(.integer(integer)) }
        /// Stored as 0 or 1, because SQLite has no other way.
        package mutating func appendInterpolation(_ flag: Bool) { bind(.integer(flag ? 1 : 0)) }
        package mutating func appendInterpolation(_ value: some RawRepresentable<String>) {
            bind(.text(value.rawValue))
        }
        package mutating func appendInterpolation(_ value: (some RawRepresentable<String>)?) {
            bind(.text(value?.rawValue))
        }
        package mutating func appendInterpolation(_ value: some RawRepresentable<Int>) {
            bind(.integer(value.rawValue))
        }
        package mutating func appendInterpolation(_ value: (some RawRepresentable<Int>)?) {
            bind(.integer(value?.rawValue))
        }

        /// Values in parentheses for `IN` and `NOT IN`; also when there are none.
        package mutating func appendInterpolation(list texts: some Collection<String>) {
            bind(texts.map { .text($0) }, none: "(SELECT CAST(NULL AS TEXT) WHERE 1 = 0)")
        }
        package mutating func appendInterpolation(list integers: some Collection<Int>) {
            bind(integers.map { .integer($0) }, none: "(SELECT CAST(NULL AS BIGINT) WHERE 1 = 0)")
        }
        package mutating func appendInterpolation<V: RawRepresentable<String>>(list values: some Collection<V>) {
            appendInterpolation(list: values.map(\.rawValue))
        }
        package mutating func appendInterpolation<V: RawRepresentable<Int>>(list values: some Collection<V>) {
            appendInterpolation(list: values.map(\.rawValue))
        }

        /// A part of a statement, with the values bound in it.
        package mutating func appendInterpolation(_ fragment: SQL) {
            let first = values.count
            append(
                fragment.text(for: .sqlite).renumbered(after: first),
                fragment.ofPostgres.map { $0.renumbered(after: first) }
                    ?? fragment.common.renumbered(after: first)
            )
            values += fragment.values
        }

        /// The few words in which the dialects differ.
        package mutating func appendInterpolation(sqlite: StaticString, postgres: StaticString) {
            append("\(sqlite)", "\(postgres)")
        }

        private mutating func append(_ sqlite: String, _ postgres: String) {
            if ofPostgres != nil {
                ofPostgres?.append(postgres)
            } else if sqlite != postgres {
                ofPostgres = common + postgres
            }
            common.append(sqlite)
        }

        private mutating func bind(_ value: SQLValue) {
            values.append(value)
            let number = values.count
            let placeholder = number < 10 ? SQL.firstPlaceholders[number] : "$\(number)"
            ofPostgres?.append(placeholder)
            common.append(placeholder)
        }

        /// Repeats the last value up to the next power of two, so that lists of any length need few different
        /// statements and the caches of prepared statements stay small.
        private mutating func bind(_ list: [SQLValue], none: String) {
            guard let last = list.last else { return append(none, none) }
            let length = 1 << (Int.bitWidth - (list.count - 1).leadingZeroBitCount)
            append("(", "(")
            for index in 0..<length {
                if index > 0 { append(", ", ", ") }
                bind(index < list.count ? list[index] : last)
            }
            append(")", ")")
        }
    }

    private static let firstPlaceholders = (0..<10).map { "$\($0)" }
}

/// What can be bound; null has a type too, because PostgreSQL asks for the type of every parameter.
enum SQLValue: Sendable, Equatable {
    case text(String?)
    case integer(Int?)
}

/// A text with NUL in it, which PostgreSQL cannot store; refused on SQLite as well.
package struct UnstorableText: Error {
    package init() {}
}

extension SQL {
    /// A key that the database gives in order of insertion and never gives twice.
    package static let position: SQL = """
        \(sqlite: "INTEGER PRIMARY KEY AUTOINCREMENT", postgres: "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY")
        """

    /// Text compared byte by byte, so that ranges and prefixes use the index and both databases sort alike.
    package static let key: SQL = "\(sqlite: "TEXT", postgres: "TEXT COLLATE \"C\"")"
}

extension String {
    fileprivate var hasPlaceholder: Bool {
        zip(utf8, utf8.dropFirst()).contains { $0 == UInt8(ascii: "$") && (48...57).contains($1) }
    }

    /// `$1` becomes `$6` after five values.
    fileprivate func renumbered(after count: Int) -> String {
        guard count > 0, hasPlaceholder else { return self }
        var result: [UInt8] = []
        result.reserveCapacity(utf8.count + 8)
        var rest = utf8[...]
        while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
            result += rest[...dollar]
            rest = rest[rest.index(after: dollar)...]
            let digits = rest.prefix { (48...57).contains($0) }
            if let number = Int(String(Substring(digits))) {
                result += String(number + count).utf8
                rest = rest[digits.endIndex...]
            }
        }
        result += rest
        return String(decoding: result, as: UTF8.self)
    }
}
