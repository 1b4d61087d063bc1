import CPoppler
import CZBar
import Foundation
package import Scans

/// A PDF that a scanner has made of many papers: tells what each page is.
///
/// Poppler's objects are used by one thread at a time, so whoever opens a pile keeps it to one.
package final class Pile {
    package let pages: Int
    private let document: OpaquePointer
    private let scanner: OpaquePointer

    package init(path: String) throws(PileFault) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        // Poppler closes the file, whether it can read it or not.
        guard file >= 0, let document = poppler_document_new_from_fd(file, nil, nil) else { throw .unreadable }
        self.document = document
        scanner = zbar_image_scanner_create()
        zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0)
        zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1)
        pages = Int(poppler_document_get_n_pages(document))
        guard pages > 0 else { throw .unreadable }
        guard pages <= PileSheet.most else { throw .tooManyPages }
    }

    deinit {
        zbar_image_scanner_destroy(scanner)
        g_object_unref(UnsafeMutableRawPointer(document))
    }

    /// What the page with this index is.
    package func sheet(at index: Int) throws(PileFault) -> PileSheet {
        let raster = try raster(of: index, longSide: 1100)
        if let mark = mark(on: raster) { return .separator(mark) }
        return raster.isBlank ? .blank : .written
    }

    /// A page in shades of grey.
    private struct Raster {
        let width: Int
        let height: Int
        let shades: [UInt8]

        /// Fewer than one point in two thousand is darker than a shadow.
        var isBlank: Bool { shades.lazy.filter { $0 < 150 }.count * 2000 < shades.count }
    }

    /// A small picture of a page, as a PNG.
    package func picture(of index: Int, longSide: Double) throws(PileFault) -> [UInt8] {
        let surface = try drawn(index, longSide: longSide)
        defer { cairo_surface_destroy(surface) }
        let file = CairoBytes()
        let status = cairo_surface_write_to_png_stream(
            surface,
            CairoBytes.append,
            Unmanaged.passUnretained(file).toOpaque()
        )
        guard status == CAIRO_STATUS_SUCCESS else { throw .unreadable }
        return file.bytes
    }

    /// The page on white; whoever gets it destroys it.
    private func drawn(_ index: Int, longSide: Double) throws(PileFault) -> OpaquePointer {
        guard let page = poppler_document_get_page(document, Int32(index)) else { throw .unreadable }
        defer { g_object_unref(UnsafeMutableRawPointer(page)) }
        var (width, height) = (0.0, 0.0)
        poppler_page_get_size(page, &width, &height)
        guard width > 1, height > 1, max(width, height) / min(width, height) < 50 else { throw .unreadable }
        let scale = longSide / max(width, height)
        let (columns, rows) = (max(1, Int(width * scale)), max(1, Int(height * scale)))
        guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(columns), Int32(rows)),
            let canvas = cairo_create(surface)
        else { throw .unreadable }
        defer { cairo_destroy(canvas) }
        cairo_set_source_rgb(canvas, 1, 1, 1)
        cairo_paint(canvas)
        cairo_scale(canvas, scale, scale)
        poppler_page_render(page, canvas)
        cairo_surface_flush(surface)
        guard cairo_status(canvas) == CAIRO_STATUS_SUCCESS else {
            cairo_surface_destroy(surface)
            throw .unreadable
        }
        return surface
    }

    /// A code of eight centimetres has more than eight points to a module at 1100 points; nothing larger helps.
    private func raster(of index: Int, longSide: Double) throws(PileFault) -> Raster {
        let surface = try drawn(index, longSide: longSide)
        defer { cairo_surface_destroy(surface) }
        guard let pixels = cairo_image_surface_get_data(surface) else { throw .unreadable }
        let columns = Int(cairo_image_surface_get_width(surface))
        let rows = Int(cairo_image_surface_get_height(surface))
        let stride = Int(cairo_image_surface_get_stride(surface))
        let shades = [UInt8](unsafeUninitializedCapacity: columns * rows) { shades, filled in
            for row in 0..<rows {
                for column in 0..<columns {
                    let place = row * stride + column * 4
                    let light = Int(pixels[place]) + 2 * Int(pixels[place + 1]) + Int(pixels[place + 2])
                    shades[row * columns + column] = UInt8(light / 4)
                }
            }
            filled = columns * rows
        }
        return Raster(width: columns, height: rows, shades: shades)
    }

    private func mark(on raster: Raster) -> SeparatorMark? {
        guard let image = zbar_image_create() else { return nil }
        defer { zbar_image_destroy(image) }
        // “Y800”: one byte of light a point.
        zbar_image_set_format(image, 0x3030_3859)
        zbar_image_set_size(image, UInt32(raster.width), UInt32(raster.height))
        return raster.shades.withUnsafeBytes { shades in
            zbar_image_set_data(image, shades.baseAddress, UInt(shades.count), nil)
            guard zbar_scan_image(scanner, image) > 0 else { return nil }
            var symbol = zbar_image_first_symbol(image)
            while let found = symbol {
                let bytes = UnsafeRawBufferPointer(
                    start: zbar_symbol_get_data(found),
                    count: Int(zbar_symbol_get_data_length(found))
                )
                if let mark = SeparatorMark(text: String(decoding: bytes, as: UTF8.self)) { return mark }
                symbol = zbar_symbol_next(found)
            }
            return nil
        }
    }
}
