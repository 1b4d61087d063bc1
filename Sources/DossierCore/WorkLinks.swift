package import Kernel

/// Where officers open a dossier, for whoever leads there; the pages are those of the slice `Dossiers`.
package enum WorkLinks {
    package static func dossier(_ id: ID<Dossier>) -> String { "/work/dossiers/\(id.rawValue)" }
}
