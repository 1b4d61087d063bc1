/// What one page of a scanned pile is.
package enum PileSheet: Codable, Hashable, Sendable {
    case separator(SeparatorMark)
    case blank, written

    /// More than a scanner's feeder takes in an hour.
    package static let most = 500

    fileprivate var isSeparator: Bool { if case .separator = self { true } else { false } }
}

/// Pages of a scanned pile that belong together, counted from 1.
package struct PileSection: Hashable, Sendable {
    /// Nil for what lies above the first separator sheet.
    package let mark: SeparatorMark?
    package let first: Int
    /// 0 where nothing followed the separator sheet.
    package let count: Int

    package init(mark: SeparatorMark?, first: Int, count: Int) {
        self.mark = mark
        self.first = first
        self.count = count
    }

    /// Cuts a pile at its separator sheets. The sheets themselves belong to nobody, and neither does the blank page
    /// behind one: scanners that read both sides give the back of the sheet as well.
    package static func sections(of sheets: [PileSheet]) -> [PileSection] {
        var sections: [PileSection] = []
        var (mark, first, count): (SeparatorMark?, Int, Int) = (nil, 1, 0)
        for (index, sheet) in sheets.enumerated() {
            switch sheet {
            case .separator(let next):
                if mark != nil || count > 0 { sections.append(PileSection(mark: mark, first: first, count: count)) }
                (mark, first, count) = (next, index + 2, 0)
            case .blank where index > 0 && sheets[index - 1].isSeparator: first += 1
            case .blank, .written: count += 1
            }
        }
        if mark != nil || count > 0 { sections.append(PileSection(mark: mark, first: first, count: count)) }
        return sections
    }
}
