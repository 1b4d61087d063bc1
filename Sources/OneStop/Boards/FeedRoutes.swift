import Agencies
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import ServiceLifecycle
import Web

/// The stream of server-sent events by which pages learn that they are out of date. It carries a number and nothing
/// about anybody: the page is then fetched again by whoever may see it.
struct FeedRoutes: Sendable {
    let desk: QueueDesk
    let feed: QueueFeed
    let presence: Presence

    func add(to router: some RouterMethods<AppContext>) { router.get("mot-cua/:office/live", use: listen) }

    func listen(_ request: Request, _ context: AppContext) async throws -> Response {
        let office = try await desk.agency(context).id
        let now = desk.office.now
        let book = desk.book
        let device = try await desk.device(request, at: office, presence, context)
        guard device?.revoked == nil else { throw Problem.deviceIsRevoked }
        let heard = feed.listen(to: office, from: Caller(context.visit.address), as: device?.id)
        guard let (listener, signals) = heard else {
            throw Problem.tooManyListeners
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store", .buffering: "no"],
            body: ResponseBody { [feed] writer in
                defer { feed.forget(listener) }
                // Asked after listening has begun: whatever changes from here on is heard.
                let version = try await book.versions(of: [office], on: now.localDate)[office] ?? 0
                try await writer.write(ByteBuffer(string: "retry: 2000\n\(Self.event(version))"))
                // A server that is told to stop waits for its answers, and this one would never end by itself.
                for await signal in signals.cancelOnGracefulShutdown() {
                    switch signal {
                    case .changed(let version): try await writer.write(ByteBuffer(string: Self.event(version)))
                    // An event and not a comment: scripts do not see comments, and miss it when nothing comes.
                    case .heartbeat: try await writer.write(ByteBuffer(string: "event: beat\ndata: 1\n\n"))
                    }
                }
                try await writer.finish(nil)
            }
        )
    }

    private static func event(_ version: Int) -> String { "event: change\ndata: \(version)\n\n" }
}

extension HTTPField.Name {
    /// Asks a reverse proxy of the nginx family to pass every event on at once.
    fileprivate static let buffering = Self("X-Accel-Buffering")!
}

extension Problem {
    fileprivate static let deviceIsRevoked = Problem(
        "hall-device-revoked",
        "Thiết bị này đã bị thu hồi. Hãy đăng ký lại nếu vẫn dùng ở phòng.",
        "This device was revoked. Register it again if it still stands in the hall.",
        .gone
    )
    fileprivate static let tooManyListeners: Problem = {
        var problem = Problem(
            "too-many-listeners",
            "Đang có quá nhiều màn hình theo dõi. Trang vẫn tự tải lại theo chu kỳ.",
            "Too many screens are following. The page still reloads by itself now and then.",
            .serviceUnavailable
        )
        problem.headers[.retryAfter] = "30"
        return problem
    }()
}
