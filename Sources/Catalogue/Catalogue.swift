package import Kernel
package import Web

/// All procedures this installation knows, with the lists they refer to.
package struct Catalogue: Sendable {
    /// A field of administration (lĩnh vực), such as civil status.
    package struct Field: Codable, Hashable, Sendable {
        package let key: String
        /// Code of the national list, such as `G15-HT`; nil where nobody published one.
        package let code: String?
        package let name: Words

        package init(key: String, code: String?, name: Words) {
            self.key = key
            self.code = code
            self.name = name
        }
    }

    package let procedures: [ProcedureCode: Procedure]
    /// By key.
    package let fields: [String: Field]
    /// In the order of their codes, as lists and cursors go through them.
    package let codes: [ProcedureCode]

    package init(procedures: [Procedure], fields: [Field]) {
        self.procedures = Dictionary(procedures.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        self.fields = Dictionary(fields.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        codes = self.procedures.keys.sorted()
    }

    package static let empty = Catalogue(procedures: [], fields: [])

    package subscript(code: ProcedureCode) -> Procedure? { procedures[code] }

    /// The revision of `code` that is in force on `day`.
    package func revision(of code: ProcedureCode, on day: LocalDate) -> Revision? {
        procedures[code]?.revision(on: day)
    }
}
