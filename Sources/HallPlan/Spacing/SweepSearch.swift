/// The largest set of vertices no two of which are neighbours, found by walking over the hall once.
///
/// What was decided behind the sweep line matters only by the places ahead that it blocks: of all ways to block the same
/// places the one with most seats is kept, and of all states only those that no other makes superfluous. A hall is
/// rarely more than some metres wide, so that few states are left. When there are more than `width` of them the worst
/// are dropped, and the answer is no longer proven.
struct SweepSearch {
    struct Outcome {
        /// In the numbers of the graph, ascending.
        let chosen: [Int]
        /// Nothing was dropped on the way: no set is larger.
        let isExact: Bool
    }

    private let graph: ConflictGraph
    /// Words of 64 places in which all that can be blocked ahead of the sweep line finds room, turn by turn.
    private let words: Int
    /// For each vertex the places ahead that it blocks.
    private let masks: [[UInt64]]

    /// The vertices of `graph` are swept in the order of their numbers.
    init(_ graph: ConflictGraph) {
        self.graph = graph
        let words = graph.reach / 64 + 1
        self.words = words
        masks = graph.neighbours.enumerated().map { vertex, others in
            var mask = [UInt64](repeating: 0, count: words)
            for other in others where other > vertex { mask[other / 64 % words] |= 1 << UInt64(other % 64) }
            return mask
        }
    }

    func run(width: Int) -> Outcome {
        var layer = SweepLayer(words: words)
        layer.add([UInt64](repeating: 0, count: words), taken: 0, link: 0)
        var links: [[Int32]] = []
        var isExact = true
        for vertex in 0..<graph.count {
            layer = step(over: vertex, from: layer)
            if layer.thin(to: width) { isExact = false }
            links.append(layer.links)
        }
        // The best state stands first; from there the links lead back.
        var (state, chosen) = (0, [Int]())
        for vertex in (0..<graph.count).reversed() {
            let link = links[vertex][state]
            if link & 1 == 1 { chosen.append(vertex) }
            state = Int(link >> 1)
        }
        return Outcome(chosen: chosen.reversed(), isExact: isExact)
    }

    private func step(over vertex: Int, from layer: SweepLayer) -> SweepLayer {
        var next = SweepLayer(words: words)
        let (word, bit) = (vertex / 64 % words, UInt64(1) << UInt64(vertex % 64))
        let mask = masks[vertex]
        var key = [UInt64](repeating: 0, count: words)
        for state in 0..<layer.count {
            var newlyBlocked = 0
            for index in 0..<words {
                key[index] = layer.blocked[state * words + index]
                newlyBlocked += (mask[index] & ~key[index]).nonzeroBitCount
            }
            let isBlocked = key[word] & bit != 0
            key[word] &= ~bit
            let link = Int32(state) << 1
            // To leave a place that costs at most one other place is never better than to take it.
            if isBlocked || newlyBlocked > 1 { next.add(key, taken: layer.taken[state], link: link) }
            guard !isBlocked else { continue }
            for index in 0..<words { key[index] |= mask[index] }
            next.add(key, taken: layer.taken[state] + 1, link: link | 1)
        }
        return next
    }
}
