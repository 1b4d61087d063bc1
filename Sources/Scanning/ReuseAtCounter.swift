import Catalogue
import Documents
import DossierCore
import Kernel
import Persistence
import PrintedPapers
import Web

/// What the agency holds of a visitor who has no account: found by telephone or name among its own dossiers, and offered
/// only where name and number, or name and telephone, are the same. The officer has the person before them.
extension FilingDesk {
    func offers(for details: DossierBook.Details, _ rules: FilingRules) async throws -> [ReuseOffer] {
        let earlier = try await book.earlier(than: details)
        guard !earlier.isEmpty else { return [] }
        let held = earlier.flatMap(\.held).sorted { $0.at > $1.at }
        return offers(
            rules.revision.components(in: details.dossier.situation).filter { !$0.form },
            among: held,
            besides: details.handedIn
        )
    }
}

extension DossierBook {
    /// How many earlier dossiers of a person are looked into.
    private static let mostEarlier = 8

    /// The newest dossiers that are found by exactly this word.
    func dossiers(under word: String, of agency: ID<Agency>) async throws -> [ID<Dossier>] {
        try await database.read { tx in
            // IDs begin with the time.
            try tx.fetch(
                """
                SELECT dossier FROM dossier_word WHERE agency = \(agency) AND word = \(word)
                ORDER BY dossier DESC LIMIT 40
                """
            ).map { ID(rawValue: try $0.text(0)) }
        }
    }

    /// The newest dossiers of the same person in the same agency.
    func earlier(than details: Details) async throws -> [Details] {
        let person = PartyFacts(details.row, details.answers)
        let digits = (person.phone ?? "").filter(\.isNumber)
        let word = digits.count >= 6 ? digits : String(person.name.folded.prefix(60))
        let ids = try await dossiers(under: word, of: details.row.agency).filter { $0 != details.row.id }
        let same = try await rowsWithAnswers(ids)
            .filter { PartyFacts($0.row, $0.answers).isSamePerson(as: person) }.prefix(Self.mostEarlier)
        var earlier: [Details] = []
        for (row, _) in same {
            if let found = try await self.details(row.id) { earlier.append(found) }
        }
        return earlier
    }
}

extension DossierBook.Details {
    /// The papers that came with it, and its results once they are issued; not what was used again itself.
    fileprivate var held: [DossierBook.HeldPaper] {
        let isIssued = dossier.stage == .finished || dossier.stage == .returned
        let results = isIssued ? dossier.results.map { ($0.file, key: $0.result, isResult: true) } : []
        let papers = dossier.papers.compactMap { paper in
            paper.origin == nil ? paper.file.map { ($0, key: paper.component, isResult: false) } : nil
        }
        return (results + papers).compactMap { reference, key, isResult in
            guard let file = files.first(where: { $0.id == reference.attachment }) else { return nil }
            return DossierBook.HeldPaper(
                file: file,
                key: key,
                isResult: isResult,
                at: isResult ? row.finishedAt ?? row.filedAt : row.filedAt,
                dossier: row.id,
                code: row.code,
                procedure: row.procedureCode
            )
        }
    }
}
