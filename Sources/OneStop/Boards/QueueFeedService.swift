import ServiceLifecycle

/// Keeps the pages about queues up to date while the server runs.
struct QueueFeedService: Service {
    let feed: QueueFeed

    func run() async {
        await cancelWhenGracefulShutdown { await feed.run() }
        feed.stop()
    }
}
