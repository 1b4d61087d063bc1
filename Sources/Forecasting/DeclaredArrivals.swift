/// What an office declares about its visitors before it has counted any; a log gradually takes its place.
package struct DeclaredArrivals: Codable, Hashable, Sendable {
    /// People expected on an average working day, by queue.
    package var perDay: [String: Double]
    /// How a weekday compares with the average day, Monday first.
    package var weekdays: [Double]
    /// How the day's visitors spread over its half hours; need not add up to anything.
    package var shape: [Double]
    /// How far a half hour departs from what is expected, beyond chance, as a share of it: 0.4 is ±40 %.
    package var spread: Double
    /// How busy the first day after holidays is, and the last one before them, against the ordinary day.
    package var afterHolidays: Double
    package var beforeHolidays: Double

    /// Nil unless seven weekdays and 48 half hours are named and no number is negative or beyond sense.
    package init?(
        perDay: [String: Double],
        weekdays: [Double] = DeclaredArrivals.standard.weekdays,
        shape: [Double] = DeclaredArrivals.standard.shape,
        spread: Double = DeclaredArrivals.standard.spread,
        afterHolidays: Double = DeclaredArrivals.standard.afterHolidays,
        beforeHolidays: Double = DeclaredArrivals.standard.beforeHolidays
    ) {
        self.init(
            unchecked: perDay,
            weekdays,
            shape,
            spread: spread,
            afterHolidays: afterHolidays,
            beforeHolidays: beforeHolidays
        )
        guard isSensible else { return nil }
    }

    private init(
        unchecked perDay: [String: Double],
        _ weekdays: [Double],
        _ shape: [Double],
        spread: Double,
        afterHolidays: Double,
        beforeHolidays: Double
    ) {
        (self.perDay, self.weekdays, self.shape, self.spread) = (perDay, weekdays, shape, spread)
        (self.afterHolidays, self.beforeHolidays) = (afterHolidays, beforeHolidays)
    }

    private var isSensible: Bool {
        weekdays.count == 7 && shape.count == HalfHour.perDay && shape.contains { $0 > 0 }
            && weekdays.contains { $0 > 0 }
            && (Array(perDay.values) + weekdays + shape + [spread, afterHolidays, beforeHolidays])
                .allSatisfy { $0 >= 0 && $0 < 1_000_000 }
    }

    /// Our assumption for an office that declares nothing: Mondays and days after holidays are the busiest, people
    /// come in the middle of the morning and less in the afternoon. It states no numbers of visitors.
    package static let standard: DeclaredArrivals = {
        var shape = Array(repeating: 0.0, count: HalfHour.perDay)
        for (start, weights) in [
            (15, [2.0, 8, 10, 10, 9, 8, 6, 5, 3]), (24, [1, 1, 3, 7, 8, 7, 6, 4, 3, 2, 1.0]),
        ] {
            for (place, weight) in weights.enumerated() { shape[start + place] = weight }
        }
        return DeclaredArrivals(
            unchecked: [:],
            [1.2, 1.0, 1.0, 0.95, 0.95, 0.7, 0.5],
            shape,
            spread: 0.5,
            afterHolidays: 1.2,
            beforeHolidays: 0.9
        )
    }()

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let standard = DeclaredArrivals.standard
        self.init(
            unchecked: try container.decodeIfPresent([String: Double].self, forKey: .perDay) ?? standard.perDay,
            try container.decodeIfPresent([Double].self, forKey: .weekdays) ?? standard.weekdays,
            try container.decodeIfPresent([Double].self, forKey: .shape) ?? standard.shape,
            spread: try container.decodeIfPresent(Double.self, forKey: .spread) ?? standard.spread,
            afterHolidays: try container.decodeIfPresent(Double.self, forKey: .afterHolidays)
                ?? standard.afterHolidays,
            beforeHolidays: try container.decodeIfPresent(Double.self, forKey: .beforeHolidays)
                ?? standard.beforeHolidays
        )
        guard isSensible else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "needs 7 weekdays, 48 half hours, and numbers from 0 to 1,000,000."
                )
            )
        }
    }
}
