import Hummingbird

/// Why a file is not taken, and what to do instead.
package enum FileRefusal: ProblemConvertible, Hashable, Sendable {
    case empty
    case tooLarge(megabytes: Int)
    case heic
    case officeDocument
    case unknownKind
    case passwordProtected
    /// A signature with the file inside, such as a `.p7m`.
    case signedEnvelope
    /// A picture larger than `PictureLimit`.
    case tooManyPixels
    /// The beginning is right and the end is missing.
    case truncated(FileKind)
    case unreadable(FileKind)

    package var slug: String {
        switch self {
        case .empty: "file-empty"
        case .tooLarge: "file-too-large"
        case .heic: "file-heic"
        case .officeDocument: "file-office-document"
        case .unknownKind: "file-unknown-kind"
        case .passwordProtected: "file-password-protected"
        case .signedEnvelope: "file-signed-envelope"
        case .tooManyPixels: "file-too-many-pixels"
        case .truncated: "file-truncated"
        case .unreadable: "file-unreadable"
        }
    }

    package var words: Words {
        switch self {
        case .empty:
            Words(
                "Tệp này rỗng (0 byte). Hãy kiểm tra lại tệp trên máy rồi chọn lần nữa.",
                "This file is empty (0 bytes). Please check it on your device and choose it again."
            )
        case .tooLarge(let megabytes):
            Words(
                "Tệp lớn hơn \(megabytes) MB. Hãy giảm độ phân giải khi quét hoặc chia thành nhiều tệp.",
                "The file is larger than \(megabytes) MB. Please scan at a lower resolution or split it."
            )
        case .heic:
            Words(
                """
                Ảnh HEIC này của iPhone không chuyển đổi được. Hãy vào Cài đặt › Camera › Định dạng, chọn “Tương thích \
                nhất” rồi chụp lại; hoặc mở ảnh, chọn Chia sẻ › Tùy chọn › “Tương thích nhất” để gửi ảnh JPEG.
                """,
                """
                This HEIC picture of an iPhone could not be converted. Go to Settings › Camera › Formats, choose “Most Compatible” \
                and take the picture again; or share the picture with Options › “Most Compatible” to send a JPEG.
                """
            )
        case .officeDocument:
            Words(
                "Đây là tệp Word, Excel hoặc tệp nén. Hãy mở tệp, chọn Lưu thành PDF rồi gửi tệp PDF.",
                "This is a Word, Excel or archive file. Please open it, save it as PDF and send the PDF."
            )
        case .unknownKind:
            Words(
                "Chỉ nhận tệp PDF, ảnh JPG hoặc PNG. Hãy chụp ảnh hoặc quét giấy tờ rồi gửi lại.",
                "Only PDF files and JPG or PNG pictures are accepted. Please photograph or scan the paper and send that."
            )
        case .passwordProtected:
            Words(
                "Tệp PDF này có mật khẩu nên cán bộ không mở được. Hãy bỏ mật khẩu (In › Lưu thành PDF) rồi gửi lại.",
                "This PDF is protected by a password and officers cannot open it. Please remove it (Print › Save as PDF)."
            )
        case .signedEnvelope:
            Words(
                "Đây là tệp ký số .p7m, bên trong mới là văn bản. Hãy mở bằng phần mềm ký số, lưu tệp PDF bên trong rồi gửi tệp đó.",
                "This is a signed envelope (.p7m) with the document inside. Please open it with the signing software and send the PDF it holds."
            )
        case .tooManyPixels:
            Words(
                "Ảnh quá 50 triệu điểm ảnh. Hãy giảm độ phân giải của máy ảnh (12 MP là đủ) rồi chụp lại.",
                "The picture has more than 50 million pixels. Please lower the camera's resolution (12 MP will do)."
            )
        case .truncated(let kind):
            Words(
                "Tệp \(kind.fileExtension.uppercased()) này bị thiếu phần cuối, có thể do sao chép dở dang. Hãy tải hoặc chụp lại.",
                "The end of this \(kind.fileExtension.uppercased()) file is missing; it may have been copied incompletely."
            )
        case .unreadable(let kind):
            Words(
                "Tệp \(kind.fileExtension.uppercased()) này bị hỏng, không đọc được. Hãy quét hoặc chụp lại.",
                "This \(kind.fileExtension.uppercased()) file is damaged and cannot be read. Please scan it again."
            )
        }
    }

    package var problem: Problem {
        switch self {
        case .tooLarge: Problem(slug, words.vi, words.en, .contentTooLarge)
        case .empty, .heic, .officeDocument, .unknownKind, .passwordProtected, .signedEnvelope, .tooManyPixels,
            .truncated, .unreadable:
            Problem(slug, words.vi, words.en, .unprocessableContent)
        }
    }
}
