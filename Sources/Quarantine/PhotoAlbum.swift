import CPoppler
import CTurboJPEG
package import Kernel
import Scans

/// Photos of one paper, to become one PDF: a page each, A4, upright, small enough to be sent and kept.
package struct PhotoAlbum: Sendable {
    /// JPEG and PNG files, in the order of the pages.
    package let paths: [String]
    package let title: String
    package let created: Instant

    package init(paths: [String], title: String, created: Instant) {
        self.paths = paths
        self.title = title
        self.created = created
    }

    /// What one page may take: five of them stay within two megabytes.
    private static let pageBudget = 400_000

    /// The PDF. Unpacks and packs one picture after the other, which takes its time, so it is not for the threads
    /// that serve requests.
    package func pdf() throws -> [UInt8] {
        let file = CairoBytes()
        let surface = cairo_pdf_surface_create_for_stream(
            CairoBytes.append,
            Unmanaged.passUnretained(file).toOpaque(),
            PhotoAlbum.a4.width,
            PhotoAlbum.a4.height
        )
        defer { cairo_surface_destroy(surface) }
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "MotCua")
        let created = "\(created.localMinute.rawValue):00+07:00"
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, created)
        guard let canvas = cairo_create(surface) else { throw PhotoFault.unreadable }
        defer { cairo_destroy(canvas) }
        for path in paths {
            let picture = try Picture.read(path)
            defer { cairo_surface_destroy(picture.surface) }
            try draw(picture, on: canvas, surface)
        }
        cairo_surface_finish(surface)
        guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS else { throw PhotoFault.unreadable }
        return file.bytes
    }

    /// Points.
    private static let a4 = (width: 210 * 72 / 25.4, height: 297 * 72 / 25.4)

    private func draw(_ picture: Picture, on canvas: OpaquePointer, _ surface: OpaquePointer?) throws {
        let isWide = picture.width > picture.height
        let (width, height) = isWide ? (PhotoAlbum.a4.height, PhotoAlbum.a4.width) : PhotoAlbum.a4
        cairo_pdf_surface_set_size(surface, width, height)
        try attachJPEG(to: picture)
        cairo_save(canvas)
        let scale = min(width / Double(picture.width), height / Double(picture.height))
        cairo_translate(
            canvas,
            (width - Double(picture.width) * scale) / 2,
            (height - Double(picture.height) * scale) / 2
        )
        cairo_scale(canvas, scale, scale)
        cairo_set_source_surface(canvas, picture.surface, 0, 0)
        cairo_paint(canvas)
        cairo_restore(canvas)
        cairo_show_page(canvas)
        guard cairo_status(canvas) == CAIRO_STATUS_SUCCESS else { throw PhotoFault.unreadable }
    }

    /// Cairo writes a JPEG that hangs on a picture as it is, and would otherwise store every pixel.
    private func attachJPEG(to picture: Picture) throws {
        guard let encoder = tjInitCompress(), let pixels = cairo_image_surface_get_data(picture.surface) else {
            throw PhotoFault.unreadable
        }
        defer { tjDestroy(encoder) }
        for quality in [80, 70, 60, 50, 40] as [Int32] {
            var jpeg: UnsafeMutablePointer<UInt8>?
            var size: UInt = 0
            let status = tjCompress2(
                encoder,
                pixels,
                Int32(picture.width),
                cairo_image_surface_get_stride(picture.surface),
                Int32(picture.height),
                Int32(TJPF_BGRX.rawValue),
                &jpeg,
                &size,
                Int32(TJSAMP_420.rawValue),
                quality,
                0
            )
            guard status == 0, let jpeg else { throw PhotoFault.unreadable }
            guard size <= PhotoAlbum.pageBudget || quality == 40 else {
                tjFree(jpeg)
                continue
            }
            cairo_surface_set_mime_data(
                picture.surface,
                CAIRO_MIME_TYPE_JPEG,
                jpeg,
                size,
                { tjFree($0?.assumingMemoryBound(to: UInt8.self)) },
                jpeg
            )
            return
        }
    }
}

/// Where Cairo's output gathers.
final class CairoBytes {
    private(set) var bytes: [UInt8] = []

    /// What Cairo calls with each portion.
    static let append: cairo_write_func_t = { file, portion, count in
        guard let file, let portion else { return CAIRO_STATUS_WRITE_ERROR }
        Unmanaged<CairoBytes>.fromOpaque(file).takeUnretainedValue().bytes
            .append(contentsOf: UnsafeBufferPointer(start: portion, count: Int(count)))
        return CAIRO_STATUS_SUCCESS
    }
}
