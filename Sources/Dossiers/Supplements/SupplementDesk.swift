import DossierCore
import Kernel
import Web

extension FilingDesk {
    /// What an applicant sends: `files` for the items, words for the rest, and perhaps a word for all.
    func answers(_ form: FormData, to details: DossierBook.Details, files: [AttachedFile], now: Instant) throws
        -> (answers: SupplementAnswers, message: DossierTexts.Draft?, errors: [FieldError])
    {
        let answers = SupplementAnswers(
            form.words,
            to: details.dossier.requestedItems,
            papers: files.map(\.paper),
            try rules(of: details.filing),
            now: now
        )
        var errors = answers.errors
        let written = form.filled("message")
        let message = written.flatMap { DossierTexts.Draft(remark: $0, in: "message", at: now, &errors) }
        let isEmpty = details.dossier.requestedItems.isEmpty && files.isEmpty && written == nil
        return (answers, message, isEmpty ? Problem.emptySupplement.errors : errors)
    }
}
