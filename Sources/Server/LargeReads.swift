import NIOCore

/// Lets a connection take up to a quarter of a megabyte from its socket at once, so that a scanned page wakes the
/// tasks that store it once or twice and not a dozen times.
final class LargeReads: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = Any

    func handlerAdded(context: ChannelHandlerContext) {
        let allocator = AdaptiveRecvByteBufferAllocator(minimum: 2048, initial: 16384, maximum: 262_144)
        // Nothing is lost when the option does not take: the connection then reads in smaller portions.
        _ = context.channel.setOption(.recvAllocator, value: allocator)
    }
}
