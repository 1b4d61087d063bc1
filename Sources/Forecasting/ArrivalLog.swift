package import Kernel
package import Web

/// How many people came to each queue in each half hour, as an office has counted them.
///
/// A queue is whatever was counted apart: a field of administration, a letter on the ticket machine, an office among
/// several. Half hours that nobody speaks of on a day on which others are counted are zeros.
package struct ArrivalLog: Sendable {
    /// What is known of one queue in one half hour; rows of the same half hour add up.
    package struct Row: Hashable, Sendable {
        package var day: LocalDate
        package var halfHour: HalfHour
        package var queue: String
        package var arrivals: Double
        /// How many were called to a counter.
        package var served: Double?
        /// Counters that called this queue, on average.
        package var counters: Double?
        /// People waiting, on average.
        package var waiting: Double?

        package init(
            day: LocalDate,
            halfHour: HalfHour,
            queue: String,
            arrivals: Double,
            served: Double? = nil,
            counters: Double? = nil,
            waiting: Double? = nil
        ) {
            (self.day, self.halfHour, self.queue, self.arrivals) = (day, halfHour, queue, arrivals)
            (self.served, self.counters, self.waiting) = (served, counters, waiting)
        }
    }

    /// Something the log itself gives reason to say.
    package enum Note: Hashable, Sendable {
        /// Hardly anybody came anywhere: the office was closed.
        case asGoodAsClosed(LocalDate)
        /// Counting stopped long before the usual end of the day, as it does in a log drawn off at noon.
        case endsEarly(LocalDate)

        package var words: Words {
            switch self {
            case .asGoodAsClosed(let day):
                Words(
                    "Ngày \(day.vietnamese) gần như không có ai đến; coi là ngày nghỉ.",
                    "Hardly anybody came on \(day.rawValue); taken for a closed day."
                )
            case .endsEarly(let day):
                Words(
                    "Ngày \(day.vietnamese) chưa ghi hết ngày; không dùng ngày này.",
                    "\(day.rawValue) is not counted to its end; left out."
                )
            }
        }
    }

    /// Days on which the office was open, oldest first; all histories run along them.
    let days: [LocalDate]
    package let notes: [Note]
    let histories: [QueueHistory]

    package var queues: [String] { histories.map(\.queue) }
    package var isEmpty: Bool { days.isEmpty }
    package var firstDay: LocalDate? { days.first }
    /// The last day that was counted as a whole.
    package var lastDay: LocalDate? { days.last }
    package var dayCount: Int { days.count }

    package init(_ rows: [Row]) {
        var totals: [LocalDate: Double] = [:]
        var lastArrival: [LocalDate: Int] = [:]
        for row in rows {
            totals[row.day, default: 0] += row.arrivals
            if row.arrivals > 0 { lastArrival[row.day] = max(lastArrival[row.day] ?? 0, row.halfHour.index) }
        }
        var notes: [Note] = []
        // A stray ticket on a holiday is no day of opening: it would drag down the weekday it falls on.
        let usual = totals.values.filter { $0 > 0 }.median
        var open: [LocalDate] = []
        for (day, total) in totals.sorted(by: { $0.key < $1.key }) {
            if total > usual * 0.05 { open.append(day) } else { notes.append(.asGoodAsClosed(day)) }
        }
        if open.count > 2, let last = open.last, let end = lastArrival[last] {
            let usualEnd = open.dropLast().compactMap { lastArrival[$0].map(Double.init) }.median
            if Double(end) < usualEnd - 6 {
                open.removeLast()
                notes.append(.endsEarly(last))
            }
        }
        days = open
        self.notes = notes
        let places = Dictionary(uniqueKeysWithValues: zip(open, open.indices))
        var histories: [String: QueueHistory] = [:]
        for row in rows {
            guard let place = places[row.day] else { continue }
            histories[row.queue, default: QueueHistory(queue: row.queue, days: open.count)].add(row, at: place)
        }
        self.histories = histories.values.map { $0.withSilentZeros() }.sorted { $0.queue < $1.queue }
    }

    /// How many came to each queue in all the days of the log.
    package var totals: [String: Double] {
        Dictionary(uniqueKeysWithValues: histories.map { ($0.queue, $0.arrivals.reduce(0, +)) })
    }

    /// Everybody who came, whatever for.
    var total: QueueHistory {
        var total = QueueHistory(queue: "", days: days.count)
        for day in days.indices { total.isObserved[day] = true }
        for history in histories {
            for cell in history.arrivals.indices { total.arrivals[cell] += history.arrivals[cell] }
        }
        return total
    }
}

/// One queue along the days of its log.
struct QueueHistory: Sendable {
    let queue: String
    /// `HalfHour.perDay` cells per day.
    var arrivals: [Double]
    var isObserved: [Bool]
    /// What counters did, by cell; empty unless the log tells.
    private(set) var service: [Int: Service] = [:]

    struct Service: Sendable {
        var arrivals = 0.0
        var served: Double?
        var counters: Double?
        var waiting: Double?
    }

    init(queue: String, days: Int) {
        self.queue = queue
        arrivals = Array(repeating: 0, count: days * HalfHour.perDay)
        isObserved = Array(repeating: false, count: days)
    }

    fileprivate mutating func add(_ row: ArrivalLog.Row, at day: Int) {
        let cell = day * HalfHour.perDay + row.halfHour.index
        arrivals[cell] += row.arrivals
        isObserved[day] = true
        guard row.served != nil || row.counters != nil || row.waiting != nil else { return }
        var known = service[cell] ?? Service()
        known.served = row.served.map { ($0) + (known.served ?? 0) } ?? known.served
        known.counters = row.counters.map { max($0, known.counters ?? 0) } ?? known.counters
        known.waiting = row.waiting.map { max($0, known.waiting ?? 0) } ?? known.waiting
        service[cell] = known
    }

    /// Many logs write no row where nobody came. A queue to which few come is silent on some days, which are zeros; a
    /// busy queue is silent only where nobody counted, and such a day says nothing.
    fileprivate func withSilentZeros() -> QueueHistory {
        let observed = isObserved.count { $0 }
        guard observed > 0, arrivals.reduce(0, +) / Double(observed) < 4, let first = isObserved.firstIndex(of: true)
        else { return self }
        var filled = self
        for day in first..<isObserved.count { filled.isObserved[day] = true }
        return filled
    }

    func total(on day: Int) -> Double {
        let start = day * HalfHour.perDay
        return arrivals[start..<start + HalfHour.perDay].reduce(0, +)
    }
}

extension [Double] {
    /// The value in the middle; 0 of nothing.
    fileprivate var median: Double {
        let sorted = sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}
