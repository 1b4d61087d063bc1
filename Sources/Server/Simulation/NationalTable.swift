import DossierCore

/// From which of the ten national states (TrangThaiHoSo) a dossier may come into which other.
enum NationalTable {
    static let ways: [Int: Set<Int>] = [
        1: [2, 3, 5, 7], 2: [4, 5, 6, 7], 4: [5, 6, 7, 8, 9], 5: [1, 2, 3, 4, 7, 8], 6: [4, 7, 8],
        // Back to work only where a defect was found: the next result replaces the earlier one.
        9: [4, 10],
        3: [], 7: [], 8: [], 10: [],
    ]

    /// The first forbidden way in a history; nil when all are allowed.
    static func fault(in events: [Dossier.Event]) -> String? {
        var dossier = Dossier()
        for event in events {
            let before = dossier.stage.nationalState
            dossier.evolve(event)
            let after = dossier.stage.nationalState
            guard let before else {
                if after != 1 { return "begins in state \(after ?? 0)" }
                continue
            }
            guard let after, after != before else { continue }
            if ways[before]?.contains(after) != true { return "goes from state \(before) to \(after)" }
        }
        // What was taken in by mistake is no dossier any more.
        return dossier.stage.nationalState == nil && dossier.stage != .cancelled ? "is in no national state" : nil
    }
}
