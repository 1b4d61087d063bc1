import Catalogue
import DossierCore
import Kernel
import Persistence
import Web

/// What may happen at each stage, and how often. A new command of dossiers is entered here.
extension Life {
    /// What happens next; nil when nothing will.
    mutating func plan(in office: SimulatedOffice) throws -> Move? {
        if dossier.withdrawalIsAsked, dossier.stage.isOpen { return answerWithdrawal(office) }
        switch dossier.stage {
        case .unfiled, .refused, .withdrawn, .stopped, .returned, .cancelled: return nil
        case .filed: return intake(office)
        case .accepted: return handOver(office)
        case .processing: return process(office)
        case .awaitingSupplement: return try supplement(office)
        case .awaitingObligation: return try obligation(office)
        case .finished: return result(office)
        }
    }

    // MARK: - Reception

    private mutating func intake(_ office: SimulatedOffice) -> Move? {
        if let citizen, happens("early withdrawal", 0.01) {
            let at = last + .minutes(lot.number(20...600))
            return move(at, .askWithdrawal(by: citizen, reason: nil), citizen)
        }
        let hurry = lot.falls(0.95) ? lot.number(10...450) : lot.number(500...1500)
        let at = office.work(hurry, after: last)
        let officer = office.officer(.reception, &lot)
        if happens("refusal", 0.02) {
            return move(at, "Không thuộc thẩm quyền giải quyết.", officer) { .refuse(by: officer, reason: $0) }
        }
        if !dossier.hasBeenAsked, happens("supplement at intake", 0.06) { return ask(at, officer) }
        let due = office.desk.due(rules, channel: channel, received: at, in: office.calendar)
        return move(at, .accept(by: officer, due: due), officer)
    }

    private mutating func ask(_ at: Instant, _ officer: ActingOfficer) -> Move {
        let keys = rules.revision.components(in: dossier.situation).map(\.key)
        let item = SupplementItem(component: keys.isEmpty ? nil : lot.pick(keys))
        let answerBy = at.localDate.adding(days: 30)
        return move(at, "Bản chụp mờ, đề nghị nộp lại.", officer) {
            .requestSupplement(by: officer, items: [item], reason: $0, answerBy: answerBy, ground: nil)
        }
    }

    private mutating func handOver(_ office: SimulatedOffice) -> Move {
        let officer = office.officer(.reception, &lot)
        let at = office.work(lot.number(5...60), after: last)
        if let mistake = mistake(at, officer) { return mistake }
        let receiver = lot.falls(0.3) ? office.officer(.caseOfficer, &lot).id : nil
        return move(at, .handOver(by: officer, to: receiver), officer)
    }

    /// What was entered wrong at the counter is seen soon: it is put right, or was no dossier at all.
    private mutating func mistake(_ at: Instant, _ officer: ActingOfficer) -> Move? {
        guard channel != .online else { return nil }
        if happens("wrong fee", 0.04) {
            let fee =
                lot.falls(0.3) ? nil : FeePayment(amount: Money(dong: 500 + 1000 * lot.number(5...90)), receipt: "12")
            guard fee != dossier.feePaid else { return nil }
            return move(at, "Gõ nhầm số tiền.", officer) { .correct(.fee(by: officer, fee, reason: $0)) }
        }
        if happens("wrong way of return", 0.04), rules.returnMethods.contains(.post) {
            let method: ReturnMethod = dossier.returnBy == .post ? .counter : .post
            return move(at, "Ghi nhầm cách nhận.", officer) {
                .correct(.way(by: officer, to: method, content: nil, reason: $0))
            }
        }
        if happens("taken in by mistake", 0.06) {
            return move(at, "Nhập hai lần.", officer) { .correct(.cancelIntake(by: officer, reason: $0)) }
        }
        return nil
    }

    // MARK: - Waiting

