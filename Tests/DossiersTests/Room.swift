import Kernel
import Persistence
import Staffing
import TestSupport
import Web

@testable import DossierCore

/// The books of an office on an empty database, with a clock that stands still.
struct Room: Sendable {
    let database: any Database
    let book: DossierBook
    let drafts: Drafts
    let clock = TestClock()

    var staff: StaffBooks { StaffBooks(database: database) }

    static let justice = ID<Agency>(rawValue: "stp-hn"), elsewhere = ID<Agency>(rawValue: "stp-dn")
    static let lan = ID<Citizen>(rawValue: "lan"), minh = ID<Citizen>(rawValue: "minh")
    static let hoa = officer("hoa", .reception), binh = officer("binh", .caseOfficer)
    static let dung = officer("dung", .leader), mai = officer("mai", .clerk), tam = officer("tam", .returns)

    static func officer(_ name: String, in agency: ID<Agency> = justice, _ roles: Role...) -> ActingOfficer {
        ActingOfficer(id: ID(rawValue: name), agency: agency, roles: Set(roles))
    }

    static let steps = [
        PlannedStep(key: "receive", role: .reception, hours: 2),
        PlannedStep(key: "examine", role: .caseOfficer, hours: 40),
        PlannedStep(key: "sign", role: .leader, hours: 8),
        PlannedStep(key: "issue", role: .clerk, hours: 2),
    ]

    static func answers(_ name: String, phone: String = "0912000001", content: String = "Xin cấp phiếu") -> String {
        """
        {"applicant":{"address":"Số 1 Kim Mã","fullName":"\(name)","phone":"\(phone)"},"request":{"content":"\(content)"}}
        """
    }

    static func submission(
        _ name: String = "Nguyễn Thị Lan",
        phone: String = "0912000001",
        content: String = "Xin cấp phiếu",
        to agency: ID<Agency> = justice,
        code: String = "000.00.19.H26",
        channel: Channel = .online,
        returnBy: ReturnMethod = .online,
        by applicant: ID<Citizen>? = lan,
        draft: ID<Draft>? = nil,
        draftVersion: Int = 1
    ) -> DossierBook.Submission {
        DossierBook.Submission(
            procedure: "1.000001",
            procedureName: "Cấp Phiếu lý lịch tư pháp",
            revision: 0,
            situation: nil,
            agency: agency,
            agencyCode: code,
            channel: channel,
            returnBy: returnBy,
            applicant: applicant,
            applicantName: name,
            phone: phone,
            address: "Số 1 Kim Mã",
            answers: answers(name, phone: phone, content: content),
            papers: [],
            files: [],
            draft: draft,
            draftVersion: draftVersion,
            steps: steps
        )
    }

    static func file(_ component: String, _ digit: Character = "a") -> AttachedFile {
        AttachedFile(
            id: .fresh(at: Instant(milliseconds: 1_795_401_000_000)),
            component: component,
            name: "\(component).pdf",
            kind: "application/pdf",
            pages: 1,
            bytes: 3,
            digest: String(repeating: digit, count: 64)
        )
    }

    /// Who came for a result.
    static let collector = DossierTexts.Draft(
        "Người nhận: chính người nộp hồ sơ",
        .remark,
        at: Instant(milliseconds: 1_795_401_000_000)
    )
    static let certificate = file("certificate")
    static let result = ResultFile(result: "certificate", file: certificate.reference)

    func circumstances(_ actor: Actor = .officer(id: ID(rawValue: "room"))) -> Circumstances {
        Circumstances(at: clock.now, actor: actor)
    }

    /// Somebody who may give `command`.
    private func giver(of command: Dossier.Command) -> Actor {
        switch command {
        case .supplement(let citizen, _, _, _), .collectOnline(let citizen), .chooseReturn(let citizen, _),
            .askWithdrawal(let citizen, _):
            .citizen(id: citizen)
        case .recount, .recountFirstAnswer: .system(name: "test")
        default: .officer(id: ID(rawValue: "room"))
        }
    }

    @discardableResult
    func file(_ submission: DossierBook.Submission = submission(), once key: IdempotencyKey? = nil) async throws
        -> DossierBook.Receipt
    {
        try await book.file(submission, circumstances(), once: key)
    }

    @discardableResult
    func perform(_ command: Dossier.Command, on id: ID<Dossier>, texts: [DossierTexts.Draft] = []) async throws -> Int {
        // A result comes together with its file.
        let files =
            if case .prepareResult(_, _, let results, _) = command, !results.isEmpty { [Room.certificate] } else {
                [AttachedFile]()
            }
        return try await book.perform(command, on: id, circumstances(giver(of: command)), texts: texts, files: files)
    }

    /// A reason or remark on its way into its row.
    func text(_ words: String) -> DossierTexts.Draft { DossierTexts.Draft(words, .remark, at: clock.now) }

    func details(_ id: ID<Dossier>) async throws -> DossierBook.Details {
        guard let details = try await book.details(id) else { throw Missing() }
        return details
    }

    struct Missing: Error {}

    func rows(_ sql: SQL) async throws -> [Row] { try await database.read { tx in try tx.fetch(sql) } }
    func count(_ sql: SQL) async throws -> Int { try await rows(sql)[0].int(0) }
    func change(_ sql: SQL) async throws { _ = try await database.transaction { tx in try tx.execute(sql) } }

    /// What `motcua verify` would say about the rows, one line for each difference.
    func differences() async throws -> [String] {
        try await book.verify().differences.map(\.what)
    }
}

extension TestDatabase {
    func room(connections: Int = 4, _ body: (Room) async throws -> Void) async throws {
        try await fresh(connections: connections) { database in
            try await database.migrate(
                EventStore.migrations + Numbering.migrations + Outbox.migrations + DossierBook.migrations
            )
            try await body(
                Room(
                    database: database,
                    book: DossierBook(database: database, staff: StaffBooks(database: database)),
                    drafts: Drafts(database: database)
                )
            )
        }
    }
}
