import Crypto

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// How values are written into the log: JSON with sorted keys, so that the same value is always the same text.
package enum StoredForm {
    private static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()
    private static let decoder = JSONDecoder()

    package static func text(_ value: some Encodable) throws -> String {
        String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    package static func value<T: Decodable>(_ type: T.Type = T.self, from text: String) throws -> T {
        try decoder.decode(type, from: Data(text.utf8))
    }
}

/// The seal on one event: SHA-256 over its predecessor's seal and everything it says.
///
/// Every part is preceded by its length, so that moving text from one part to the next changes the seal too.
func seal(
    after predecessor: String,
    stream: String,
    version: Int,
    at: Int,
    circumstances: String,
    payload: String
) -> String {
    var hash = SHA256()
    for part in [predecessor, stream, String(version), String(at), circumstances, payload] {
        var text = "\(part.utf8.count):\(part)"
        text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    }
    return hexadecimal(hash.finalize())
}

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
