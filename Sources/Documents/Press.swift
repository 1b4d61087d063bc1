import CPango
import Kernel
import Synchronization

/// A paper could not be printed: a fault of the machine, never of what is on the paper.
package struct PrintingFault: Error, CustomStringConvertible {
    package let description: String
}

extension Paper {
    /// The paper as a PDF file.
    package func pdf() throws -> [UInt8] { try [self].pdf() }
}

extension [Paper] {
    /// One PDF file of several papers, each with page numbers of its own; its properties are those of the first.
    package func pdf() throws -> [UInt8] {
        try press.withLock { press in
            let ready = try press ?? Press()
            press = ready
            return try ready.typeset(self)
        }
    }
}

/// Pango and fontconfig promise to be safe on many threads only where no object is shared, and a font map that is
/// not shared takes megabytes and tens of milliseconds to warm up on every thread. There is one map, and whoever
/// prints holds this lock for the few milliseconds a paper takes; no object of Pango leaves it.
private let press = Mutex<Press?>(nil)

/// Sets papers and writes PDF files.
final class Press {
    /// All of them have every Vietnamese letter. Decree 30/2020 asks for Times New Roman, which is not free; Noto Serif
    /// comes first because substitutes of Times that lack ễ and ự would otherwise be taken before it.
    static let fontFamilies = "Noto Serif, Times New Roman, DejaVu Serif, serif"

    private let context: OpaquePointer

    init() throws {
        guard let fonts = pango_cairo_font_map_new() else { throw PrintingFault(description: "no font map") }
        context = pango_font_map_create_context(fonts)
        g_object_unref(fonts)
        // One unit of Pango's is then one point of the page.
        pango_cairo_context_set_resolution(context, 72)
        pango_context_set_language(context, pango_language_from_string("vi"))
        // Glyphs stand where the font's designer wants them, not where a screen has pixels.
        let options = cairo_font_options_create()
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        pango_cairo_context_set_font_options(context, options)
        cairo_font_options_destroy(options)
        pango_context_set_round_glyph_positions(context, 0)
        guard canDraw("ĂÂĐÊÔƠƯ ằẵẫễộỡựỹ") else {
            throw PrintingFault(description: "no installed font has the Vietnamese letters; install fonts-noto-core")
        }
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(context)) }

    /// Whether the installed fonts have every character of `text`.
    func canDraw(_ text: String) -> Bool {
        TextLayout(Prose(text), TextStyle(size: 10), width: nil, context: context).isComplete
    }

    func typeset(_ papers: [Paper]) throws -> [UInt8] {
        guard let first = papers.first else { throw PrintingFault(description: "there is nothing to print") }
        let file = File()
        let surface = cairo_pdf_surface_create_for_stream(
            { file, bytes, count in
                guard let file, let bytes else { return CAIRO_STATUS_WRITE_ERROR }
                Unmanaged<File>.fromOpaque(file).takeUnretainedValue().bytes
                    .append(contentsOf: UnsafeBufferPointer(start: bytes, count: Int(count)))
                return CAIRO_STATUS_SUCCESS
            },
            Unmanaged.passUnretained(file).toOpaque(),
            first.size.width,
            first.size.height
        )
        defer { cairo_surface_destroy(surface) }
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, first.title.printable)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, first.author.printable)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "MotCua")
        let created = "\(first.created.localMinute.rawValue):00+07:00"
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, created)
        guard let canvas = cairo_create(surface) else { throw PrintingFault(description: "no canvas") }
        defer { cairo_destroy(canvas) }
        for paper in papers {
            cairo_pdf_surface_set_size(surface, paper.size.width, paper.size.height)
            var typesetter = Typesetter(paper, context: context)
            for page in typesetter.pages() {
                for mark in page { mark.draw(on: canvas) }
                cairo_show_page(canvas)
            }
        }
        cairo_surface_finish(surface)
        for status in [cairo_status(canvas), cairo_surface_status(surface)] where status != CAIRO_STATUS_SUCCESS {
            throw PrintingFault(description: String(cString: cairo_status_to_string(status)))
        }
        return file.bytes
    }

    /// Where Cairo's output gathers.
    private final class File {
        var bytes: [UInt8] = []
    }
}

extension Paper.Size {
    /// Points.
    var width: Double { millimetres.width.millimetres }
    var height: Double { millimetres.height.millimetres }

    private var millimetres: (width: Double, height: Double) {
        switch self {
        case .a4: (210, 297)
        case .a5: (148, 210)
        case .a4Landscape: (297, 210)
        case .c5: (229, 162)
        case .dl: (220, 110)
        }
    }
}

extension Double {
    /// So many millimetres as points.
    var millimetres: Double { self * 72 / 25.4 }
}
