/// The name of a content: SHA-256 in 64 lower-case hexadecimal digits.
package struct BlobDigest: RawRepresentable, Codable, Hashable, Sendable {
    package let rawValue: String

    /// Nil for anything else, so that no path can be smuggled in.
    package init?(rawValue: String) {
        let digits = rawValue.utf8
        guard digits.count == 64, digits.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
            return nil
        }
        self.rawValue = rawValue
    }

    init(_ hash: some Sequence<UInt8>) { rawValue = hexadecimal(hash) }
}

/// A content that is stored.
package struct Blob: Codable, Hashable, Sendable {
    package let digest: BlobDigest
    /// In bytes.
    package let size: Int

    package init(digest: BlobDigest, size: Int) { (self.digest, self.size) = (digest, size) }
}

/// More was sent than is allowed.
package struct BlobTooLarge: Error {
    package let limit: Int
}

/// Nothing with this digest is stored.
package struct NoSuchBlob: Error {
    package let digest: BlobDigest
}
