import Catalogue
import DossierCore
import Kernel
import Persistence
import Web

/// The JSON shapes of dossiers, as `Docs/openapi.yaml` describes them. Names are part of the interface: add, never
/// rename.
struct DossierShape: Encodable {
    let id: String
    let code: String
    let version: Int
    let procedure: String
    let procedureName: String
    let agency: String
    let channel: Channel
    let returnBy: ReturnMethod
    let applicantName: String
    let stage: Stage
    /// 1…10, the code of the exchange with the national portal.
    let nationalState: Int
    let filedAt: String
    let dueAt: String?
    let updatedAt: String
    let finishedAt: String?
    let firstAnswerDueAt: String?
    /// The other agency that does its part now, and by when that is wanted.
    let partner: String?
    let partDueAt: String?
    /// The question and the day of the answer; only in the list of opinions that are wanted.
    let opinion: String?
    let opinionBy: LocalDate?

    init(_ row: DossierRow) {
        id = row.id.rawValue
        code = row.code.rawValue
        version = row.version
        procedure = row.procedureCode
        procedureName = row.procedureName
        agency = row.agency.rawValue
        channel = row.channel
        returnBy = row.returnBy
        applicantName = row.applicantName
        stage = row.stage
        nationalState = row.stage.nationalState ?? 0
        filedAt = row.filedAt.iso8601
        dueAt = row.dueAt?.iso8601
        updatedAt = row.updatedAt.iso8601
        finishedAt = row.finishedAt?.iso8601
        firstAnswerDueAt = row.firstAnswerDue?.iso8601
        partner = row.standing.partner?.rawValue
        partDueAt = row.standing.partDue?.iso8601
        opinion = row.wanted?.id.rawValue
        opinionBy = row.wanted?.answerBy
    }
}

struct ListShape<Item: Encodable>: Encodable {
    let items: [Item]
    /// Give it as `after` to read on; absent at the end.
    let next: String?
}

struct FileShape: Encodable {
    let id: String
    let component: String
    let name: String
    let mediaType: String
    let pages: Int?
    let bytes: Int
    let sha256: String

    init(_ file: AttachedFile) {
        id = file.id.rawValue
        component = file.component
        name = file.name
        mediaType = file.kind
        pages = file.pages
        bytes = file.bytes
        sha256 = file.digest
    }
}

struct PaperShape: Encodable {
    let component: String
    let originals: Int
    let copies: Int
    let file: String?
}

/// How one paper of the list stands in the file.
struct DigitisationShape: Encodable {
    let component: String
    let name: Words
    /// 0…3, the national code.
    let state: Int
}

struct HappeningShape: Encodable {
    let version: Int
    let at: String
    let what: String
    let title: Words
}

struct IssueShape: Encodable {
    let number: String
    let date: LocalDate
}

/// A dossier with everything its reader may see.
struct DetailsShape: Encodable {
    let dossier: DossierShape
    let secret: String?
    let situation: String?
    let answers: Answers?
    let papers: [PaperShape]
    let digitisation: [DigitisationShape]
    let files: [FileShape]
    let outcome: Outcome?
    /// Number and day of the result, once it is issued.
    let issue: IssueShape?
    let results: [FileShape]
    let request: String?
    let requestedComponents: [String]
    /// The last request, item by item.
    let supplement: SupplementShape?
    let withdrawalIsAsked: Bool
    /// What colleagues were asked; absent for applicants.
    let opinions: [OpinionShape]?
    let history: [HappeningShape]
    /// The acts that the rules allow the officer who asks; absent for applicants.
    let acts: [String]?
    /// The papers that can be printed now, by the names of their addresses.
    let printable: [String]

