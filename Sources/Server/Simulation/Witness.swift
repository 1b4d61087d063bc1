import Accounts
import Documents
import DossierCore
import Dossiers
import Kernel
import Persistence
import PrintedPapers
import Web

/// Looks at a dossier after everything that happens to it, and notes what should not be so.
struct Witness: Sendable {
    let office: SimulatedOffice
    private let papers: DossierPapers
    /// Of so many dossiers the papers are read, spread over all: to fill one takes longer than to live through a day.
    private let reading: Int

    private static let mostRead = 8

    init(_ office: SimulatedOffice, dossiers: Int) {
        self.office = office
        papers = DossierPapers(
            desk: office.desk,
            site: "https://motcua.example.vn",
            directory: office.house.accounts.directory
        )
        reading = max(1, dossiers / Self.mostRead)
    }

    /// What was seen, by what should hold.
    struct Seen: Sendable {
        var stranded: [String] = []
        var falseOffers: [String] = []
        var falseClaims: [String] = []
        var moments = 0

        static func += (left: inout Seen, right: Seen) {
            left.stranded += right.stranded
            left.falseOffers += right.falseOffers
            left.falseClaims += right.falseClaims
            left.moments += right.moments
        }
    }

    /// `now` is when the last thing happened.
    func look(at life: Life, now: Instant) async throws -> Seen {
        guard let id = life.id else { return Seen() }
        var seen = Seen(moments: 1)
        if try await office.house.dossiers.isStranded(
            id,
            life.dossier,
            among: office.staff + [office.partner],
            now: now
        ) {
            seen.stranded.append("dossier \(life.number), \(life.dossier.stage.rawValue), version \(life.version)")
        }
        // What is offered at once, and what still is when nobody has come for weeks.
        for moment in [now, now + .days(40)] { seen.falseOffers += office.falseOffers(on: life, at: moment) }
        if life.number.isMultiple(of: reading) { seen.falseClaims = try await claims(id, life) }
        return seen
    }

    private func claims(_ id: ID<Dossier>, _ life: Life) async throws -> [String] {
        guard let details = try await office.house.dossiers.details(id) else { return [] }
        var faults: [String] = []
        for paper in DossierPaper.printable(of: details) {
            let sheets = try await papers.papers(paper, of: details)
            // Every text of it, however it is nested.
            let text = String(describing: sheets.map(\.blocks))
            faults += PaperClaims.faults(in: text, details.history).map {
                "dossier \(life.number): \(paper.rawValue) \($0)"
            }
            for paid in PaperClaims.paid(details.history) where paper == .receipt && !text.contains(paid.text) {
                faults.append("dossier \(life.number): the receipt does not tell of \(paid.text)")
            }
        }
        return faults
    }
}
