import Accounts
import Catalogue
import Dossiers
import Kernel
import Logging
import OneStop
import Persistence
import ServiceLifecycle
import Web

/// Takes away what has expired, ends the day of offices that have closed, and looks whether another process has imported
/// procedures.
struct Housekeeping: Service {
    let house: House
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var minute = 0
            while true {
                do {
                    try await tidy(minute)
                } catch is CancellationError {
                    return
                } catch {
                    // It is tried again at the next turn; until then nothing depends on it.
                    logger.warning("Housekeeping has failed", metadata: ["fault": "\(type(of: error))"])
                }
                minute += 1
                do {
                    try await Task.sleep(for: .seconds(60))
                } catch {
                    return
                }
            }
        }
    }

    private func tidy(_ minute: Int) async throws {
        try await house.catalogue.refresh()
        try await house.oneStop.queues.book.callBack(at: house.office.now)
        try await house.oneStop.queues.book.closeDays(at: house.office.now)
        try await house.oneStop.appointments.tend(at: house.office.now)
        if minute.isMultiple(of: 60) { try await house.oneStop.appointments.replanClosedDays(at: house.office.now) }
        if minute.isMultiple(of: 10) { try await house.accounts.sweep() }
        guard minute % 1440 == 60 else { return }
        // A month is longer than any client repeats a request.
        try await house.events.forgetAnswers(before: house.office.now + .days(-30))
        try await house.scans.forget(before: house.office.now + .days(-30))
        _ = try await house.blobs.sweep(olderThan: 86_400, isWanted: house.dossiers.used)
    }
}
