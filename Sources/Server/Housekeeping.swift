import Accounts
import Catalogue
import Dossiers
import Kernel
import Logging
import Notifications
import OneStop
import Persistence
import ServiceLifecycle
import Web

/// Takes away what has expired, ends the day of offices that have closed, and looks whether another process has imported
/// procedures.
struct Housekeeping: Service {
    let house: House
    let logger: Logger

    private typealias Work = @Sendable () async throws -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await tidy()
                // A sleep that is cancelled means that the server is stopping.
                guard (try? await Task.sleep(for: .seconds(60))) != nil else { return }
            }
        }
    }

    private func tidy() async {
        for (name, work) in everyMinute { await attempt(name, work) }
        for (name, span, work) in chores {
            await attempt(name) {
                try await ChoreBook(database: house.database).perform(
                    name,
                    every: span,
                    now: { house.office.now },
                    work
                )
            }
        }
    }

    /// What fails is tried again at a later turn, and stops nothing else; until then nothing depends on it.
    private func attempt(_ name: String, _ work: Work) async {
        do {
            try await work()
        } catch is CancellationError {
            return
        } catch {
            logger.warning("Housekeeping has failed", metadata: ["chore": "\(name)", "fault": "\(type(of: error))"])
        }
    }

    /// What every process does for itself, or what does no harm when two do it.
    private var everyMinute: [(String, Work)] {
        let (oneStop, office) = (house.oneStop, house.office)
        return [
            ("catalogue", { try await house.catalogue.refresh() }),
            ("calls", { try await oneStop.queues.book.callBack(at: office.now) }),
            ("days", { try await oneStop.queues.book.closeDays(at: office.now) }),
            ("appointments", { try await oneStop.appointments.tend(at: office.now) }),
            ("loose-files", { _ = try await house.blobs.tidy(isWanted: house.dossiers.used) }),
        ]
    }

    /// What one of all processes does, now and then.
    private var chores: [(String, Span, Work)] {
        // A month is longer than any client repeats a request.
        let monthAgo: @Sendable () -> Instant = { house.office.now + .days(-30) }
        return [
            ("closed-days", .hours(1), { try await house.oneStop.appointments.replanClosedDays(at: house.office.now) }),
            ("accounts", .minutes(10), { try await house.accounts.sweep() }),
            ("answers", .days(1), { try await house.events.forgetAnswers(before: monthAgo()) }),
            ("piles", .days(1), { try await house.scans.forget(before: monthAgo()) }),
            ("notices", .days(1), { try await house.notifications.sweep() }),
            ("unsent", .days(1), { try await house.dossiers.forgetUnsent() }),
            ("files", .days(1), { _ = try await house.blobs.sweep(olderThan: 86_400, isWanted: house.dossiers.used) }),
        ]
    }
}
