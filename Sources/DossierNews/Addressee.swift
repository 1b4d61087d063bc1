import Catalogue
import DossierCore
package import Kernel
import Web

/// Whom news of a dossier are for, as its papers name them now.
package struct Addressee: Equatable, Sendable {
    /// The account that filed it.
    package let account: ID<Citizen>?
    /// What its form gives.
    package let phone: PhoneNumber?
    package let email: EmailAddress?
}

extension DossierBook {
    /// Nil for what is not about a dossier.
    func addressee(of subject: Notice.Subject) async throws -> Addressee? {
        guard let id = ID<Dossier>(subject), let found = try await rowsWithAnswers([id]).first else { return nil }
        // Answers of an older form count as erased.
        let answers = found.answers.flatMap { try? Answers(stored: $0) }
        return Addressee(
            account: found.row.applicant,
            phone: answers?.applicantPhone.flatMap(PhoneNumber.init(rawValue:)),
            email: answers?.applicantEmail.flatMap(EmailAddress.init(rawValue:))
        )
    }
}
