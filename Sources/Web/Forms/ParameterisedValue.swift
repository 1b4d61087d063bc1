/// A header value with parameters: `form-data; name="photo"; filename="ảnh.jpg"`.
struct ParameterisedValue {
    /// Lower case.
    let value: String
    let parameters: [String: String]

    /// Nil when the text is not such a value, or says the same parameter twice.
    init?(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        var index = 0

        func skipBlanks() {
            while index < scalars.count, scalars[index] == " " || scalars[index] == "\t" { index += 1 }
        }
        func token(until stops: Set<Unicode.Scalar>) -> String {
            let start = index
            while index < scalars.count, !stops.contains(scalars[index]) { index += 1 }
            return String(String.UnicodeScalarView(scalars[start..<index]))
        }
        /// Browsers write a quotation mark as %22 and a backslash as itself; others escape both with a backslash.
        func quoted() -> String? {
            var result = String.UnicodeScalarView()
            index += 1
            while index < scalars.count, scalars[index] != "\"" {
                if scalars[index] == "\\", index + 1 < scalars.count, ["\"", "\\"].contains(scalars[index + 1]) {
                    index += 1
                }
                result.append(scalars[index])
                index += 1
            }
            guard index < scalars.count else { return nil }
            index += 1
            return String(result)
        }

        skipBlanks()
        value = token(until: [";", " ", "\t"]).lowercased()
        guard !value.isEmpty else { return nil }
        var parameters: [String: String] = [:]
        while true {
            skipBlanks()
            if index == scalars.count { break }
            guard scalars[index] == ";" else { return nil }
            index += 1
            skipBlanks()
            // Some senders end the value with a semicolon.
            if index == scalars.count { break }
            let name = token(until: ["=", ";", " ", "\t"]).lowercased()
            guard !name.isEmpty, index < scalars.count, scalars[index] == "=" else { return nil }
            index += 1
            let content: String
            if index < scalars.count, scalars[index] == "\"" {
                guard let text = quoted() else { return nil }
                content = text
            } else {
                content = token(until: [";", " ", "\t"])
            }
            guard parameters.updateValue(content, forKey: name) == nil else { return nil }
        }
        self.parameters = parameters
    }
}
