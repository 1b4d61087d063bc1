import HTTPTypes

/// Builds multipart bodies for tests.
enum Multipart {
    static let headers: HTTPFields = [.contentType: "multipart/form-data; boundary=xyz"]

    static func field(_ name: String, _ value: String) -> String {
        "Content-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)"
    }

    static func file(_ name: String, _ filename: String, _ type: String, _ content: String) -> String {
        """
        Content-Disposition: form-data; name="\(name)"; filename="\(filename)"\r
        Content-Type: \(type)\r
        \r
        \(content)
        """
    }

    static func body(_ parts: [String]) -> String {
        parts.map { "--xyz\r\n\($0)\r\n" }.joined() + "--xyz--\r\n"
    }
}
