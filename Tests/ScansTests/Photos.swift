import CPoppler
import CTurboJPEG
import Foundation
import Testing

/// Pictures as cameras and scanners write them, made on the spot.
enum Photos {
    struct NotMade: Error {}

    /// A paper with writing and the noise of a sensor; where `red` is given, a plain green picture with one red quarter.
    static func jpeg(width: Int, height: Int, orientation: Int = 1, red: (right: Int, low: Int)? = nil) throws
        -> [UInt8]
    {
        var pixels = [UInt8](repeating: 0, count: width * height * 3)
        var seed: UInt32 = 7
        for y in 0..<height {
            for x in 0..<width {
                let place = (y * width + x) * 3
                seed = seed &* 1_664_525 &+ 1_013_904_223
                if let red {
                    let isRed = (x * 2 / width == red.right) && (y * 2 / height == red.low)
                    (pixels[place], pixels[place + 1]) = isRed ? (230, 20) : (20, 230)
                } else {
                    let isInk = (y / 24) % 3 == 0 && (x / 9) % 3 != 0 && (x &* 7 &+ y / 24) % 5 != 0
                    let value = UInt8((isInk ? 40 : 200) + Int(seed >> 27))
                    (pixels[place], pixels[place + 1], pixels[place + 2]) = (value, value, value &- 10)
                }
            }
        }
        guard let encoder = tjInitCompress() else { throw NotMade() }
        defer { tjDestroy(encoder) }
        var jpeg: UnsafeMutablePointer<UInt8>?
        var size: UInt = 0
        guard
            tjCompress2(
                encoder,
                pixels,
                Int32(width),
                0,
                Int32(height),
                Int32(TJPF_RGB.rawValue),
                &jpeg,
                &size,
                Int32(TJSAMP_420.rawValue),
                92,
                0
            ) == 0, let jpeg
        else { throw NotMade() }
        defer { tjFree(jpeg) }
        return [0xFF, 0xD8] + exif(orientation) + UnsafeBufferPointer(start: jpeg + 2, count: Int(size) - 2)
    }

    /// One colour as programs for print store it: how much of the paper each of four inks leaves white.
    static func forPrint(width: Int, height: Int, inks: [UInt8]) throws -> [UInt8] {
        let pixels = (0..<width * height).flatMap { _ in inks }
        guard let encoder = tjInitCompress() else { throw NotMade() }
        defer { tjDestroy(encoder) }
        var jpeg: UnsafeMutablePointer<UInt8>?
        var size: UInt = 0
        let (format, quality) = (Int32(TJPF_CMYK.rawValue), Int32(92))
        let subsampling = Int32(TJSAMP_444.rawValue)
        let status = tjCompress2(
            encoder,
            pixels,
            Int32(width),
            0,
            Int32(height),
            format,
            &jpeg,
            &size,
            subsampling,
            quality,
            0
        )
        guard status == 0, let jpeg else { throw NotMade() }
        defer { tjFree(jpeg) }
        return Array(UnsafeBufferPointer(start: jpeg, count: Int(size)))
    }

    private static func exif(_ orientation: Int) -> [UInt8] {
        let tiff: [UInt8] =
            Array("MM".utf8) + [0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, UInt8(orientation), 0, 0]
            + [0, 0, 0, 0]
        let content = Array("Exif\0\0".utf8) + tiff
        return [0xFF, 0xE1, 0, UInt8(content.count + 2)] + content
    }

    /// The same JPEG claiming another size.
    static func withSize(_ width: Int, _ height: Int, of jpeg: [UInt8]) -> [UInt8] {
        var jpeg = jpeg
        guard let frame = jpeg.indices.dropLast().first(where: { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 }) else {
            return jpeg
        }
        jpeg.replaceSubrange(
            frame + 5..<frame + 9,
            with: [UInt8(height >> 8), UInt8(height & 255), UInt8(width >> 8), UInt8(width & 255)]
        )
        return jpeg
    }

