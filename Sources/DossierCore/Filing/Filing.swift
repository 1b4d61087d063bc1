package import Kernel
package import Web

/// What was filed, with whom and how; none of it changes later.
package struct Filing: Codable, Equatable, Sendable {
    package let code: DossierCode
    package let procedure: String
    /// Position in the procedure's list of revisions: the rules under which the dossier is handled for ever.
    package let revision: Int
    /// The key of the case that decides which papers are needed, where the procedure has cases.
    package let situation: String?
    package let agency: ID<Agency>
    package let channel: Channel
    package let returnBy: ReturnMethod
    /// The account that filed it; nil for visitors of a counter and senders of post.
    package let applicant: ID<Citizen>?
    package let content: SealedText
    package let papers: [FiledPaper]
    package let steps: [PlannedStep]
    /// By when the agency has to answer for the first time; online filings only.
    package let firstAnswerDue: Instant?
    /// What was paid at the counter when the papers were taken in; nil where nothing is recorded.
    package let feePaid: FeePayment?
    /// The language of the pages on which it was filed; nil where that was not the applicant's choice.
    package let language: Language?

    package init(
        code: DossierCode,
        procedure: String,
        revision: Int,
        situation: String?,
        agency: ID<Agency>,
        channel: Channel,
        returnBy: ReturnMethod,
        applicant: ID<Citizen>?,
        content: SealedText,
        papers: [FiledPaper],
        steps: [PlannedStep],
        firstAnswerDue: Instant? = nil,
        feePaid: FeePayment? = nil,
        language: Language? = nil
    ) {
        self.code = code
        self.procedure = procedure
        self.revision = revision
        self.situation = situation
        self.agency = agency
        self.channel = channel
        self.returnBy = returnBy
        self.applicant = applicant
        self.content = content
        self.papers = papers
        self.steps = steps
        self.firstAnswerDue = firstAnswerDue
        self.feePaid = feePaid
        self.language = language
    }
}

/// Money that an officer has noted as paid, the number of the receipt given for it, and by which way it came.
package struct FeePayment: Codable, Equatable, Sendable {
    package let amount: Money
    package let receipt: String?
    /// Nil where it was not noted.
    package let way: PaymentWay?

    package init(amount: Money, receipt: String?, way: PaymentWay? = nil) {
        self.amount = amount
        self.receipt = receipt
        self.way = way
    }

    package var words: Words {
        let receipt = receipt.map { Words(", biên lai số \($0)", ", receipt No. \($0)") }
        let way = way.map { Words(", \($0.words.vi.lowercased())", ", \($0.words.en.lowercased())") }
        return Words(
            "\(amount.text)\(receipt?.vi ?? "")\(way?.vi ?? "")",
            "\(amount.text)\(receipt?.en ?? "")\(way?.en ?? "")"
        )
    }
}

/// How money reached the agency.
package enum PaymentWay: String, Codable, CaseIterable, Sendable {
    case cash, transfer, online

    package var words: Words {
        switch self {
        case .cash: Words("Tiền mặt", "Cash")
        case .transfer: Words("Chuyển khoản", "Bank transfer")
        case .online: Words("Thanh toán trực tuyến", "Online payment")
        }
    }
}

/// A step of processing as the procedure plans it. `hours` are working hours, at least 0.
package struct PlannedStep: Codable, Equatable, Sendable {
    package let key: String
    package let role: Role
    package let hours: Int

    package init(key: String, role: Role, hours: Int) {
        self.key = key
        self.role = role
        self.hours = hours
    }
}

/// A text that lies in a row of its own, with the digest that ties it to the event naming it.
package struct SealedText: Codable, Equatable, Sendable {
    package let text: ID<DossierText>
    /// SHA-256 over the row's random salt and its text: proves the text as long as it is kept, says nothing after.
    package let digest: String

    package init(text: ID<DossierText>, digest: String) {
        self.text = text
        self.digest = digest
    }
}

/// One paper of a dossier: a file, or paper on the counter, or both once it has been scanned.
package struct FiledPaper: Codable, Equatable, Sendable {
    package let component: String
    package let originals: Int
    package let copies: Int
    package let file: FileReference?
    /// Where the file was handed in or issued before; nil for a file of this dossier's own.
    package let origin: PaperOrigin?

    package init(
        component: String,
        originals: Int = 0,
        copies: Int = 0,
        file: FileReference? = nil,
        origin: PaperOrigin? = nil
    ) {
        self.origin = origin
        self.component = component
        self.originals = originals
        self.copies = copies
        self.file = file
    }
}

/// The earlier dossier of the same person from which a paper is used again (Decree 45/2020/NĐ-CP: nobody hands in twice
/// what the authorities hold).
package struct PaperOrigin: Codable, Hashable, Sendable {
    package let dossier: ID<Dossier>
    /// The result's key where the paper was issued there; nil where it was handed in there.
    package let result: String?

    package init(dossier: ID<Dossier>, result: String?) {
        self.dossier = dossier
        self.result = result
    }
}

/// A stored file; its name and kind lie in the attachment's row.
package struct FileReference: Codable, Equatable, Sendable {
    package let attachment: ID<Attachment>
    package let digest: String
    package let bytes: Int

    package init(attachment: ID<Attachment>, digest: String, bytes: Int) {
        self.attachment = attachment
        self.digest = digest
        self.bytes = bytes
    }
}

/// A result paper, named by the key that the procedure gives it.
package struct ResultFile: Codable, Equatable, Sendable {
    package let result: String
    package let file: FileReference

    package init(result: String, file: FileReference) {
        self.result = result
        self.file = file
    }
}

/// What the agency decided. A refusal on the merits is a result too, and counts as solved.
package enum Outcome: String, Codable, CaseIterable, Sendable { case granted, denied }

/// The officer who gives a command, with the rights that count at that moment.
package struct ActingOfficer: Sendable {
    package let id: ID<Officer>
    package let agency: ID<Agency>
    /// Their own; what is lent by absent colleagues stands in `standIns`.
    package let roles: Set<Role>
    package let standIns: [StandIn]

    package init(id: ID<Officer>, agency: ID<Agency>, roles: Set<Role>, standIns: [StandIn] = []) {
        self.id = id
        self.agency = agency
        self.roles = roles
        self.standIns = standIns
    }

    package init(_ officer: OfficerIdentity, standIns: [StandIn] = []) {
        self.init(id: officer.id, agency: officer.agency, roles: officer.roles, standIns: standIns)
    }
}

package enum DossierText {}
package enum Attachment {}
