import Kernel
import Web

/// What the desks read of forms about supplements.
extension FilingDesk {
    func order(
        _ form: FormData,
        on dossier: Dossier,
        _ rules: FilingRules,
        _ calendar: WorkingCalendar,
        now: Instant
    ) -> SupplementOrder {
        SupplementOrder(form, on: dossier, rules, calendar: calendar, now: now)
    }
}

extension SupplementItem {
    /// The numbers as a dossier's papers are counted; nil where none was given.
    fileprivate var onPaper: (originals: Int, copies: Int)? {
        let copies = certifiedCopies + self.copies
        return originals + copies == 0 ? nil : (originals, copies)
    }
}

extension WorkRoutes {
    /// What a visitor has brought: the items ticked, and words for the rest.
    func answers(_ form: FormData, on details: DossierBook.Details, _ rules: FilingRules, now: Instant)
        -> SupplementAnswers
    {
        let items = details.dossier.requestedItems
        let usual = rules.papers(form.all("component"))
        // As many as were asked for, where the request said so.
        let papers = usual.map { paper in
            let asked = items.first { $0.component == paper.component }?.onPaper
            return asked.map { FiledPaper(component: paper.component, originals: $0.originals, copies: $0.copies) }
                ?? paper
        }
        var answers = SupplementAnswers(
            form,
            to: items,
            papers: papers,
            rules,
            now: now
        )
        // A request of earlier days that named nothing.
        if items.isEmpty, answers.answers.isEmpty, form.filled("text") == nil { answers.refuseEmptiness() }
        return answers
    }
}

extension FilingDesk {
    /// What an applicant sends: `files` for the items, words for the rest, and perhaps a word for all.
    func answers(_ form: FormData, to details: DossierBook.Details, files: [AttachedFile], now: Instant) throws
        -> (answers: SupplementAnswers, message: DossierTexts.Draft?, errors: [FieldError])
    {
        let answers = SupplementAnswers(
            form,
            to: details.dossier.requestedItems,
            papers: files.map(\.paper),
            try rules(of: details.filing),
            now: now
        )
        let message = form.filled("message").map { DossierTexts.Draft(String($0.prefix(4000)), .remark, at: now) }
        let isEmpty = details.dossier.requestedItems.isEmpty && files.isEmpty && message == nil
        return (answers, message, isEmpty ? Problem.emptySupplement.errors : answers.errors)
    }
}
