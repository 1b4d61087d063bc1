import Kernel
import Web

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What was said to an act. A program's JSON is decoded into it, a form read; what both mean is judged by the act.
/// Encoded, it tells a repetition from another intention under the same idempotency key.
protocol ActSaid: Codable, Sendable {
    init(_ form: FormData)
}

extension ActSaid {
    /// The same for the same content.
    var fingerprint: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return entityTag(of: try encoder.encode(self))
        }
    }
}

struct NothingSaid: ActSaid {
    init(_ form: FormData) {}
}

struct TextSaid: ActSaid {
    let text: String?

    init(_ form: FormData) { text = form["text"] }
}

/// What was sent to an act.
struct Sent<Said: ActSaid>: Decodable {
    private enum Key: CodingKey { case version }

    let said: Said
    /// The version that was read; somebody else's change in between is then refused.
    let version: StreamVersion?

    init(_ form: FormData) {
        said = Said(form)
        version = form.filled("version").map { StreamVersion(nearest: $0) }
    }

    init(from decoder: any Decoder) throws {
        said = try Said(from: decoder)
        version = try decoder.container(keyedBy: Key.self).decodeIfPresent(StreamVersion.self, forKey: .version)
    }
}

/// A value that programs send as it is and people type as they like.
struct Given<Value: Codable & Sendable>: Codable, Sendable {
    /// Nil where what was typed is none, and beyond the bounds of its kind.
    let value: Value?

    init(_ value: Value?) { self.value = value }

    init(from decoder: any Decoder) throws {
        do {
            value = try decoder.singleValueContainer().decode(Value.self)
        } catch DecodingError.dataCorrupted(let context) where context.underlyingError is OutOfBounds {
            // The act says so in its own words, as it says of what people type.
            value = nil
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}

extension FormData {
    /// What was typed into a field, read as a value; nil when nothing was.
    func given<Value>(_ name: String, _ read: (String) -> Value?) -> Given<Value>? {
        filled(name).map { Given(read($0)) }
    }

    func day(_ name: String) -> LocalDate? { filled(name).flatMap(LocalDate.init(vietnamese:)) }

    func isTicked(_ name: String) -> Bool { filled(name) != nil }
}

extension String {
    /// What was written, tidied; nil when nothing is left.
    var written: String? {
        let text = tidied
        return text.isEmpty ? nil : text
    }
}
