import OneStop
import ServiceLifecycle

/// Keeps the pages about queues up to date while the server runs, and lets their readers go when it stops.
struct QueueFeedService: Service {
    let feed: QueueFeed

    func run() async {
        await withGracefulShutdownHandler {
            await cancelWhenGracefulShutdown { await feed.run() }
        } onGracefulShutdown: {
            feed.stop()
        }
    }
}
