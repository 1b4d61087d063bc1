import Crypto
import Glibc
import Web

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A list of passwords that have leaked somewhere, kept by the operator: one SHA-1 in hexadecimal a line, sorted, with or
/// without `:` and a count behind it, as “Have I Been Pwned” gives its list away.
///
/// The list has tens of gigabytes, so it is never read as a whole: a question costs some thirty short reads.
package final class LeakedPasswords: Sendable {
    private let file: Int32
    private let size: Int

    /// Why a file is no such list.
    package struct Unreadable: Error, CustomStringConvertible {
        package let description: String
    }

    /// Looks at the first and the last line, so that a file of another kind stops the start and not a citizen.
    package init(path: String) throws {
        file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            size = 0
            throw Unreadable(description: "\(path) cannot be opened: \(String(cString: strerror(errno)))")
        }
        size = Int(lseek(file, 0, SEEK_END))
        guard let first = line(at: 0), let last = line(at: max(0, size - 60)), first.hash <= last.hash else {
            throw Unreadable(
                description: "\(path) is not a sorted list of SHA-1 hashes in capital hexadecimal, one a line."
            )
        }
    }

    deinit { close(file) }

    /// Whether `password` is on the list.
    func contains(_ password: String) -> Bool {
        let digest = hex(Insecure.SHA1.hash(data: Data(password.utf8)))
        let wanted = [UInt8](digest.uppercased().utf8)
        // The line sought begins in low..<high; a line that begins before the middle is found from its own beginning.
        var (low, high) = (0, size)
        while low < high {
            let middle = low + (high - low) / 2
            guard let line = line(at: middle), line.start < high else {
                high = middle
                continue
            }
            if line.hash == wanted { return true }
            if line.hash < wanted { low = line.end } else { high = middle }
        }
        return false
    }

    private struct Line {
        let start: Int
        let end: Int
        let hash: [UInt8]
    }

    /// The first whole line that begins at `offset` or behind it.
    private func line(at offset: Int) -> Line? {
        // A line is 40 digits and perhaps a colon, a count and CR LF: two of them fit.
        let from = max(0, offset - 1)
        var bytes = [UInt8](repeating: 0, count: 160)
        let count = pread(file, &bytes, bytes.count, from)
        guard count > 0 else { return nil }
        var index = 0
        if offset > 0 {
            guard let newline = bytes[..<count].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            index = newline + 1
        }
        guard index + 40 <= count else { return nil }
        let hash = Array(bytes[index..<index + 40])
        guard hash.allSatisfy({ (48...57).contains($0) || (65...70).contains($0) }) else { return nil }
        let rest = bytes[(index + 40)..<count]
        let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { from + $0 + 1 } ?? size
        return Line(start: from + index, end: end, hash: hash)
    }
}

extension [UInt8] {
    fileprivate static func < (left: [UInt8], right: [UInt8]) -> Bool { left.lexicographicallyPrecedes(right) }
    fileprivate static func <= (left: [UInt8], right: [UInt8]) -> Bool { !(right < left) }
}
