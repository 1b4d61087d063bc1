import Kernel

/// Puts the blocks of one paper onto pages, from top to bottom.
///
/// A first pass places marks, a second may draw them: only then is it known how many pages there are.
struct Typesetter {
    private let paper: Paper
    private let context: OpaquePointer
    private let sizes: Sizes
    private let top: Double
    private let bottom: Double
    private var left: Double
    private var right: Double
    private var y: Double
    private var sheets: [[Mark]] = [[]]

    private struct Sizes {
        let small: Double, head: Double, body: Double, large: Double, heading: Double
        /// Between blocks.
        let gap: Double
    }

    init(_ paper: Paper, context: OpaquePointer) {
        self.paper = paper
        self.context = context
        let margin: Double
        switch paper.size {
        case .a4:
            sizes =
                paper.isLetter
                ? Sizes(small: 10, head: 10.5, body: 12.5, large: 13, heading: 14, gap: 6)
                : Sizes(small: 8.5, head: 10, body: 10.5, large: 11.5, heading: 13.5, gap: 4)
            margin = 20.millimetres
        case .a4Landscape:
            sizes = Sizes(small: 8, head: 9.5, body: 10, large: 11, heading: 13.5, gap: 3)
            margin = 13.millimetres
        case .a5, .c5, .dl:
            sizes =
                paper.isLetter
                ? Sizes(small: 7.5, head: 7.9, body: 9.5, large: 10, heading: 11, gap: 3.5)
                : Sizes(small: 6.7, head: 7.9, body: 8.3, large: 9, heading: 10.5, gap: 2)
            margin = 12.millimetres
        }
        left = margin
        right = paper.size.width - margin
        top = margin * 0.8
        bottom = paper.size.height - margin * 0.6 - sizes.small * 1.6
        y = top
    }

    mutating func pages() -> [[Mark]] {
        for block in paper.blocks { set(block) }
        if let footer = paper.footer { add(footer: footer) }
        return sheets
    }

    private var width: Double { right - left }

    private mutating func set(_ block: Paper.Block) {
        switch block {
        case .letterhead(let head): set(head)
        case .title(let title, let subtitle): set(title: title, subtitle)
        case .heading(let text):
            y += sizes.gap
            keepTogether(sizes.body * 5)
            flow(layout(.bold(text), size: sizes.body))
        case .paragraph(let prose, let alignment, let size):
            let isQuiet = size == .small
            flow(layout(prose, size: points(size), alignment, grey: isQuiet ? 0.25 : 0), spaced: !isQuiet)
            if isQuiet { y += sizes.gap / 2 }
        case .columns(let texts): set(columns: texts)
        case .facts(let facts): for fact in facts { set(fact) }
        case .list(let items):
            for item in items { set(item: item) }
            y += sizes.gap / 2
        case .table(let table): set(table)
        case .beside(let figure, let blocks): set(figure, beside: blocks)
        case .together(let blocks): set(together: blocks)
        case .signatures(let signatures): set(signatures)
        case .closing(let recipients, let signature): set(signature, recipients: recipients)
        case .sheet(let frames): set(frames)
        case .poster(let code, let side):
            keepTogether(side.millimetres)
            add(.code(code, x: left + (width - side.millimetres) / 2, y: y, side: side.millimetres))
            y += side.millimetres
        case .rule:
            add(.stroke(fromX: left, y: y, toX: right, toY: y, width: 0.5, grey: 0.6))
            y += sizes.gap
        case .gap(let height): y += height.millimetres
        }
    }

    private func points(_ size: Paper.TextSize) -> Double {
        switch size {
        case .small: sizes.small
        case .body: sizes.body
        case .large: sizes.large
        case .heading: sizes.heading
        }
    }

    // MARK: pages

    private mutating func add(_ mark: Mark) { sheets[sheets.count - 1].append(mark) }

    private mutating func turnPage() {
        sheets.append([])
        y = top
    }

    /// Turns the page when less than `height` is left, unless a fresh page would offer no more.
    private mutating func keepTogether(_ height: Double) {
        if y + height > bottom, y > top { turnPage() }
    }

