import Kernel

/// Any JSON that a program may send, where a form decides what fits.
package indirect enum JSONTree: Sendable, Equatable {
    case null
    case flag(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case list([JSONTree])
    case object([String: JSONTree])
}

extension JSONTree: Decodable {
    /// Takes the place it stands at out of the document that `jsonValue` has read already. Asking a decoder for one
    /// kind after the other costs an error for each kind that it is not, at every level again.
    package init(from decoder: any Decoder) throws {
        let path = decoder.codingPath
        guard let document = decoder.userInfo[.document] as? JSONTree, let tree = document[path[...]] else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: path, debugDescription: "JSON trees are read by jsonValue.")
            )
        }
        self = tree
    }

    private subscript(path: ArraySlice<any CodingKey>) -> JSONTree? {
        guard let key = path.first else { return self }
        let rest = path.dropFirst()
        switch self {
        case .object(let members): return members[key.stringValue]?[rest]
        case .list(let list):
            return key.intValue.flatMap { list.indices.contains($0) ? list[$0][rest] : nil }
        case .null, .flag, .integer, .number, .text: return nil
        }
    }
}

extension JSONTree: Encodable {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .integer(let number): try container.encode(number)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list)
        case .object(let members): try container.encode(members)
        }
    }
}

extension JSONTree {
    /// The document as RFC 8259 writes it.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(into: &bytes)
        return bytes
    }

    private func write(into bytes: inout [UInt8]) {
        switch self {
        case .null: bytes += "null".utf8
        case .flag(let flag): bytes += (flag ? "true" : "false").utf8
        case .integer(let integer): bytes += String(integer).utf8
        case .number(let number): bytes += "\(number)".utf8
        case .text(let text): bytes.append(quoted: text)
        case .list(let list):
            bytes.append(UInt8(ascii: "["))
            for (index, item) in list.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                item.write(into: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, (name, value)) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes.append(quoted: name)
                bytes.append(UInt8(ascii: ":"))
                value.write(into: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }
}

extension CodingUserInfoKey {
    static let document = CodingUserInfoKey(rawValue: "document")!
}
