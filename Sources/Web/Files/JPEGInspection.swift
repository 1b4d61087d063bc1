/// Follows the segments of a JPEG to its end mark; gives its size in pixels.
///
/// Looking for the end mark at the end of the file would not do: phones append films and thumbnails after it, and
/// the thumbnail inside a photo has an end mark of its own.
func inspectJPEG(_ bytes: FileBytes) throws -> InspectedFile.Pixels {
    var pixels: InspectedFile.Pixels?
    var offset = 2
    while true {
        guard let lead = try bytes.byte(at: offset), let marker = try bytes.byte(at: offset + 1) else {
            throw FileRefusal.truncated(.jpeg)
        }
        guard lead == 0xFF else { throw FileRefusal.unreadable(.jpeg) }
        switch marker {
        case 0xFF:
            // Fill bytes may precede a marker.
            offset += 1
        case 0xD9:
            guard let pixels else { throw FileRefusal.unreadable(.jpeg) }
            return pixels
        case 0x01, 0xD0...0xD7: offset += 2
        default:
            guard let length = try bytes.bigEndian16(at: offset + 2) else { throw FileRefusal.truncated(.jpeg) }
            guard length >= 2 else { throw FileRefusal.unreadable(.jpeg) }
            if isFrame(marker) {
                guard let height = try bytes.bigEndian16(at: offset + 5),
                    let width = try bytes.bigEndian16(at: offset + 7)
                else { throw FileRefusal.truncated(.jpeg) }
                guard width > 0, height > 0 else { throw FileRefusal.unreadable(.jpeg) }
                pixels = .init(width: width, height: height)
            }
            offset += 2 + length
            if marker == 0xDA { offset = try endOfScan(bytes, from: offset) }
        }
    }
}

/// C4, C8 and CC lie among the frame markers and mean something else.
private func isFrame(_ marker: UInt8) -> Bool {
    (0xC0...0xCF).contains(marker) && marker != 0xC4 && marker != 0xC8 && marker != 0xCC
}

/// Where the picture data that begin at `start` give way to the next marker.
private func endOfScan(_ bytes: FileBytes, from start: Int) throws -> Int {
    var offset = start
    while let byte = try bytes.byte(at: offset) {
        if byte == 0xFF {
            guard let next = try bytes.byte(at: offset + 1) else { break }
            // 00 stands for the byte FF itself, D0…D7 restart the decoder in the middle of the data.
            if next != 0x00, next != 0xFF, !(0xD0...0xD7).contains(next) { return offset }
        }
        offset += 1
    }
    throw FileRefusal.truncated(.jpeg)
}
