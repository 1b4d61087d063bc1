let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

/// Follows the chunks of a PNG to its end; gives its size in pixels.
func inspectPNG(_ bytes: FileBytes) throws -> InspectedFile.Pixels {
    let header = 0x4948_4452, end = 0x4945_4E44  // IHDR and IEND
    var pixels: InspectedFile.Pixels?
    var offset = pngSignature.count
    while true {
        guard let length = try bytes.bigEndian32(at: offset), let kind = try bytes.bigEndian32(at: offset + 4) else {
            throw FileRefusal.truncated(.png)
        }
        // The header comes first, and only once.
        guard (pixels == nil) == (kind == header) else { throw FileRefusal.unreadable(.png) }
        guard offset + 12 + length <= bytes.count else { throw FileRefusal.truncated(.png) }
        if kind == header {
            guard length == 13, let width = try bytes.bigEndian32(at: offset + 8),
                let height = try bytes.bigEndian32(at: offset + 12), width > 0, height > 0
            else { throw FileRefusal.unreadable(.png) }
            pixels = .init(width: width, height: height)
        }
        if kind == end, let pixels { return pixels }
        offset += 12 + length
    }
}
