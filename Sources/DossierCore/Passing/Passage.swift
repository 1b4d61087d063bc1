package import Kernel
import Web

/// A dossier is with another agency for its part of the work (liên thông, Decree 118/2025/NĐ-CP). The agency that
/// received it stays answerable to the applicant: for the day of return, for supplements, for the result.
package struct Passage: Equatable, Sendable {
    /// The agency that does its part now.
    package let agency: ID<Agency>
    package let request: SealedText
    /// By when its part is wanted.
    package let due: Instant
    /// Who gets the dossier when it comes back; nil for whoever takes the step.
    let giver: ID<Officer>?
}

extension Dossier {
    /// The agency whose officers work on it now; nil before the filing.
    package var desk: ID<Agency>? { passage?.agency ?? filing?.agency }

    /// Whether officers of `agency` may see it: those of its own always, those of another while it is with them.
    package func isVisible(to agency: ID<Agency>) -> Bool { agency == filing?.agency || agency == desk }

    package func mayPass(by officer: ActingOfficer) throws(Refusal) {
        try require([.processing])
        try requireHere(officer)
        try requireHandling(by: officer)
    }

    package func mayPassBack(by officer: ActingOfficer) throws(Refusal) {
        try require([.processing])
        guard passage != nil else { throw .notPassed }
        try requireDesk(of: officer)
        // Its leader may answer as well as whoever did the work.
        guard officer.holds(.caseOfficer, of: holder) || officer.holds(.leader, of: holder) else {
            throw .notYourRole(needed: .caseOfficer)
        }
    }

    /// The agency that owes the result need not wait for the other one.
    package func mayRecall(by officer: ActingOfficer) throws(Refusal) {
        guard let passage else { throw .notPassed }
        try requireAgency(of: officer)
        guard officer.holds(.caseOfficer, of: passage.giver) || officer.holds(.leader, of: passage.giver) else {
            throw .notYourRole(needed: .caseOfficer)
        }
    }

    func pass(to agency: ID<Agency>, by officer: ActingOfficer, request: SealedText, due: Instant, at now: Instant)
        throws(Refusal) -> [Event]
    {
        try mayPass(by: officer)
        guard agency != filing?.agency else { throw .passedToItself }
        guard due > now else { throw .partDueInThePast }
        return [.passage(.passed(to: agency, request: request, due: due))]
    }

    /// Steps of the plan are done at home.
    func requireHere(_ officer: ActingOfficer) throws(Refusal) {
        try requireAgency(of: officer)
        if let passage { throw .passedOn(to: passage.agency) }
    }

    func requireDesk(of officer: ActingOfficer) throws(Refusal) {
        guard filing != nil else { throw .notFiled }
        guard officer.agency == desk else {
            // Its own agency sees it and is told where it is; to others it does not exist.
            if let passage, officer.agency == filing?.agency { throw .passedOn(to: passage.agency) }
            throw .notYourAgency
        }
    }
}
