import Hummingbird

/// How the body of a request is written, as its `Content-Type` says.
enum BodyEncoding {
    case urlEncoded
    case multipart(boundary: String)
    case other

    init(_ request: Request) {
        let type = ParameterisedValue(request.headers[.contentType] ?? "")
        switch type?.value {
        case "application/x-www-form-urlencoded": self = .urlEncoded
        case "multipart/form-data": self = .multipart(boundary: type?.parameters["boundary"] ?? "")
        default: self = .other
        }
    }
}
