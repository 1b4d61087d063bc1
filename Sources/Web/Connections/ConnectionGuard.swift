import HTTPTypes
package import NIOCore
package import NIOHTTPTypes

/// Gives a connection its place, and ends it when the other end lets this one wait too long.
///
/// A connection for which there is no place stands for a moment: it is asked for one request, which is answered with
/// 503, except that `/health` answers there too. When even those who stand are too many, it is closed at once.
package final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    package typealias InboundIn = HTTPRequestPart
    package typealias InboundOut = HTTPRequestPart
    package typealias OutboundIn = HTTPResponsePart
    package typealias OutboundOut = HTTPResponsePart

    /// What of a request the other end owes.
    private enum Owed {
        case nothing
        case head(since: NIODeadline, hasBegun: Bool)
        case body(Patience.Transfer, waitingSince: NIODeadline?)
    }

    /// How an answer is being taken; `before` is how much of all that was written had left when this was last looked at.
    private struct Sending {
        var transfer: Patience.Transfer
        var at: NIODeadline
        var before: Int
    }

    private let seats: Places
    private let standing: Places
    private let patience: Patience

    private var place: (places: Places, caller: Caller)?
    private var owed = Owed.nothing
    private var sending: Sending?
    private var written = 0
    private var isAnswered = true
    private var closesAfterAnswer = false
    // Nothing more is listened to; what still arrives is thrown away.
    private var isDeaf = false
    private var isLeaving = false
    private var isInputClosed = false
    private var isStream = false
    private var look: Scheduled<Void>?

    /// `seats` hold connections, `standing` those beyond them while they are turned away.
    package init(seats: Places, standing: Places, patience: Patience) {
        self.seats = seats
        self.standing = standing
        self.patience = patience
    }

    // MARK: - A place

    package func handlerAdded(context: ChannelHandlerContext) {
        // Where the wire is cut, data that nobody acknowledges ends the connection after a minute instead of a quarter
        // of an hour (TCP_USER_TIMEOUT, 18). When the option does not take, it is only later.
        _ = context.channel.setOption(.tcpOption(.init(rawValue: 18)), value: 60_000)
        let bytes = BytesArriving(
            arrived: { [weak self] in self?.arrived($0) },
            done: { [weak self] in self?.lookSoon(context) },
            wanted: { [weak self] in self?.isWaiting() }
        )
        do {
            try context.pipeline.syncOperations.addHandler(bytes, position: .first)
        } catch {
            context.close(promise: nil)
        }
        if context.channel.isActive { sit(context) }
    }

    package func channelActive(context: ChannelHandlerContext) {
        sit(context)
        context.fireChannelActive()
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event {
            isInputClosed = true
            closeStream(context)
        }
        context.fireUserInboundEventTriggered(event)
    }

    package func channelInactive(context: ChannelHandlerContext) {
        rise()
        context.fireChannelInactive()
    }

    package func handlerRemoved(context: ChannelHandlerContext) { rise() }

    private func sit(_ context: ChannelHandlerContext) {
        guard place == nil else { return }
        let caller = Caller(context.channel.remoteAddress?.ipAddress ?? "")
        guard let places = [seats, standing].first(where: { $0.take(caller) }) else {
            isDeaf = true
            // Closed in its own turn: this event has not yet reached the handlers behind.
            context.eventLoop.assumeIsolated().execute { context.close(promise: nil) }
            return
        }
        place = (places, caller)
        owed = .head(since: .now(), hasBegun: false)
        lookSoon(context)
    }

    private func rise() {
        look?.cancel()
        look = nil
        if let place { place.places.leave(place.caller) }
        place = nil
    }

    private var isStanding: Bool { place?.places === standing }

    // MARK: - Requests

    private func arrived(_ bytes: Int) {
        switch owed {
        case .nothing: owed = .head(since: .now(), hasBegun: true)
        case .head(let since, _): owed = .head(since: since, hasBegun: true)
        case .body(var transfer, let since):
            if let since { transfer.wait(seconds(since)) }
            transfer.move(bytes)
            owed = .body(transfer, waitingSince: nil)
        }
    }

    /// This end is ready to read; while it is not, the other end keeps nobody waiting.
    private func isWaiting() {
        if case .body(let transfer, nil) = owed { owed = .body(transfer, waitingSince: .now()) }
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isDeaf { return }
        switch unwrapInboundIn(data) {
        case .head(let request):
            owed = .body(patience.forTransfer, waitingSince: nil)
            isAnswered = false
            if isStanding {
                closesAfterAnswer = true
                guard WatchRoutes.isAboutHealth(request.path) else {
                    answer(.busy(request), context)
                    return
                }
            }
        case .body: break
        case .end: owed = .nothing
        }
        context.fireChannelRead(data)
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var response):
            isAnswered = true
            if response.headerFields[.connection]?.lowercased() == "close" { closesAfterAnswer = true }
            if closesAfterAnswer { response.headerFields[.connection] = "close" }
            isStream = response.headerFields[.contentType]?.hasPrefix("text/event-stream") == true
            context.write(wrapOutboundOut(.head(response)), promise: promise)
            closeStream(context)
        case .body(let buffer):
            written += buffer.readableBytes
            context.write(data, promise: promise)
        case .end:
            context.write(data, promise: promise)
            if closesAfterAnswer { leave(context) }
        }
    }

    package func flush(context: ChannelHandlerContext) {
        context.flush()
        if sending == nil, pending(context) > 0 { lookSoon(context) }
    }

    // MARK: - Leaving

    /// Whoever says nothing more after a request may still wait for the answer; a stream has none, and its reader has
    /// left.
    private func closeStream(_ context: ChannelHandlerContext) {
        if isStream, isInputClosed { context.close(promise: nil) }
    }

    private func answer(_ answer: PlainAnswer, _ context: ChannelHandlerContext) {
        isDeaf = true
        closesAfterAnswer = true
        write(context: context, data: wrapOutboundOut(.head(answer.head)), promise: nil)
        write(context: context, data: wrapOutboundOut(.body(answer.body)), promise: nil)
        write(context: context, data: wrapOutboundOut(.end(nil)), promise: nil)
    }

    /// Says that nothing more comes, and closes a second later: a connection that is closed while bytes arrive loses
    /// the answer on its way.
    private func leave(_ context: ChannelHandlerContext) {
        isDeaf = true
        isLeaving = true
        owed = .nothing
        context.flush()
        guard pending(context) == 0 else {
            // What is left of a long answer goes first; a reader who takes too long is cut like any other.
            lookSoon(context)
            return
        }
        context.close(mode: .output, promise: nil)
        context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) { context.close(promise: nil) }
    }

    // MARK: - Waiting

    /// Looks once a second, while something is owed.
    private func lookSoon(_ context: ChannelHandlerContext) {
        if look != nil || place == nil { return }
        if case .nothing = owed, pending(context) == 0 { return }
        look = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) { [weak self] in
            guard let self, look != nil else { return }
            look = nil
            judge(context)
            lookSoon(context)
        }
    }

    private func judge(_ context: ChannelHandlerContext) {
        switch owed {
        case .nothing: break
        case .head(let since, let hasBegun):
            guard seconds(since) > patience.head else { break }
            if hasBegun, isAnswered { answer(.tooSlow, context) } else { context.close(promise: nil) }
            return
        case .body(var transfer, let since):
            if let since { transfer.wait(seconds(since)) }
            owed = .body(transfer, waitingSince: since.map { _ in .now() })
            if transfer.isOver {
                giveUp(context)
                return
            }
        }
        let pending = pending(context)
        let gone = written - pending
        guard pending > 0 else {
            sending = nil
            if isLeaving { leave(context) }
            return
        }
        var sending = sending ?? Sending(transfer: patience.forTransfer, at: .now(), before: gone)
        sending.transfer.wait(seconds(sending.at))
        sending.transfer.move(gone - sending.before)
        sending.at = .now()
        sending.before = gone
        self.sending = sending
        if sending.transfer.isOver { context.close(promise: nil) }
    }

    /// The handler that reads the body is told, and answers with 408 if it has not answered before.
    private func giveUp(_ context: ChannelHandlerContext) {
        let isAnswered = isAnswered
        isDeaf = true
        owed = .nothing
        closesAfterAnswer = true
        // An end without an error would look like the end of the body.
        context.fireErrorCaught(TooSlow())
        if isAnswered {
            context.close(promise: nil)
        } else {
            context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(5)) { context.close(promise: nil) }
        }
    }

    private func pending(_ context: ChannelHandlerContext) -> Int {
        // A channel that cannot tell, such as one made for tests, holds nothing back.
        (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    private func seconds(_ since: NIODeadline) -> Double { Double((.now() - since).nanoseconds) / 1e9 }
}

/// Stands first, where bytes are still bytes, and tells what arrives and when this end is ready for more.
private final class BytesArriving: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = Any

    private let arrived: (Int) -> Void
    private let done: () -> Void
    private let wanted: () -> Void

    init(arrived: @escaping (Int) -> Void, done: @escaping () -> Void, wanted: @escaping () -> Void) {
        self.arrived = arrived
        self.done = done
        self.wanted = wanted
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        arrived(unwrapInboundIn(data).readableBytes)
        context.fireChannelRead(data)
        done()
    }

    func read(context: ChannelHandlerContext) {
        wanted()
        context.read()
    }
}
