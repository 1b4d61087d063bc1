/// The seats that may be used while a percentage and a distance are in force.
package struct SeatChoice: Hashable, Sendable {
    /// Which of the two rules keeps more seats from being used.
    package enum Binding: String, Codable, Sendable {
        case none, percent, distance, both
    }

    /// The numbers of the seats to use, in the order of the plan.
    package let seats: [String]
    package let capacity: HallCapacity
    /// The shortest way between two of them; nil when there are fewer than two.
    package let closest: Double?

    /// The effective capacity: how many visitors may be in the hall at once.
    package var count: Int { seats.count }
}

/// How many seats of a hall may be used, and why no more.
package struct HallCapacity: Hashable, Sendable {
    /// The rules: nil where there is none.
    package let percent: Int?
    package let distance: Double?
    /// How many there are.
    package let seats: Int
    /// Those of them that are too close to an officer.
    package let besideCounters: Int
    /// What the percentage leaves, rounded down; nil when there is none.
    package let byPercent: Int?
    /// The most that were found to keep the distance.
    package let byDistance: Int
    /// No more than this can keep the distance; as many as `byDistance` except in huge halls.
    package let byDistanceAtMost: Int

    /// The effective capacity.
    package var count: Int { min(byDistance, byPercent ?? seats) }

    /// No choice of seats has more.
    package var isProven: Bool { count == atMost }

    /// As many as there could be if not proven.
    package var atMost: Int { min(byDistanceAtMost, byPercent ?? seats) }

    package var binding: SeatChoice.Binding {
        let isByPercent = byPercent.map { $0 < seats && $0 <= byDistance } ?? false
        let isByDistance = byDistance < seats && byDistance <= byPercent ?? seats
        return switch (isByPercent, isByDistance) {
        case (true, true): .both
        case (true, false): .percent
        case (false, true): .distance
        case (false, false): .none
        }
    }
}

extension HallPlan {
    /// How many seats may be used when at most `percent` of them are and any two are `distance` metres apart.
    ///
    /// Nil is no rule; so is a distance that is not positive. A percentage is taken from 0 to 100.
    package func capacity(percent: Int?, distance: Double?) -> HallCapacity {
        measure(percent, distance).capacity
    }

    /// The seats to use: as many as may be, and as far apart as so many can be.
    package func allowed(percent: Int?, distance: Double?) -> SeatChoice {
        let (usable, spaced, capacity) = measure(percent, distance)
        let points = seats.map(\.at)
        let chosen = Spread(points, usable: usable, spaced: spaced, atLeast: capacity.distance ?? 0).choose(
            capacity.count
        )
        return SeatChoice(
            seats: chosen.map { seats[$0].number },
            capacity: capacity,
            closest: Spread.closest(of: chosen, points)
        )
    }

    private func measure(
        _ percent: Int?,
        _ distance: Double?
    ) -> (usable: [Int], spaced: SpacedSeats, capacity: HallCapacity) {
        let percent = percent.map { min(100, max(0, $0)) }
        let distance = distance.flatMap { $0 > 0 ? $0 : nil }
        let usable = seats.indices.filter { !isBesideCounter(seats[$0], distance) }
        let spaced = SpacedSeats(usable.map { seats[$0].at }, distance: distance)
        let capacity = HallCapacity(
            percent: percent,
            distance: distance,
            seats: seats.count,
            besideCounters: seats.count - usable.count,
            byPercent: percent.map { seats.count * $0 / 100 },
            byDistance: spaced.chosen.count,
            byDistanceAtMost: spaced.atMost
        )
        return (usable, spaced, capacity)
    }

    private func isBesideCounter(_ seat: Seat, _ distance: Double?) -> Bool {
        guard let distance, keepsDistanceToCounters, seat.counter == nil else { return false }
        return counters.contains { $0.at.isCloser(than: distance, to: seat.at) }
    }
}
