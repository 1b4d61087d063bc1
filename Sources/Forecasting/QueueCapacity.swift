/// How fast a queue is served: who stands at the counters, and how long one person takes.
package struct QueueCapacity: Hashable, Sendable {
    /// Counters open to the queue by weekday (Monday first) and half hour.
    package var counters: [[Double]]
    /// Minutes at the counter per person, as measured or declared.
    package var serviceMinutes: Double

    /// Nil unless seven weekdays of 48 half hours are given and a person takes some time.
    package init?(counters: [[Double]], serviceMinutes: Double) {
        guard counters.count == 7, counters.allSatisfy({ $0.count == HalfHour.perDay && $0.allSatisfy { $0 >= 0 } }),
            serviceMinutes > 0, serviceMinutes < 1440
        else { return nil }
        (self.counters, self.serviceMinutes) = (counters, serviceMinutes)
    }

    /// The same counters whenever the office is open.
    package init?(counters: Double, serviceMinutes: Double) {
        let day = Array(repeating: counters, count: HalfHour.perDay)
        self.init(counters: Array(repeating: day, count: 7), serviceMinutes: serviceMinutes)
    }

    /// What the log shows; nil when it does not tell of counters and of people served.
    ///
    /// Only half hours in which people were kept waiting measure how fast counters can work: in the others they waited
    /// for people. Counters that call several queues are counted with each of them in many logs; the measured minutes
    /// then are longer by as much, and the two faults cancel.
    init?(measured history: QueueHistory, days: [PlannedDay], first count: Int) {
        var (busy, served) = (0.0, 0.0)
        var (anyBusy, anyServed) = (0.0, 0.0)
        var sums = Array(repeating: Array(repeating: 0.0, count: HalfHour.perDay), count: 7)
        var masses = sums
        for (cell, service) in history.service.sorted(by: { $0.key < $1.key }) {
            let (day, half) = cell.quotientAndRemainder(dividingBy: HalfHour.perDay)
            guard day < count, let counters = service.counters else { continue }
            let like = days[day].like - 1
            sums[like][half] += counters
            masses[like][half] += 1
            guard let people = service.served, people > 0, counters > 0 else { continue }
            anyBusy += counters * 30
            anyServed += people
            if let waiting = service.waiting, waiting >= 1 {
                busy += counters * 30
                served += people
            }
        }
        let minutes = served >= 20 ? busy / served : (anyServed >= 5 ? anyBusy / anyServed : 0)
        let counters = sums.indices.map { like in
            sums[like].indices.map { masses[like][$0] > 0 ? sums[like][$0] / masses[like][$0] : 0 }
        }
        self.init(counters: counters, serviceMinutes: minutes)
    }
}
