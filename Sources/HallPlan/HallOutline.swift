/// The walls of a room as a polygon.
struct HallOutline {
    private let corners: [HallPoint]
    /// A seat that touches the wall is inside.
    private static let tolerance = 0.001

    init(_ corners: [HallPoint]) { self.corners = corners }

    private var walls: [(from: HallPoint, to: HallPoint)] {
        corners.indices.map { (corners[$0], corners[($0 + 1) % corners.count]) }
    }

    /// In square metres.
    var area: Double { abs(walls.reduce(0) { $0 + $1.from.x * $1.to.y - $1.to.x * $1.from.y }) / 2 }

    func distanceToWall(_ point: HallPoint) -> Double {
        walls.map { Self.distance(from: point, to: $0) }.min() ?? .infinity
    }

    /// The direction out of the room at the wall nearest to `point`, one metre long.
    func wayOut(at point: HallPoint) -> HallPoint {
        let nearest = walls.filter { $0.from != $0.to }
            .min { Self.distance(from: point, to: $0) < Self.distance(from: point, to: $1) }
        guard let (from, to) = nearest else { return HallPoint(x: 0, y: 1) }
        let length = from.distance(to: to)
        let (x, y) = ((to.y - from.y) / length, (from.x - to.x) / length)
        let isInside = holds(HallPoint(x: point.x + 0.2 * x, y: point.y + 0.2 * y))
        return isInside ? HallPoint(x: -x, y: -y) : HallPoint(x: x, y: y)
    }

    /// A ray to the right leaves the room an odd number of times.
    func holds(_ point: HallPoint) -> Bool {
        guard point.x.isFinite, point.y.isFinite else { return false }
        var isInside = false
        for (a, b) in walls where (a.y > point.y) != (b.y > point.y) {
            if point.x < a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x) { isInside.toggle() }
        }
        return isInside || distanceToWall(point) <= Self.tolerance
    }

    /// The first two walls that meet although they are not neighbours, or that lie on each other; nil in a real room.
    var crossing: (Int, Int)? {
        let walls = walls
        for i in walls.indices {
            if walls[i].from == walls[i].to { return (i, (i + 1) % walls.count) }
            for j in walls.indices.dropFirst(i + 1) {
                let isNext = j == i + 1
                let isBefore = i == 0 && j == walls.count - 1
                if isNext || isBefore {
                    let (first, second) = isNext ? (walls[i], walls[j]) : (walls[j], walls[i])
                    // Neighbours share a corner; they may share no more.
                    if Self.distance(from: second.to, to: first) == 0
                        || Self.distance(from: first.from, to: second) == 0
                    {
                        return (i, j)
                    }
                } else if Self.meet(walls[i], walls[j]) {
                    return (i, j)
                }
            }
        }
        return nil
    }

    private static func distance(from point: HallPoint, to wall: (from: HallPoint, to: HallPoint)) -> Double {
        let (dx, dy) = (wall.to.x - wall.from.x, wall.to.y - wall.from.y)
        let length = dx * dx + dy * dy
        let along = length == 0 ? 0 : ((point.x - wall.from.x) * dx + (point.y - wall.from.y) * dy) / length
        let foot = min(1, max(0, along))
        return point.distance(to: HallPoint(x: wall.from.x + foot * dx, y: wall.from.y + foot * dy))
    }

    private static func meet(
        _ one: (from: HallPoint, to: HallPoint),
        _ other: (from: HallPoint, to: HallPoint)
    ) -> Bool {
        let sides = (
            side(one, other.from), side(one, other.to), side(other, one.from), side(other, one.to)
        )
        if sides.0 * sides.1 < 0, sides.2 * sides.3 < 0 { return true }
        return [distance(from: other.from, to: one), distance(from: other.to, to: one)].contains(0)
            || [distance(from: one.from, to: other), distance(from: one.to, to: other)].contains(0)
    }

    /// Positive on one side of the line, negative on the other.
    private static func side(_ wall: (from: HallPoint, to: HallPoint), _ point: HallPoint) -> Double {
        let turn =
            (wall.to.x - wall.from.x) * (point.y - wall.from.y) - (wall.to.y - wall.from.y) * (point.x - wall.from.x)
        return turn == 0 ? 0 : turn < 0 ? -1 : 1
    }
}
