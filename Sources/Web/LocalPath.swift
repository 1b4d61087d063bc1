/// A path on this site, and never an address elsewhere: what `next` may hold.
///
/// Browsers read `//host`, `/\host` and `/<tab>/host` as other sites, so only plain printable paths pass.
package struct LocalPath: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init?(rawValue: String) {
        let bytes = Array(rawValue.utf8)
        guard bytes.first == UInt8(ascii: "/"), bytes.count <= 2000,
            bytes.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "\\") }),
            bytes.count < 2 || bytes[1] != UInt8(ascii: "/")
        else { return nil }
        self.rawValue = rawValue
    }

    /// Where to go after signing in: the query's `next` if it is on this site, else `fallback`.
    package static func next(in form: FormData, otherwise fallback: String) -> String {
        form["next"].flatMap(LocalPath.init(rawValue:))?.rawValue ?? fallback
    }

    /// The address of the page being shown, in another language.
    static func with(language: Language, _ visit: Visit) -> String {
        let path = LocalPath(rawValue: visit.path)?.rawValue ?? "/"
        let rest = (visit.query ?? "").split(separator: "&").filter { !$0.hasPrefix("lang=") }
        return "\(path)?\((rest + ["lang=\(language.rawValue)"]).joined(separator: "&"))"
    }
}
