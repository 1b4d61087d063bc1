/// A place on the floor: metres from the left wall and from the wall that is drawn at the top.
package struct HallPoint: Hashable, Sendable {
    package let x: Double
    package let y: Double

    package init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    /// A hall is measured by tape: a millimetre less than the distance is the distance.
    private static let tolerance = 0.001

    package func distance(to other: HallPoint) -> Double {
        let (dx, dy) = (x - other.x, y - other.y)
        return (dx * dx + dy * dy).squareRoot()
    }

    /// Whether the distance is not kept; 2.0 m apart is 2 m apart.
    package func isCloser(than distance: Double, to other: HallPoint) -> Bool {
        self.distance(to: other) < distance - Self.tolerance
    }
}
