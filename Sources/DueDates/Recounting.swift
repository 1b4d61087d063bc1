import Logging
import ServiceLifecycle

/// Counts due dates anew after a calendar has changed, as long as the server runs.
struct Recounting: Service {
    let recounter: Recounter
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await recounter.catchUp()
                } catch is CancellationError {
                    return
                } catch {
                    // The same dossiers are tried again: what was counted is kept.
                    logger.error("Counting due dates anew has failed", metadata: ["fault": "\(type(of: error))"])
                }
                // A sleep that is cancelled means that the server is stopping.
                guard (try? await Task.sleep(for: .seconds(5))) != nil else { return }
            }
        }
    }
}
