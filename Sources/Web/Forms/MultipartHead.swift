import Kernel

/// What the lines in front of a part say about it.
struct MultipartHead: Equatable {
    let name: String
    /// Nil for a field; empty when no file was chosen.
    let filename: String?
    let contentType: String?

    init(_ bytes: [UInt8]) throws {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Problem.brokenMultipart }
        var lines: [String: String] = [:]
        for line in text.split(separator: "\r\n", omittingEmptySubsequences: false) {
            // A tab is the only control character that has a meaning in a header.
            guard line.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 || $0 == "\t" }),
                let colon = line.firstIndex(of: ":")
            else { throw Problem.brokenMultipart }
            let key = line[..<colon].lowercased()
            let value = String(line[line.index(after: colon)...]).tidied
            guard !key.isEmpty, !key.contains(" "), lines.updateValue(value, forKey: key) == nil else {
                throw Problem.brokenMultipart
            }
        }
        guard let disposition = ParameterisedValue(lines["content-disposition"] ?? ""),
            disposition.value == "form-data", let name = disposition.parameters["name"], !name.isEmpty
        else { throw Problem.brokenMultipart }
        // RFC 7578 forbids transfer encodings; one that changes the bytes would be stored as it stands.
        if let encoding = lines["content-transfer-encoding"]?.lowercased() {
            guard ["7bit", "8bit", "binary"].contains(encoding) else { throw Problem.brokenMultipart }
        }
        self.name = Self.unescaped(name).tidied
        filename = try Self.filename(disposition.parameters)
        contentType = lines["content-type"].flatMap { ParameterisedValue($0)?.value }
    }

    /// `filename*` says its character set, and goes before `filename`.
    private static func filename(_ parameters: [String: String]) throws -> String? {
        if let extended = parameters["filename*"] {
            let parts = extended.split(separator: "'", omittingEmptySubsequences: false)
            guard parts.count == 3, parts[0].lowercased() == "utf-8" else { throw Problem.brokenMultipart }
            return bare(try PercentEncoding.text(Array(parts[2].utf8)[...], plusIsBlank: false))
        }
        return parameters["filename"].map { bare(unescaped($0)) }
    }

    /// The name without the folders some browsers send along, short enough for every file system.
    private static func bare(_ path: String) -> String {
        let name = path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let tidy = name.tidied.filter { $0 != "\n" && $0 != "\t" }
        guard tidy != ".", tidy != "..", tidy.utf8.count > 255 else { return tidy == "." || tidy == ".." ? "" : tidy }
        return tidy.shortened(toBytes: 255)
    }

    /// Browsers escape three characters in names (HTML standard, multipart/form-data encoding), and only these.
    private static func unescaped(_ text: String) -> String {
        text.replacing("%22", with: "\"").replacing("%0D", with: "").replacing("%0A", with: " ")
    }
}

extension String {
    /// At most so many bytes, cut between letters, with the ending of a file name kept.
    fileprivate func shortened(toBytes limit: Int) -> String {
        let ending = lastIndex(of: ".").map { String(self[$0...]) }.flatMap { $0.utf8.count <= 10 ? $0 : nil } ?? ""
        var stem = Substring(dropLast(ending.count))
        while stem.utf8.count + ending.utf8.count > limit { stem.removeLast() }
        return stem + ending
    }
}
