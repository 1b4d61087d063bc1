import CPango

/// Something at its place on a page.
enum Mark {
    case line(TextLayout, index: Int, x: Double, baseline: Double)
    case stroke(fromX: Double, y: Double, toX: Double, toY: Double, width: Double, grey: Double)
    case code(QRCode, x: Double, y: Double, side: Double)

    func draw(on canvas: OpaquePointer) {
        switch self {
        case .line(let layout, let index, let x, let baseline):
            layout.draw(index, atX: x, y: baseline, on: canvas)
        case .stroke(let x, let y, let toX, let toY, let width, let grey):
            cairo_set_source_rgb(canvas, grey, grey, grey)
            cairo_set_line_width(canvas, width)
            cairo_move_to(canvas, x, y)
            cairo_line_to(canvas, toX, toY)
            cairo_stroke(canvas)
        case .code(let code, let x, let y, let side):
            let module = side / Double(code.side)
            // Rows overlap by a hair, or viewers show white lines between them.
            for bar in code.bars {
                cairo_rectangle(
                    canvas,
                    x + Double(bar.column) * module,
                    y + Double(bar.row) * module,
                    Double(bar.length) * module,
                    module * 1.03
                )
            }
            cairo_set_source_rgb(canvas, 0, 0, 0)
            cairo_fill(canvas)
        }
    }
}
