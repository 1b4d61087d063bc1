/// Which seats may not be used together. Vertices are numbered from 0 in the order of their places.
struct ConflictGraph: Sendable {
    /// The neighbours of each vertex, ascending.
    private(set) var neighbours: [[Int]]

    var count: Int { neighbours.count }

    /// How far the numbers of neighbours lie apart at most.
    var reach: Int { neighbours.enumerated().map { ($1.last ?? $0) - $0 }.max() ?? 0 }

    /// Joins any two `points` that are less than `distance` metres apart; nil joins none.
    init(_ points: [HallPoint], distance: Double?) {
        neighbours = Array(repeating: [], count: points.count)
        guard let distance else { return }
        for (i, point) in points.enumerated() {
            for j in (i + 1)..<max(i + 1, points.count) where point.isCloser(than: distance, to: points[j]) {
                neighbours[i].append(j)
                neighbours[j].append(i)
            }
        }
    }

    private init(neighbours: [[Int]]) { self.neighbours = neighbours }

    /// The graph of `vertices` alone, numbered in their order.
    func part(_ vertices: [Int]) -> ConflictGraph {
        var number = [Int](repeating: -1, count: count)
        for (new, old) in vertices.enumerated() { number[old] = new }
        return ConflictGraph(
            neighbours: vertices.map { old in
                neighbours[old].compactMap { number[$0] < 0 ? nil : number[$0] }.sorted()
            }
        )
    }

    /// The vertices in groups that have nothing to do with each other.
    func components() -> [[Int]] {
        var seen = [Bool](repeating: false, count: count)
        var components: [[Int]] = []
        for start in 0..<count where !seen[start] {
            seen[start] = true
            var (component, next) = ([start], 0)
            while next < component.count {
                for neighbour in neighbours[component[next]] where !seen[neighbour] {
                    seen[neighbour] = true
                    component.append(neighbour)
                }
                next += 1
            }
            components.append(component.sorted())
        }
        return components
    }

    /// The vertices that some largest set can do without: whenever all that stands in the way of `a` (and `a` itself)
    /// also stands in the way of its neighbour `b`, taking `a` instead of `b` loses nothing.
    ///
    /// Corners, walls and aisles of a hall make this happen often; each removal may cause the next.
    func withoutDominated() -> [Int] {
        let words = (count + 63) / 64
        var closed = [[UInt64]](repeating: [UInt64](repeating: 0, count: words), count: count)
        for vertex in 0..<count {
            for other in neighbours[vertex] + [vertex] { closed[vertex][other >> 6] |= 1 << UInt64(other & 63) }
        }
        var alive = [Bool](repeating: true, count: count)
        var waiting = Array((0..<count).reversed())
        var isWaiting = [Bool](repeating: true, count: count)
        while let a = waiting.popLast() {
            isWaiting[a] = false
            guard alive[a] else { continue }
            for b in neighbours[a] where alive[b] && closed[a].isSubset(of: closed[b]) {
                alive[b] = false
                for c in neighbours[b] where alive[c] {
                    closed[c][b >> 6] &= ~(1 << UInt64(b & 63))
                    if !isWaiting[c] {
                        isWaiting[c] = true
                        waiting.append(c)
                    }
                }
            }
        }
        return (0..<count).filter { alive[$0] }
    }
}

extension [UInt64] {
    fileprivate func isSubset(of other: [UInt64]) -> Bool {
        for index in indices where self[index] & ~other[index] != 0 { return false }
        return true
    }
}
