package import Agencies
package import Catalogue
import Hummingbird
package import Kernel
package import Persistence
package import Web

/// Takes dossiers in: finds the rules that apply, checks what was handed in against them, and files it.
package struct FilingDesk: Sendable {
    package let catalogue: CatalogueBook
    package let agencies: AgencyBook
    package let book: DossierBook
    package let drafts: Drafts
    /// Terms are counted by the days and hours of the competent agency.
    package let calendars: CalendarBook
    package let office: Office
    /// What is held of people already, and offered to them to be used again.
    package let held: any PapersHeld

    package init(
        catalogue: CatalogueBook,
        agencies: AgencyBook,
        book: DossierBook,
        drafts: Drafts,
        calendars: CalendarBook,
        held: any PapersHeld,
        office: Office
    ) {
        self.catalogue = catalogue
        self.agencies = agencies
        self.book = book
        self.drafts = drafts
        self.calendars = calendars
        self.held = held
        self.office = office
    }

    // MARK: - Rules

    /// The rules for filing `code` today through `channel`; a problem says why there are none.
    package func rules(for code: String, through channel: Channel) throws -> FilingRules {
        guard let code = ProcedureCode(rawValue: code), let procedure = catalogue.current[code] else {
            throw Problem.unknownProcedure
        }
        guard let revision = procedure.revision(on: office.now.localDate) else { throw Problem.notInForce }
        let rules = FilingRules(procedure: procedure, revision: revision)
        guard rules.ways.contains(channel) else { throw Problem.closed(channel, open: rules.ways) }
        return rules
    }

    /// The rules a dossier was received under.
    package func rules(of filing: Filing) throws -> FilingRules {
        try rules(of: filing.procedure, revision: filing.revision)
    }

    package func rules(of draft: Draft) throws -> FilingRules {
        try rules(of: draft.procedure, revision: draft.revision)
    }

    private func rules(of code: String, revision number: Int) throws -> FilingRules {
        guard let code = ProcedureCode(rawValue: code), let procedure = catalogue.procedure(code),
            let revision = procedure.revisions.first(where: { $0.number == number })
        else { throw Problem.unknownProcedure }
        return FilingRules(procedure: procedure, revision: revision)
    }

    /// The agencies that receive and decide this procedure.
    package func competent(for procedure: Procedure) async throws -> [AgencyProfile] {
        try await agencies.tree().competent(
            for: Set(procedure.levels.map(\.rawValue)),
            field: procedure.field,
            on: office.now.localDate
        )
    }

    package func agency(_ id: ID<Agency>) async throws -> AgencyProfile? { try await agencies.tree()[id] }

    package func competentAgency(_ id: String?, for procedure: Procedure) async throws -> AgencyProfile? {
        try await competent(for: procedure).first { $0.id.rawValue == id }
    }

    package static let agencyMissing = FieldError(
        "agency",
        "Chưa chọn cơ quan giải quyết. Hãy chọn trong danh sách.",
        "The agency is not chosen. Please choose one of the list."
    )

    // MARK: - Filing online

    /// Files a draft that is complete; otherwise says everything that is missing at once. `language` is the applicant's,
    /// where it is known.
    package func submit(
        _ id: ID<Draft>,
        by citizen: CitizenIdentity,
        in language: Language? = nil,
        _ circumstances: Circumstances
    ) async throws -> DossierBook.Receipt {
        guard let (draft, files) = try await drafts.draft(id, of: citizen.id) else { throw Drafts.Refusal.notFound }
        if let dossier = draft.dossier { throw AlreadyFiled(dossier: dossier) }
        let rules = try rules(of: draft)
        let typed = try Answers(stored: draft.answers)
        let checked = rules.check(typed, returnBy: draft.returnBy, on: office.now.localDate)
        let errors =
            checked.errors + rules.missing(files, in: draft.situation) + rules.check(situation: draft.situation)
        guard errors.isEmpty else { throw Problem.invalid(errors) }
        // A draft may have lain for months: it is filed under today's rules and with an agency that still decides.
        guard try self.rules(for: draft.procedure, through: .online).revision.number == draft.revision else {
            throw Problem.rulesChanged
        }
        guard let agency = try await competentAgency(draft.agency.rawValue, for: rules.procedure) else {
            throw Problem.invalid([Self.agencyMissing])
        }
        var submission = submission(
            rules,
            situation: draft.situation,
            agency: agency,
            channel: .online,
            returnBy: draft.returnBy,
            applicant: citizen.id,
            answers: checked.answers,
            draft: draft
        )
        submission.answerCalendar = try await calendars.calendar(of: agency.id)
        submission.language = language
        do {
            return try await book.file(submission, circumstances, once: nil)
        } catch Drafts.Refusal.alreadyFiled {
            // A second press of the button overtook the first.
            guard let dossier = try await drafts.draft(id, of: citizen.id)?.draft.dossier else {
                throw Drafts.Refusal.notFound
            }
            throw AlreadyFiled(dossier: dossier)
        }
    }

    /// The draft is a dossier already.
    package struct AlreadyFiled: Error {
        package let dossier: ID<Dossier>

        package init(dossier: ID<Dossier>) { self.dossier = dossier }
    }

    // MARK: - Filing in one go

    /// A whole dossier as a program or an officer at the counter hands it in.
    package struct Application: Sendable {
        package var procedure: String
        package var situation: String?
        package var agency: String
        package var channel: Channel
        package var returnBy: ReturnMethod?
        package var applicant: ID<Citizen>?
        package var answers: Answers
        package var papers: [FiledPaper]
        package var files: [AttachedFile]

        package init(
            procedure: String,
            situation: String?,
            agency: String,
            channel: Channel,
            returnBy: ReturnMethod?,
            applicant: ID<Citizen>?,
            answers: Answers,
            papers: [FiledPaper],
            files: [AttachedFile]
        ) {
            self.procedure = procedure
            self.situation = situation
            self.agency = agency
            self.channel = channel
            self.returnBy = returnBy
            self.applicant = applicant
            self.answers = answers
            self.papers = papers
            self.files = files
        }
    }

    /// What is wrong with `application`; nil when it may be filed.
    package func judge(_ application: Application) async throws -> (DossierBook.Submission?, [FieldError]) {
        let rules = try rules(for: application.procedure, through: application.channel)
        let checked = rules.check(application.answers, returnBy: application.returnBy, on: office.now.localDate)
        var errors = checked.errors + rules.check(situation: application.situation)
        if application.applicant == nil, application.returnBy == .online {
            errors.append(.onlineNeedsAccount)
        }
        switch application.channel {
        case .online: errors += rules.missing(application.files, in: application.situation)
        case .counter, .post: break
        }
        errors += rules.strangers(among: application.papers, in: application.situation)
        let known = Set(rules.revision.components.map(\.key))
        for component in Set(application.files.map(\.component) + application.papers.map(\.component)).sorted()
        where !known.contains(component) {
            errors.append(
                FieldError(
                    "paper-\(component)",
                    "“\(component)” không phải là giấy tờ của thủ tục này. Hãy xem lại thành phần hồ sơ.",
                    "“\(component)” is not a paper of this procedure. Please see the list of papers."
                )
            )
        }
        let agency = try await competentAgency(application.agency, for: rules.procedure)
        if agency == nil {
            errors.append(Self.agencyMissing)
        }
        guard errors.isEmpty, let agency, let returnBy = application.returnBy else { return (nil, errors) }
        var submission = submission(
            rules,
            situation: application.situation,
            agency: agency,
            channel: application.channel,
            returnBy: returnBy,
            applicant: application.applicant,
            answers: checked.answers,
            draft: nil
        )
        if application.channel == .online { submission.answerCalendar = try await calendars.calendar(of: agency.id) }
        submission.papers = application.papers
        submission.files = application.files
        return (submission, [])
    }

    private func submission(
        _ rules: FilingRules,
        situation: String?,
        agency: AgencyProfile,
        channel: Channel,
        returnBy: ReturnMethod,
        applicant: ID<Citizen>?,
        answers: Answers,
        draft: Draft?
    ) -> DossierBook.Submission {
        var submission = DossierBook.Submission(
            procedure: rules.procedure.code.rawValue,
            procedureName: rules.procedure.name.vi,
            revision: rules.revision.number,
            situation: situation,
            agency: agency.id,
            agencyCode: agency.code(on: office.now.localDate)?.code ?? agency.code,
            channel: channel,
            returnBy: returnBy,
            applicant: applicant,
            applicantName: answers.applicantName,
            phone: answers.applicantPhone,
            address: answers.applicantAddress,
            answers: answers.json,
            papers: [],
            files: [],
            draft: draft?.id,
            draftVersion: draft?.version,
            steps: rules.steps
        )
        (submission.field, submission.ways) = (rules.procedure.field, rules.ways)
        return submission
    }

    // MARK: - Due dates

    /// When the result of a dossier received at `received` is due; nil where no source states a term.
    package func due(_ rules: FilingRules, at agency: ID<Agency>, channel: Channel, received: Instant) async throws
        -> Instant?
    {
        due(rules, channel: channel, received: received, in: try await calendars.calendar(of: agency))
    }

    package func due(_ rules: FilingRules, channel: Channel, received: Instant, in calendar: WorkingCalendar)
        -> Instant?
    {
        DossierClock(rules, channel: channel, received: received)?.due(in: calendar).at
    }

    /// The due date when the applicant has done what the agency waited for: meanwhile the clock stood still. Nil where
    /// no clock has begun.
    package func dueAfterWaiting(_ dossier: Dossier, _ history: [Recorded<Dossier.Event>], now: Instant) async throws
        -> Instant?
    {
        guard let filing = dossier.filing else { return nil }
        let calendar = try await calendars.calendar(of: filing.agency)
        return try dueAfterWaiting(dossier, history, now: now, in: calendar)
    }

    package func dueAfterWaiting(
        _ dossier: Dossier,
        _ history: [Recorded<Dossier.Event>],
        now: Instant,
        in calendar: WorkingCalendar
    ) throws -> Instant? {
        guard let filing = dossier.filing,
            var clock = DossierClock(try rules(of: filing), channel: dossier.channel, history: history)
        else { return nil }
        clock.resume(at: now)
        return clock.due(in: calendar).at
    }
}

