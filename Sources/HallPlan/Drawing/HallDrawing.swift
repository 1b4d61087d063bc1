package import Markup
import Web

/// The hall drawn to scale: which seats to use, which to leave empty, and what it means. It is read on paper too, where
/// there may be no colours, and seats are told apart by their shape.
package struct HallDrawing {
    private let plan: HallPlan
    private let choice: SeatChoice
    private let used: Set<String>
    private let legend: HallLegend
    private let size: (width: Int, height: Int)

    /// One unit is a centimetre of the hall.
    private static let unitsPerMetre = 100.0
    /// Room for the walls and the names of doors.
    private static let margin = 90

    package init(_ plan: HallPlan, _ choice: SeatChoice) {
        self.plan = plan
        self.choice = choice
        used = Set(choice.seats)
        let width = Self.units(plan.outline.map(\.x).max() ?? 0) + 2 * Self.margin
        // A small room still needs the breadth of its legend.
        size.width = max(width, 1_000)
        legend = HallLegend(plan, choice, width: size.width - 2 * Self.margin)
        size.height = legend.headHeight + Self.units(plan.outline.map(\.y).max() ?? 0) + 2 * Self.margin + legend.height
    }

    /// A picture that stands alone or within a page.
    package var svg: HTML {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size.width) \(size.height)" width="\(size.width)" \
        height="\(size.height)" role="img" \
        font-family="'Be Vietnam Pro', 'Noto Sans', 'DejaVu Sans', sans-serif" fill="\(Ink.black)">
        <title>\(plan.name.vi) / \(plan.name.en)</title>
        <desc>\(description)</desc>
        <rect width="\(size.width)" height="\(size.height)" fill="#ffffff"/>
        <g transform="translate(\(Self.margin) \(legend.headHeight + Self.margin))">
        \(circles)
        <path d="\(outside)" fill="#ffffff" fill-rule="evenodd"/>
        <polygon points="\(corners)" fill="none" stroke="\(Ink.black)" stroke-width="12" stroke-linejoin="miter"/>
        \(plan.doors.map(door))
        \(plan.counters.map(counter))
        \(plan.seats.map(seat))
        </g>
        \(legend.head(left: Self.margin))
        \(legend.foot(left: Self.margin, top: size.height - legend.height))
        </svg>

        """
    }

    /// For whoever does not see it.
    private var description: String {
        let words = choice.capacity.words
        let numbers = choice.seats.joined(separator: ", ")
        return "\(words.vi) Ghế được dùng: \(numbers). / \(words.en) Seats to use: \(numbers)."
    }

    private static func units(_ metres: Double) -> Int { Int((metres * unitsPerMetre).rounded()) }

    // MARK: - The room

    private var corners: String {
        plan.outline.map { "\(Self.units($0.x)),\(Self.units($0.y))" }.joined(separator: " ")
    }

    /// All that is not the room: it hides the parts of circles that reach through the walls.
    private var outside: String {
        let (left, top) = (-Self.margin, -Self.margin - legend.headHeight)
        let room = plan.outline.map { "\(Self.units($0.x)) \(Self.units($0.y))" }.joined(separator: "L")
        return "M\(left) \(top)h\(size.width)v\(size.height)h\(-size.width)zM\(room)z"
    }

    /// An opening in the wall, with its name outside.
    private func door(_ door: HallPlan.Door) -> HTML {
        let outline = HallOutline(plan.outline)
        let way = outline.wayOut(at: door.at)
        let (x, y) = (Self.units(door.at.x), Self.units(door.at.y))
        let half = door.width / 2
        let (x1, y1) = (Self.units(door.at.x - way.y * half), Self.units(door.at.y + way.x * half))
        let (x2, y2) = (Self.units(door.at.x + way.y * half), Self.units(door.at.y - way.x * half))
        let (textX, textY) = (x + Int((way.x * 36).rounded()), y + Int((way.y * 36).rounded()))
        // Names at the side walls are written along them.
        let turn = abs(way.x) > abs(way.y) ? -90 : 0
        let name = door.name ?? Words("Cửa", "Door")
        return """
            <line x1="\(x1)" y1="\(y1)" x2="\(x2)" y2="\(y2)" stroke="#ffffff" stroke-width="16"/>
            <line x1="\(x1)" y1="\(y1)" x2="\(x2)" y2="\(y2)" stroke="\(Ink.black)" stroke-width="3" \
            stroke-dasharray="10 8"/>
            <text transform="translate(\(textX) \(textY)) rotate(\(turn))" font-size="22" text-anchor="middle" \
            dominant-baseline="central">\(name.vi) / \(name.en)</text>
            """
    }

    /// Where its officer sits.
    private func counter(_ counter: HallPlan.Counter) -> HTML {
        HallLegend.counterMark(
            counter.kind,
            centre: (Self.units(counter.at.x), Self.units(counter.at.y)),
            text: counter.id
        )
    }

    // MARK: - The seats

    /// As large as half a metre, smaller where seats stand closer.
    private var seatSide: Int {
        let nearest = Spread.closest(of: Array(plan.seats.indices), plan.seats.map(\.at)) ?? 1
        return max(14, min(50, Int(nearest * Self.unitsPerMetre * 0.8)))
    }

    /// Around each visitor half of the distance: no two circles overlap.
    private var circles: [HTML] {
        guard let distance = choice.capacity.distance else { return [] }
        let radius = Self.units(min(distance, 400) / 2)
        return plan.seats.filter { used.contains($0.number) }.map { seat in
            """
            <circle cx="\(Self.units(seat.at.x))" cy="\(Self.units(seat.at.y))" r="\(radius)" fill="\(Ink.tint)" \
            fill-opacity="0.6" stroke="\(Ink.teal)" stroke-width="2" stroke-dasharray="6 6"/>
            """
        }
    }

    private func seat(_ seat: HallPlan.Seat) -> HTML {
        HallLegend.seatMark(
            isUsed: used.contains(seat.number),
            centre: (Self.units(seat.at.x), Self.units(seat.at.y)),
            side: seatSide,
            number: seat.number
        )
    }
}

/// The few colours, which differ in brightness too.
enum Ink {
    static let black = "#1e2a2c"
    static let teal = "#0e5a5f"
    static let tint = "#e4f0ef"
    static let grey = "#6f6a5f"
}
