import Markup
import Web

/// What stands above and below the drawing of a hall.
struct HallLegend {
    private let plan: HallPlan
    private let choice: SeatChoice
    /// Of a line.
    private let width: Int

    private let head: [Line]
    private let entries: [Entry]

    private struct Line {
        let text: String
        let size: Int
        var isBold = false
        var isQuiet = false

        var height: Int { size * 3 / 2 }
    }

    private struct Entry {
        let sign: Sign
        let lines: [Line]
        var height: Int { max(70, lines.reduce(20) { $0 + $1.height }) }
    }

    private enum Sign { case used, empty, circle, counter(HallPlan.Counter.Kind), scale }

    init(_ plan: HallPlan, _ choice: SeatChoice, width: Int) {
        self.plan = plan
        self.choice = choice
        self.width = width
        // Large halls are printed smaller, so their letters are larger.
        let size = max(24, width / 52)
        let words = choice.capacity.words
        head =
            Self.lines(plan.name.vi, size * 3 / 2, width, isBold: true)
            + Self.lines(plan.name.en, size, width, isQuiet: true)
            + Self.lines(words.vi, size, width, isBold: true) + Self.lines(words.en, size, width, isQuiet: true)
        entries = Self.signs(plan, choice).map { sign, words in
            let width = width - Self.signWidth
            return Entry(
                sign: sign,
                lines: Self.lines(words.vi, size, width) + Self.lines(words.en, size * 5 / 6, width, isQuiet: true)
            )
        }
    }

    var headHeight: Int { head.reduce(30) { $0 + $1.height } }
    var height: Int { entries.reduce(30) { $0 + $1.height } }

    private static let signWidth = 240

    // MARK: - What is said

    private static func signs(_ plan: HallPlan, _ choice: SeatChoice) -> [(Sign, Words)] {
        var signs: [(Sign, Words)] = [(.used, Words("Ghế được dùng", "Seat to use"))]
        if choice.count < plan.seats.count {
            signs.append((.empty, Words("Ghế để trống, không ngồi", "Seat to leave empty")))
        }
        if let distance = choice.capacity.distance {
            let metres = HallCapacity.metres(distance / 2)
            signs.append(
                (
                    .circle,
                    Words(
                        "Vòng tròn bán kính \(metres.vi) quanh ghế được dùng (nửa khoảng cách): không vòng nào chồng lên nhau",
                        "Circle of \(metres.en) around a seat to use (half the distance): no two overlap"
                    )
                )
            )
        }
        for kind in HallPlan.Counter.Kind.allCases {
            let counters = plan.counters.filter { $0.kind == kind }
            guard !counters.isEmpty else { continue }
            func names(_ language: Language) -> String {
                counters.map { "\($0.id) (\(language($0.name)))" }.joined(separator: ", ")
            }
            signs.append(
                (
                    .counter(kind),
                    Words("Quầy \(kind.words.vi): \(names(.vi))", "Counters for \(kind.words.en): \(names(.en))")
                )
            )
        }
        signs.append((.scale, Words("2 mét trên bản vẽ", "2 metres in the drawing")))
        return signs
    }

