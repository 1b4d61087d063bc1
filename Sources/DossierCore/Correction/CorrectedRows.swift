import Kernel
import Persistence

/// What rows repeat of the answers is written anew when these are corrected.
enum CorrectedRows {
    static func update(after change: Change<Dossier>, in tx: borrowing Transaction) throws {
        let isCorrected = change.events.contains {
            switch $0.event {
            case .correction(.answersCorrected), .correction(.returnCorrected(_, _, .some, _)): true
            default: false
            }
        }
        guard isCorrected, let content = change.state.content, let filing = change.state.filing,
            let answers = try tx.fetch("SELECT body FROM dossier_text WHERE id = \(content.text)").first?.text(0)
        else { return }
        let phone = DossierTexts.applicantPhone(in: answers)
        let address = DossierTexts.applicantAddress(in: answers)
        guard let name = DossierTexts.applicantName(in: answers) else { return }
        try tx.execute(
            """
            UPDATE dossier SET applicant_name = \(name), applicant_phone = \(phone), applicant_address = \(address)
            WHERE id = \(change.id)
            """
        )
        try tx.execute("DELETE FROM dossier_word WHERE dossier = \(change.id)")
        let words = DossierWords.of(name: name, code: filing.code, phone: phone)
        try DossierWords.insert(words, of: change.id, agency: filing.agency, in: tx)
        try tx.execute("DELETE FROM dossier_identity WHERE dossier = \(change.id)")
        try DossierIdentities.insert((answers, content.text), of: change.id, agency: filing.agency, in: tx)
    }
}