    private mutating func supplement(_ office: SimulatedOffice) throws -> Move? {
        if let citizen, happens("withdrawal instead of a supplement", 0.1) {
            return move(last + .days(lot.number(2...6)), .askWithdrawal(by: citizen, reason: nil), citizen)
        }
        if happens("silence", 0.1) {
            let at = office.work(480 * lot.number(15...25), after: last)
            let isIntake = dossier.interrupted == .filed
            let officer = office.officer(isIntake ? .reception : .leader, &lot)
            return move(at, "Quá thời hạn bổ sung.", officer) {
                isIntake ? .refuse(by: officer, reason: $0) : .stop(by: officer, reason: $0)
            }
        }
        let items = dossier.requestedItems
        let papers = items.compactMap(\.component)
        guard let citizen else {
            let at = office.work(lot.number(200...3000), after: last)
            let officer = office.officer(.reception, &lot)
            let due = try office.desk.dueAfterWaiting(dossier, history, now: at, in: office.calendar)
            let brought = papers.map { FiledPaper(component: $0, originals: 1) }
            return move(at, "Người nộp đã sửa tờ khai.", officer) { word in
                .receiveSupplement(
                    by: officer,
                    answers: answers(to: items, brought, word),
                    message: word,
                    due: due
                )
            }
        }
        let at = last + .minutes(lot.number(60...7000))
        let files = papers.map { office.file(for: $0, at: at) }
        let due = try office.desk.dueAfterWaiting(dossier, history, now: at, in: office.calendar)
        let message = DossierTexts.Draft("Tôi đã nộp lại.", .remark, at: at)
        return Move(
            at: at,
            command: .supplement(
                by: citizen,
                answers: answers(
                    to: items,
                    files.map { FiledPaper(component: $0.component, file: $0.reference) },
                    message.sealed
                ),
                message: message.sealed,
                due: due
            ),
            actor: .citizen(id: citizen),
            texts: [message],
            files: files
        )
    }

    private func answers(to items: [SupplementItem], _ papers: [FiledPaper], _ word: SealedText) -> [SupplementAnswer] {
        items.map { item in
            let own = papers.filter { $0.component == item.component }
            return SupplementAnswer(component: item.component, papers: own, word: own.isEmpty ? word : nil)
        }
    }

    private mutating func obligation(_ office: SimulatedOffice) throws -> Move {
        let at = office.work(lot.number(60...2400), after: last)
        let officer = office.officer(.reception, &lot)
        let paid = lot.falls(0.7) ? FeePayment(amount: Money(dong: 1000 * lot.number(5...500)), receipt: "34") : nil
        return move(
            at,
            .meetObligation(
                by: officer,
                due: try office.desk.dueAfterWaiting(dossier, history, now: at, in: office.calendar),
                paid: paid
            ),
            officer
        )
    }

    private mutating func answerWithdrawal(_ office: SimulatedOffice) -> Move {
        let at = office.work(lot.number(20...400), after: last)
        let officer = office.officer(.reception, &lot)
        if lot.falls(0.85) { return move(at, .confirmWithdrawal(by: officer), officer) }
        return move(at, "Kết quả đã trình ký.", officer) { .declineWithdrawal(by: officer, reason: $0) }
    }

    // MARK: - Processing

    private mutating func process(_ office: SimulatedOffice) -> Move {
        if dossier.passage != nil { return part(office) }
        if let opinion = opinion(office) { return opinion }
        let role = dossier.currentRole
        let soon = office.work(lot.number(10...120), after: last)
        if let incident = incident(at: soon, role, office) { return incident }
        let officer = office.officer(role, holder: dossier.holder, &lot)
        if role == .caseOfficer, dossier.holder == nil, happens("taken at step \(dossier.step)", 0.9) {
            return move(soon, .assign(by: officer, to: officer.id), officer)
        }
        let at = office.work(max(10, Int(hours * 60 * pace)), after: last)
        if role == dossier.preparer, dossier.outcome == nil { return prepare(at, officer, office) }
        if role == .leader, happens("sent back", 0.02) {
            return move(at, "Đề nghị ghi rõ căn cứ pháp lý.", officer) { .sendBack(by: officer, remark: $0) }
        }
        let isAlone = !dossier.opinions.open.isEmpty
        return move(at, .completeStep(by: officer, remark: nil, withoutOpinions: isAlone), officer)
    }

    /// What another agency does with it.
    private mutating func part(_ office: SimulatedOffice) -> Move {
        let partner = office.partner
        if dossier.holder == nil, happens("taken by another agency", 0.8) {
            return move(office.work(lot.number(10...480), after: last), .assign(by: partner, to: partner.id), partner)
        }
        let at = office.work(lot.number(60...3000), after: last)
        if happens("no answer", 0.05) {
            let leader = office.officer(.leader, &lot)
            return move(at, "Quá thời hạn phối hợp.", leader) { .recall(by: leader, reason: $0) }
        }
        let file = office.file(for: "answer", at: at)
        var answer = move(at, "Thông tin cư trú đúng như khai.", partner) {
            .passBack(by: partner, answer: $0, files: [file.reference])
        }
        answer.files = [file]
        return answer
    }

    private var hours: Double {
        let steps = dossier.steps
        return steps.indices.contains(dossier.step) ? Double(steps[dossier.step].hours) : 8
    }

