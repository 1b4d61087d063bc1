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

    /// `name` with the ending of this kind, so that whatever opens the file by its name opens what it is.
    package func ending(_ name: String) -> String {
        let endings = self == .jpeg ? ["jpg", "jpeg"] : [fileExtension]
        return endings.contains { name.lowercased().hasSuffix(".\($0)") } ? name : "\(name).\(fileExtension)"
    }
}

/// A file that has been looked into and found whole.
package struct InspectedFile: Hashable, Sendable {
    package let kind: FileKind
    package let size: Int
    /// Pages of a PDF; nil where they are packed away and cannot be counted without unpacking.
    package let pages: Int?
    package let pixels: Pixels?
    /// Whether a PDF is encrypted. With the password of its owner alone it opens for everybody and only asks not to be
    /// printed or changed; whether it does, only opening it tells.
    package let isEncrypted: Bool

    init(kind: FileKind, size: Int, pages: Int?, pixels: Pixels?, isEncrypted: Bool = false) {
        self.kind = kind
        self.size = size
        self.pages = pages
        self.pixels = pixels
        self.isEncrypted = isEncrypted
    }

    package struct Pixels: Hashable, Sendable {
        package let width: Int
        package let height: Int
    }
}
