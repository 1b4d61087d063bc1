import Hummingbird
import Kernel
import Web

/// What somebody looks for in the list of procedures, as it stands in the address.
struct ProcedureQuery: Sendable {
    let words: String
    let filter: SearchFilter
    /// Counted from 0.
    let page: Int

    static let pageSize = 20
    /// Nobody reads more of what a search finds.
    static let most = 1000

    init(_ form: FormData) throws {
        words = String((form["q"] ?? "").prefix(200))
        filter = SearchFilter(
            level: try ProcedureQuery.word(form, "cap"),
            field: form.filled("linh-vuc").map { String($0.prefix(100)) },
            audience: try ProcedureQuery.word(form, "doi-tuong"),
            channel: try ProcedureQuery.word(form, "kenh")
        )
        page = PageNumber(nearest: form["trang"] ?? "").number - 1
    }

    /// An address with a word we do not know was mistyped or is old: better said than silently ignored.
    private static func word<W: RawRepresentable<String> & CaseIterable>(_ form: FormData, _ name: String) throws -> W?
    {
        guard let text = form.filled(name) else { return nil }
        if let word = W(rawValue: text) { return word }
        let known = W.allCases.map(\.rawValue).joined(separator: ", ")
        throw Problem(
            "unknown-filter",
            "Bộ lọc “\(name)” không có giá trị này. Các giá trị: \(known).",
            "The filter “\(name)” has no such value. It knows: \(known).",
            .badRequest
        )
    }

    /// The address of another page of the same list.
    func path(page: Int) -> String {
        var items: [(String, String)] = []
        if !words.isEmpty { items.append(("q", words)) }
        if let level = filter.level { items.append(("cap", level.rawValue)) }
        if let field = filter.field { items.append(("linh-vuc", field)) }
        if let audience = filter.audience { items.append(("doi-tuong", audience.rawValue)) }
        if let channel = filter.channel { items.append(("kenh", channel.rawValue)) }
        if page > 0 { items.append(("trang", String(page + 1))) }
        let query = items.map { "\($0)=\(ProcedureQuery.encoded($1))" }.joined(separator: "&")
        return query.isEmpty ? "/thu-tuc" : "/thu-tuc?\(query)"
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                String(UnicodeScalar(byte))
            default:
                "%" + String(byte, radix: 16, uppercase: true).leftPadded
            }
        }.joined()
    }
}

extension String {
    fileprivate var leftPadded: String { count < 2 ? "0\(self)" : self }
}