    /// What keeps an officer from simply going on.
    private mutating func incident(at soon: Instant, _ role: Role, _ office: SimulatedOffice) -> Move? {
        let officer = office.officer(role, holder: dossier.holder, &lot)
        if role == .caseOfficer {
            if !dossier.hasBeenAsked, happens("supplement", 0.04) { return ask(soon, officer) }
            if happens("obligation", 0.02) {
                let amount = Money(dong: 1000 * lot.number(5...500))
                return move(soon, "Lệ phí theo nghị quyết của Hội đồng nhân dân.", officer) {
                    .requireObligation(by: officer, amount: amount, ground: $0)
                }
            }
            if happens("opinions", 0.04) { return askOpinions(soon, officer, office) }
            if happens("another agency", 0.03) {
                let due = soon + .days(lot.number(2...10))
                return move(soon, "Đề nghị xác minh thông tin cư trú.", officer) {
                    .pass(by: officer, to: office.partner.agency, request: $0, due: due, at: soon)
                }
            }
            if happens("colleague", 0.03) {
                let leader = office.officer(.leader, &lot)
                return move(soon, .assign(by: leader, to: office.officer(.caseOfficer, &lot).id), leader)
            }
        }
        guard dossier.outcome == nil else { return nil }
        if let citizen, happens("withdrawal", 0.006) {
            return move(soon, .askWithdrawal(by: citizen, reason: nil), citizen)
        }
        if happens("stop", 0.003) {
            let leader = office.officer(.leader, &lot)
            return move(soon, "Có tranh chấp đang được tòa án giải quyết.", leader) { .stop(by: leader, reason: $0) }
        }
        return nil
    }

    private mutating func prepare(_ at: Instant, _ officer: ActingOfficer, _ office: SimulatedOffice) -> Move {
        let results = rules.revision.results.map(\.key)
        if results.isEmpty || lot.falls(0.03) {
            return move(at, "Không đủ điều kiện theo quy định.", officer) {
                .prepareResult(by: officer, outcome: .denied, files: [], explanation: $0)
            }
        }
        let file = office.file(for: results[0], at: at)
        var prepared = move(
            at,
            .prepareResult(
                by: officer,
                outcome: .granted,
                files: [ResultFile(result: results[0], file: file.reference)],
                explanation: nil
            ),
            officer
        )
        prepared.files = [file]
        return prepared
    }

    // MARK: - Return

    private mutating func result(_ office: SimulatedOffice) -> Move? {
        if let citizen, happens("another way of return", 0.03) {
            let method: ReturnMethod = dossier.returnBy == .post ? .counter : .post
            return move(last + .minutes(lot.number(30...600)), .chooseReturn(by: citizen, method: method), citizen)
        }
        // Some never come.
        guard !happens("forgotten", 0.02) else { return nil }
        if dossier.returnBy == .online, let citizen {
            return move(last + .minutes(lot.number(5...3000)), .collectOnline(by: citizen), citizen)
        }
        let at = office.work(lot.number(30...4000), after: last)
        let officer = office.officer(.returns, &lot)
        guard dossier.returnBy != .post else { return move(at, .returnResult(by: officer, method: .post), officer) }
        let until = at + .minutes(Dossier.minutesToTakeBack)
        return move(at, "Người nhận: chính người nộp hồ sơ", officer) {
            .returnResult(by: officer, method: .counter, collector: $0, takenBackUntil: until)
        }
    }

    // MARK: - How it is said

    func move(_ at: Instant, _ command: Dossier.Command, _ officer: ActingOfficer) -> Move {
        Move(at: at, command: command, actor: .officer(id: officer.id))
    }

    private func move(_ at: Instant, _ command: Dossier.Command, _ citizen: ID<Citizen>) -> Move {
        Move(at: at, command: command, actor: .citizen(id: citizen))
    }

    func move(
        _ at: Instant,
        _ words: String,
        _ officer: ActingOfficer,
        _ command: (SealedText) -> Dossier.Command
    ) -> Move {
        let text = DossierTexts.Draft(words, .remark, at: at)
        return Move(at: at, command: command(text.sealed), actor: .officer(id: officer.id), texts: [text])
    }

    /// Something that the rules forbid now, to see that the store forbids it too.
    mutating func mischief(in office: SimulatedOffice) -> Dossier.Command {
        let officer = office.officer(.reception, &lot)
        let text = SealedText(text: ID(rawValue: "none"), digest: "")
        let commands: [Dossier.Command] = [
            .accept(by: office.stranger, due: nil), .stop(by: officer, reason: text),
            .completeStep(by: office.stranger, remark: nil), .assign(by: office.stranger, to: officer.id),
            .collectOnline(by: ID(rawValue: "nobody")), .meetObligation(by: office.stranger, due: nil),
            .returnResult(by: office.officer(.leader, &lot), method: .post),
            dossier.stage == .filed ? .handOver(by: officer, to: nil) : .refuse(by: office.stranger, reason: text),
        ]
        return lot.pick(commands)
    }
}
