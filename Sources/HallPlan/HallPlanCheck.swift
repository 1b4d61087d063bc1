import Web

/// Whether a plan can be a hall: everything has a place inside the walls, and a name of its own.
struct HallPlanCheck {
    private let plan: HallPlan
    private(set) var faults: [HallFault] = []

    /// Longer walls are a slip of the decimal point.
    private static let longest = 200.0
    /// Nearer than this two seats are one that was entered twice.
    private static let sameSeat = 0.2
    private static let mostCorners = 100
    private static let mostCounters = 100
    private static let mostDoors = 50
    /// Nobody mends more than this at a time.
    private static let mostFaults = 20

    init(_ plan: HallPlan) {
        self.plan = plan
        check(plan.name, at: "name")
        guard checkOutline(), checkNumbers() else { return }
        checkDoors()
        checkCounters()
        checkSeats()
        checkDoubleSeats()
        let more = faults.count - Self.mostFaults
        if more > 0 {
            faults.removeLast(more)
            add("", "Còn \(more) lỗi nữa.", "There are \(more) more faults.")
        }
    }

    private mutating func add(_ place: String, _ vi: String, _ en: String) {
        faults.append(HallFault(place: place, problem: Words(vi, en)))
    }

    // MARK: - The room

    /// Nothing else can be judged when the walls are wrong.
    private mutating func checkOutline() -> Bool {
        let outline = plan.outline
        guard (3...Self.mostCorners).contains(outline.count) else {
            add(
                "room.outline",
                "Phòng có từ 3 đến \(Self.mostCorners) góc; ở đây có \(outline.count).",
                "A room has 3 to \(Self.mostCorners) corners; here are \(outline.count)."
            )
            return false
        }
        // NaN is outside too.
        guard outline.allSatisfy({ (0...Self.longest).contains($0.x) && (0...Self.longest).contains($0.y) }) else {
            add(
                "room",
                "Kích thước tính bằng mét, từ 0 đến \(Int(Self.longest)).",
                "Sizes are in metres, from 0 to \(Int(Self.longest))."
            )
            return false
        }
        guard HallOutline(outline).area >= 1 else {
            add("room", "Phòng nhỏ hơn 1 m².", "The room is smaller than 1 m².")
            return false
        }
        if let (a, b) = HallOutline(outline).crossing {
            add(
                "room.outline",
                "Các bức tường sau góc thứ \(a + 1) và thứ \(b + 1) cắt nhau; hãy ghi các góc lần lượt dọc theo tường.",
                "The walls behind corners \(a + 1) and \(b + 1) meet; give the corners in turn along the walls."
            )
            return false
        }
        return true
    }

    private mutating func checkNumbers() -> Bool {
        guard plan.seats.count <= HallPlan.mostSeats else {
            add(
                "seats",
                "Nhiều nhất \(HallPlan.mostSeats) ghế; ở đây có \(plan.seats.count).",
                "At most \(HallPlan.mostSeats) seats; here are \(plan.seats.count)."
            )
            return false
        }
        guard !plan.seats.isEmpty else {
            add("seats", "Chưa có ghế nào.", "There are no seats.")
            return false
        }
        guard plan.counters.count <= Self.mostCounters, plan.doors.count <= Self.mostDoors else {
            add(
                plan.doors.count > Self.mostDoors ? "doors" : "counters",
                "Nhiều nhất \(Self.mostCounters) quầy và \(Self.mostDoors) cửa.",
                "At most \(Self.mostCounters) counters and \(Self.mostDoors) doors."
            )
            return false
        }
        return true
    }

    // MARK: - What stands in it

    private mutating func checkDoors() {
        for (index, door) in plan.doors.enumerated() {
            let place = "doors[\(index)]"
            if let name = door.name { check(name, at: "\(place).name") }
            if !(0.5...20).contains(door.width) {
                add("\(place).width", "Cửa rộng từ 0.5 đến 20 m.", "A door is 0.5 to 20 m wide.")
            }
            if !(HallOutline(plan.outline).distanceToWall(door.at) <= 0.1) {
                add(place, "Cửa phải nằm trên tường.", "A door must lie on a wall.")
            }
        }
    }