    private mutating func set(together blocks: [Paper.Block]) {
        var attempt = self
        for block in blocks { attempt.set(block) }
        if attempt.sheets.count > sheets.count, y > top {
            turnPage()
            for block in blocks { set(block) }
        } else {
            self = attempt
        }
    }

    private mutating func add(footer: String) {
        for index in sheets.indices {
            let number = layout("Trang \(index + 1)/\(sheets.count)", size: sizes.small, .right, grey: 0.25)
            let footer = layout(Prose(footer), size: sizes.small, grey: 0.25)
            let y = bottom + sizes.small * 0.6
            sheets[index].append(
                .stroke(fromX: left, y: y - 2, toX: right, toY: y - 2, width: 0.4, grey: 0.7)
            )
            for text in [footer, number] {
                guard let line = text.lines.first else { continue }
                sheets[index].append(.line(text, index: 0, x: left + line.left, baseline: y + line.baseline))
            }
        }
    }

    // MARK: text

    private func layout(
        _ prose: Prose,
        size: Double,
        _ alignment: Paper.Alignment = .left,
        width: Double? = nil,
        grey: Double = 0
    ) -> TextLayout {
        TextLayout(
            prose,
            TextStyle(size: size, alignment: alignment, grey: grey),
            width: width ?? self.width,
            context: context
        )
    }

    /// Sets all lines of a text, on as many pages as they need; a page is not left with one line of many.
    private mutating func flow(_ text: TextLayout, at x: Double? = nil, spaced: Bool = true) {
        let lines = text.lines
        if lines.count > 2 { keepTogether(lines[1].bottom) }
        var origin = y
        for line in lines {
            if origin + line.bottom > bottom, y > top {
                turnPage()
                origin = top - line.top
            }
            add(.line(text, index: line.index, x: (x ?? left) + line.left, baseline: origin + line.baseline))
            y = origin + line.bottom
        }
        if spaced { y += sizes.gap }
    }

    /// Sets all lines of a text with its top at `y`, which somebody has made sure is high enough.
    private mutating func place(_ text: TextLayout, x: Double, y: Double) {
        for line in text.lines {
            add(.line(text, index: line.index, x: x + line.left, baseline: y + line.baseline))
        }
    }

    private mutating func set(title: String, _ subtitle: Prose?) {
        y += sizes.gap * 1.5
        flow(layout(.bold(title), size: sizes.heading, .centre), spaced: false)
        if let subtitle { flow(layout(subtitle, size: sizes.body, .centre), spaced: false) }
        y += sizes.gap * 2
    }

    private mutating func set(columns texts: [Prose]) {
        let gutter = sizes.body
        let share = (width - gutter * Double(texts.count - 1)) / Double(texts.count)
        let layouts = texts.map { layout($0, size: sizes.body, width: share) }
        // Texts that do not fit beside each other stand below each other.
        guard layouts.allSatisfy({ $0.lines.count == 1 }) else {
            for text in texts { flow(layout(text, size: sizes.body)) }
            return
        }
        let height = layouts.map(\.height).max() ?? 0
        keepTogether(height)
        for (index, text) in layouts.enumerated() { place(text, x: left + Double(index) * (share + gutter), y: y) }
        y += height + sizes.gap
    }

    private mutating func set(_ fact: Paper.Fact) {
        // Of the whole page, so that labels beside a code and labels below it end at the same place.
        let share = (paper.size.width - 2 * left) * 0.28
        let label = layout(fact.label, size: sizes.body, width: share - sizes.body, grey: 0.25)
        keepTogether(label.height)
        let (start, sheet) = (y, sheets.count)
        place(label, x: left, y: y)
        flow(layout(fact.value, size: sizes.body, width: width - share), at: left + share, spaced: false)
        if sheet == sheets.count { y = max(y, start + label.height) }
        y += sizes.gap
    }

