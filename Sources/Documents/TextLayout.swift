import CPango

/// How a text is set.
struct TextStyle {
    var size: Double
    var isBold = false
    var isItalic = false
    var alignment = Paper.Alignment.left
    /// Points by which the first line is moved in.
    var indent = 0.0
    /// 0 is black, 1 is white.
    var grey = 0.0
}

/// A text broken into lines by Pango. Used by one thread at a time: see `Press`.
final class TextLayout {
    struct Line {
        let index: Int
        /// Points from the top left corner of the layout.
        let left: Double
        let top: Double
        let baseline: Double
        let bottom: Double
    }

    private let layout: OpaquePointer
    let grey: Double

    /// Noto Serif asks for 1.36 of its size between lines, which is too airy for papers.
    private static let lineSpacing: Float = 0.94

    init(_ prose: Prose, _ style: TextStyle, width: Double?, context: OpaquePointer) {
        layout = pango_layout_new(context)
        grey = style.grey
        let prose = prose.printable
        let text = prose.text
        pango_layout_set_text(layout, text, Int32(text.utf8.count))
        let font = pango_font_description_new()
        defer { pango_font_description_free(font) }
        pango_font_description_set_family(font, Press.fontFamilies)
        pango_font_description_set_absolute_size(font, style.size * Double(PANGO_SCALE))
        if style.isBold { pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD) }
        if style.isItalic { pango_font_description_set_style(font, PANGO_STYLE_ITALIC) }
        pango_layout_set_font_description(layout, font)
        setAttributes(of: prose)
        pango_layout_set_line_spacing(layout, TextLayout.lineSpacing)
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        if style.indent > 0 { pango_layout_set_indent(layout, Int32(style.indent * Double(PANGO_SCALE))) }
        if let width { pango_layout_set_width(layout, Int32(max(1, width) * Double(PANGO_SCALE))) }
        switch style.alignment {
        case .left: break
        case .centre: pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER)
        case .right: pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT)
        case .justified: pango_layout_set_justify(layout, 1)
        }
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(layout)) }

    private func setAttributes(of prose: Prose) {
        guard let list = pango_attr_list_new() else { return }
        defer { pango_attr_list_unref(list) }
        var start = 0
        for run in prose.runs {
            let end = start + run.text.utf8.count
            if run.isBold { insert(pango_attr_weight_new(PANGO_WEIGHT_BOLD), into: list, start, end) }
            if run.isItalic { insert(pango_attr_style_new(PANGO_STYLE_ITALIC), into: list, start, end) }
            start = end
        }
        pango_layout_set_attributes(layout, list)
    }

    private func insert(
        _ attribute: UnsafeMutablePointer<PangoAttribute>?,
        into list: OpaquePointer,
        _ start: Int,
        _ end: Int
    ) {
        guard let attribute else { return }
        attribute.pointee.start_index = guint(start)
        attribute.pointee.end_index = guint(end)
        pango_attr_list_insert(list, attribute)
    }

    private(set) lazy var lines: [Line] = {
        var lines: [Line] = []
        let iterator = pango_layout_get_iter(layout)
        defer { pango_layout_iter_free(iterator) }
        repeat {
            var ink = PangoRectangle()
            var logical = PangoRectangle()
            pango_layout_iter_get_line_extents(iterator, &ink, &logical)
            var (top, bottom): (Int32, Int32) = (0, 0)
            pango_layout_iter_get_line_yrange(iterator, &top, &bottom)
            lines.append(
                Line(
                    index: lines.count,
                    left: points(logical.x),
                    top: points(top),
                    baseline: points(pango_layout_iter_get_baseline(iterator)),
                    bottom: points(bottom)
                )
            )
        } while pango_layout_iter_next_line(iterator) != 0
        return lines
    }()

    var height: Double { lines.last?.bottom ?? 0 }

    /// The width of the longest line.
    var naturalWidth: Double {
        var logical = PangoRectangle()
        pango_layout_get_extents(layout, nil, &logical)
        return points(logical.width)
    }

    /// Whether a font was found for every character.
    var isComplete: Bool { pango_layout_get_unknown_glyphs_count(layout) == 0 }

    /// Draws one line with the left end of its baseline at (`x`, `y`).
    func draw(_ line: Int, atX x: Double, y: Double, on canvas: OpaquePointer) {
        cairo_set_source_rgb(canvas, grey, grey, grey)
        cairo_move_to(canvas, x, y)
        pango_cairo_show_layout_line(canvas, pango_layout_get_line_readonly(layout, Int32(line)))
    }

    private func points(_ units: Int32) -> Double { Double(units) / Double(PANGO_SCALE) }
}
