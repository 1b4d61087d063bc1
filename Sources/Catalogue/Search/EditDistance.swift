/// The number of letters to add, drop, change or swap with their neighbour to get from one word to the other; `limit`
/// plus one when it is larger than `limit`.
func editDistance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int {
    guard abs(left.count - right.count) <= limit else { return limit + 1 }
    var before: [Int] = []
    var previous = Array(0...right.count)
    for i in 0..<left.count {
        var current = [i + 1]
        current.reserveCapacity(right.count + 1)
        for j in 0..<right.count {
            var best = min(previous[j] + (left[i] == right[j] ? 0 : 1), previous[j + 1] + 1, current[j] + 1)
            if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { best = min(best, before[j - 1] + 1) }
            current.append(best)
        }
        guard current.contains(where: { $0 <= limit }) else { return limit + 1 }
        (before, previous) = (previous, current)
    }
    return min(previous[right.count], limit + 1)
}