    private mutating func set(item: Prose) {
        let indent = sizes.body * 1.2
        keepTogether(sizes.body * 1.5)
        place(layout("–", size: sizes.body), x: left, y: y)
        flow(layout(item, size: sizes.body, width: width - indent), at: left + indent, spaced: false)
        y += sizes.gap / 2
    }

    // MARK: letterhead, codes, signatures

    private mutating func set(_ head: Paper.Letterhead) {
        if let form = head.form {
            flow(layout(.italic(form), size: sizes.small, .right, grey: 0.25), spaced: false)
            y += sizes.gap
        }
        // The nation's name never breaks; the agency's takes what is left.
        let nation = layout(.bold("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), size: sizes.head, .centre)
        let rightWidth = nation.naturalWidth + 2
        let leftWidth = width - rightWidth - sizes.body
        var (leftY, rightY) = (y, y)

        func put(_ prose: Prose, size: Double, x: Double, width: Double, at y: inout Double) -> TextLayout {
            let text = layout(prose, size: size, .centre, width: width)
            place(text, x: x, y: y)
            y += text.height
            return text
        }
        func underline(_ width: Double, centre: Double, at y: inout Double) {
            y += 2
            add(.stroke(fromX: centre - width / 2, y: y, toX: centre + width / 2, toY: y, width: 0.6, grey: 0))
            y += sizes.gap
        }

        let (size, x) = (sizes.head, right - rightWidth)
        if let superior = head.superior {
            _ = put(Prose(superior.uppercased()), size: size, x: left, width: leftWidth, at: &leftY)
        }
        _ = put(.bold(head.issuer.uppercased()), size: size, x: left, width: leftWidth, at: &leftY)
        underline(leftWidth * 0.35, centre: left + leftWidth / 2, at: &leftY)
        if let number = head.number { _ = put(Prose(number), size: size, x: left, width: leftWidth, at: &leftY) }

        _ = put(.bold("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), size: size, x: x, width: rightWidth, at: &rightY)
        let motto = put(.bold("Độc lập - Tự do - Hạnh phúc"), size: size, x: x, width: rightWidth, at: &rightY)
        underline(motto.naturalWidth, centre: x + rightWidth / 2, at: &rightY)
        let (year, month, day) = head.date.civil
        // Decree 30/2020, Annex I: a zero stands before days below 10 and before the months 1 and 2 only.
        let date = "\(head.place), ngày \(padded(day, 2)) tháng \(padded(month, month < 3 ? 2 : 1)) năm \(year)"
        _ = put(.italic(date), size: size, x: x, width: rightWidth, at: &rightY)
        y = max(leftY, rightY) + sizes.gap
    }

    private mutating func set(_ figure: Paper.QRFigure, beside blocks: [Paper.Block]) {
        let side = paper.size == .a5 ? 22.millimetres : 27.millimetres
        let caption = layout(figure.caption, size: min(sizes.small * 0.95, 8.1), .centre, width: side + 6, grey: 0.25)
        let height = side + 4 + caption.height
        keepTogether(height)
        let (outer, start, sheet) = (right, y, sheets.count)
        add(.code(figure.code, x: outer - side - 3, y: y, side: side))
        place(caption, x: outer - side - 6, y: y + side + 4)
        right = outer - side - 6 - sizes.body
        for block in blocks { set(block) }
        right = outer
        if sheet == sheets.count { y = max(y, start + height + sizes.gap) }
    }

    private mutating func set(_ signatures: [Paper.Signature]) {
        // One signature stands at the right, as two would have it.
        let columns = max(2, signatures.count)
        let share = width / Double(columns)
        let room = paper.size == .a5 ? 12.millimetres : 17.millimetres
        let texts = signatures.map { signature in
            (
                layout(.bold(signature.role.uppercased()), size: sizes.body * 0.95, .centre, width: share),
                layout(.italic(signature.note), size: sizes.small, .centre, width: share),
                layout(.bold(signature.name ?? ""), size: sizes.body, .centre, width: share)
            )
        }
        let head = texts.map { $0.0.height + $0.1.height }.max() ?? 0
        let height = head + room + (texts.map { $0.2.height }.max() ?? 0)
        y += sizes.gap
        keepTogether(height)
        for (index, text) in texts.enumerated() {
            let x = left + Double(columns - texts.count + index) * share
            place(text.0, x: x, y: y)
            place(text.1, x: x, y: y + text.0.height)
            place(text.2, x: x, y: y + head + room)
        }
        y += height + sizes.gap * 2
    }

    private mutating func set(_ signature: Paper.Signature, recipients: [String]) {
        let list = layout(
            "\(italic: "Nơi nhận:")\n\(recipients.map { "- \($0)" }.joined(separator: "\n"))",
            size: sizes.small,
            width: width / 2 - sizes.body
        )
        y += sizes.gap
        keepTogether(list.height)
        let (start, sheet) = (y, sheets.count)
        set([signature])
        // The signature may have needed a new page, and the list goes with it.
        let head = sheet == sheets.count ? start : top
        place(list, x: left, y: head + sizes.gap)
        y = max(y, head + sizes.gap + list.height)
    }

    private mutating func set(_ frames: [Paper.Frame]) {
        if !(sheets.last?.isEmpty ?? true) { turnPage() }
        for frame in frames {
            let height = frame.height.millimetres
            var (size, text) = (frame.size, layout(frame.text, size: frame.size, width: frame.width.millimetres))
            while text.height > height, size > 5 {
                size -= 0.5
                text = layout(frame.text, size: size, width: frame.width.millimetres)
            }
            let spare = frame.isCentred ? max(0, height - text.height) / 2 : 0
            place(text, x: frame.x.millimetres, y: frame.y.millimetres + spare)
        }
        y = bottom
    }

    // MARK: tables

    private mutating func set(_ table: Paper.Table) {
        let edges = edges(of: table)
        let head = head(of: table, edges)
        // A header without a row under it says nothing.
        keepTogether(head.height + sizes.body * 2)
        set(head, edges)
        for (index, row) in table.rows.enumerated() {
            let cells = cells((table.isNumbered ? ["\(index + 1)"] : []) + row, of: table, edges)
            let needed = height(of: cells)
            let isLast = index == table.rows.count - 1 && !table.ending.isEmpty
            if top + head.height + needed <= bottom, y + needed > bottom || isLast && breaks(cells, table, edges, head)
            {
                turnPage()
                set(head, edges)
            }
            setRow(cells, edges, head)
        }
        y += sizes.gap * 1.5
        for block in table.ending { set(block) }
    }

    /// Whether the last row and what follows it would stand on two pages.
    private func breaks(_ row: [TextLayout], _ table: Paper.Table, _ edges: [Double], _ head: Head) -> Bool {
        var attempt = self
        attempt.setRow(row, edges, head)
        attempt.y += sizes.gap * 1.5
        for block in table.ending { attempt.set(block) }
        return attempt.sheets.count > sheets.count
    }

    private var padding: Double { sizes.body * 0.3 }

    /// The x of every vertical line.
    private func edges(of table: Paper.Table) -> [Double] {
        var edges = [left]
        if table.isNumbered {
            edges.append(left + sizes.body * (table.rows.count > 999 ? 3.6 : table.rows.count > 99 ? 3 : 2.4))
        }
        let (start, total) = (edges[edges.count - 1], table.columns.reduce(0) { $0 + $1.share })
        var sum = 0.0
        for column in table.columns {
            sum += column.share
            edges.append(start + (right - start) * sum / total)
        }
        return edges
    }

    private func cells(_ texts: [Prose], of table: Paper.Table, _ edges: [Double]) -> [TextLayout] {
        zip(texts.indices, zip(edges, edges.dropFirst())).map { column, edges in
            let number = table.isNumbered ? column - 1 : column
            let alignment = table.columns.indices.contains(number) ? table.columns[number].alignment : .centre
            return cell(texts[column], of: table, alignment, width: edges.1 - edges.0)
        }
    }

    private func cell(_ text: Prose, of table: Paper.Table, _ alignment: Paper.Alignment, width: Double) -> TextLayout {
        layout(text, size: table.isDense ? sizes.small : sizes.body * 0.95, alignment, width: width - 2 * padding)
    }

    private func height(of cells: [TextLayout]) -> Double { (cells.map(\.height).max() ?? 0) + 2 * padding }

    /// What stands above the rows on every page: one row of headers, or two where columns are grouped.
    private struct Head {
        struct Cell {
            let text: TextLayout
            /// The edges between which it stands.
            let first: Int, last: Int
            let isUpper: Bool, isLower: Bool
        }

        var cells: [Cell] = []
        var upper = 0.0, lower = 0.0
        var height: Double { upper + lower }
    }

    private func head(of table: Paper.Table, _ edges: [Double]) -> Head {
        let columns = (table.isNumbered ? [Paper.Table.Column("TT", share: 0)] : []) + table.columns
        var head = Head()
        func add(_ text: String, _ first: Int, _ last: Int, isUpper: Bool, isLower: Bool) {
            let text = cell(.bold(text), of: table, .centre, width: edges[last] - edges[first])
            head.cells.append(Head.Cell(text: text, first: first, last: last, isUpper: isUpper, isLower: isLower))
        }
        for (index, column) in columns.enumerated() {
            add(column.header, index, index + 1, isUpper: column.group == nil, isLower: true)
            guard let group = column.group, index == 0 || columns[index - 1].group != group else { continue }
            let last = columns[index...].firstIndex { $0.group != group } ?? columns.endIndex
            add(group, index, last, isUpper: true, isLower: false)
        }
        func height(where isWanted: (Head.Cell) -> Bool) -> Double {
            head.cells.filter(isWanted).map { $0.text.height + 2 * padding }.max() ?? 0
        }
        head.upper = height { $0.isUpper && !$0.isLower }
        head.lower = max(height { !$0.isUpper }, height { $0.isUpper && $0.isLower } - head.upper)
        return head
    }

    private mutating func set(_ head: Head, _ edges: [Double]) {
        for cell in head.cells {
            let upper = cell.isUpper ? y : y + head.upper
            let lower = cell.isLower ? y + head.height : y + head.upper
            let x = (edges[cell.first], edges[cell.last])
            place(cell.text, x: x.0 + padding, y: upper + (lower - upper - cell.text.height) / 2)
            stroke(x.0, upper, x.1, upper)
            stroke(x.0, lower, x.1, lower)
            stroke(x.0, upper, x.0, lower)
            stroke(x.1, upper, x.1, lower)
        }
        y += head.height
    }

    /// Sets a row that may be longer than a page: what does not fit continues under the header of the next.
    private mutating func setRow(_ cells: [TextLayout], _ edges: [Double], _ head: Head) {
        var pending = cells.map { $0.lines[...] }
        var isFresh = false
        while true {
            // A line that even a fresh page cannot hold is set nevertheless: nothing may be lost, nor go on for ever.
            let room = isFresh ? max(bottom - y - 2 * padding, sizes.heading * 3) : bottom - y - 2 * padding
            var used = 0.0
            for (column, cell) in cells.enumerated() {
                guard let origin = pending[column].first?.top else { continue }
                while let line = pending[column].first, line.bottom - origin <= room {
                    add(
                        .line(
                            cell,
                            index: line.index,
                            x: edges[column] + padding + line.left,
                            baseline: y + padding + line.baseline - origin
                        )
                    )
                    used = max(used, line.bottom - origin)
                    pending[column].removeFirst()
                }
            }
            if used > 0 { frame(used + 2 * padding, edges) }
            guard pending.contains(where: { !$0.isEmpty }) else { return }
            turnPage()
            set(head, edges)
            isFresh = true
        }
    }

    private mutating func frame(_ height: Double, _ edges: [Double]) {
        for x in edges { stroke(x, y, x, y + height) }
        y += height
        stroke(edges[0], y, edges[edges.count - 1], y)
    }

    private mutating func stroke(_ x: Double, _ y: Double, _ toX: Double, _ toY: Double) {
        add(.stroke(fromX: x, y: y, toX: toX, toY: toY, width: 0.5, grey: 0.2))
    }
}
