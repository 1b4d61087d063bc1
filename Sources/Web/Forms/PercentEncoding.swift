/// `%41` for `A`, as addresses and forms have it.
package enum PercentEncoding {
    /// Strict: a broken escape, NUL or bytes that are not UTF-8 are refused instead of being guessed at.
    static func text(_ source: ArraySlice<UInt8>, plusIsBlank: Bool) throws(Problem) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count)
        var index = source.startIndex
        while index < source.endIndex {
            switch source[index] {
            case UInt8(ascii: "%"):
                guard index + 2 < source.endIndex, let high = digit(source[index + 1]),
                    let low = digit(source[index + 2])
                else { throw .unreadable }
                bytes.append(high << 4 | low)
                index += 3
            case UInt8(ascii: "+") where plusIsBlank:
                bytes.append(UInt8(ascii: " "))
                index += 1
            case let byte:
                bytes.append(byte)
                index += 1
            }
        }
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else { throw .unreadable }
        return text
    }

    static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// For a value in a query: everything but letters, digits and `-._~/` is escaped.
    package static func escaped(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                result += "%" + hex([byte]).uppercased()
            }
        }
        return result
    }
}

extension Problem {
    static let unreadable = malformed(
        "Dữ liệu gửi lên chứa ký tự không đọc được.",
        "What was sent contains characters that cannot be read."
    )
}
