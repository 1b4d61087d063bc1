import HTTPTypes
import Kernel
import Synchronization
import Testing

@testable import Web

struct RateLimiterTests {
    /// A clock that moves when it is told to.
    final class Hand: Sendable {
        private let time = Mutex(Instant(milliseconds: 1_795_420_800_000))
        var office: Office { Office(clock: { self.time.withLock { $0 } }) }
        func move(_ span: Span) { time.withLock { $0 = $0 + span } }
    }

    let hand = Hand()

    func isAdmitted(_ limiter: RateLimiter, _ key: String) -> Bool { (try? limiter.admit(key)) != nil }

    @Test func `a burst is admitted, then one more at every pace`() {
        let limiter = RateLimiter(burst: 3, oneMoreEvery: .seconds(10), office: hand.office)
        #expect((1...5).map { _ in isAdmitted(limiter, "a") } == [true, true, true, false, false])
        #expect(isAdmitted(limiter, "b"))
        hand.move(.seconds(9))
        #expect(!isAdmitted(limiter, "a"))
        hand.move(.seconds(1))
        #expect(isAdmitted(limiter, "a") && !isAdmitted(limiter, "a"))
        hand.move(.days(1))
        #expect((1...4).map { _ in isAdmitted(limiter, "a") } == [true, true, true, false])
    }

    @Test func `a refusal says how long to wait`() throws {
        let limiter = RateLimiter(burst: 1, oneMoreEvery: .minutes(2), office: hand.office)
        try limiter.admit("a")
        hand.move(.seconds(30))
        let problem = try #require(throws: Problem.self) { try limiter.admit("a") }
        #expect(problem.status == .tooManyRequests)
        #expect(problem.headers[.retryAfter] == "90")
        #expect(problem.vi.contains("2 phút"))
    }

    @Test func `a clock that goes back gives nothing and takes nothing`() {
        let limiter = RateLimiter(burst: 2, oneMoreEvery: .seconds(10), office: hand.office)
        #expect(isAdmitted(limiter, "a"))
        hand.move(Span(milliseconds: -60_000))
        #expect(isAdmitted(limiter, "a") && !isAdmitted(limiter, "a"))
    }

    @Test func `memory is bounded, and who is refused is remembered longest`() {
        let limiter = RateLimiter(burst: 2, oneMoreEvery: .minutes(10), capacity: 100, office: hand.office)
        _ = (1...2).map { _ in isAdmitted(limiter, "attacker") }
        for key in 0..<1000 { _ = isAdmitted(limiter, "visitor \(key)") }
        #expect(!isAdmitted(limiter, "attacker"))
        #expect(limiter.size <= 100)
    }
}
