/// The national code of a procedure, such as `1.001193`, or a code of our own, such as `X.000001`, for one that was
/// abolished before the national database had codes.
package struct ProcedureCode: RawRepresentable, Codable, CodingKeyRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: String

    package init?(rawValue: String) {
        let bytes = Array(rawValue.utf8)
        guard bytes.count == 8, bytes[1] == UInt8(ascii: "."),
            bytes[0] == UInt8(ascii: "X") || ProcedureCode.isDigit(bytes[0]),
            bytes[2...].allSatisfy(ProcedureCode.isDigit)
        else { return nil }
        self.rawValue = rawValue
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    package static func < (left: ProcedureCode, right: ProcedureCode) -> Bool { left.rawValue < right.rawValue }
}
