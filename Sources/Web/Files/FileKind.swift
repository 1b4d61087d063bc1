/// The kinds of files people may send. What a file is, its content tells, never its name.
package enum FileKind: String, Codable, CaseIterable, Sendable {
    case pdf, jpeg, png

    package var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        }
    }

    package var fileExtension: String {
        switch self {
        case .pdf: "pdf"
        case .jpeg: "jpg"
        case .png: "png"
        }
    }
}

/// A file that has been looked into and found whole.
package struct InspectedFile: Hashable, Sendable {
    package let kind: FileKind
    package let size: Int
    /// Pages of a PDF; nil where they are packed away and cannot be counted without unpacking.
    package let pages: Int?
    package let pixels: Pixels?

    package struct Pixels: Hashable, Sendable {
        package let width: Int
        package let height: Int
    }
}
