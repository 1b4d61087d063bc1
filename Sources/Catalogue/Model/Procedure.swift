package import Kernel
package import Web

/// An administrative procedure (thủ tục hành chính) and everything it has been since it was first published.
package struct Procedure: Codable, Hashable, Sendable {
    /// Which agencies receive and decide it.
    package enum Level: String, Codable, CaseIterable, Sendable { case ministry, province, district, commune }

    /// Who may ask for it.
    package enum Audience: String, Codable, CaseIterable, Sendable {
        case citizen, business
        case householdBusiness = "household-business"
        case organisation, foreigner
        case overseasVietnamese = "overseas-vietnamese"
    }

    package let code: ProcedureCode
    package let name: Words
    /// Everyday words by which people ask for it.
    package let also: [String]
    /// A remark for readers, such as where an old code comes from.
    package let note: Words?
    /// Key of its field of administration in `Procedures/lists/fields.yaml`.
    package let field: String
    package let levels: [Level]
    package let audiences: [Audience]
    /// Oldest first, at least one.
    package var revisions: [Revision]

    package init(
        code: ProcedureCode,
        name: Words,
        also: [String],
        note: Words? = nil,
        field: String,
        levels: [Level],
        audiences: [Audience],
        revisions: [Revision]
    ) {
        self.code = code
        self.name = name
        self.also = also
        self.note = note
        self.field = field
        self.levels = levels
        self.audiences = audiences
        self.revisions = revisions
    }

    /// The revision that is in force on `day`; nil before the first and after the last.
    package func revision(on day: LocalDate) -> Revision? {
        revisions.last { $0.from <= day && day <= $0.until ?? day }
    }
}
