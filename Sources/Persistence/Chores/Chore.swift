package import Kernel

/// Work that comes again and again, under a name of its own.
package struct Chore: Sendable {
    /// Under this name the last run is kept, told to operators and shown in `/metrics`; never changed.
    package let name: String
    package let rhythm: Rhythm
    package let work: @Sendable () async throws -> Void

    /// When it comes.
    package enum Rhythm: Hashable, Sendable {
        /// So long after its last run, by one of all processes.
        case every(Span)
        /// Once a day at this time of Việt Nam, by one of all processes; later on the day when nobody was there then.
        case daily(hour: Int, minute: Int)
        /// Every minute by each process for itself: it keeps that process's memory, or does no harm when two do it.
        case everyProcess
    }

    /// Once `span` has passed since the last run.
    package init(_ name: String, every span: Span, _ work: @escaping @Sendable () async throws -> Void) {
        self.init(name, .every(span), work)
    }

    /// Each day at `hour` and `minute` on the wall clock of Việt Nam.
    package init(_ name: String, atHour hour: Int, minute: Int, _ work: @escaping @Sendable () async throws -> Void) {
        precondition((0..<24).contains(hour) && (0..<60).contains(minute), "\(name): no day has \(hour):\(minute)")
        self.init(name, .daily(hour: hour, minute: minute), work)
    }

    /// Each minute, in every process.
    package static func everyProcess(_ name: String, _ work: @escaping @Sendable () async throws -> Void) -> Chore {
        Chore(name, .everyProcess, work)
    }

    private init(_ name: String, _ rhythm: Rhythm, _ work: @escaping @Sendable () async throws -> Void) {
        (self.name, self.rhythm, self.work) = (name, rhythm, work)
    }
}

extension Chore.Rhythm {
    /// Whoever has run after this instant has done it; nil for what no two processes share.
    func lastTurn(before now: Instant) -> Instant? {
        switch self {
        case .everyProcess: return nil
        case .every(let span): return now + Span(milliseconds: -span.milliseconds)
        case .daily(let hour, let minute):
            let today = Instant(LocalMinute(date: now.localDate, minuteOfDay: hour * 60 + minute))
            let turn = today <= now ? today : today + .days(-1)
            // A run that began in the very millisecond of its turn has done it.
            return turn + Span(milliseconds: -1)
        }
    }

    /// After a failure, so long until it is tried again.
    var pause: Span {
        switch self {
        case .everyProcess: .minutes(1)
        case .every(let span): min(.hours(1), Span(milliseconds: span.milliseconds / 10))
        case .daily: .hours(1)
        }
    }
}
