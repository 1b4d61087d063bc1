package import Agencies
package import Kernel
package import Persistence
package import Web

/// Keeps dossiers: performs commands, writes the rows that lists are read from, and answers for single dossiers.
package struct DossierBook: Sendable {
    package let database: any Database
    package let events: EventStore
    private let numbering: Numbering
    private let codePattern: String
    let quotas: Quotas
    let blobs: BlobStore?
    /// What is ordered of the ways in which dossiers come in.
    package let orders: OrderBook?
    /// What agencies have settled about their people and their numbers.
    package let staff: any Staff

    /// Without `orders` no way of filing is ever closed. Files that are named here are renewed in `blobs`, since their
    /// request may have taken long; those that are removed are released there.
    package init(
        database: any Database,
        staff: any Staff,
        codePattern: String = DossierCode.defaultPattern,
        quotas: Quotas = Quotas(),
        blobs: BlobStore? = nil,
        orders: OrderBook? = nil
    ) {
        self.database = database
        self.staff = staff
        self.orders = orders
        (self.quotas, self.blobs) = (quotas, blobs)
        self.events = EventStore(database: database)
        self.numbering = Numbering(database: database)
        self.codePattern = codePattern
    }

    package static let migrations = DossierTables.migrations + Letters.migrations

    // MARK: - Filing

    /// Everything that makes a dossier, checked by whoever hands it in here.
    package struct Submission: Sendable {
        package var procedure: String
        package var procedureName: String
        package var revision: Int
        package var situation: String?
        package var agency: ID<Agency>
        package var agencyCode: String
        package var channel: Channel
        package var returnBy: ReturnMethod
        package var applicant: ID<Citizen>?
        package var applicantName: String
        package var phone: String?
        package var address: String?
        /// The answers as JSON.
        package var answers: String
        /// Papers without a file, as a counter takes them.
        package var papers: [FiledPaper]
        /// Files that are not a draft's.
        package var files: [AttachedFile]
        /// The draft that becomes a dossier, with its files.
        package var draft: ID<Draft>?
        /// The version of the draft that was checked.
        package var draftVersion: Int?
        package var steps: [PlannedStep]
        /// By which the first answer to an online filing is due; nil for what needs none.
        package var answerCalendar: WorkingCalendar?
        /// The key of the procedure's field, by which an order may close a way of filing.
        package var field: String?
        /// The ways in which the procedure can be filed, told to whoever finds theirs closed.
        package var ways: [Channel] = []
        /// What was paid at the counter.
        package var feePaid: FeePayment?
        /// In which the applicant has filed it.
        package var language: Language?

        package init(
            procedure: String,
            procedureName: String,
            revision: Int,
            situation: String?,
            agency: ID<Agency>,
            agencyCode: String,
            channel: Channel,
            returnBy: ReturnMethod,
            applicant: ID<Citizen>?,
            applicantName: String,
            phone: String?,
            address: String? = nil,
            answers: String,
            papers: [FiledPaper],
            files: [AttachedFile],
            draft: ID<Draft>?,
            draftVersion: Int? = nil,
            steps: [PlannedStep]
        ) {
            self.procedure = procedure
            self.procedureName = procedureName
            self.revision = revision
            self.situation = situation
            self.agency = agency
            self.agencyCode = agencyCode
            self.channel = channel
            self.returnBy = returnBy
            self.applicant = applicant
            self.applicantName = applicantName
            self.phone = phone
            self.address = address
            self.answers = answers
            self.papers = papers
            self.files = files
            self.draft = draft
            self.draftVersion = draftVersion
            self.steps = steps
        }

        /// The same for the same content: tells a repetition from another dossier under the same key.
        package var fingerprint: String {
            let parts = [procedure, situation ?? "", agency.rawValue, channel.rawValue, returnBy.rawValue, answers]
            let counts =
                papers.map { "\($0.component) \($0.originals) \($0.copies)" }
                + (feePaid.map { ["\($0.amount.dong) \($0.receipt ?? "")"] } ?? [])
            return entityTag(
                of: (parts + counts + files.map(\.content)).joined(separator: "\n").utf8
            )
        }
    }

    /// What the filer is told, and told again when the same key comes a second time.
    package struct Receipt: Codable, Equatable, Sendable {
        package let dossier: ID<Dossier>
        package let code: DossierCode
        package let secret: String

        package init(dossier: ID<Dossier>, code: DossierCode, secret: String) {
            self.dossier = dossier
            self.code = code
            self.secret = secret
        }
    }

    /// Files a dossier. When this returns, it is durable.
    package func file(
        _ submission: Submission,
        _ circumstances: Circumstances,
        once key: IdempotencyKey?,
        acceptedBy officer: ActingOfficer? = nil,
        due: Instant? = nil
    ) async throws -> Receipt {
        try await renew(submission.files)
        let now = circumstances.at
        let day = now.localDate
        let reservation = try await numbering.reserve(series: "dossier/\(submission.agencyCode)/\(day.rawValue)")
        let id = ID<Dossier>.fresh(at: now)
        let secret = Self.freshSecret()
        return try await events.once(key) { tx in
            try requireOpen(submission, at: now, in: tx)
            let number = try reservation.number(in: tx)
            let receipt = Receipt(
                dossier: id,
                code: DossierCode(pattern: codePattern, agency: submission.agencyCode, day: day, number: number),
                secret: secret
            )
            try insert(submission, as: receipt, circumstances, in: tx)
            if let officer {
                try perform(Order(.accept(by: officer, due: due), circumstances), on: id, in: tx)
            }
            return receipt
        }
    }

    /// An order that closes this way of filing is read where it is obeyed, so that no filing overtakes it.
    private func requireOpen(_ submission: Submission, at now: Instant, in tx: borrowing Transaction) throws {
        let closed = try orders?.closure(
            of: submission.channel,
            at: submission.agency,
            field: submission.field,
            procedure: submission.procedure,
            open: submission.ways,
            on: now,
            in: tx
        )
        if let closed { throw closed.leading(to: submission.procedure) }
    }

    private func insert(
        _ submission: Submission,
        as receipt: Receipt,
        _ circumstances: Circumstances,
        in tx: borrowing Transaction
    ) throws {
        let (id, now) = (receipt.dossier, circumstances.at)
        let answers = DossierTexts.Draft(submission.answers, .answers, at: now)
        let secret = DossierTexts.Draft(receipt.secret, .secret, at: now)
        try DossierTexts.insert([answers, secret], of: id, at: now, in: tx)
        try Attachments.insert(submission.files, dossier: id, at: now, in: tx)
        var files = submission.files
        if let draft = submission.draft {
            // Closed first: from then on nobody adds or removes a file.
            try Drafts.close(draft, version: submission.draftVersion ?? 1, as: id, at: now, in: tx)
            files += try Attachments.of(draft: draft, in: tx)
            try Attachments.move(from: draft, to: id, in: tx)
        }
        if submission.channel == .online, let citizen = submission.applicant {
            try Unsent.countHandIn(files.map(\.bytes).reduce(0, +), of: citizen, quotas, at: now, in: tx)
        }
        let filing = Filing(
            code: receipt.code,
            procedure: submission.procedure,
            revision: submission.revision,
            situation: submission.situation,
            agency: submission.agency,
            channel: submission.channel,
            returnBy: submission.returnBy,
            applicant: submission.applicant,
            content: answers.sealed,
            papers: submission.papers + files.map(\.paper),
            steps: submission.steps,
            firstAnswerDue: submission.answerCalendar.map { Kernel.firstAnswerDue(filed: now, calendar: $0).at },
            feePaid: submission.feePaid,
            language: submission.language
        )
        _ = try events.perform(.file(filing), on: id, circumstances, in: tx) { (change: Change<Dossier>, tx) in
            try DossierRow(
                id: id,
                change.state,
                filing,
                version: change.version,
                applicantName: submission.applicantName,
                procedureName: submission.procedureName,
                filedAt: now,
                updatedAt: now,
                finishedAt: nil,
                heldSince: now
            ).insert(phone: submission.phone, address: submission.address, in: tx)
            let words = DossierWords.of(name: submission.applicantName, code: receipt.code, phone: submission.phone)
            try DossierWords.insert(words, of: id, agency: submission.agency, in: tx)
            let read = (answers: submission.answers, text: answers.sealed.text)
            try DossierIdentities.insert(read, of: id, agency: submission.agency, in: tx)
        }
    }

    /// Eight letters and digits: 40 bits, which the look-up's rate limit makes too many to guess.
    private static func freshSecret() -> String {
        var generator = SystemRandomNumberGenerator()
        return base32(generator.next() & 0xFF_FFFF_FFFF, digits: 8)
    }

    // MARK: - Everything after

    /// Performs `command` together with the texts and files that it names.
    @discardableResult
    package func perform(
        _ command: Dossier.Command,
        on id: ID<Dossier>,
        _ circumstances: Circumstances,
        texts: [DossierTexts.Draft] = [],
        files: [AttachedFile] = [],
        expecting version: Int? = nil,
        once key: IdempotencyKey? = nil
    ) async throws -> Int {
        let order = Order(command, circumstances)
        return try await perform(order, on: id, texts: texts, files: files, expecting: version, once: key)
    }

    /// Performs what an officer orders, in whose place and with which next officer the transaction finds out.
    @discardableResult
    package func perform(
        _ order: Order,
        on id: ID<Dossier>,
        texts: [DossierTexts.Draft] = [],
        files: [AttachedFile] = [],
        expecting version: Int? = nil,
        once key: IdempotencyKey? = nil
    ) async throws -> Int {
        try await renew(files)
        return try await events.once(key) { tx in
            try DossierTexts.insert(texts, of: id, at: order.circumstances.at, in: tx)
            try Attachments.insert(files, dossier: id, at: order.circumstances.at, in: tx)
            return try perform(order, on: id, expecting: version, in: tx)
        }
    }

    @discardableResult
    package func perform(
        _ order: Order,
        on id: ID<Dossier>,
        expecting version: Int? = nil,
        in tx: borrowing Transaction
    ) throws -> Int {
        try events.perform(
            on: id,
            expecting: version,
            in: tx,
            order: { dossier, tx in
                let (command, circumstances) = try order.worded(dossier, tx)
                guard order.isOfficers else { return (command, circumstances) }
                return (try issuing(command, dossier, id, at: circumstances.at, in: tx), circumstances)
            }
        ) { (change: Change<Dossier>, tx) in
            try DossierRow.update(after: change, in: tx)
            try CorrectedRows.update(after: change, in: tx)
            try OpinionRows.update(after: change, in: tx)
            try staff.remember(change, in: tx)
            try Letters.number(change, in: tx)
            try change.noteCalls(in: tx)
            try Self.requireFiles(of: change, in: tx)
            if let citizen = order.circumstances.actor.citizen {
                try Unsent.send(change, by: citizen, quotas, at: order.circumstances.at, in: tx)
            }
        }.version
    }

    private func renew(_ files: [AttachedFile]) async throws {
        try await blobs?.renew(files.compactMap { BlobDigest(rawValue: $0.digest) })
    }

    /// An event never names a file that somebody has just removed.
    private static func requireFiles(of change: Change<Dossier>, in tx: borrowing Transaction) throws {
        let named = change.events.flatMap(\.event.happening.files).map(\.attachment)
        guard !named.isEmpty else { return }
        let stored = try tx.fetch(
            "SELECT id FROM attachment WHERE dossier = \(change.id) AND id IN \(list: named)"
        ).count
        guard stored == Set(named).count else { throw StaleVersion() }
    }

    /// Performs an order on several dossiers at once; each is judged alone. Those refused come back with the reason.
    package func perform(_ order: Order, onEach ids: [ID<Dossier>]) async throws -> [ID<Dossier>: Dossier.Refusal] {
        try await withThrowingTaskGroup(of: (ID<Dossier>, Dossier.Refusal)?.self) { group in
            for id in ids {
                group.addTask {
                    do {
                        try await perform(order, on: id)
                        return nil
                    } catch let refusal as Dossier.Refusal {
                        return (id, refusal)
                    }
                }
            }
            return try await group.reduce(into: [:]) { refused, answer in
                if let (id, refusal) = answer { refused[id] = refusal }
            }
        }
    }

    /// Fetching the result online is receiving it.
    package func collect(
        _ details: Details,
        _ file: AttachedFile,
        by citizen: ID<Citizen>,
        _ circumstances: Circumstances
    ) async throws {
        guard details.dossier.stage == .finished, details.dossier.returnBy == .online,
            details.dossier.results.contains(where: { $0.file.attachment == file.id })
        else { return }
        try await perform(.collectOnline(by: citizen), on: details.row.id, circumstances)
    }

    // MARK: - Questions

    /// A dossier with everything a page shows of it.
    package struct Details: Sendable {
        package let row: DossierRow
        package let dossier: Dossier
        package let history: [Recorded<Dossier.Event>]
        package let texts: [ID<DossierText>: String]
        package let files: [AttachedFile]
        /// The numbers of its letters, by the version of the event that called for each.
        package let letters: [Int: Int]
        /// The applicant's, for the public look-up; nil once erased, and in the hands of another agency.
        package private(set) var secret: String?

        /// As another agency sees it that does a part of the work.
        func withoutSecret() -> Details {
            var details = self
            details.secret = nil
            return details
        }

        /// The answers as JSON; nil once erased.
        package var answers: String? { dossier.content.flatMap { texts[$0.text] } }
    }

    package func details(_ id: ID<Dossier>) async throws -> Details? {
        try await database.read { tx in
            guard let row = try tx.fetch("SELECT \(DossierRow.columns) FROM dossier d WHERE d.id = \(id)").first else {
                return nil
            }
            let history: [Recorded<Dossier.Event>] = try events.history(of: id, in: tx)
            let stored = try tx.fetch("SELECT id, kind, body FROM dossier_text WHERE dossier = \(id)")
            var texts: [ID<DossierText>: String] = [:]
            var secret: String?
            for text in stored {
                if try text.text(1) == DossierTexts.Kind.secret.rawValue { secret = try text.text(2) }
                texts[ID(rawValue: try text.text(0))] = try text.text(2)
            }
            return Details(
                row: try DossierRow(row),
                dossier: Dossier(replaying: history.map(\.event)),
                history: history,
                texts: texts,
                files: try Attachments.of(dossier: id, in: tx),
                letters: try Letters.of(id, in: tx),
                secret: secret
            )
        }
    }

    /// Dossiers in the order asked for, with their newest answers as JSON; those that are not there are missing.
    package func rowsWithAnswers(_ ids: [ID<Dossier>]) async throws -> [(row: DossierRow, answers: String?)] {
        try await database.read { tx in
            let rows = try tx.fetch("SELECT \(DossierRow.columns) FROM dossier d WHERE d.id IN \(list: ids)")
                .map(DossierRow.init)
            let texts = try tx.fetch(
                """
                SELECT dossier, created_at, body FROM dossier_text
                WHERE dossier IN \(list: ids) AND kind = \(DossierTexts.Kind.answers)
                """
            )
            var newest: [ID<Dossier>: (at: Int, body: String)] = [:]
            for text in texts {
                let (id, at) = (ID<Dossier>(rawValue: try text.text(0)), try text.int(1))
                if at >= newest[id]?.at ?? .min { newest[id] = (at, try text.text(2)) }
            }
            let found = Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            return ids.compactMap { id in found[id].map { ($0, newest[id]?.body) } }
        }
    }

    /// Those of `digests` that a draft or a dossier has.
    package func used(_ digests: [BlobDigest]) async throws -> Set<BlobDigest> {
        try await database.read { tx in
            Set(
                try tx.fetch(
                    "SELECT DISTINCT digest FROM attachment WHERE digest IN \(list: digests)"
                ).compactMap { BlobDigest(rawValue: try $0.text(0)) }
            )
        }
    }

    /// The dossier that a code and the secret printed beside it open; nil when either is wrong.
    package func lookUp(_ code: DossierCode, secret: String) async throws -> ID<Dossier>? {
        let row = try await database.read { tx in
            try tx.fetch(
                """
                SELECT d.id, t.body FROM dossier d JOIN dossier_text t ON t.dossier = d.id AND t.kind = 'secret'
                WHERE d.code = \(code)
                """
            ).first
        }
        guard let row, Self.equal(try row.text(1), secret.plainCode.lowercased().filter { $0 != " " }) else {
            return nil
        }
        return ID(rawValue: try row.text(0))
    }

    /// Compares without telling by its duration how much was right.
    private static func equal(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return zip(left.utf8, right.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    package func list(
        _ inbox: Inbox,
        for officer: ActingOfficer,
        now: Instant,
        answersSoon: Instant? = nil,
        after cursor: Cursor? = nil,
        limit: Int = 50
    ) async throws -> Listing<DossierRow> {
        try await InboxReader(database: database, answersSoon: answersSoon).list(
            inbox,
            for: officer,
            now: now,
            after: cursor,
            limit: limit
        )
    }

    package func badges(
        _ inboxes: [Inbox],
        for officer: ActingOfficer,
        now: Instant,
        answersSoon: Instant? = nil
    ) async throws -> [Inbox: Int] {
        try await InboxReader(database: database, answersSoon: answersSoon).badges(inboxes, for: officer, now: now)
    }

    package func list(of citizen: ID<Citizen>, after cursor: Cursor? = nil, limit: Int = 20) async throws
        -> Listing<DossierRow>
    {
        try await InboxReader(database: database).list(of: citizen, after: cursor, limit: limit)
    }
}