    private mutating func checkCounters() {
        var seen: [String: Int] = [:]
        for (index, counter) in plan.counters.enumerated() {
            let place = "counters[\(index)]"
            check(counter.name, at: "\(place).name")
            checkInside(counter.at, at: place)
            if isMark(counter.id, at: "\(place).id"), let first = seen.updateValue(index, forKey: counter.id) {
                add(
                    "\(place).id",
                    "Quầy \(counter.id) đã có ở counters[\(first)].",
                    "Counter \(counter.id) is already counters[\(first)]."
                )
            }
        }
    }

    private mutating func checkSeats() {
        let counters = Set(plan.counters.map(\.id))
        var seen: [String: Int] = [:]
        for (index, seat) in plan.seats.enumerated() {
            let place = "seats[\(index)]"
            checkInside(seat.at, at: place)
            if let counter = seat.counter, !counters.contains(counter) {
                add("\(place).counter", "Không có quầy nào mang mã này.", "There is no counter with this id.")
            }
            if isMark(seat.number, at: "\(place).number"), let first = seen.updateValue(index, forKey: seat.number) {
                add(
                    "\(place).number",
                    "Ghế số \(seat.number) đã có ở seats[\(first)].",
                    "Seat \(seat.number) is already seats[\(first)]."
                )
            }
        }
    }

    /// Seats are looked up by the square they stand in, so that 2,000 are not compared with 2,000.
    private mutating func checkDoubleSeats() {
        struct Square: Hashable { let column, row: Int }
        var squares: [Square: [Int]] = [:]
        for (index, seat) in plan.seats.enumerated() where HallOutline(plan.outline).holds(seat.at) {
            let (column, row) = (Int(seat.at.x / Self.sameSeat), Int(seat.at.y / Self.sameSeat))
            let near = (column - 1...column + 1).flatMap { column in
                (row - 1...row + 1).flatMap { squares[Square(column: column, row: $0)] ?? [] }
            }
            if let other = near.first(where: { plan.seats[$0].at.isCloser(than: Self.sameSeat, to: seat.at) }) {
                add(
                    "seats[\(index)]",
                    "Ghế này ở cùng chỗ với seats[\(other)].",
                    "This seat stands where seats[\(other)] stands."
                )
            }
            squares[Square(column: column, row: row), default: []].append(index)
        }
    }

    // MARK: - Single values

    private mutating func checkInside(_ point: HallPoint, at place: String) {
        if !HallOutline(plan.outline).holds(point) {
            add(place, "Vị trí này ở ngoài phòng.", "This place is outside the room.")
        }
    }

    /// Only a mark that is one is repeated in a fault.
    private mutating func isMark(_ mark: String, at place: String) -> Bool {
        let isMark = (1...8).contains(mark.count) && mark.isPrintable
        if !isMark { add(place, "Cần từ 1 đến 8 chữ hoặc số.", "This needs 1 to 8 letters or digits.") }
        return isMark
    }

    private mutating func check(_ words: Words, at place: String) {
        for (key, text) in [("vi", words.vi), ("en", words.en)]
        where !(1...100).contains(text.count) || !text.isPrintable {
            add("\(place).\(key)", "Cần từ 1 đến 100 chữ.", "This needs 1 to 100 letters.")
        }
    }
}

extension String {
    /// Nothing in it that has no shape: a drawing is XML, where such characters may not stand.
    fileprivate var isPrintable: Bool {
        // A letter can carry accents without end.
        unicodeScalars.count <= 4 * count && !allSatisfy(\.isWhitespace) && unicodeScalars.allSatisfy(\.isPrintable)
    }
}

extension Unicode.Scalar {
    var isPrintable: Bool {
        switch properties.generalCategory {
        case .control, .format, .surrogate, .unassigned, .privateUse, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