    init(
        _ details: DossierBook.Details,
        rules: FilingRules,
        agencies: [ID<Agency>: Words],
        for officer: ActingOfficer?,
        now: Instant
    ) {
        let dossier = details.dossier
        let visible = officer == nil ? details.files.filter(details.isVisibleToApplicant) : details.handedIn
        let results = Set(dossier.results.map(\.file.attachment))
        self.dossier = DossierShape(details.row)
        secret = officer.map { $0.agency != details.row.agency } == true ? nil : details.secret
        situation = dossier.situation
        // Erased answers are absent, as are those of a form that no longer reads.
        answers = details.answers.flatMap { try? Answers(stored: $0) }
        papers = dossier.papers.map {
            PaperShape(
                component: $0.component,
                originals: $0.originals,
                copies: $0.copies,
                file: $0.file?.attachment.rawValue
            )
        }
        digitisation = rules.digitisation(of: dossier).map {
            DigitisationShape(component: $0.component.key, name: $0.component.name, state: $0.state.rawValue)
        }
        files = visible.filter { !results.contains($0.id) }.map(FileShape.init)
        let isDecided = officer != nil || dossier.stage == .finished || dossier.stage == .returned
        outcome = isDecided ? dossier.outcome : nil
        issue = (isDecided ? dossier.issue : nil).map { IssueShape(number: $0.number, date: $0.date) }
        self.results = visible.filter { results.contains($0.id) }.map(FileShape.init)
        let asked = details.supplement
        request = asked?.reason
        requestedComponents = dossier.requestedItems.compactMap(\.component)
        supplement = asked.map { SupplementShape($0, rules) }
        withdrawalIsAsked = dossier.withdrawalIsAsked
        opinions = officer.map { _ in details.askedOpinions.map(OpinionShape.init) }
        let told = [Language.vi, .en].map { say in
            History(
                say: say,
                rules: rules,
                texts: [:],
                isForOfficers: officer != nil,
                agencies: agencies,
                hidesTexts: true
            ).tell(details.history)
        }
        let shown = details.history.filter { officer != nil || !$0.event.happening.isInternal }
        history = zip(shown.reversed(), zip(told[0], told[1])).map { recorded, told in
            HappeningShape(
                version: recorded.version,
                at: recorded.circumstances.at.iso8601,
                what: recorded.event.name,
                title: Words(told.0.title, told.1.title)
            )
        }
        acts = officer.map { Acts.offered(on: dossier, by: $0, at: now, under: rules).map(\.key) }
        let papers = DossierPaper.printable(of: details)
        printable = papers.filter { officer != nil || DossierPaper.forApplicants.contains($0) }.map(\.rawValue)
    }
}

struct DraftShape: Encodable {
    let id: String
    let version: Int
    let procedure: String
    let revision: Int
    let situation: String?
    let agency: String
    let returnBy: ReturnMethod
    /// Where the post brings the result, where it was given beside the form.
    let deliveryAddress: String?
    let answers: Answers
    let files: [FileShape]
    let updatedAt: String
    /// What keeps it from being filed; empty when it is complete.
    let missing: [FieldError]

    init(_ work: DraftAtWork) {
        id = work.draft.id.rawValue
        version = work.draft.version
        procedure = work.draft.procedure
        revision = work.draft.revision
        situation = work.draft.situation
        agency = work.draft.agency.rawValue
        returnBy = work.draft.returnBy
        // What is read can be written back: the form knows no section for an address that it does not ask.
        let isBeside = work.rules.asksReturnAddress
        deliveryAddress = isBeside ? work.answers["delivery", "deliveryAddress"] : nil
        var answers = work.answers
        if isBeside { answers["delivery", "deliveryAddress"] = nil }
        self.answers = answers
        files = work.files.map(FileShape.init)
        updatedAt = work.draft.updatedAt.iso8601
        missing = work.allErrors
    }
}

struct ReceiptShape: Encodable {
    let id: String
    let code: String
    let secret: String

    init(_ receipt: DossierBook.Receipt) {
        id = receipt.dossier.rawValue
        code = receipt.code.rawValue
        secret = receipt.secret
    }
}
