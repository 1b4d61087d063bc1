import HTTPTypes
import Hummingbird
import Persistence
import Web

/// Where a list is to go on, on a page as in the API.
func cursor(_ request: Request) throws -> Cursor? {
    guard let text = request.uri.queryParameters["after"].map(String.init) else { return nil }
    guard let cursor = Cursor(text) else {
        throw Problem.invalid([
            FieldError(
                "after",
                "Con trỏ trang không đúng. Hãy dùng giá trị “next” vừa nhận.",
                "Give the “next” value you got."
            )
        ])
    }
    return cursor
}

/// 1…100, 50 when nothing is asked for.
func limit(_ request: Request) throws -> Int {
    guard let text = request.uri.queryParameters["limit"].map(String.init) else { return 50 }
    guard let limit = Int(text), (1...100).contains(limit) else {
        throw Problem.invalid([FieldError("limit", "Hãy nhập số từ 1 đến 100.", "Enter a number from 1 to 100.")])
    }
    return limit
}

/// The `Idempotency-Key` of a request, 8 to 64 visible ASCII characters.
func idempotencyKey(_ request: Request, scope: String, _ digest: String) throws -> IdempotencyKey? {
    try request.idempotencyKey.map { try idempotencyKey($0, scope: scope, digest) }
}

func idempotencyKey(_ key: String, scope: String, _ digest: String) throws -> IdempotencyKey {
    guard (8...64).contains(key.utf8.count), key.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
        throw Problem.invalid([
            FieldError(
                "Idempotency-Key",
                "Khóa chống lặp phải dài 8 đến 64 ký tự ASCII.",
                "The idempotency key must have 8 to 64 visible ASCII characters."
            )
        ])
    }
    return IdempotencyKey(scope: scope, key: key, digest: digest)
}

extension FormData {
    /// The same for the same content.
    var fingerprint: String {
        entityTag(of: pairs.filter { $0.name != "csrf" }.map { "\($0.name)=\($0.value)" }.joined(separator: "&").utf8)
    }
}

extension Request {
    var idempotencyKey: String? { headers[.idempotencyKey] }
}

extension HTTPField.Name {
    fileprivate static let idempotencyKey = Self("Idempotency-Key")!
}

extension Problem {
    static let nothingChosen = invalid([
        FieldError(
            "dossier",
            "Chưa chọn hồ sơ nào, hoặc chọn quá 200 hồ sơ. Hãy chọn từ 1 đến 200.",
            "No dossier is chosen, or more than 200. Please choose 1 to 200."
        )
    ])
    static let draftChanged = Problem(
        "draft-changed",
        "Bản nháp đã thay đổi từ lần đọc của bạn. Hãy đọc lại rồi gửi lại.",
        "The draft has changed since you read it. Please read it again.",
        .preconditionFailed
    )
    static let wholeDossierMissing = invalid([
        FieldError(
            "dossier",
            "Thiếu phần “dossier” chứa nội dung hồ sơ dạng JSON. Hãy gửi phần này trước các tệp.",
            "The part “dossier” with the dossier as JSON is missing. Send it before the files."
        )
    ])
    static let emptySupplement = invalid([
        FieldError(
            "message",
            "Chưa có tệp nào và chưa có lời giải thích. Hãy gửi ít nhất một trong hai.",
            "There is neither a file nor an explanation. Please send at least one of them."
        )
    ])
}
