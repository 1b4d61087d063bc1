import Hummingbird
import Persistence

extension Problem {
    /// What is stored cannot be reached or changed for the moment.
    static func unavailable(_ outage: Unavailable) -> Problem {
        switch outage {
        case .full:
            outageProblem(
                "storage-full",
                """
                Máy chủ sắp hết chỗ lưu trữ nên tạm thời chỉ xem được. Lần gửi này chưa được ghi nhận đầy đủ; những gì đã \
                lưu trước đó vẫn còn. Hãy gửi lại sau ít phút.
                """,
                """
                The server is running out of room, so for the moment you can only read. What you have just sent was not \
                recorded in full; what was saved before is still there. Please send it again in a few minutes.
                """,
                retryAfter: 60
            )
        case .gone:
            outageProblem(
                "storage-gone",
                """
                Cơ sở dữ liệu tạm thời không trả lời. Nếu vừa gửi biểu mẫu, hãy thử lại sau ít giây và xem việc đó đã \
                được ghi nhận chưa trước khi gửi lần nữa.
                """,
                """
                The database does not answer for the moment. If you have just sent a form, please try again in a few \
                seconds, and look whether it was recorded before you send it once more.
                """,
                retryAfter: 5
            )
        case .busy:
            outageProblem(
                "storage-busy",
                "Hệ thống đang có quá nhiều việc cùng lúc nên chưa làm được việc này. Hãy thử lại sau ít giây.",
                "The system has too much to do at once and could not do this. Please try again in a few seconds.",
                retryAfter: 2
            )
        }
    }

    /// Nothing of what was sent has been looked at, let alone recorded.
    static let onlyReading = outageProblem(
        "storage-full",
        """
        Máy chủ sắp hết chỗ lưu trữ nên tạm thời chỉ xem được. Lần gửi này chưa được ghi nhận; những gì đã lưu trước đó \
        vẫn còn. Hãy gửi lại sau ít phút.
        """,
        """
        The server is running out of room, so for the moment you can only read. What you have just sent was not \
        recorded; what was saved before is still there. Please send it again in a few minutes.
        """,
        retryAfter: 60
    )

    /// A content was removed because nothing named it, just before something did.
    static let fileIsGone = Problem(
        "file-gone",
        "Một tệp vừa gửi đã chờ quá lâu nên không còn trên máy chủ. Hãy gửi lại các tệp.",
        "A file that you sent has waited too long and is no longer on the server. Please send the files again.",
        .conflict
    )

    private static func outageProblem(_ slug: String, _ vi: String, _ en: String, retryAfter seconds: Int) -> Problem {
        var problem = Problem(slug, vi, en, .serviceUnavailable)
        problem.headers[.retryAfter] = String(seconds)
        return problem
    }
}
