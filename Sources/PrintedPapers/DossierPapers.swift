import Agencies
import Catalogue
package import Documents
package import DossierCore
import Hummingbird
import Kernel
import Persistence
package import Web

/// Fills the printed papers from a dossier.
package struct DossierPapers: Sendable {
    package let desk: FilingDesk
    /// Where this installation is reached, such as `https://motcua.hanoi.gov.vn`; printed and put into QR codes.
    package let site: String
    package let directory: any Directory

    package init(desk: FilingDesk, site: String, directory: any Directory) {
        self.desk = desk
        self.site = site
        self.directory = directory
    }

    // MARK: - The papers of one dossier

    /// The paper as a PDF file; a problem tells when the dossier has not come to it.
    package func pdf(_ paper: DossierPaper, of details: DossierBook.Details) async throws -> [UInt8] {
        try await papers(paper, of: details).pdf()
    }

    /// What is on it, sheet by sheet.
    package func papers(_ paper: DossierPaper, of details: DossierBook.Details) async throws -> [Paper] {
        let facts = Facts(
            details: details,
            rules: try desk.rules(of: details.filing),
            agency: try await desk.printedAgency(details.row.agency),
            names: try await directory.names(of: details.officers),
            unlisted: try await desk.unlistedDays(details)
        )
        let calendar = try await desk.calendars.calendar(of: details.row.agency)
        let papers: [Paper]?
        switch paper {
        case .proof: papers = try proof(facts, calendar)
        case .receipt: papers = try receivedDossier(facts) == nil ? nil : receiptInBothCopies(receipt([facts]))
        case .supplementRequest: papers = try supplement(facts)
        case .refusal: papers = try refusal(facts)
        case .apology: papers = try apologise(facts)
        case .lateApology: papers = try apologiseLate(facts)
        case .stopNotice: papers = try stop(facts)
        case .controlSlip: papers = try await control(facts, calendar)
        }
        guard let papers else { throw Problem.notPrintable(paper) }
        return papers
    }

    /// What a paper is filled from.
    struct Facts {
        let details: DossierBook.Details
        let rules: FilingRules
        let agency: PrintedAgency
        let names: [ID<Officer>: String]
        /// Said beside the due date that was counted over days of which no holidays are listed.
        var unlisted: Words?

        var row: DossierRow { details.row }

        /// What happened last of the kind that `find` finds, and when and by whom.
        func last<Found>(_ find: (Dossier.Event) -> Found?) -> (Found, Circumstances)? {
            for recorded in details.history.reversed() {
                if let found = find(recorded.event) { return (found, recorded.circumstances) }
            }
            return nil
        }

        /// The number of the latest letter of a kind; those from before there were series keep the dossier's.
        func number(of paper: DossierPaper) -> String {
            let kind = paper.letter ?? ""
            let version = details.history.last { $0.event.happening.printable.contains(paper) }?.version
            guard let number = version.flatMap({ details.letters[$0] }) else { return self.number(kind) }
            return "\(padded(number, 4))/\(kind)"
        }

        /// By the terms of the channel, where that was corrected after receipt.
        var dueAsCorrected: Instant? {
            last { event -> Instant?? in
                if case .correction(.channelCorrected(_, let due, _)) = event { .some(due) } else { nil }
            }?.0
        }

        func text(_ sealed: SealedText) -> String { details.texts[sealed.text] ?? "(nội dung đã xóa theo quy định)" }

        func name(_ actor: Actor) -> String {
            if case .officer(let id) = actor { names[id] ?? "" } else { "" }
        }

        /// The papers of a dossier share its running number.
        func number(_ kind: String) -> String { "\(running)/\(kind)" }

        var running: String { row.code.rawValue.split(separator: "-").last.map(String.init) ?? "" }
    }

    /// Giấy xác nhận nộp hồ sơ trực tuyến.
    private func proof(_ facts: Facts, _ calendar: WorkingCalendar) throws -> [Paper]? {
        guard facts.row.channel == .online else { return nil }
        let row = facts.row
        return [
            try proofOfFiling(
                FilingFacts(
                    issuer: facts.agency.counter,
                    dossierCode: row.code.rawValue,
                    lookup: lookup(facts.details),
                    applicant: applicant(facts.details),
                    procedure: procedure(facts.rules),
                    competent: facts.agency.whole.name,
                    filedAt: row.filedAt.localMinute,
                    files: facts.details.history.first.map { filedFiles($0.event, facts) } ?? [],
                    fees: fees(facts),
                    returnPlace: returnPlace(facts),
                    answerBy: (facts.details.filing.firstAnswerDue
                        ?? firstAnswerDue(filed: row.filedAt, calendar: calendar).at).localMinute
                )
            )
        ]
    }

    /// Form 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả, of one or several dossiers of one person.
    func receipt(_ dossiers: [Facts]) throws -> ReceiptFacts {
        let received = try dossiers.compactMap { facts in try receivedDossier(facts).map { (facts, $0) } }
        guard received.count == dossiers.count, let (first, dossier) = received.first else {
            throw Problem.notPrintable(.receipt)
        }
        let latest = received.max { $0.1.receivedAt < $1.1.receivedAt } ?? (first, dossier)
        let accepted = latest.0.last { if case .filing(.accepted) = $0 { true } else { nil } }
        return ReceiptFacts(
            forms: FormSet.inForce(on: latest.1.receivedAt.date),
            issuer: first.agency.counter,
            number: "\(dossiers.map(\.running).joined(separator: ", "))/TNHS",
            applicant: applicant(first.details),
            dossier: dossier,
            others: received.dropFirst().map(\.1),
            officer: accepted.map { latest.0.name($0.1.actor) } ?? ""
        )
    }

    private func receivedDossier(_ facts: Facts) throws -> ReceivedDossier? {
        // What was promised then: later extensions have papers of their own.
        let accepted = facts.last { event -> Instant?? in
            if case .filing(.accepted(let due)) = event { .some(due) } else { nil }
        }
        guard let (promised, circumstances) = accepted else { return nil }
        let corrected = facts.details.history.last { $0.event.happening.correctsReceipt }
        let due = facts.dueAsCorrected ?? promised
        let (row, receivedAt) = (facts.row, circumstances.at.localMinute)
        return ReceivedDossier(
            code: row.code.rawValue,
            lookup: lookup(facts.details),
            channel: row.channel,
            procedure: procedure(facts.rules),
            components: components(facts),
            timeLimit: facts.rules.term(for: row.channel),
            receivedAt: receivedAt,
            dueAt: due?.localMinute,
            dueExplanation: due == nil ? nil : facts.unlisted?.vi,
            returnPlace: registeredPlace(facts),
            fees: fees(facts),
            register: RegisterReference(volume: "\(receivedAt.date.civil.year) (sổ điện tử)", line: row.code.rawValue),
            correctedAt: corrected.map(\.circumstances.at).flatMap { $0 > circumstances.at ? $0.localMinute : nil }
        )
    }

    /// Form 02: Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
    private func supplement(_ facts: Facts) throws -> [Paper]? {
        guard let asked = facts.details.supplement else { return nil }
        return [
            try supplementRequest(
                SupplementRequestFacts(
                    notice: notice(facts, .supplementRequest, facts.agency.counter, asked.askedBy),
                    items: asked.items.map { asked in
                        SupplementItemFacts(
                            component: ComponentFacts(
                                name: facts.rules.itemName(asked.item).vi,
                                originals: asked.item.originals,
                                certifiedCopies: asked.item.certifiedCopies,
                                plainCopies: asked.item.copies
                            ),
                            instruction: asked.text ?? ""
                        )
                    },
                    reason: asked.reason,
                    ground: asked.ground.map { "\($0.reason) (\($0.basis))" },
                    answerBy: asked.answerBy
                )
            )
        ]
    }

    /// Form 03: Phiếu từ chối tiếp nhận giải quyết hồ sơ.
    private func refusal(_ facts: Facts) throws -> [Paper]? {
        let refused = facts.last { event -> SealedText? in
            if case .filing(.refused(let reason)) = event { reason } else { nil }
        }
        guard let (reason, circumstances) = refused else { return nil }
        return [
            try refusalNotice(
                RefusalFacts(
                    notice: notice(facts, .refusal, facts.agency.counter, circumstances),
                    reason: facts.text(reason)
                )
            )
        ]
    }

    /// Form 04: the last apology with its new day.
    private func apologise(_ facts: Facts) throws -> [Paper]? {
        let history = facts.details.history
        let last = history.lastIndex { if case .clock(.extended) = $0.event { true } else { false } }
        guard let last, case .clock(.extended(let due, let reason, let isException)) = history[last].event else {
            return nil
        }
        let before = Dossier(replaying: history[..<last].map(\.event))
        guard let dueBefore = before.due else { return nil }
        let at = history[last].circumstances
        let step = facts.rules.stepName(before.step)?.vi ?? before.stage.name.vi
        return [
            try apology(
                ApologyFacts(
                    notice: notice(facts, .apology, facts.agency.whole, at),
                    receiptNumber: facts.number("TNHS"),
                    receivedAt: (acceptedAt(facts) ?? facts.row.filedAt).localMinute,
                    dueAt: dueBefore.localMinute,
                    state: "đang ở bước “\(step)”",
                    reason: facts.text(reason),
                    newDueAt: due.localMinute,
                    isException: isException
                )
            )
        ]
    }

    /// The last apology for a dossier that was late when it was made.
    private func apologiseLate(_ facts: Facts) throws -> [Paper]? {
        let history = facts.details.history
        let last = history.lastIndex { if case .clock(.apologised) = $0.event { true } else { false } }
        guard let last, case .clock(.apologised(let reason, let expected)) = history[last].event else { return nil }
        let before = Dossier(replaying: history[..<last].map(\.event))
        guard let due = before.due else { return nil }
        let step = facts.rules.stepName(before.step)?.vi ?? before.stage.name.vi
        return [
            try lateApology(
                LateApologyFacts(
                    notice: notice(facts, .lateApology, facts.agency.whole, history[last].circumstances),
                    receiptNumber: facts.number("TNHS"),
                    receivedAt: (acceptedAt(facts) ?? facts.row.filedAt).localMinute,
                    dueAt: due.localMinute,
                    state: "đang ở bước “\(step)”",
                    reason: facts.text(reason),
                    expectedOn: expected
                )
            )
        ]
    }

    /// Form 05 of 2025: Thông báo dừng giải quyết hồ sơ.
    private func stop(_ facts: Facts) throws -> [Paper]? {
        let stopped = facts.last { event -> SealedText? in
            if case .processing(.stopped(let reason)) = event { reason } else { nil }
        }
        guard let (reason, circumstances) = stopped else { return nil }
        return [
            try stopNotice(
                StopFacts(
                    notice: notice(facts, .stopNotice, facts.agency.whole, circumstances),
                    receivedAt: (acceptedAt(facts) ?? facts.row.filedAt).localMinute,
                    ground: facts.text(reason),
                    stage: stageBeforeTheStop(facts.details).name.vi.lowercased(),
                    stoppedAt: circumstances.at.localMinute,
                    settlement: Payments(facts.details.history).settlement
                )
            )
        ]
    }

    /// Phiếu kiểm soát quá trình giải quyết hồ sơ: Form 06 of 2025, 05 of 2018.
    private func control(_ facts: Facts, _ calendar: WorkingCalendar) async throws -> [Paper]? {
        guard let acceptedAt = acceptedAt(facts) else { return nil }
        let trail = HandOverTrail(
            facts.details.history,
            applicant: facts.row.applicantName,
            names: facts.names,
            calendar: calendar,
            agencies: try await desk.names(of: facts.details.agencies).mapValues(\.vi)
        )
        return [
            controlSlip(
                ControlFacts(
                    forms: FormSet.inForce(on: acceptedAt.localDate),
                    issuer: facts.agency.counter,
                    number: facts.number("KSHS"),
                    dossierCode: facts.row.code.rawValue,
                    applicant: facts.row.applicantName,
                    procedure: procedure(facts.rules),
                    competent: facts.agency.whole.name,
                    receivedAt: acceptedAt.localMinute,
                    dueAt: facts.row.dueAt?.localMinute,
                    handOvers: trail.handOvers,
                    pauses: trail.pauses,
                    printedAt: desk.office.now.localMinute
                )
            )
        ]
    }

    /// The code that leads to the public look-up, for the page that proves the filing.
    package func lookUpCode(_ details: DossierBook.Details) throws -> QRCode? {
        try lookup(details).link.map { try QRCode($0) }
    }

    // MARK: - What they share

    private func notice(_ facts: Facts, _ paper: DossierPaper, _ issuer: IssuerFacts, _ circumstances: Circumstances)
        -> NoticeFacts
    {
        let date = circumstances.at.localDate
        return NoticeFacts(
            forms: FormSet.inForce(on: date),
            issuer: issuer,
            number: facts.number(of: paper),
            date: date,
            dossierCode: facts.row.code.rawValue,
            lookup: lookup(facts.details),
            applicant: applicant(facts.details),
            procedure: procedure(facts.rules),
            officer: facts.name(circumstances.actor)
        )
    }

    private func lookup(_ details: DossierBook.Details) -> LookupFacts {
        LookupFacts(
            site: "\(site)/tra-cuu",
            secret: details.secret,
            // In the fragment, which browsers send to nobody: a secret has no place in a log.
            link: details.secret.map { "\(site)/tra-cuu#ma=\(details.row.code.rawValue)&khoa=\($0)" }
        )
    }

    private func applicant(_ details: DossierBook.Details) -> PartyFacts {
        PartyFacts(details.row, details.answers)
    }

    private func returnPlace(_ facts: Facts) -> String {
        ReturnPlace(
            facts.row.returnBy,
            address: facts.rules.deliveryAddress(in: facts.details.readAnswers),
            office: facts.agency.counter.address
        ).words.vi
    }

    /// Behind “Đăng ký nhận kết quả tại” of Form 01.
    private func registeredPlace(_ facts: Facts) -> String {
        let address = facts.rules.deliveryAddress(in: facts.details.readAnswers)
        let place = returnPlace(facts)
        return switch facts.row.returnBy {
        case .counter: place.hasPrefix("Tại ") ? String(place.dropFirst(4)) : place
        case .post: address.map { "\($0) (qua bưu điện)" } ?? place
        case .online: place
        }
    }

    private func procedure(_ rules: FilingRules) -> ProcedureFacts {
        ProcedureFacts(
            code: rules.procedure.code.rawValue,
            name: rules.procedure.name.vi,
            field: desk.catalogue.current.fields[rules.procedure.field]?.name.vi
        )
    }

    private func acceptedAt(_ facts: Facts) -> Instant? {
        facts.last { event -> Bool? in if case .filing(.accepted) = event { true } else { nil } }?.1.at
    }

    /// Where a dossier stood when it was stopped.
    private func stageBeforeTheStop(_ details: DossierBook.Details) -> Stage {
        let before = details.history.prefix { if case .processing(.stopped) = $0.event { false } else { true } }
        return Dossier(replaying: before.map(\.event)).stage
    }

    private func filedFiles(_ event: Dossier.Event, _ facts: Facts) -> [FiledFileFacts] {
        guard case .filing(.filed(let filing)) = event else { return [] }
        return filing.papers.compactMap { paper in
            guard let reference = paper.file else { return nil }
            let file = facts.details.files.first { $0.id == reference.attachment }
            return FiledFileFacts(
                component: facts.rules.componentName(paper.component).vi,
                fileName: file?.name ?? "",
                bytes: reference.bytes,
                pages: file?.pages,
                digest: reference.digest
            )
        }
    }

    private func components(_ facts: Facts) -> [ComponentFacts] {
        var order: [String] = []
        var components: [String: ComponentFacts] = [:]
        for paper in facts.details.dossier.papers {
            if components[paper.component] == nil { order.append(paper.component) }
            let name = facts.rules.componentName(paper.component).vi
            components[paper.component, default: ComponentFacts(name: name)].add(paper)
        }
        return order.compactMap { components[$0] }
    }

    private func fees(_ facts: Facts) -> [FeeFacts] {
        Charges(facts.rules, of: facts.details).lines.map { FeeFacts(name: nil, sum: .stated($0.vi)) }
    }
}

extension PartyFacts {
    /// The applicant as the answers have it; an erased dossier prints with its name alone.
    package init(_ row: DossierRow, _ answers: String?) {
        let answers = answers.flatMap { try? Answers(stored: $0) }
        self.init(
            name: row.applicantName,
            number: answers?["applicant", "idNumber"],
            address: answers?["applicant", "address"],
            phone: answers?.applicantPhone,
            email: answers?["applicant", "email"]
        )
    }
}

extension ComponentFacts {
    fileprivate mutating func add(_ paper: FiledPaper) {
        originals += paper.originals
        plainCopies += paper.copies
        if paper.file != nil { files += 1 }
    }
}
