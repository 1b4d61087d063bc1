/// Draws lots, the same ones for the same seed (SplitMix64).
struct Lot: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// 0 ..< `bound`.
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }

    mutating func number(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

    /// Whether something happens that happens in this share of cases.
    mutating func falls(_ share: Double) -> Bool { Double(next() >> 11) / Double(1 << 53) < share }

    /// One of `items`, which are not empty.
    mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }

    /// One of `items` by their weights.
    mutating func draw<Item>(_ items: [(item: Item, weight: Double)]) -> Item {
        var rest = Double(next() >> 11) / Double(1 << 53) * items.reduce(0) { $0 + $1.weight }
        for (item, weight) in items {
            rest -= weight
            if rest < 0 { return item }
        }
        return items[items.count - 1].item
    }
}
