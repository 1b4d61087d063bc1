import Hummingbird
import Kernel
package import Web

extension Dossier.OpinionRefusal {
    package var problem: Problem {
        switch self {
        case .nobodyAsked:
            wrong("officers", "Chưa chọn người được hỏi. Hãy chọn ít nhất một người.", "Please choose whom to ask.")
        case .ofOneself:
            wrong(
                "officers",
                "Không tự xin ý kiến chính mình. Hãy chọn người khác.",
                "Nobody asks themselves. Please choose somebody else."
            )
        case .askedAlready:
            wrong(
                "officers",
                "Có người trong danh sách đang được hỏi và chưa trả lời. Hãy bỏ chọn, hoặc thu hồi câu hỏi trước.",
                "Somebody you chose has been asked and not answered yet. Untick them, or withdraw the question first.",
                .conflict
            )
        case .unknown:
            Problem(
                "no-such-opinion",
                "Hồ sơ này không có câu hỏi đó. Hãy mở lại hồ sơ và chọn câu hỏi trong bảng “Ý kiến”.",
                "The dossier has no such question. Please open it again and choose one in the table “Opinions”.",
                .notFound
            )
        case .notAskedOfYou:
            Problem(
                "not-asked-of-you",
                "Câu hỏi này dành cho người khác. Chỉ người được hỏi, hoặc người thay thế khi họ vắng, trả lời được.",
                "This was asked of somebody else. Only they, or who stands in for them, can answer.",
                .forbidden
            )
        case .notYoursToWithdraw:
            Problem(
                "not-yours-to-withdraw",
                "Chỉ người đã hỏi, người đang giữ hồ sơ hoặc lãnh đạo thu hồi được câu hỏi này.",
                "Only who asked, who holds the dossier, or a leader can withdraw this question.",
                .forbidden
            )
        case .alreadyGiven:
            Problem(
                "opinion-already-given",
                "Câu hỏi này đã được trả lời; ý kiến đã ghi thì không sửa. Hãy tải lại trang để xem.",
                "This has been answered; an opinion is not changed afterwards. Please reload the page to see it.",
                .conflict
            )
        case .withdrawn:
            Problem(
                "opinion-withdrawn",
                "Câu hỏi này đã được thu hồi nên không cần trả lời nữa.",
                "This question has been withdrawn and needs no answer any more.",
                .conflict
            )
        case .over:
            Problem(
                "opinion-over",
                "Hồ sơ đã kết thúc trước khi có ý kiến này nên không ghi được nữa.",
                "The dossier ended before this opinion was given, so it cannot be noted any more.",
                .conflict
            )
        case .stillOpen(let count):
            Problem(
                "opinions-open",
                "Còn \(count) ý kiến chưa có. Hãy chờ, thu hồi câu hỏi, hoặc đánh dấu “Hoàn thành khi chưa đủ ý kiến”.",
                """
                \(count) opinions have not been given. Wait, withdraw the questions, or tick “Complete without the \
                opinions”.
                """,
                .conflict,
                errors: [
                    FieldError(
                        "withoutOpinions",
                        "Còn \(count) ý kiến chưa có. Hãy đánh dấu nếu vẫn hoàn thành bước này.",
                        "\(count) opinions are missing. Please tick this to complete the step all the same."
                    )
                ]
            )
        }
    }

    private func wrong(
        _ field: String,
        _ vi: String,
        _ en: String,
        _ status: HTTPResponse.Status = .unprocessableContent
    ) -> Problem {
        Problem("opinion-of-whom", vi, en, status, errors: [FieldError(field, vi, en)])
    }
}
