import Forecasting
import Kernel
import Markup
import Web

extension Words {
    /// What an answer for everybody who comes is called.
    static let everyField = Words("mọi lĩnh vực", "all fields")
}

/// Where to read more, for an office. The answer is for all fields: whoever has not said what for is told no other.
func quietLine(_ quiet: NextQuietTime?, at office: ID<Agency>, _ say: Language) -> HTML? {
    quiet.map {
        """
        <p class="hint">\(say($0.words(for: .everyField))). \
        <a href="\(ForecastRoutes.address(of: office))">\(say("Các giờ khác", "Other times"))</a></p>
        """
    }
}

extension OfficeForecasts {
    /// The next quiet time of each office, as of the last minute.
    func next(of offices: some Sequence<ID<Agency>>, queue: String? = nil, at now: Instant) async throws
        -> [ID<Agency>: NextQuietTime]
    {
        var quiet: [ID<Agency>: NextQuietTime] = [:]
        for office in offices {
            quiet[office] = try await recent(of: office, at: now).flatMap { NextQuietTime($0, queue: queue, at: now) }
        }
        return quiet
    }
}
