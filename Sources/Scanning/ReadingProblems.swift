import Hummingbird
package import Scans
package import Web

extension PhotoFault: ProblemConvertible {
    /// What to do about a photo that cannot become a page.
    package var problem: Problem {
        switch self {
        case .tooManyPixels:
            Problem(
                "photo-too-large",
                "Có ảnh quá 50 triệu điểm ảnh. Hãy giảm độ phân giải của máy ảnh (12 MP là đủ) rồi chụp lại.",
                "A picture has more than 50 million pixels. Please lower the camera's resolution (12 MP will do).",
                .unprocessableContent
            )
        case .unreadable:
            Problem(
                "photo-unreadable",
                "Có ảnh bị hỏng nên không gộp được. Hãy xóa ảnh đó rồi chụp lại.",
                "A picture is damaged and cannot be put into the PDF. Please remove it and take it again.",
                .unprocessableContent
            )
        case .tooHeavy:
            Problem(
                "photo-too-heavy",
                "Có ảnh quá nặng để mở nên chưa gộp. Hãy xóa ảnh đó, chụp lại ở 12 MP, hoặc gộp ít ảnh hơn một lần.",
                "A picture is too heavy to be opened, so nothing was put together. Please take it again at 12 MP, or use fewer at once.",
                .unprocessableContent
            )
        }
    }
}

extension PileFault {
    /// What to do about a pile that cannot be taken apart.
    var words: Words {
        switch self {
        case .tooManyPages:
            Words(
                "Tập quét quá \(PileSheet.most) trang. Hãy quét thành nhiều tệp nhỏ hơn.",
                "The pile has more than \(PileSheet.most) pages. Please scan it as several files."
            )
        case .tooSlow:
            Words(
                "Đọc tập quét này mất quá lâu. Hãy quét ở 200–300 dpi hoặc chia thành nhiều tệp.",
                "Reading this pile took too long. Please scan at 200–300 dpi or as several files."
            )
        case .tooHeavy:
            Words(
                "Tập quét này cần quá nhiều bộ nhớ hoặc làm hỏng chương trình đọc, nên đã dừng. Hãy quét lại ở 200–300 dpi.",
                "This pile needs too much memory, or breaks what reads it, so it was given up. Please scan again at 200–300 dpi."
            )
        case .unreadable:
            Words(
                "Tệp PDF bị hỏng nên không đọc được. Hãy quét lại rồi tải lên.",
                "The PDF is damaged and cannot be read. Please scan again."
            )
        }
    }
}

extension PileFault: ProblemConvertible {
    package var problem: Problem { Problem("scan-unreadable", words.vi, words.en, .unprocessableContent) }
}

extension ReadingRefusal: ProblemConvertible {
    /// Nothing is wrong with the file: it is to be sent again, and when.
    package var problem: Problem {
        var problem =
            switch self {
            case .tooManyOfOne:
                Problem(
                    "files-waiting",
                    "Bạn đang có nhiều tệp chờ xử lý. Tệp đã tải lên vẫn còn; hãy đợi ít giây rồi bấm lại.",
                    "Many of your files are waiting already. What you uploaded is kept; please try again in some seconds.",
                    .tooManyRequests
                )
            case .crowded:
                Problem(
                    "files-crowded",
                    "Đang có nhiều tệp chờ xử lý nên chưa đến lượt bạn. Tệp đã tải lên vẫn còn; hãy bấm lại sau ít giây.",
                    "Many files are waiting, and yours did not have its turn yet. What you uploaded is kept; please try again soon.",
                    .serviceUnavailable
                )
            case .interrupted:
                Problem(
                    "reading-interrupted",
                    "Hệ thống đang khởi động lại nên chưa xử lý tệp. Tệp đã tải lên vẫn còn; hãy bấm lại sau một phút.",
                    "The system is restarting and has not processed the file. What you uploaded is kept; please try again in a minute.",
                    .serviceUnavailable
                )
            }
        problem.headers[.retryAfter] = self == .interrupted ? "60" : "10"
        return problem
    }
}
