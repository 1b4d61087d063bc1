import CPoppler
import CTurboJPEG
import Foundation
import Kernel
import Scans

/// A picture in memory, four bytes to a pixel, already no larger than a page needs.
struct Picture {
    /// Of Cairo's kind `RGB24`.
    let surface: OpaquePointer
    let width: Int
    let height: Int

    /// A4 at 150 dpi: small print stays readable, and a page takes a few hundred kilobytes.
    static let (longSide, shortSide) = (1754, 1240)

    /// Reads a JPEG or PNG; whoever gets it destroys its surface.
    static func read(_ path: String) throws(PhotoFault) -> Picture {
        // A file that cannot be read now is as good as damaged to whoever waits for the page.
        guard let data = try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped) else {
            throw .unreadable
        }
        return if data.starts(with: [0x89, 0x50, 0x4E, 0x47]) { try png(path, data) } else { try jpeg(data) }
    }

    /// How much smaller a picture of this size becomes; never larger.
    static func scale(_ width: Int, _ height: Int) -> Double {
        let (long, short) = (Double(max(width, height)), Double(min(width, height)))
        return min(1, Double(longSide) / long, Double(shortSide) / short)
    }

    // MARK: - PNG

    private static func png(_ path: String, _ data: Data) throws(PhotoFault) -> Picture {
        func number(at offset: Int) -> Int {
            data[data.startIndex + offset..<data.startIndex + offset + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        guard data.count > 24 else { throw .unreadable }
        try require(number(at: 16), number(at: 20))
        guard let stored = cairo_image_surface_create_from_png(path) else { throw .unreadable }
        defer { cairo_surface_destroy(stored) }
        guard cairo_surface_status(stored) == CAIRO_STATUS_SUCCESS else { throw .unreadable }
        let (width, height) = (cairo_image_surface_get_width(stored), cairo_image_surface_get_height(stored))
        return try fitted(stored, Int(width), Int(height), .upright)
    }

    private static func require(_ width: Int, _ height: Int) throws(PhotoFault) {
        guard width > 0, height > 0 else { throw .unreadable }
        guard PictureLimit.admits(width: width, height: height) else { throw .tooManyPixels }
    }

    // MARK: - JPEG

    private static func jpeg(_ data: Data) throws(PhotoFault) -> Picture {
        // The closure cannot say which errors it throws.
        let read = data.withUnsafeBytes { bytes in Result { () throws(PhotoFault) in try jpeg(bytes) } }
        return try read.get()
    }

    private static func jpeg(_ bytes: UnsafeRawBufferPointer) throws(PhotoFault) -> Picture {
        guard let decoder = tjInitDecompress(), let start = bytes.baseAddress else { throw .unreadable }
        defer { tjDestroy(decoder) }
        let source = start.assumingMemoryBound(to: UInt8.self)
        var (width, height, subsampling, colours): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        guard tjDecompressHeader3(decoder, source, UInt(bytes.count), &width, &height, &subsampling, &colours) == 0
        else { throw .unreadable }
        try require(Int(width), Int(height))
        // The decoder leaves out what a page would not show: an eighth of a large photo takes a sixty-fourth of the
        // memory.
        let scale = scale(Int(width), Int(height))
        let divisor = [8, 4, 2].first { 1 / Double($0) >= scale } ?? 1
        let (scaledWidth, scaledHeight) = ((Int(width) + divisor - 1) / divisor, (Int(height) + divisor - 1) / divisor)
        guard
            let surface = cairo_image_surface_create(
                CAIRO_FORMAT_RGB24,
                Int32(scaledWidth),
                Int32(scaledHeight)
            )
        else { throw .unreadable }
        defer { cairo_surface_destroy(surface) }
        cairo_surface_flush(surface)
        guard let pixels = cairo_image_surface_get_data(surface) else { throw .unreadable }
        // Four bytes a pixel either way.
        let isForPrint = colours == Int32(TJCS_CMYK.rawValue) || colours == Int32(TJCS_YCCK.rawValue)
        let status = tjDecompress2(
            decoder,
            source,
            UInt(bytes.count),
            pixels,
            Int32(scaledWidth),
            cairo_image_surface_get_stride(surface),
            Int32(scaledHeight),
            Int32((isForPrint ? TJPF_CMYK : TJPF_BGRX).rawValue),
            // Hundreds of passes over one picture are an attack, not a photo.
            TJFLAG_LIMITSCANS
        )
        // A warning is about bytes between segments, which phones write; what is missing at the end was refused when
        // the file was taken in.
        guard status == 0 || tjGetErrorCode(decoder) == Int32(TJERR_WARNING.rawValue) else { throw .unreadable }
        if isForPrint { mix(pixels, Int(cairo_image_surface_get_stride(surface)) * scaledHeight) }
        cairo_surface_mark_dirty(surface)
        return try fitted(surface, scaledWidth, scaledHeight, Orientation(of: bytes))
    }

    /// Turns four printing inks into light, in place. Adobe's programs, and all others after them, store how much of
    /// the paper an ink leaves white; what black leaves dims all three.
    private static func mix(_ pixels: UnsafeMutablePointer<UInt8>, _ count: Int) {
        for place in stride(from: 0, to: count, by: 4) {
            let black = Int(pixels[place + 3])
            let (cyan, yellow) = (Int(pixels[place]), Int(pixels[place + 2]))
            pixels[place] = UInt8(yellow * black / 255)
            pixels[place + 1] = UInt8(Int(pixels[place + 1]) * black / 255)
            pixels[place + 2] = UInt8(cyan * black / 255)
        }
    }

    // MARK: - Onto the page's size

    /// The picture upright, on white, at the size of a page.
    private static func fitted(_ stored: OpaquePointer, _ width: Int, _ height: Int, _ orientation: Orientation)
        throws(PhotoFault) -> Picture
    {
        let scale = scale(width, height)
        let (across, down) = orientation.isTurned ? (height, width) : (width, height)
        let (targetWidth, targetHeight) = (
            max(1, Int((Double(across) * scale).rounded())), max(1, Int((Double(down) * scale).rounded()))
        )
        guard
            let surface = cairo_image_surface_create(
                CAIRO_FORMAT_RGB24,
                Int32(targetWidth),
                Int32(targetHeight)
            ), let canvas = cairo_create(surface)
        else { throw .unreadable }
        defer { cairo_destroy(canvas) }
        cairo_set_source_rgb(canvas, 1, 1, 1)
        cairo_paint(canvas)
        cairo_scale(canvas, Double(targetWidth) / Double(across), Double(targetHeight) / Double(down))
        var turn = orientation.matrix(Double(width), Double(height))
        cairo_transform(canvas, &turn)
        cairo_set_source_surface(canvas, stored, 0, 0)
        cairo_pattern_set_filter(cairo_get_source(canvas), CAIRO_FILTER_GOOD)
        cairo_paint(canvas)
        guard cairo_status(canvas) == CAIRO_STATUS_SUCCESS else {
            cairo_surface_destroy(surface)
            throw .unreadable
        }
        cairo_surface_flush(surface)
        return Picture(surface: surface, width: targetWidth, height: targetHeight)
    }
}

extension Orientation {
    /// Takes a place in the stored picture of this size to its place in the upright one.
    fileprivate func matrix(_ width: Double, _ height: Double) -> cairo_matrix_t {
        func matrix(_ xx: Double, _ xy: Double, _ x0: Double, _ yx: Double, _ yy: Double, _ y0: Double)
            -> cairo_matrix_t
        {
            cairo_matrix_t(xx: xx, yx: yx, xy: xy, yy: yy, x0: x0, y0: y0)
        }
        return switch value {
        case 2: matrix(-1, 0, width, 0, 1, 0)
        case 3: matrix(-1, 0, width, 0, -1, height)
        case 4: matrix(1, 0, 0, 0, -1, height)
        case 5: matrix(0, 1, 0, 1, 0, 0)
        case 6: matrix(0, -1, height, 1, 0, 0)
        case 7: matrix(0, -1, height, -1, 0, width)
        case 8: matrix(0, 1, 0, -1, 0, width)
        default: matrix(1, 0, 0, 0, 1, 0)
        }
    }
}
