/// What the code on a separator sheet says: to which dossier, and as which of its papers, the pages behind it belong.
package struct SeparatorMark: Codable, Hashable, Sendable {
    package let dossier: String
    package let component: String

    package init(dossier: String, component: String) {
        self.dossier = dossier
        self.component = component
    }

    /// A sheet that only says that something else begins.
    package static let generic = SeparatorMark(dossier: "", component: "")

    /// Nothing else printed on a paper begins like this.
    private static let prefix = "motcua:scan:1"

    package var text: String { [SeparatorMark.prefix, dossier, component].joined(separator: "|") }

    /// Nil for every other code that papers carry.
    package init?(text: String) {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[0] == SeparatorMark.prefix, parts[1].utf8.count <= 60, parts[2].utf8.count <= 200
        else { return nil }
        self.init(dossier: parts[1], component: parts[2])
    }
}
