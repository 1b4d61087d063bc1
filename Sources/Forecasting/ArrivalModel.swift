import Kernel

/// What one log teaches about one office: patterns of all queues, and how far to trust them.
struct ArrivalModel: Sendable {
    /// The share of half hours that the interval is to hold.
    static let share = 0.8

    let queues: [String]
    let patterns: [ArrivalPattern]
    let office: ArrivalPattern
    let spreads: [ArrivalSpread]
    let officeSpread: ArrivalSpread
    /// How the same model has done on days held back from it; nil when the log is too short to hold any back.
    let errors: [ForecastError?]
    let officeError: ForecastError?

    init(_ log: ArrivalLog, _ profile: DeclaredArrivals, _ days: OpeningDays) {
        let material = Material(log, profile, days)
        self.init(material, first: log.days.count)
    }

    init(_ material: Material, first count: Int) {
        let (patterns, office) = material.patterns(first: count)
        (self.patterns, self.office, queues) = (patterns, office, material.queues)
        let trial = ForecastTrial(material, first: count)
        let declared = ArrivalSpread(excess: material.profile.spread * material.profile.spread)
        let all = trial.outcomes.flatMap(\.self)
        let general = ArrivalSpread(of: all, prior: declared, strength: 40)
        let own = trial.outcomes.map { ArrivalSpread(of: $0, prior: general, strength: 60) }
        let factor = ArrivalSpread.calibration(Array(zip(own, trial.outcomes)), share: Self.share)
        spreads = own.map { ArrivalSpread(excess: $0.excess * factor) }
        let whole = ArrivalSpread(of: trial.total, prior: declared, strength: 20)
        let wholeFactor = ArrivalSpread.calibration([(whole, trial.total)], share: Self.share)
        officeSpread = ArrivalSpread(excess: whole.excess * wholeFactor)
        errors = zip(trial.outcomes, spreads).map { ForecastError($0, $1) }
        officeError = ForecastError(trial.total, officeSpread)
    }

    /// A log beside the days as the model sees them: what every fit of it needs.
    struct Material: Sendable {
        let queues: [String]
        let histories: [QueueHistory]
        let total: QueueHistory
        let days: [PlannedDay]
        let profile: DeclaredArrivals
        private let declared: ArrivalPattern

        init(_ log: ArrivalLog, _ profile: DeclaredArrivals, _ opening: OpeningDays) {
            let undeclared = profile.perDay.keys.filter { name in !log.queues.contains(name) }
            histories = log.histories + undeclared.sorted().map { QueueHistory(queue: $0, days: log.days.count) }
            queues = histories.map(\.queue)
            total = log.total
            days = log.days.map { PlannedDay($0, opening) }
            self.profile = profile
            declared = ArrivalPattern(declared: profile, level: profile.perDay.values.reduce(0, +))
        }

        func patterns(first count: Int) -> ([ArrivalPattern], office: ArrivalPattern) {
            let office = ArrivalPattern(total, first: count, days: days, parent: declared, isOffice: true)
            let patterns = histories.map { history in
                var parent = office
                parent.level = profile.perDay[history.queue] ?? 0
                return ArrivalPattern(history, first: count, days: days, parent: parent, isOffice: false)
            }
            return (patterns, office)
        }
    }
}
