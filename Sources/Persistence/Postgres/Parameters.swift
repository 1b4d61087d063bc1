/// Lends `values` to libpq: texts end with NUL, integers are eight bytes, highest first, and all lie in one buffer.
func withParameters<R>(
    _ values: [SQLValue],
    _ body: (
        _ pointers: UnsafePointer<UnsafePointer<CChar>?>?,
        _ lengths: UnsafePointer<Int32>?,
        _ formats: UnsafePointer<Int32>?
    ) -> R
) -> R {
    guard !values.isEmpty else { return body(nil, nil, nil) }
    var bytes: [CChar] = []
    var places: [Int?] = []
    var lengths: [Int32] = []
    var formats: [Int32] = []
    for value in values {
        let start = bytes.count
        switch value {
        case .text(let text?):
            bytes.append(contentsOf: text.utf8.lazy.map { CChar(bitPattern: $0) })
            bytes.append(0)
        case .integer(let integer?):
            withUnsafeBytes(of: Int64(integer).bigEndian) { raw in
                bytes.append(contentsOf: raw.lazy.map { CChar(bitPattern: $0) })
            }
        case .text(nil), .integer(nil): break
        }
        places.append(bytes.count == start ? nil : start)
        lengths.append(Int32(bytes.count - start))
        if case .integer = value { formats.append(1) } else { formats.append(0) }
    }
    return bytes.withUnsafeBufferPointer { buffer in
        body(places.map { place in place.flatMap { buffer.baseAddress?.advanced(by: $0) } }, lengths, formats)
    }
}
