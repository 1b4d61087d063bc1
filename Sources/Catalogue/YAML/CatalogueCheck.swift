/// The result of `motcua catalogue check`.
package struct CatalogueCheck: Encodable, Sendable {
    package let procedures: Int
    package let revisions: Int
    /// How many procedures have a form of their own.
    package let forms: Int
    package let faults: [CatalogueFault]

    package init(_ reading: CatalogueFolder.Reading) {
        let all = reading.catalogue.procedures.values
        procedures = all.count
        revisions = all.reduce(0) { $0 + $1.revisions.count }
        forms = all.count { $0.revisions.last?.form != .short }
        faults = reading.faults
    }

    package var isClean: Bool { faults.isEmpty }
}
