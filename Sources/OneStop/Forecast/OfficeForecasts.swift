package import Forecasting
package import Kernel
import Synchronization

/// The forecast of each office, from the tickets it has given and from what its model says of sessions and counters.
package final class OfficeForecasts: Sendable {
    /// The days whose tickets are looked at: a year would teach little more and take longer.
    private static let memory = 180
    /// Before so many days are counted, nothing is foretold where nothing was declared: a number would look surer than
    /// it is.
    package static let leastDays = 3
    package static let horizon = 14

    private struct Kept {
        let day: LocalDate
        let model: OfficeModel
        /// How the calendar stood for the days it tells of and those that lie beside them.
        let openings: [OpeningDays.Day]
        let forecast: Forecast?
    }

    /// Who has come between two moments, by half hour and line.
    package typealias Arrivals =
        @Sendable (_ office: ID<Agency>, _ from: Instant, _ to: Instant) async throws
        -> [TicketBook.Arrivals]

    private let days: @Sendable (ID<Agency>) async throws -> ReceptionDays
    private let arrivals: Arrivals
    /// What was computed today for an office as it is set up now; computing takes longer than a page should.
    private let kept = Mutex<[ID<Agency>: Kept]>([:])
    /// What was answered within the last minute: lists of offices ask for many at once.
    private let recent = Mutex<[ID<Agency>: (at: Instant, forecast: Forecast?)]>([:])

    package init(
        days: @escaping @Sendable (ID<Agency>) async throws -> ReceptionDays,
        arrivals: @escaping Arrivals
    ) {
        (self.days, self.arrivals) = (days, arrivals)
    }

    /// The same as `forecast`, up to a minute old.
    func recent(of office: ID<Agency>, at now: Instant) async throws -> Forecast? {
        let known = recent.withLock { $0[office] }
        if let known, known.at.localDate == now.localDate, now >= known.at, now < known.at + .minutes(1) {
            return known.forecast
        }
        let forecast = try await forecast(of: office, on: now.localDate)
        recent.withLock { $0[office] = (now, forecast) }
        return forecast
    }

    /// What is expected from today on; nil before there is enough to go by, or when the office is not set up.
    package func forecast(of office: ID<Agency>, on today: LocalDate) async throws -> Forecast? {
        let days = try await days(office)
        let model = days.office
        guard !model.sessions.isEmpty else { return nil }
        let opening = OpeningDays(days)
        let openings = (-7...(Self.horizon + 7)).map { opening.on(today.adding(days: $0)) }
        let known = kept.withLock { $0[office] }
        if let known, known.day == today, known.model == model, known.openings == openings { return known.forecast }
        // Today's tickets are not all given yet.
        let log = ArrivalLog(
            try await arrivals(office, midnight(today.adding(days: -Self.memory)), midnight(today)).map { came in
                let minute = came.halfHour.localMinute
                return ArrivalLog.Row(
                    day: minute.date,
                    halfHour: HalfHour(of: minute),
                    queue: came.line.arrivalQueue,
                    arrivals: Double(came.count)
                )
            }
        )
        let declared = model.declaredVisitors?.profile
        let forecast =
            log.dayCount < Self.leastDays && declared == nil
            ? nil
            : Forecast(
                log,
                profile: declared ?? .standard,
                days: opening,
                from: today,
                horizon: Self.horizon,
                capacities: model.capacities(of: log)
            )
        kept.withLock { $0[office] = Kept(day: today, model: model, openings: openings, forecast: forecast) }
        return forecast
    }
}

private func midnight(_ day: LocalDate) -> Instant { Instant(LocalMinute(date: day, minuteOfDay: 0)) }

extension LineKey {
    /// Reception is foretold by field, whatever else people come for by its purpose.
    var arrivalQueue: String { purpose == .reception ? field ?? rawValue : rawValue }
}

extension OpeningDays {
    /// An office receives when its sessions and its calendar say so, unless the counter is closed by order.
    package init(_ days: ReceptionDays) {
        self.init { date in
            let sessions = days.openSessions(on: date).map(\.hours)
            return sessions.isEmpty
                ? .closed : .open(like: days.on(date).like, sessions: sessions.withEarlyComers, served: sessions)
        }
    }
}

extension [WorkingInterval] {
    /// Numbers are given before the counters open, and many come for them then.
    fileprivate var withEarlyComers: [WorkingInterval] {
        guard let first = self.min(by: { $0.start < $1.start }),
            let early = WorkingInterval(start: Swift.max(0, first.start - 60), end: first.end)
        else { return self }
        return filter { $0 != first } + [early]
    }
}

extension OfficeModel {
    /// What serves each queue: a counter that serves several gives each the share of its time that its people take, as
    /// the log has counted them.
    func capacities(of log: ArrivalLog) -> [String: QueueCapacity] {
        let work = Dictionary(
            uniqueKeysWithValues: log.totals.map { ($0, ($1 + 1) * Double(minutes(ofQueue: $0))) }
        )
        var counted: [String: [[Double]]] = [:]
        for session in sessions {
            let staffed = min(1, Double(session.staff ?? counters.count) / Double(max(1, counters.count)))
            for counter in counters {
                let served = work.filter { serves($0.key, at: counter, in: session) }
                let sum = served.values.reduce(0, +)
                for (queue, share) in served {
                    for half in HalfHour.all {
                        let open = min(half.end, session.hours.end) - max(half.start, session.hours.start)
                        guard open > 0 else { continue }
                        counted[queue, default: Self.noCounters][session.weekday - 1][half.index] +=
                            staffed * share / sum * Double(open) / 30
                    }
                }
            }
        }
        var capacities: [String: QueueCapacity] = [:]
        for (queue, counters) in counted {
            capacities[queue] = QueueCapacity(counters: counters, serviceMinutes: Double(minutes(ofQueue: queue)))
        }
        return capacities
    }

    /// As the day's setting has it: results are returned where there is a counter for them, everything else is received.
    private func serves(_ queue: String, at counter: ServiceCounter, in session: ReceptionSession) -> Bool {
        switch VisitPurpose(rawValue: queue) {
        case .result: counter.kind != .reception || counters.allSatisfy { $0.kind == .reception }
        case .reception, .onlineHelp, .postDropOff: counter.receives
        case nil: counter.receives && counter.serves(queue) && session.receives(queue)
        }
    }

    private func minutes(ofQueue queue: String) -> Int {
        VisitPurpose(rawValue: queue)?.usualMinutes ?? minutes(of: queue)
    }

    private static let noCounters = Array(repeating: Array(repeating: 0.0, count: HalfHour.perDay), count: 7)
}
