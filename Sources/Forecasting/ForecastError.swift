package import Web

/// How far a forecast has been off on days it had not seen. It is published beside every forecast.
package struct ForecastError: Codable, Hashable, Sendable {
    /// People per half hour, on average.
    package let people: Double
    /// The same as a share of those who came.
    package let share: Double
    /// The share of half hours whose interval held what came; 0.8 is promised.
    package let coverage: Double
    /// Half hours compared.
    package let halfHours: Int

    private init(people: Double, share: Double, coverage: Double, halfHours: Int) {
        (self.people, self.share, self.coverage, self.halfHours) = (people, share, coverage, halfHours)
    }

    init?(_ outcomes: [ForecastOutcome], _ spread: ArrivalSpread) {
        guard !outcomes.isEmpty else { return nil }
        var (off, came) = (0.0, 0.0)
        for outcome in outcomes {
            off += abs(outcome.came - outcome.expected)
            came += outcome.came
        }
        people = off / Double(outcomes.count)
        share = came > 0 ? off / came : 0
        coverage =
            Double(outcomes.count { spread.holds($0, share: ArrivalModel.share) }) / Double(outcomes.count)
        halfHours = outcomes.count
    }
}

extension ForecastError {
    /// To thousandths.
    package var rounded: ForecastError {
        func thousandths(_ number: Double) -> Double { (number * 1000).rounded() / 1000 }
        return ForecastError(
            people: thousandths(people),
            share: thousandths(share),
            coverage: thousandths(coverage),
            halfHours: halfHours
        )
    }

    /// The sentence that stands beside every forecast.
    package var words: Words {
        let off = people < 9.95 ? number(people, 10) : number(people, 1)
        return Words(
            "Sai số trung bình ±\(off.vi) người mỗi nửa giờ (đo trên \(halfHours) nửa giờ đã qua).",
            "Average error ±\(off.en) people per half hour (measured on \(halfHours) past half hours)."
        )
    }

    private func number(_ people: Double, _ parts: Double) -> Words {
        let value = (people * parts).rounded() / parts
        let text = parts == 1 ? String(Int(value)) : "\(value)"
        return Words(text.replacing(".", with: ","), text)
    }
}
