import HTTPTypes
package import Hummingbird
import Kernel
package import Persistence
package import Web

/// Where a list is to go on, on a page as in the API.
package func cursor(_ request: Request) throws -> Cursor? {
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
package func limit(_ request: Request) throws -> Int {
    guard let text = request.uri.queryParameters["limit"].map(String.init) else { return 50 }
    guard let limit = Int(typed: text, in: 1...100) else {
        throw Problem.invalid([FieldError("limit", "Hãy nhập số từ 1 đến 100.", "Enter a number from 1 to 100.")])
    }
    return limit
}

/// The `Idempotency-Key` of a request, 8 to 64 visible ASCII characters. Of a request with several files each is kept
/// under a key of its own, so that repeating one that broke off goes on where it ended.
package func idempotencyKey(_ request: Request, scope: String, _ digest: String, number: Int = 0) throws
    -> IdempotencyKey?
{
    try request.idempotencyKey.map { try idempotencyKey($0, scope: scope, digest, number: number) }
}

/// The same of a key that did not come in the header.
package func idempotencyKey(_ key: String, scope: String, _ digest: String, number: Int = 0) throws -> IdempotencyKey {
    guard (8...64).contains(key.utf8.count), key.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
        throw Problem.invalid([
            FieldError(
                "Idempotency-Key",
                "Khóa chống lặp phải dài 8 đến 64 ký tự ASCII.",
                "The idempotency key must have 8 to 64 visible ASCII characters."
            )
        ])
    }
    // No sender's key has a blank.
    return IdempotencyKey(scope: scope, key: number == 0 ? key : "\(key) \(number)", digest: digest)
}

/// The address of a form with a key of its own, which is known before the first file of the form arrives.
package func once(_ path: String) -> String {
    var generator = SystemRandomNumberGenerator()
    return "\(path)?once=\(base32(generator.next(), digits: 12))"
}

/// The key of a form whose address `once` has made: sent twice it is one intention, changed and sent again another.
package func formKey(_ request: Request, scope: String, _ content: String) -> IdempotencyKey? {
    request.uri.queryParameters["once"].map { once in
        let digest = entityTag(of: "\(once)\n\(content)".utf8)
        return IdempotencyKey(scope: scope, key: digest, digest: digest)
    }
}

extension FormData {
    /// The same for the same content.
    package var fingerprint: String {
        entityTag(of: pairs.filter { $0.name != "csrf" }.map { "\($0.name)=\($0.value)" }.joined(separator: "&").utf8)
    }
}

extension Request {
    package var idempotencyKey: String? { headers[.idempotencyKey] }
}

extension HTTPField.Name {
    fileprivate static let idempotencyKey = Self("Idempotency-Key")!
}

extension Problem {
    package static let nothingChosen = invalid([
        FieldError(
            "dossier",
            "Chưa chọn hồ sơ nào, hoặc chọn quá 200 hồ sơ. Hãy chọn từ 1 đến 200.",
            "No dossier is chosen, or more than 200. Please choose 1 to 200."
        )
    ])
    package static let draftChanged = Problem(
        "draft-changed",
        "Bản nháp đã thay đổi từ lần đọc của bạn. Hãy đọc lại rồi gửi lại.",
        "The draft has changed since you read it. Please read it again.",
        .preconditionFailed
    )
    package static let wholeDossierMissing = invalid([
        FieldError(
            "dossier",
            "Thiếu phần “dossier” chứa nội dung hồ sơ dạng JSON. Hãy gửi phần này trước các tệp.",
            "The part “dossier” with the dossier as JSON is missing. Send it before the files."
        )
    ])
    package static let emptySupplement = invalid([
        FieldError(
            "message",
            "Chưa có tệp nào và chưa có lời giải thích. Hãy gửi ít nhất một trong hai.",
            "There is neither a file nor an explanation. Please send at least one of them."
        )
    ])
}
