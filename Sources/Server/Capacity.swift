import Web

/// How much this process takes on at once, of each kind.
struct Capacity: Sendable {
    /// Connections, and those beyond them while they are told that there are too many.
    let connections: Places
    let standing: Places
    /// Requests being worked on; `/health` is not among them.
    let requests: Places
    /// Pages that listen for changes.
    let streams: Places

    /// Files, the database and child processes need descriptors too.
    static let descriptorsForOthers = 256
    private static let atMost = 10_000

    /// `descriptors` is how many files and connections this process may have open.
    init(_ settings: Settings, descriptors: Int) throws {
        let possible = max(64, descriptors - Self.descriptorsForOthers)
        let total = settings.maxConnections ?? min(Self.atMost, possible)
        guard total <= possible else {
            throw Settings.Unusable(
                description: """
                    MOTCUA_MAX_CONNECTIONS=\(total) is more than the \(possible) that the limit of open files \
                    (\(descriptors)) leaves; raise that limit, for example by LimitNOFILE of the unit
                    """
            )
        }
        // All connections of a proxy come from one address; there the callers are told apart by what it forwards.
        let isDirect = !settings.behindProxy
        connections = Places(.init(total: total, each: isDirect ? settings.maxConnectionsEach : nil))
        standing = Places(.init(total: 64, each: isDirect ? 8 : nil))
        requests = Places(.init(total: settings.maxRequests, each: settings.maxRequestsEach))
        // Whoever only listens leaves room for those who ask.
        streams = Places(.init(total: min(settings.maxStreams, total / 2), each: settings.maxStreamsEach))
    }

    /// For one connection.
    func guardian(_ patience: Patience) -> ConnectionGuard {
        ConnectionGuard(seats: connections, standing: standing, patience: patience)
    }

    func show(in metrics: Metrics) {
        metrics.gauge("motcua_connections", "Connections that are open.") { [connections, standing] in
            connections.taken + standing.taken
        }
        metrics.gauge("motcua_requests_in_hand", "Requests being worked on.") { [requests] in requests.taken }
        metrics.gauge("motcua_streams", "Pages that listen for changes.") { [streams] in streams.taken }
        metrics.counter("motcua_connections_refused_total", "Connections for which there was no place.") {
            [connections] in connections.refused
        }
        metrics.counter("motcua_requests_refused_total", "Requests for which there was no place.") { [requests] in
            requests.refused
        }
        metrics.counter("motcua_streams_refused_total", "Streams for which there was no place.") { [streams] in
            streams.refused
        }
        metrics.gauge("process_resident_memory_bytes", "Resident memory of this process.") {
            ProcessLimits.residentMemory
        }
    }
}
