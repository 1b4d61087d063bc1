/// Looks for the end of a PDF, for encryption and for its pages; gives the number of pages where it can be seen.
func inspectPDF(_ bytes: FileBytes) throws -> (pages: Int?, isEncrypted: Bool) {
    let tailLength = 2048
    let end = try endOfContent(bytes)
    let tail = try bytes.read(at: max(0, end - tailLength), count: min(tailLength, end))
    guard tail.contains(run: Array("%%EOF".utf8)), tail.contains(run: Array("startxref".utf8)) else {
        throw FileRefusal.truncated(.pdf)
    }
    var (pages, isEncrypted) = (0, false)
    var offset = 0
    // Windows overlap by the longest thing looked for, so that nothing is lost between two of them.
    let window = 256 << 10, overlap = 64
    while offset < bytes.count {
        let part = try bytes.read(at: offset, count: window)
        let isLast = offset + part.count >= bytes.count
        guard isLast || part.count == window else { throw FileRefusal.truncated(.pdf) }
        let fresh = isLast ? part.count : part.count - overlap
        for slash in part.slashes(before: fresh) {
            let rest = part[(slash + 1)...].prefix(overlap - 1)
            switch rest.first {
            case UInt8(ascii: "E") where isEncryption(rest): isEncrypted = true
            case UInt8(ascii: "T") where isPage(rest): pages += 1
            default: break
            }
        }
        offset += fresh
    }
    return (pages > 0 ? pages : nil, isEncrypted)
}

/// Where the last byte stands that is no blank: mail programs and signing tools leave empty lines behind a file.
private func endOfContent(_ bytes: FileBytes) throws -> Int {
    var end = bytes.count
    while end > 0 {
        let start = max(0, end - 4096)
        let part = try bytes.read(at: start, count: end - start)
        if let last = part.lastIndex(where: { ![0, 9, 10, 12, 13, 26, 32].contains($0) }) { return start + last + 1 }
        end = start
    }
    return end
}

extension [UInt8] {
    /// Where names begin.
    fileprivate func slashes(before end: Int) -> [Int] {
        withUnsafeBytes { bytes in
            var found: [Int] = []
            var start = 0
            while let slash = bytes.firstIndex(of: UInt8(ascii: "/"), from: start), slash < end {
                found.append(slash)
                start = slash + 1
            }
            return found
        }
    }
}

/// `Encrypt 12 0 R` or `Encrypt <<…`, as a trailer has it; the bare word may stand in any text.
private func isEncryption(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let value = skip("Encrypt", in: bytes) else { return false }
    let next = skipBlanks(value)
    if next.starts(with: "<<".utf8) { return true }
    let number = next.prefix { (48...57).contains($0) }
    let generation = skipBlanks(next.dropFirst(number.count))
    let digits = generation.prefix { (48...57).contains($0) }
    let end = skipBlanks(generation.dropFirst(digits.count))
    return !number.isEmpty && !digits.isEmpty && end.first == UInt8(ascii: "R")
}

/// `Type /Page`, and not `Type /Pages`.
private func isPage(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let value = skip("Type", in: bytes), let end = skip("/Page", in: skipBlanks(value)) else { return false }
    guard let next = end.first else { return true }
    return !(65...90).contains(next) && !(97...122).contains(next)
}

private func skip(_ word: String, in bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    bytes.starts(with: word.utf8) ? bytes.dropFirst(word.utf8.count) : nil
}

private func skipBlanks(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    bytes.drop { $0 == 32 || $0 == 10 || $0 == 13 || $0 == 9 || $0 == 12 || $0 == 0 }
}
