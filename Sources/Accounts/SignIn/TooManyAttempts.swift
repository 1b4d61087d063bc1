import Hummingbird
import Kernel
import Web

/// Somebody has tried too often and is told when to try again.
struct TooManyAttempts: ProblemConvertible {
    let until: Instant
    let now: Instant

    var problem: Problem {
        // A person who comes back in the minute that was named must not be early.
        let time = (until + .seconds(59)).localMinute.timeOfDay
        var problem = Problem(
            "too-many-attempts",
            "Bạn đã thử quá nhiều lần. Vì an toàn của tài khoản, hãy thử lại từ \(time).",
            "There were too many attempts. To keep the account safe, please try again from \(time).",
            .tooManyRequests
        )
        problem.headers[.retryAfter] = String(max(1, ((until - now).milliseconds + 999) / 1000))
        return problem
    }
}
