package import Kernel
import Persistence

extension DossierBook.Details {
    /// A dossier that was read has been filed.
    package var filing: Filing {
        guard let filing = dossier.filing else { preconditionFailure("a dossier's row without its filing") }
        return filing
    }

    /// Applicants see what they sent at once, and results when they are finished.
    package func isVisibleToApplicant(_ file: AttachedFile) -> Bool {
        if dossier.replaced.contains(where: { $0.file.attachment == file.id }) { return true }
        guard dossier.results.contains(where: { $0.file.attachment == file.id }) else {
            return dossier.papers.contains { $0.file?.attachment == file.id }
        }
        return dossier.stage == .finished || dossier.stage == .returned
    }

    /// Files that an event names: the office's business. Officers see no other.
    package var handedIn: [AttachedFile] { files.filter(isHandedIn) }

    /// Files that the applicant has uploaded for a supplement and not sent yet: nobody's business but theirs.
    package var staged: [AttachedFile] { files.filter { !isHandedIn($0) } }

    private func isHandedIn(_ file: AttachedFile) -> Bool {
        history.contains { $0.event.happening.files.contains { $0.attachment == file.id } }
    }

    /// Everybody whom the history names.
    package var officers: Set<ID<Officer>> {
        var officers = Set<ID<Officer>>()
        for recorded in history {
            if case .officer(let id) = recorded.circumstances.actor { officers.insert(id) }
            if let absent = recorded.circumstances.standingInFor { officers.insert(absent) }
            officers.formUnion(recorded.event.happening.officers)
        }
        return officers
    }
}
