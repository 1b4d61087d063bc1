package import Kernel
import Persistence
package import Web

/// An applicant is told something by a person and not by a message. Case names and labels are the stored format: add, never
/// rename.
package enum TellingEvent: Codable, Equatable, Sendable {
    /// `note` says who was reached and what was told.
    case called(note: SealedText)
}

extension TellingEvent: DossierHappening {
    package var name: String { "called" }

    package func happen(to dossier: inout Dossier) {}

    package func sentence(in history: History) -> Sentence {
        let note: SealedText
        switch self {
        case .called(let text): note = text
        }
        return Sentence(
            history.say("Cán bộ ghi là đã gọi điện báo tin", "An officer has recorded a telephone call"),
            .neutral,
            history.isForOfficers ? history.text(note) : nil
        )
    }

    package var changesHands: Bool { false }

    package var texts: [SealedText] {
        switch self {
        case .called(let note): [note]
        }
    }
}

extension Dossier {
    /// Whoever serves in the agency and deals with people, at any time after filing: what could not be told may be that it
    /// has ended.
    package func mayRecordCall(by officer: ActingOfficer) throws(Refusal) {
        guard let filing else { throw .notFiled }
        guard officer.agency == filing.agency else { throw .notYourAgency }
        guard !officer.roles.isDisjoint(with: [.reception, .caseOfficer, .leader, .clerk, .returns]) else {
            throw .notYourRole(needed: .reception)
        }
    }
}

extension ID<Dossier> {
    /// As notices name it.
    package var subject: Notice.Subject { Notice.Subject("dossier", self) }

    /// Nil for what is about something else.
    package init?(_ subject: Notice.Subject) {
        guard subject.rawValue.hasPrefix("dossier/") else { return nil }
        self.init(rawValue: String(subject.rawValue.dropFirst("dossier/".count)))
    }
}

extension Change<Dossier> {
    /// What was told by telephone waits for nobody's call any more.
    func noteCalls(in tx: borrowing Transaction) throws {
        for recorded in events {
            guard case .telling(.called) = recorded.event else { continue }
            try NoticeBook.noteCall(about: id.subject, at: recorded.circumstances.at, in: tx)
        }
    }
}
