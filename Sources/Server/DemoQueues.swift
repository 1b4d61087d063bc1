import Accounts
import Agencies
import Kernel
import OneStop
import Persistence
import Web

/// The queues of a demonstration's offices on the days of the last weeks, written by the commands of every day, so that
/// the forecast and the measured service times have something of their own to speak from.
struct DemoQueues {
    let house: House

    /// From four weeks on every weekday has been seen often enough.
    static let days = 28

    /// An office that has given a single ticket has a past of its own: then nothing is invented.
    func load(_ office: ID<Agency>, visitors: Int) async throws {
        let book = house.oneStop.queues.book
        let today = house.office.now.localDate
        let start = Instant(LocalMinute(date: today.adding(days: -180), minuteOfDay: 0))
        guard try await book.arrivals(at: office, from: start, to: house.office.now).isEmpty else { return }
        let calendar = try await house.calendars.calendar(of: office)
        try await withThrowingTaskGroup { group in
            for back in 1...Self.days {
                let date = today.adding(days: -back)
                if case .off = calendar.status(of: date) { continue }
                group.addTask { try await play(date, at: office, visitors) }
            }
            try await group.waitForAll()
        }
        try await book.closeDays(at: house.office.now)
    }

    private func play(_ date: LocalDate, at office: ID<Agency>, _ visitors: Int) async throws {
        let book = house.oneStop.queues.book
        let morning = Instant(LocalMinute(date: date, minuteOfDay: 420))
        guard let setting = try await book.plan(office, morning) else { return }
        let seed = UInt64(date.dayNumber) &* 1009 &+ UInt64(visitors)
        for step in try DemoQueueDay(setting, load: visitors, seed: seed).steps {
            switch step {
            case .take(let wish, let at): _ = try await book.take(wish, at: office, circumstances(at))
            case .act(let commands, let at): try await book.perform(commands, at: office, circumstances(at))
            }
        }
    }

    private func circumstances(_ at: Instant) -> Circumstances {
        Circumstances(at: at, actor: .system(name: .demonstration), channel: .counter)
    }
}
