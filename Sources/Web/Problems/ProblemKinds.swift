import Hummingbird
import Persistence

extension Problem {
    /// Nothing is there, or nothing that this person may know of.
    package static let notFound = Problem(
        "not-found",
        "Không tìm thấy trang hoặc hồ sơ này. Đường dẫn có thể đã cũ hoặc gõ thiếu.",
        "There is no such page or dossier. The address may be old or incomplete.",
        .notFound
    )

    /// Some fields cannot be accepted as they are.
    package static func invalid(_ errors: [FieldError]) -> Problem {
        Problem(
            "invalid-fields",
            "Một số mục cần được sửa lại.",
            "Some fields need your attention.",
            .unprocessableContent,
            errors: errors
        )
    }

    static func malformed(_ vi: String, _ en: String) -> Problem { Problem("malformed", vi, en, .badRequest) }

    static let tooLarge = Problem(
        "too-large",
        "Dữ liệu gửi lên quá lớn. Hãy chia nhỏ hoặc bớt nội dung rồi gửi lại.",
        "What was sent is too large. Please send less at once.",
        .contentTooLarge
    )

    static let `internal` = Problem(
        "internal",
        "Hệ thống gặp lỗi và chưa làm được việc này. Dữ liệu đã lưu của bạn vẫn còn. Hãy thử lại sau ít phút.",
        "Something went wrong on our side. What you saved is still there. Please try again in a few minutes.",
        .internalServerError
    )

    /// What is told about an error: its own words when it has some, its status when it has one, otherwise nothing.
    package init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as any ProblemConvertible: self = error.problem
        case let error as any HTTPResponseError: self = .http(error.status)
        case is DecodingError: self = .http(.badRequest)
        case is BlobIsGone: self = .fileIsGone
        default: self = Unavailable(error).map(Problem.unavailable) ?? .internal
        }
    }

    /// The words for a status that a library chose; the library's own words may quote what was sent.
    static func http(_ status: HTTPResponse.Status) -> Problem {
        switch status {
        case .notFound: .notFound
        case .contentTooLarge: .tooLarge
        case .methodNotAllowed:
            Problem(
                "method-not-allowed",
                "Địa chỉ này không nhận cách gửi đó.",
                "This address does not accept that method.",
                status
            )
        case .unsupportedMediaType:
            Problem(
                "unsupported-media-type",
                "Kiểu dữ liệu gửi lên không được hỗ trợ.",
                "The kind of data sent is not supported.",
                status
            )
        default:
            switch status.code {
            case 400..<500:
                Problem(
                    "bad-request",
                    "Yêu cầu không hợp lệ nên không thể xử lý.",
                    "The request is not valid and cannot be handled.",
                    status
                )
            default: .internal
            }
        }
    }
}