extension Problem {
    static let unknownProcedure = Problem(
        "unknown-procedure",
        "Không có thủ tục này. Hãy tìm lại theo tên.",
        "There is no such procedure. Please search by its name.",
        .notFound
    )
    static let notInForce = Problem(
        "not-in-force",
        "Thủ tục này hiện không có hiệu lực. Hãy tìm thủ tục thay thế.",
        "This procedure is not in force today. Please look for the one that replaced it.",
        .conflict
    )
    static let rulesChanged = Problem(
        "rules-changed",
        "Quy định của thủ tục này đã thay đổi từ khi bạn bắt đầu viết. Hãy bấm “Nộp trực tuyến” ở trang thủ tục để bắt đầu lại.",
        "The rules of this procedure have changed since you began. Please begin again on the procedure's page.",
        .conflict
    )
    package static let unknownAgency = Problem(
        "unknown-agency",
        "Không có cơ quan này. Hãy chọn trong danh sách.",
        "There is no such agency. Please choose from the list.",
        .notFound
    )

    /// A way of filing that the procedure does not have; only those that it has are suggested.
    static func closed(_ channel: Channel, open ways: [Channel]) -> Problem {
        let remaining = ways.filter { $0 != channel }.map(\.invitation)
        let (vi, en) = (remaining.map(\.vi).joined(separator: " hoặc "), remaining.map(\.en).joined(separator: " or "))
        return switch channel {
        case .online:
            Problem(
                "not-online",
                "Thủ tục này chưa nhận hồ sơ trực tuyến. Hãy \(vi).",
                "This procedure cannot be filed online yet. Please \(en).",
                .conflict
            )
        case .post:
            Problem(
                "not-by-post",
                "Thủ tục này không nhận hồ sơ qua bưu điện. Hãy \(vi).",
                "This procedure does not take dossiers by post. Please \(en).",
                .conflict
            )
        case .counter:
            Problem(
                "not-at-counter",
                "Thủ tục này không nhận hồ sơ tại quầy. Hãy \(vi).",
                "This procedure is not taken at the counter. Please \(en).",
                .conflict
            )
        }
    }
}

extension Channel {
    fileprivate var invitation: Words {
        switch self {
        case .online: Words("nộp trực tuyến", "file online")
        case .post: Words("gửi qua bưu điện", "send it by post")
        case .counter: Words("đến Bộ phận Một cửa", "come to the one-stop office")
        }
    }
}
