/// The states behind one step of the sweep: what is blocked ahead, and the most seats with which that can be reached.
struct SweepLayer {
    private let words: Int
    /// `words` for each state.
    private(set) var blocked: [UInt64] = []
    private(set) var taken: [Int32] = []
    /// For each state the one it came from, twice, plus one when the vertex was taken.
    private(set) var links: [Int32] = []
    /// Open addressing by what is blocked; -1 is free.
    private var slots = [Int32](repeating: -1, count: 64)

    init(words: Int) { self.words = words }

    var count: Int { taken.count }

    /// Of two ways to the same state the one with more seats stays.
    mutating func add(_ key: [UInt64], taken value: Int32, link: Int32) {
        if 2 * count >= slots.count { grow() }
        var slot = hash(key, from: 0)
        while slots[slot] >= 0 {
            let state = Int(slots[slot])
            if isState(state, key) {
                if taken[state] < value { (taken[state], links[state]) = (value, link) }
                return
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = Int32(count)
        blocked += key
        taken.append(value)
        links.append(link)
    }

    /// Leaves out what another state does at least as well, and what is beyond `width`; tells whether anything was lost.
    mutating func thin(to width: Int) -> Bool {
        // The most seats first, then the least blocked; the older first, so that the answer is always the same.
        let order = (0..<count).map { state in
            Int(taken[state]) << 44 | (4095 - blockedPlaces(state)) << 32 | (0xFFFF_FFFF - state)
        }.sorted(by: >).map { 0xFFFF_FFFF - $0 & 0xFFFF_FFFF }
        var kept: [Int] = []
        for state in order where !kept.prefix(Self.champions).contains(where: { isAsGood($0, as: state) }) {
            kept.append(state)
        }
        let isCut = kept.count > width
        keep(kept.prefix(width))
        return isCut
    }

    /// Each state is compared with the best only: that finds nearly all that can be left out.
    private static let champions = 32

    /// What `best` blocks in addition could at most have given as many seats as it is ahead.
    private func isAsGood(_ best: Int, as state: Int) -> Bool {
        let lead = Int(taken[best] - taken[state])
        var extra = 0
        for index in 0..<words {
            extra += (blocked[best * words + index] & ~blocked[state * words + index]).nonzeroBitCount
            if extra > lead { return false }
        }
        return true
    }

    private func blockedPlaces(_ state: Int) -> Int {
        (state * words..<(state + 1) * words).reduce(0) { $0 + blocked[$1].nonzeroBitCount }
    }

    private mutating func keep(_ states: ArraySlice<Int>) {
        var (newBlocked, newTaken, newLinks) = ([UInt64](), [Int32](), [Int32]())
        newBlocked.reserveCapacity(states.count * words)
        for state in states {
            newBlocked += blocked[state * words..<(state + 1) * words]
            newTaken.append(taken[state])
            newLinks.append(links[state])
        }
        (blocked, taken, links, slots) = (newBlocked, newTaken, newLinks, [])
    }

    private func isState(_ state: Int, _ key: [UInt64]) -> Bool {
        for index in 0..<words where blocked[state * words + index] != key[index] { return false }
        return true
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: 4 * slots.count)
        for state in 0..<count {
            var slot = hash(blocked, from: state * words)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(state)
        }
    }

    private func hash(_ key: [UInt64], from start: Int) -> Int {
        var hash: UInt64 = 0
        for index in start..<start + words {
            hash = (hash ^ key[index]) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
        }
        return Int(truncatingIfNeeded: hash >> 7) & (slots.count - 1)
    }
}
