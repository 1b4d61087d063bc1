import Hummingbird
import Synchronization

/// How many requests were answered, how, and how fast, in the text format of Prometheus.
package final class Metrics: Sendable {
    private struct Series: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private struct Histogram {
        var buckets = [Int](repeating: 0, count: Metrics.bounds.count)
        var count = 0
        var sum = 0.0
    }

    /// Upper bounds in seconds.
    private static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    /// Something that is read when the numbers are asked for.
    private struct Reading {
        let name: String
        let type: String
        let help: String
        let read: @Sendable () -> [Value]

        /// One number, and of what it is where there are several.
        struct Value {
            let label: String
            let number: Int
        }
    }

    // Protects the counts, which every request adds to.
    private let histograms = Mutex<[Series: Histogram]>([:])
    // Protects how often each rule has refused; there are as many rules as the program names.
    private let refusals = Mutex<[String: Int]>([:])
    // Protects what is read besides, which the parts of the program add at the start.
    private let readings = Mutex<[Reading]>([])

    package init() {}

    /// `route` is the pattern, of which there are few, never the path, of which there are as many as dossiers.
    func record(_ method: HTTPRequest.Method, _ route: String?, _ status: HTTPResponse.Status, seconds: Double) {
        let known: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options]
        let series = Series(
            method: known.contains(method) ? method.rawValue : "OTHER",
            route: route ?? "unmatched",
            status: status.code
        )
        histograms.withLock { histograms in
            var histogram = histograms[series] ?? Histogram()
            if let index = Metrics.bounds.firstIndex(where: { seconds <= $0 }) { histogram.buckets[index] += 1 }
            histogram.count += 1
            histogram.sum += seconds
            histograms[series] = histogram
        }
    }

    /// Counts a refusal under the name of its rule, which is the problem's slug.
    func refuse(by rule: String) { refusals.withLock { $0[rule, default: 0] += 1 } }

    /// A number that goes up and down.
    package func gauge(_ name: String, _ help: String, _ read: @escaping @Sendable () -> Int) {
        readings.withLock {
            $0.append(Reading(name: name, type: "gauge", help: help) { [.init(label: "", number: read())] })
        }
    }

    /// A number that goes up and down for each of several things, known by their names; `label` says what they are.
    package func gauges(
        _ name: String,
        _ help: String,
        by label: String,
        _ read: @escaping @Sendable () -> [String: Int]
    ) {
        add(name, "gauge", help, by: label, read)
    }

    /// A number that only grows for each of several things, known by their names.
    package func counters(
        _ name: String,
        _ help: String,
        by label: String,
        _ read: @escaping @Sendable () -> [String: Int]
    ) {
        add(name, "counter", help, by: label, read)
    }

    /// A number that only grows.
    package func counter(_ name: String, _ help: String, _ read: @escaping @Sendable () -> Int) {
        readings.withLock {
            $0.append(Reading(name: name, type: "counter", help: help) { [.init(label: "", number: read())] })
        }
    }

    private func add(
        _ name: String,
        _ type: String,
        _ help: String,
        by label: String,
        _ read: @escaping @Sendable () -> [String: Int]
    ) {
        readings.withLock {
            $0.append(
                Reading(name: name, type: type, help: help) {
                    read().sorted { $0.key < $1.key }.map {
                        .init(label: "{\(label)=\"\(Self.escaped($0.key))\"}", number: $0.value)
                    }
                }
            )
        }
    }

    package var text: String {
        (requestLines + refusalLines + readingLines).joined(separator: "\n") + "\n"
    }

    private var refusalLines: [String] {
        let rows = refusals.withLock { $0 }.sorted { $0.key < $1.key }
        return [
            "# HELP motcua_refusals_total Requests that a rule refused.", "# TYPE motcua_refusals_total counter",
        ] + rows.map { "motcua_refusals_total{rule=\"\(Self.escaped($0.key))\"} \($0.value)" }
    }

    private var readingLines: [String] {
        readings.withLock { $0 }.flatMap { reading in
            ["# HELP \(reading.name) \(reading.help)", "# TYPE \(reading.name) \(reading.type)"]
                + reading.read().map { "\(reading.name)\($0.label) \($0.number)" }
        }
    }

    private var requestLines: [String] {
        var lines = [
            "# HELP http_request_duration_seconds Time until the answer to a request began.",
            "# TYPE http_request_duration_seconds histogram",
        ]
        let rows = histograms.withLock { $0 }.sorted { left, right in
            (left.key.route, left.key.method, left.key.status) < (right.key.route, right.key.method, right.key.status)
        }
        for (series, histogram) in rows {
            let labels =
                "method=\"\(series.method)\",route=\"\(Self.escaped(series.route))\",status=\"\(series.status)\""
            var total = 0
            for (bound, count) in zip(Metrics.bounds, histogram.buckets) {
                total += count
                lines.append("http_request_duration_seconds_bucket{\(labels),le=\"\(bound)\"} \(total)")
            }
            lines.append("http_request_duration_seconds_bucket{\(labels),le=\"+Inf\"} \(histogram.count)")
            lines.append("http_request_duration_seconds_sum{\(labels)} \(histogram.sum)")
            lines.append("http_request_duration_seconds_count{\(labels)} \(histogram.count)")
        }
        return lines
    }

    private static func escaped(_ label: String) -> String {
        label.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
}
