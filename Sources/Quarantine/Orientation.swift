/// How a camera was held (EXIF 2.3, tag 0x0112): what a viewer must do with the stored rows and columns.
struct Orientation: Equatable {
    /// 1…8; 1 leaves the picture as it is stored.
    let value: Int

    static let upright = Orientation(value: 1)

    /// Whether width and height change places.
    var isTurned: Bool { value >= 5 }

    /// What the file says; upright where it says nothing or nonsense.
    init(of jpeg: UnsafeRawBufferPointer) {
        value = Orientation.segment(of: jpeg).flatMap(Orientation.tag) ?? 1
    }

    private init(value: Int) { self.value = value }

    /// The TIFF structure within the `Exif` segment.
    private static func segment(of jpeg: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        let name = Array("Exif\0\0".utf8)
        var offset = 2
        while offset + 4 <= jpeg.count, jpeg[offset] == 0xFF {
            let (marker, length) = (jpeg[offset + 1], Int(jpeg[offset + 2]) << 8 | Int(jpeg[offset + 3]))
            // The picture itself begins: what describes it comes before.
            guard marker != 0xDA, length >= 2, offset + 2 + length <= jpeg.count else { return nil }
            let content = UnsafeRawBufferPointer(rebasing: jpeg[offset + 4..<offset + 2 + length])
            if marker == 0xE1, content.starts(with: name) {
                return UnsafeRawBufferPointer(rebasing: content.dropFirst(name.count))
            }
            offset += 2 + length
        }
        return nil
    }

    /// Looks the tag up in the first directory.
    private static func tag(in tiff: UnsafeRawBufferPointer) -> Int? {
        guard tiff.count >= 8 else { return nil }
        let isLittle = tiff[0] == UInt8(ascii: "I")
        func number(_ offset: Int, _ bytes: Int) -> Int? {
            guard offset >= 0, offset + bytes <= tiff.count else { return nil }
            let digits = tiff[offset..<offset + bytes]
            return (isLittle ? Array(digits.reversed()) : Array(digits)).reduce(0) { $0 << 8 | Int($1) }
        }
        guard let directory = number(4, 4), let count = number(directory, 2) else { return nil }
        for index in 0..<count {
            let entry = directory + 2 + 12 * index
            guard let tag = number(entry, 2) else { return nil }
            if tag == 0x0112 { return number(entry + 8, 2).flatMap { (1...8).contains($0) ? $0 : nil } }
        }
        return nil
    }
}
