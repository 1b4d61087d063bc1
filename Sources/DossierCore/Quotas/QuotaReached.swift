import Hummingbird
import Kernel
package import Web

/// Somebody has as much here as one may have, and is told how much that is and what to do about it.
package enum QuotaReached: Error, Equatable {
    case drafts(Int)
    case files(Int)
    case space(used: Int, allowed: Int)
    case handIns(Int, seconds: Int)
    case handedInBytes(used: Int, allowed: Int, seconds: Int)
    case piles(Int)
    case pileSpace(used: Int, allowed: Int)

    /// As an error beside the field with which one more was sent.
    package func beside(_ field: String) -> FieldError { FieldError(field, problem.vi, problem.en) }
}

extension QuotaReached: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .drafts(let most):
            Problem(
                "too-many-drafts",
                "Bạn đang có \(most) bản nháp chưa nộp. Hãy nộp hoặc bỏ bớt trong “Hồ sơ của tôi”.",
                "You have \(most) unfinished drafts. Please file or remove some under “My dossiers”.",
                .conflict
            )
        case .files(let most):
            Problem(
                "too-many-unsent-files",
                """
                Bạn đang có \(most) tệp chưa nộp, là mức tối đa. Hãy nộp hoặc bỏ bớt bản nháp trong “Hồ sơ của tôi”, hoặc \
                gộp các trang vào một tệp PDF. Nếu cần nhiều hơn, hãy hỏi Bộ phận Một cửa.
                """,
                """
                You have \(most) files that are not filed yet, which is the most. Please file or remove drafts under “My \
                dossiers”, or put pages together into one PDF. If you need more, please ask the one-stop office.
                """,
                .conflict
            )
        case .space(let used, let allowed):
            Problem(
                "no-space-left",
                """
                Bản nháp và giấy tờ chưa nộp của bạn đã dùng \(size(of: used)) trong \(size(of: allowed)), nên không còn đủ \
                chỗ cho tệp này. Hãy nộp hoặc bỏ bớt bản nháp trong “Hồ sơ của tôi”, hoặc gửi tệp nhỏ hơn. Nếu cần \
                nhiều hơn, hãy hỏi Bộ phận Một cửa.
                """,
                """
                Your drafts and papers that are not filed yet use \(size(of: used)) of \(size(of: allowed)), which leaves too \
                little for this file. Please file or remove drafts under “My dossiers”, or send a smaller file. If you \
                need more, please ask the one-stop office.
                """,
                .contentTooLarge
            )
        case .handIns(let most, let seconds):
            tomorrow(
                "too-many-filings",
                "Hôm nay bạn đã gửi \(most) hồ sơ và lần bổ sung, là mức tối đa trong một ngày.",
                "You have sent \(most) dossiers and supplements today, which is the most for one day.",
                seconds
            )
        case .handedInBytes(let used, let allowed, let seconds):
            tomorrow(
                "too-much-filed",
                "Hôm nay bạn đã gửi \(size(of: used)) giấy tờ trong mức \(size(of: allowed)) một ngày, không còn đủ cho lần này.",
                "You have sent \(size(of: used)) of papers today, of \(size(of: allowed)) a day, which leaves too little for this.",
                seconds
            )
        case .piles(let most):
            Problem(
                "too-many-piles",
                "Cơ quan đang có \(most) tập quét chưa xếp vào hồ sơ. Hãy xếp hoặc bỏ bớt rồi quét tiếp.",
                "Your agency has \(most) piles that are not filed. Please file or throw away some, then go on scanning.",
                .conflict
            )
        case .pileSpace(let used, let allowed):
            Problem(
                "no-space-for-piles",
                """
                Các tập quét chưa xếp của cơ quan đã dùng \(size(of: used)) trong \(size(of: allowed)). Hãy xếp hoặc bỏ bớt \
                rồi quét tiếp. Nếu cần nhiều hơn, hãy hỏi người quản trị máy chủ.
                """,
                """
                Your agency's piles that are not filed use \(size(of: used)) of \(size(of: allowed)). Please file or throw away \
                some, then go on scanning. If you need more, please ask whoever runs the server.
                """,
                .contentTooLarge
            )
        }
    }

    private func tomorrow(_ slug: String, _ vi: String, _ en: String, _ seconds: Int) -> Problem {
        var problem = Problem(
            slug,
            "\(vi) Bản nháp của bạn vẫn còn: hãy gửi vào ngày mai. Nếu cần nhiều hơn, hãy hỏi Bộ phận Một cửa.",
            "\(en) Your drafts are still there: please go on tomorrow. If you need more, please ask the one-stop office.",
            .tooManyRequests
        )
        problem.headers[.retryAfter] = String(seconds)
        return problem
    }
}
