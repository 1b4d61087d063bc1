/// How much one citizen or one agency may keep here before somebody has taken it on: what is handed in has an owner and
/// a legal term, everything else is only stored. The operator may change each.
package struct Quotas: Sendable {
    /// Unfinished drafts of a citizen.
    package var drafts = 30
    /// Files in a citizen's drafts and unsent supplements together.
    package var files = 400
    /// Bytes of these files.
    package var bytes = 500_000_000
    /// Dossiers and supplements that a citizen hands in within a day.
    package var handIns = 100
    /// Bytes of these.
    package var handedInBytes = 2_000_000_000
    /// Piles of an agency that nobody has filed or thrown away.
    package var piles = 200
    /// Bytes of these piles, as they came from the scanner.
    package var pileBytes = 5_000_000_000

    package init() {}
}
