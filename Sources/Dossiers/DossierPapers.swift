import Agencies
import Catalogue
import Documents
import Hummingbird
package import Kernel
import Persistence
import Web

/// Fills the printed papers from a dossier.
package struct DossierPapers: Sendable {
    let desk: FilingDesk
    /// Where this installation is reached, such as `https://motcua.hanoi.gov.vn`; printed and put into QR codes.
    let site: String

    package init(desk: FilingDesk, site: String) {
        self.desk = desk
        self.site = site
    }

    // MARK: - The papers

    /// Giấy xác nhận nộp hồ sơ trực tuyến.
    package func proof(_ details: DossierBook.Details) async throws -> [UInt8] {
        let agency = try await agency(details)
        let rules = try desk.rules(of: details.filing)
        return try proofOfFiling(
            FilingFacts(
                issuer: issuer(agency),
                dossierCode: details.row.code.rawValue,
                lookup: lookup(details),
                applicant: applicant(details),
                procedure: procedure(rules),
                competent: agency.name.vi,
                filedAt: details.row.filedAt.localMinute,
                files: details.history.first.map { filedFiles($0.event, details, rules) } ?? [],
                fees: fees(rules, details.row.channel),
                returnPlace: details.row.returnBy.words.vi,
                answerBy: firstAnswerDue(filed: details.row.filedAt, calendar: desk.calendar).at.localMinute
            )
        ).pdf()
    }

    /// Form 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
    package func receipt(_ details: DossierBook.Details, names: [ID<Officer>: String]) async throws -> [UInt8] {
        guard let accepted = details.first(where: { if case .accepted = $0 { true } else { false } }) else {
            throw Problem.notPrintable
        }
        let agency = try await agency(details)
        let rules = try desk.rules(of: details.filing)
        let receivedAt = accepted.circumstances.at.localMinute
        return try Documents.receipt(
            ReceiptFacts(
                forms: FormSet.inForce(on: receivedAt.date),
                issuer: issuer(agency),
                number: number(details, "TNHS"),
                dossierCode: details.row.code.rawValue,
                lookup: lookup(details),
                applicant: applicant(details),
                channel: details.row.channel,
                procedure: procedure(rules),
                components: components(details, rules),
                timeLimit: rules.term(for: details.row.channel),
                receivedAt: receivedAt,
                dueAt: details.row.dueAt?.localMinute,
                returnPlace: details.row.returnBy.words.vi,
                fees: fees(rules, details.row.channel),
                officer: officer(accepted.circumstances.actor, names)
            )
        ).pdf()
    }

    /// Form 02: Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
    package func supplement(_ details: DossierBook.Details, names: [ID<Officer>: String]) async throws -> [UInt8] {
        let rules = try desk.rules(of: details.filing)
        for recorded in details.history.reversed() {
            guard case .supplementRequested(let missing, let request) = recorded.event else { continue }
            let at = recorded.circumstances.at.localMinute
            return try supplementRequest(
                SupplementRequestFacts(
                    forms: FormSet.inForce(on: at.date),
                    issuer: issuer(try await agency(details)),
                    number: number(details, "HDHS"),
                    date: at.date,
                    dossierCode: details.row.code.rawValue,
                    lookup: lookup(details),
                    applicant: applicant(details),
                    procedure: procedure(rules),
                    items: rules.revision.components.filter { missing.contains($0.key) }.map { component in
                        SupplementItemFacts(
                            component: ComponentFacts(
                                name: component.name.vi,
                                originals: component.originals,
                                plainCopies: component.copies
                            ),
                            instruction: component.help?.vi ?? ""
                        )
                    },
                    reason: details.texts[request.text] ?? "",
                    answerBy: nil,
                    officer: officer(recorded.circumstances.actor, names),
                    officerPhone: nil
                )
            ).pdf()
        }
        throw Problem.notPrintable
    }

    /// Form 03: Phiếu từ chối tiếp nhận giải quyết hồ sơ.
    package func refusal(_ details: DossierBook.Details, names: [ID<Officer>: String]) async throws -> [UInt8] {
        let rules = try desk.rules(of: details.filing)
        for recorded in details.history.reversed() {
            guard case .refused(let reason) = recorded.event else { continue }
            let at = recorded.circumstances.at.localMinute
            return try refusalNotice(
                RefusalFacts(
                    forms: FormSet.inForce(on: at.date),
                    issuer: issuer(try await agency(details)),
                    number: number(details, "TCHS"),
                    date: at.date,
                    dossierCode: details.row.code.rawValue,
                    lookup: lookup(details),
                    applicant: applicant(details),
                    procedure: procedure(rules),
                    reason: details.texts[reason.text] ?? "",
                    legalBasis: nil,
                    whereToGo: nil,
                    officer: officer(recorded.circumstances.actor, names)
                )
            ).pdf()
        }
        throw Problem.notPrintable
    }

    /// The code that leads to the public look-up, for the page that proves the filing.
    func lookUpCode(_ details: DossierBook.Details) throws -> QRCode { try QRCode(lookup(details).link) }

    // MARK: - What they share

    private func agency(_ details: DossierBook.Details) async throws -> AgencyProfile {
        guard let agency = try await desk.agency(details.row.agency) else { throw Problem.unknownAgency }
        return agency
    }

    private func issuer(_ agency: AgencyProfile) -> IssuerFacts {
        IssuerFacts(
            superior: agency.name.vi,
            name: "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
            place: agency.place ?? "",
            address: agency.address ?? "",
            phone: agency.phone?.rawValue
        )
    }

    private func lookup(_ details: DossierBook.Details) -> LookupFacts {
        let secret = details.secret ?? ""
        return LookupFacts(
            site: "\(site)/tra-cuu",
            secret: secret,
            // In the fragment, which browsers send to nobody: a secret has no place in a log.
            link: "\(site)/tra-cuu#ma=\(details.row.code.rawValue)&khoa=\(secret)"
        )
    }

    private func applicant(_ details: DossierBook.Details) -> PartyFacts {
        // An erased dossier prints with its name alone.
        let answers = details.answers.flatMap { try? Answers(stored: $0) }
        return PartyFacts(
            name: details.row.applicantName,
            number: answers?["applicant", "idNumber"],
            address: answers?["applicant", "address"],
            phone: answers?.applicantPhone,
            email: answers?["applicant", "email"]
        )
    }

    private func procedure(_ rules: FilingRules) -> ProcedureFacts {
        ProcedureFacts(
            code: rules.procedure.code.rawValue,
            name: rules.procedure.name.vi,
            field: desk.catalogue.current.fields[rules.procedure.field]?.name.vi
        )
    }

    private func filedFiles(_ event: Dossier.Event, _ details: DossierBook.Details, _ rules: FilingRules)
        -> [FiledFileFacts]
    {
        guard case .filed(let filing) = event else { return [] }
        return filing.papers.compactMap { paper in
            guard let reference = paper.file else { return nil }
            let file = details.files.first { $0.id == reference.attachment }
            return FiledFileFacts(
                component: rules.componentName(paper.component).vi,
                fileName: file?.name ?? "",
                bytes: reference.bytes,
                pages: file?.pages,
                digest: reference.digest
            )
        }
    }

    private func components(_ details: DossierBook.Details, _ rules: FilingRules) -> [ComponentFacts] {
        var order: [String] = []
        var facts: [String: ComponentFacts] = [:]
        for paper in details.dossier.papers {
            if facts[paper.component] == nil { order.append(paper.component) }
            facts[paper.component, default: ComponentFacts(name: rules.componentName(paper.component).vi)].add(paper)
        }
        return order.compactMap { facts[$0] }
    }

    private func fees(_ rules: FilingRules, _ channel: Channel) -> [FeeFacts] {
        switch rules.revision.terms(of: channel)?.fee {
        case nil, .unknown: [FeeFacts(name: "Phí, lệ phí", sum: .unknown)]
        case .free: [FeeFacts(name: "Phí, lệ phí", sum: .waived(basis: "không thu theo quy định"))]
        case .due(let items): items.map { FeeFacts(name: $0.name.vi, sum: .due($0.amount)) }
        }
    }

    /// The papers of a dossier share its running number.
    private func number(_ details: DossierBook.Details, _ kind: String) -> String {
        "\(details.row.code.rawValue.split(separator: "-").last.map(String.init) ?? "")/\(kind)"
    }

    private func officer(_ actor: Actor, _ names: [ID<Officer>: String]) -> String {
        if case .officer(let id) = actor { names[id] ?? "" } else { "" }
    }
}

extension ComponentFacts {
    fileprivate mutating func add(_ paper: FiledPaper) {
        originals += paper.originals
        plainCopies += paper.copies
        if paper.file != nil { files += 1 }
    }
}

extension DossierBook.Details {
    func first(where isWanted: (Dossier.Event) -> Bool) -> Recorded<Dossier.Event>? {
        history.first { isWanted($0.event) }
    }
}

extension Problem {
    static let notPrintable = Problem(
        "not-printable",
        "Hồ sơ chưa đến bước có giấy này.",
        "The dossier has not come to the step with this paper.",
        .conflict
    )
}
