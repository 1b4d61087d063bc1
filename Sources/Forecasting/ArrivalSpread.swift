import Foundation

/// How far arrivals scatter about what is expected: chance (Poisson) and, beyond it, a share of the expected number.
/// Together they are the negative binomial distribution with variance m + excess · m².
struct ArrivalSpread: Hashable, Sendable {
    var excess: Double

    /// The smallest number of people that is not exceeded with probability `share`.
    func quantile(_ share: Double, mean: Double) -> Double {
        guard mean > 1e-9 else { return 0 }
        let excess = max(self.excess, 1e-6)
        if mean > 60 { return gammaQuantile(share, mean: mean, variance: mean + excess * mean * mean) }
        let size = 1 / excess
        var probability = exp(-size * log1p(mean * excess))
        var sum = probability
        var people = 0.0
        while sum < share, people < 10_000 {
            probability *= (people + size) / (people + 1) * mean / (mean + size)
            people += 1
            sum += probability
        }
        return people
    }

    /// Wilson and Hilferty's approximation, good where counts are large.
    private func gammaQuantile(_ share: Double, mean: Double, variance: Double) -> Double {
        let shape = mean * mean / variance
        let root = 1 - 1 / (9 * shape) + normalQuantile(share) / (3 * shape.squareRoot())
        return max(0, (mean * max(0, root) * max(0, root) * max(0, root)).rounded())
    }
}

/// What was expected and what came, in one half hour that the model had not seen.
struct ForecastOutcome: Sendable {
    let expected: Double
    let came: Double
}

extension ArrivalSpread {
    /// By moments, shrunk towards `prior` by as many outcomes as `strength`.
    init(of outcomes: [ForecastOutcome], prior: ArrivalSpread, strength: Double) {
        var (beyondChance, squares) = (0.0, 0.0)
        for outcome in outcomes {
            let departure = outcome.came - outcome.expected
            beyondChance += departure * departure - outcome.expected
            squares += outcome.expected * outcome.expected
        }
        guard squares > 0 else {
            self = prior
            return
        }
        let mass = squares * strength / Double(max(1, outcomes.count))
        excess = min(4, max(0, (beyondChance + prior.excess * mass) / (squares + mass)))
    }

    /// Widened or narrowed until the interval holds the share of outcomes that it promises.
    static func calibration(_ groups: [(ArrivalSpread, [ForecastOutcome])], share: Double) -> Double {
        // Whole numbers cannot hold just 80 % of what is nearly always 0 or 1; such half hours say nothing about width.
        let all = groups.flatMap { spread, outcomes in outcomes.filter { $0.expected >= 3 }.map { (spread, $0) } }
        guard all.count >= 40 else { return 1 }
        // Every n-th suffices: the share of some hundreds is as good as that of all.
        let sample = stride(from: 0, to: all.count, by: max(1, all.count / 2000)).map { all[$0] }
        var (low, high) = (0.05, 8.0)
        for _ in 0..<8 {
            let middle = (low * high).squareRoot()
            let held = sample.count { ArrivalSpread(excess: $0.0.excess * middle).holds($0.1, share: share) }
            if Double(held) < share * Double(sample.count) { low = middle } else { high = middle }
        }
        return (low * high).squareRoot()
    }

    func holds(_ outcome: ForecastOutcome, share: Double) -> Bool {
        let (low, high) = interval(share, mean: outcome.expected)
        return outcome.came >= low && outcome.came <= high
    }

    func interval(_ share: Double, mean: Double) -> (low: Double, high: Double) {
        let tail = (1 - share) / 2
        return (quantile(tail, mean: mean), quantile(1 - tail, mean: mean))
    }
}

/// The quantile of the standard normal distribution (Acklam's rational approximation, error below 1.2 · 10⁻⁹).
func normalQuantile(_ share: Double) -> Double {
    let p = min(max(share, 1e-9), 1 - 1e-9)
    if p > 0.97575 { return -normalQuantile(1 - p) }
    if p < 0.02425 {
        let q = (-2 * log(p)).squareRoot()
        let above =
            ((((-7.784894002430293e-3 * q - 3.223964580411365e-1) * q - 2.400758277161838) * q - 2.549732539343734) * q
                + 4.374664141464968) * q + 2.938163982698783
        let below =
            (((7.784695709041462e-3 * q + 3.224671290700398e-1) * q + 2.445134137142996) * q + 3.754408661907416) * q
            + 1
        return above / below
    }
    let q = p - 0.5
    let r = q * q
    let above =
        (((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r
            - 30.66479806614716) * r + 2.506628277459239) * q
    let below =
        ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r
            - 13.28068155288572) * r + 1
    return above / below
}
