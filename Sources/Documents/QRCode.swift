import CQRencode

/// A QR code of a text, with 15 % of it restorable (level M): enough for a folded slip or a smudge.
package struct QRCode: Hashable, Sendable {
    /// The text does not fit into the largest code, which holds 2,331 bytes.
    package struct TooLong: Error {}

    package let text: String
    /// How many modules a side has.
    package let side: Int
    private let modules: [Bool]

    package init(_ text: String) throws(TooLong) {
        let bytes = Array(text.utf8)
        // Without strict byte mode, the library would guess at kanji.
        guard let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M) else { throw TooLong() }
        defer { QRcode_free(code) }
        self.text = text
        side = Int(code.pointee.width)
        modules = (0..<side * side).map { code.pointee.data[$0] & 1 == 1 }
    }

    package func isDark(column: Int, row: Int) -> Bool { modules[row * side + column] }

    /// The white border that readers need to find a code, in modules (ISO/IEC 18004).
    package static let quietZone = 4

    /// The value of an SVG's `viewBox` attribute that shows the code with its quiet zone.
    package var viewBox: String {
        "\(-QRCode.quietZone) \(-QRCode.quietZone) \(side + 2 * QRCode.quietZone) \(side + 2 * QRCode.quietZone)"
    }

    /// The value of an SVG path's `d` attribute; one unit is one module.
    package var path: String {
        bars.map { "M\($0.column) \($0.row)h\($0.length)v1h-\($0.length)z" }.joined()
    }

    /// The dark modules of each row, neighbours joined.
    var bars: [(column: Int, row: Int, length: Int)] {
        var bars: [(column: Int, row: Int, length: Int)] = []
        for row in 0..<side {
            var start: Int?
            for column in 0...side {
                let isDark = column < side && isDark(column: column, row: row)
                if isDark, start == nil { start = column }
                if !isDark, let first = start {
                    bars.append((first, row, column - first))
                    start = nil
                }
            }
        }
        return bars
    }
}
