import Hummingbird
import Web

/// So many people sign in at once that hashing their passwords would take longer than anybody waits.
struct TooBusy: ProblemConvertible {
    var problem: Problem {
        var problem = Problem(
            "too-busy",
            "Đang có rất nhiều người đăng nhập cùng lúc. Hãy thử lại sau ít giây.",
            "Very many people are signing in right now. Please try again in a few seconds.",
            .serviceUnavailable
        )
        problem.headers[.retryAfter] = "5"
        return problem
    }
}