    /// A transparent page with a frame.
    static func png(width: Int, height: Int) -> [UInt8] {
        let surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(width), Int32(height))
        defer { cairo_surface_destroy(surface) }
        let canvas = cairo_create(surface)
        cairo_rectangle(canvas, 20, 20, Double(width) - 40, Double(height) - 40)
        cairo_set_line_width(canvas, 10)
        cairo_stroke(canvas)
        cairo_destroy(canvas)
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).png")
        defer { try? FileManager.default.removeItem(at: file) }
        cairo_surface_write_to_png(surface, file.path)
        return (try? Array(Data(contentsOf: file))) ?? []
    }

    static func pngHeader(width: Int, height: Int) -> [UInt8] {
        func number(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> (24 - 8 * $0) & 255) } }
        return [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10] + number(13) + Array("IHDR".utf8) + number(width)
            + number(height) + [8, 6, 0, 0, 0, 0, 0, 0, 0]
    }
}

/// A PDF as another program draws it.
struct Pages {
    let count: Int
    let sizes: [(width: Double, height: Double)]
    private let pdf: [UInt8]

    init(_ pdf: [UInt8]) throws {
        self.pdf = pdf
        let document = try Pages.open(pdf)
        defer { g_object_unref(UnsafeMutableRawPointer(document)) }
        count = Int(poppler_document_get_n_pages(document))
        sizes = (0..<count).map { index in
            let page = poppler_document_get_page(document, Int32(index))
            defer { g_object_unref(UnsafeMutableRawPointer(page)) }
            var (width, height) = (0.0, 0.0)
            poppler_page_get_size(page, &width, &height)
            return (width, height)
        }
    }

    private static func open(_ pdf: [UInt8]) throws -> OpaquePointer {
        let bytes = g_bytes_new(pdf, UInt(pdf.count))
        defer { g_bytes_unref(bytes) }
        return try #require(poppler_document_new_from_bytes(bytes, nil, nil))
    }

    /// The colour at a place between 0 and 1 across and down.
    func colour(page index: Int, x: Double, y: Double) throws -> (red: Int, green: Int) {
        try draw(index, scale: 1, isTurned: false) { surface in
            let pixels = try #require(cairo_image_surface_get_data(surface))
            let (width, height) = (cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface))
            let (column, row) = (Int(Double(width) * x), Int(Double(height) * y))
            let place = row * Int(cairo_image_surface_get_stride(surface)) + column * 4
            return (Int(pixels[place + 2]), Int(pixels[place + 1]))
        }
    }

    /// Writes a page as a PNG of 150 dpi, as a scanner sees it when the sheet lies the wrong way round or not.
    func picture(of index: Int, isTurned: Bool, to path: String) throws {
        try draw(index, scale: 150 / 72, isTurned: isTurned) { surface in
            #expect(cairo_surface_write_to_png(surface, path) == CAIRO_STATUS_SUCCESS)
        }
    }

    private func draw<T>(_ index: Int, scale: Double, isTurned: Bool, _ body: (OpaquePointer?) throws -> T) throws
        -> T
    {
        let document = try Pages.open(pdf)
        defer { g_object_unref(UnsafeMutableRawPointer(document)) }
        let page = poppler_document_get_page(document, Int32(index))
        defer { g_object_unref(UnsafeMutableRawPointer(page)) }
        let (width, height) = (sizes[index].width * scale, sizes[index].height * scale)
        let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
        defer { cairo_surface_destroy(surface) }
        let canvas = cairo_create(surface)
        cairo_set_source_rgb(canvas, 1, 1, 1)
        cairo_paint(canvas)
        if isTurned {
            cairo_translate(canvas, width, height)
            cairo_rotate(canvas, .pi)
        }
        cairo_scale(canvas, scale, scale)
        poppler_page_render(page, canvas)
        cairo_destroy(canvas)
        cairo_surface_flush(surface)
        return try body(surface)
    }
}
