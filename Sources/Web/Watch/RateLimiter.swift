import Hummingbird
package import Kernel
import Synchronization

/// Lets somebody try a few times at once and then again at a steady pace: a bucket of tokens per key.
package final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var at: Instant
    }

    private let burst: Double
    private let pace: Span
    private let capacity: Int
    private let office: Office
    // Protects the buckets, which every attempt draws from.
    private let buckets = Mutex<[String: Bucket]>([:])

    /// `burst` attempts at once, one more after every `pace`; at most `capacity` keys are remembered.
    package init(burst: Int, oneMoreEvery pace: Span, capacity: Int = 20_000, office: Office = Office()) {
        self.burst = Double(burst)
        self.pace = pace
        self.capacity = capacity
        self.office = office
    }

    /// Counts an attempt of `key`, or refuses it with 429 and the time to wait.
    package func admit(_ key: String) throws(Problem) {
        let now = office.now
        let wait: Int? = buckets.withLock { buckets in
            if buckets.count >= capacity, buckets[key] == nil { forget(in: &buckets, now) }
            var bucket = refilled(buckets[key], now)
            defer { buckets[key] = bucket }
            guard bucket.tokens >= 1 else {
                return Int(((1 - bucket.tokens) * Double(pace.milliseconds) / 1000).rounded(.up))
            }
            bucket.tokens -= 1
            return nil
        }
        if let wait { throw .tooManyAttempts(retryAfter: max(1, wait)) }
    }

    /// How many keys are remembered.
    var size: Int { buckets.withLock { $0.count } }

    private func refilled(_ bucket: Bucket?, _ now: Instant) -> Bucket {
        guard let bucket else { return Bucket(tokens: burst, at: now) }
        let gained = Double(max(0, (now - bucket.at).milliseconds)) / Double(pace.milliseconds)
        return Bucket(tokens: min(burst, bucket.tokens + gained), at: now)
    }

    /// Drops those who have their full bucket again, and if that is not enough, those nearest to it: forgetting them
    /// costs least.
    private func forget(in buckets: inout [String: Bucket], _ now: Instant) {
        buckets = buckets.filter { refilled($0.value, now).tokens < burst }
        guard buckets.count >= capacity else { return }
        let emptiest = buckets.sorted { refilled($0.value, now).tokens < refilled($1.value, now).tokens }
        buckets = Dictionary(uniqueKeysWithValues: emptiest.prefix(capacity * 3 / 4).map { ($0.key, $0.value) })
    }
}

extension Problem {
    package static func tooManyAttempts(retryAfter seconds: Int) -> Problem {
        let minutes = (seconds + 59) / 60
        var problem = Problem(
            "too-many-attempts",
            seconds < 60
                ? "Bạn đã thử quá nhiều lần. Hãy đợi \(seconds) giây rồi thử lại."
                : "Bạn đã thử quá nhiều lần. Hãy đợi \(minutes) phút rồi thử lại.",
            seconds < 60
                ? "Too many attempts. Please wait \(seconds) seconds and try again."
                : "Too many attempts. Please wait \(minutes) minutes and try again.",
            .tooManyRequests
        )
        problem.headers[.retryAfter] = String(seconds)
        return problem
    }
}
