package import Kernel

/// The subject of the pages that show one dossier, its applicant's and its officers': others show there what they know of it.
package struct DossierOnPage: Hashable, Sendable {
    package let id: ID<Dossier>

    package init(_ id: ID<Dossier>) { self.id = id }
}