    /// The text in lines that fit: letters are taken to be somewhat more than half as wide as high.
    private static func lines(
        _ text: String,
        _ size: Int,
        _ width: Int,
        isBold: Bool = false,
        isQuiet: Bool = false
    ) -> [Line] {
        let most = max(10, width * 100 / (size * (isBold ? 58 : 53)))
        var lines = [""]
        for word in text.split(separator: " ") {
            let last = lines[lines.count - 1]
            if last.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if last.count + word.count < most {
                lines[lines.count - 1] += " \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines.map { Line(text: $0, size: size, isBold: isBold, isQuiet: isQuiet) }
    }

    // MARK: - How it is drawn

    func head(left: Int) -> [HTML] { Self.text(head, left: left, top: 30) }

    func foot(left: Int, top: Int) -> [HTML] {
        var top = top
        return entries.map { entry in
            let block: HTML = """
                \(Self.sign(entry.sign, centre: (left + Self.signWidth / 2 - 20, top + entry.height / 2 - 5)))
                \(Self.text(entry.lines, left: left + Self.signWidth, top: top + 5))
                """
            top += entry.height
            return block
        }
    }

    private static func text(_ lines: [Line], left: Int, top: Int) -> [HTML] {
        var baseline = top
        return lines.map { line in
            baseline += line.height
            return """
                <text x="\(left)" y="\(baseline - line.size / 3)" font-size="\(line.size)" \
                font-weight="\(line.isBold ? "700" : "400")" \
                fill="\(line.isQuiet ? Ink.grey : Ink.black)">\(line.text)</text>
                """
        }
    }

    private static func sign(_ sign: Sign, centre: (x: Int, y: Int)) -> HTML {
        switch sign {
        case .used: seatMark(isUsed: true, centre: centre, side: 50, number: "1")
        case .empty: seatMark(isUsed: false, centre: centre, side: 50, number: "2")
        case .circle:
            """
            <circle cx="\(centre.x)" cy="\(centre.y)" r="30" fill="\(Ink.tint)" stroke="\(Ink.teal)" \
            stroke-width="2" stroke-dasharray="6 6"/>
            """
        case .counter(let kind): counterMark(kind, centre: centre, text: "")
        case .scale:
            """
            <path d="M\(centre.x - 100) \(centre.y - 10)v20m0 -10h200m0 -10v20" fill="none" stroke="\(Ink.black)" \
            stroke-width="4"/>
            """
        }
    }

    /// A seat: dark with a bright number when it is used, crossed when it is not.
    static func seatMark(isUsed: Bool, centre: (x: Int, y: Int), side: Int, number: String) -> HTML {
        let (left, top) = (centre.x - side / 2, centre.y - side / 2)
        let size = max(6, min(side * 2 / 5, side * 3 / 2 / max(1, number.count)))
        guard isUsed else {
            return """
                <path d="M\(left) \(top)h\(side)v\(side)h\(-side)z" fill="#ffffff" stroke="\(Ink.grey)" \
                stroke-width="2"/><path d="M\(left) \(top)l\(side) \(side)m\(-side) 0l\(side) \(-side)" fill="none" \
                stroke="\(Ink.grey)" stroke-width="2"/><text x="\(centre.x)" y="\(centre.y)" \
                font-size="\(size * 4 / 5)" text-anchor="middle" dominant-baseline="central" fill="\(Ink.black)" \
                stroke="#ffffff" stroke-width="5" paint-order="stroke">\(number)</text>
                """
        }
        return """
            <rect x="\(left)" y="\(top)" width="\(side)" height="\(side)" rx="\(side / 5)" fill="\(Ink.teal)" \
            stroke="\(Ink.black)" stroke-width="3"/><text x="\(centre.x)" y="\(centre.y)" font-size="\(size)" \
            font-weight="700" text-anchor="middle" dominant-baseline="central" fill="#ffffff">\(number)</text>
            """
    }

    /// A counter: reception has a plain border, return of results a double one.
    static func counterMark(_ kind: HallPlan.Counter.Kind, centre: (x: Int, y: Int), text: String) -> HTML {
        let inner: HTML? =
            switch kind {
            case .reception: nil
            case .return:
                """
                <rect x="\(centre.x - 42)" y="\(centre.y - 22)" width="84" height="44" fill="none" \
                stroke="\(Ink.black)" stroke-width="3"/>
                """
            }
        return """
            <rect x="\(centre.x - 50)" y="\(centre.y - 30)" width="100" height="60" fill="#f3eee3" \
            stroke="\(Ink.black)" stroke-width="4"/>\(inner)<text x="\(centre.x)" y="\(centre.y)" font-size="32" \
            font-weight="700" text-anchor="middle" dominant-baseline="central">\(text)</text>
            """
    }
}
