import Foundation
import Glibc
import Logging

/// Writes one JSON object per line, for programs that gather logs.
struct JSONLog: LogHandler {
    var logLevel = Logger.Level.notice
    var metadata: Logger.Metadata = [:]
    private let label: String
    private let write: @Sendable (String) -> Void

    /// `write` is handed whole lines.
    init(label: String, write: @escaping @Sendable (String) -> Void = JSONLog.toStandardError) {
        self.label = label
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line: [String: Value] = [:]
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { _, new in new }) {
            line[key] = Value(value)
        }
        line["time"] = .text(Date.now.formatted(Self.time))
        line["level"] = .text(event.level.rawValue)
        line["logger"] = .text(label)
        line["message"] = .text(event.message.description)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts, whole and finite numbers always encode.
        guard let data = try? encoder.encode(line) else { return }
        write(String(decoding: data, as: UTF8.self) + "\n")
    }

    static let time = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    private enum Value: Encodable {
        case text(String)
        case whole(Int)
        case number(Double)

        init(_ value: Logger.Metadata.Value) {
            switch value {
            case .stringConvertible(let number as Int): self = .whole(number)
            case .stringConvertible(let number as Double) where number.isFinite: self = .number(number)
            case .string, .stringConvertible, .array, .dictionary: self = .text("\(value)")
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .whole(let number): try container.encode(number)
            case .number(let number): try container.encode(number)
            }
        }
    }

    /// One call for a whole line, so that lines of several threads do not mix.
    private static let toStandardError: @Sendable (String) -> Void = { line in
        var line = line
        line.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
