import Catalogue
import DossierCore
import Kernel
import Markup
import Persistence
import Web

extension FilingDesk {
    func offers(_ work: DraftAtWork, of citizen: ID<Citizen>) async throws -> [ReuseOffer] {
        try await offers(for: work.rules.uploads(in: work.draft.situation), of: citizen, besides: work.files)
    }

    /// Attaches what was ticked; what is not the person's own, or no longer there, is an error beside its paper.
    func reuse(
        _ ticked: [String],
        in work: DraftAtWork,
        of citizen: ID<Citizen>,
        once key: (AttachedFile, Int) throws -> IdempotencyKey?
    ) async throws -> [FieldError] {
        guard !ticked.isEmpty else { return [] }
        let offers = try await offers(for: work.rules.uploads(in: work.draft.situation), of: citizen, besides: [])
        var errors: [FieldError] = []
        for (number, tick) in ticked.prefix(Drafts.mostFiles).enumerated() {
            guard let offer = offers.first(where: { $0.value == tick }) else {
                errors.append(.paperIsGone(tick))
                continue
            }
            // Sent once more: it is there.
            if work.files.contains(where: { $0.component == offer.component && $0.digest == offer.file.digest }) {
                continue
            }
            let file = offer.attached(at: office.now)
            try await drafts.attach(file, to: work.draft.id, of: citizen, at: office.now, once: try key(file, number))
        }
        return errors
    }
}

extension PapersPage {
    /// Ticks below a paper's file field.
    func reuse(_ component: Component, _ say: Language) -> HTML? {
        let offers = offers.filter { $0.component == component.key }
        return offers.isEmpty ? nil : reuseChoices(offers, say)
    }
}
