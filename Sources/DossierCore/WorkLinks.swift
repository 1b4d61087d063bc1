package import Kernel

/// Where officers open a dossier, for whoever leads there; the pages are those of the slice `Dossiers`.
package enum WorkLinks {
    package static func dossier(_ id: ID<Dossier>) -> String { "/work/dossiers/\(id.rawValue)" }
    /// Where officers write down that they have called its applicant.
    package static func call(_ id: ID<Dossier>) -> String { "\(dossier(id))/act/record-call" }
}

/// Where its applicant opens it.
package enum ApplicantLinks {
    /// For the account that filed it.
    package static func dossier(_ id: ID<Dossier>) -> String { "/ho-so/\(id.rawValue)" }
    /// For whoever holds its code and secret.
    package static let lookUp = "/tra-cuu"
}
