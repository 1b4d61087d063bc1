import Catalogue
import DossierCore
import Dossiers
import Kernel
import Web

/// What pages and programs offer, pressed: nobody is offered an act that is then refused.
extension SimulatedOffice {
    /// What is offered to somebody and refused by the rules, with every form filled in.
    func falseOffers(on life: Life, at now: Instant) -> [String] {
        var faults: [String] = []
        func press(_ act: String, _ who: String, _ command: Dossier.Command?) {
            guard let command else {
                faults.append("the simulation does not know the act “\(act)”")
                return
            }
            do {
                _ = try life.dossier.decide(command)
            } catch {
                faults.append("dossier \(life.number): “\(act)” is offered to \(who) and refused: \(error)")
            }
        }
        for officer in everybody(around: life.dossier) {
            for act in offeredActs(on: life.dossier, to: officer, at: now, under: life.rules) {
                press(act, officer.id.rawValue, command(act, on: life.dossier, by: officer, at: now))
            }
        }
        if let citizen = life.citizen {
            for act in offeredActs(on: life.dossier, to: citizen) {
                press(act, "the applicant", command(act, on: life.dossier, by: citizen))
            }
        }
        return faults
    }

    private var text: SealedText { SealedText(text: ID(rawValue: "none"), digest: "") }

    private func command(_ act: String, on dossier: Dossier, by citizen: ID<Citizen>) -> Dossier.Command? {
        switch act {
        case "supplement": .supplement(by: citizen, answers: answers(to: dossier), message: text, due: nil)
        case "return-method": .chooseReturn(by: citizen, method: .counter)
        case "withdrawal": .askWithdrawal(by: citizen, reason: text)
        default: nil
        }
    }

    private func answers(to dossier: Dossier) -> [SupplementAnswer] {
        dossier.requestedItems.map { SupplementAnswer(component: $0.component, papers: [], word: text) }
    }

    private func command(_ act: String, on dossier: Dossier, by officer: ActingOfficer, at now: Instant)
        -> Dossier.Command?
    {
        switch act {
        case "accept": .accept(by: officer, due: nil)
        case "refuse": .refuse(by: officer, reason: text)
        case "supplement":
            .requestSupplement(
                by: officer,
                items: [SupplementItem(component: nil)],
                reason: text,
                answerBy: now.localDate.adding(days: 30),
                ground: dossier.hasBeenAsked ? RepeatGround(reason: text, basis: text) : nil
            )
        case "receive-supplement":
            .receiveSupplement(by: officer, answers: answers(to: dossier), message: text, due: nil)
        case "hand-over": .handOver(by: officer, to: nil)
        case "take": .assign(by: officer, to: officer.id)
        case "assign": .assign(by: officer, to: receiver(of: dossier, from: officer))
        case "confirm-payment": .meetObligation(by: officer, due: nil)
        case "require-payment": .requireObligation(by: officer, amount: Money(dong: 1000), ground: text)
        case "confirm-withdrawal": .confirmWithdrawal(by: officer)
        case "decline-withdrawal": .declineWithdrawal(by: officer, reason: text)
        case "stop": .stop(by: officer, reason: text)
        case "extend":
            .extend(
                by: officer,
                to: max(now, dossier.due ?? now) + .days(5),
                reason: text,
                asException: true,
                at: now
            )
        case "apologise-late":
            .apologiseLate(by: officer, reason: text, expected: now.localDate.adding(days: 5), at: now)
        default:
            result(act, on: dossier, by: officer, at: now) ?? others(act, on: dossier, by: officer, at: now)
                ?? correction(act, on: dossier, by: officer).map { .correct($0) }
        }
    }

    /// Whom the page would offer: a colleague who can do what is to be done.
    private func receiver(of dossier: Dossier, from officer: ActingOfficer) -> ID<Officer> {
        let able = (staff + [partner]).first {
            $0.agency == officer.agency && $0.roles.contains(dossier.currentRole)
        }
        return able?.id ?? officer.id
    }

    /// On the way to the result, and after it.
    private func result(_ act: String, on dossier: Dossier, by officer: ActingOfficer, at now: Instant)
        -> Dossier.Command?
    {
        switch act {
        case "result": .prepareResult(by: officer, outcome: .denied, files: [], explanation: text)
        case "complete-step": .completeStep(by: officer, remark: nil, withoutOpinions: true, signsOwnWork: true)
        case "send-back": .sendBack(by: officer, remark: text)
        case "give-number": .giveNumber(by: officer)
        case "add-signed":
            .addSigned(
                by: officer,
                files: [ResultFile(result: "result", file: file(for: "result", at: now).reference)]
            )
        case "return": .returnResult(by: officer, method: .counter, collector: text)
        case "take-back-return": .takeBackReturn(by: officer, reason: text, at: now)
        case "open-correction": .openCorrection(by: officer, reason: text, due: nil)
        default: nil
        }
    }

    /// Other agencies and colleagues.
    private func others(_ act: String, on dossier: Dossier, by officer: ActingOfficer, at now: Instant)
        -> Dossier.Command?
    {
        switch act {
        case "pass": .pass(by: officer, to: partner.agency, request: text, due: now + .days(3), at: now)
        case "pass-back": .passBack(by: officer, answer: text, files: [])
        case "recall": .recall(by: officer, reason: text)
        case "record-call": .recordCall(by: officer, note: text)
        case "ask-opinions":
            staff.first { $0.id != officer.id && !dossier.opinions.open.map(\.officer).contains($0.id) }.map {
                .opinions(
                    .ask(
                        by: officer,
                        of: [.init(opinion: .fresh(at: now), officer: $0.id)],
                        question: text,
                        answerBy: now.localDate.adding(days: 1)
                    )
                )
            }
        case "give-opinion":
            dossier.opinions(toGiveBy: officer).first.map {
                .opinions(.give(by: officer, opinion: $0.id, stance: .agrees, text: text))
            }
        case "withdraw-opinion":
            dossier.opinions(toWithdrawBy: officer).first.map { .opinions(.withdraw(by: officer, opinion: $0.id)) }
        default: nil
        }
    }

    private func correction(_ act: String, on dossier: Dossier, by officer: ActingOfficer) -> CorrectionCommand? {
        switch act {
        case "correct-answers": .answers(by: officer, fields: ["applicant.fullName"], content: text, reason: text)
        case "correct-channel":
            .channel(by: officer, to: dossier.channel == .post ? .counter : .post, due: nil, reason: text)
        case "correct-papers":
            .papers(
                by: officer,
                TakenPapers(
                    situation: dossier.situation,
                    papers: [FiledPaper(component: "another", originals: 1)]
                ),
                reason: text
            )
        case "correct-fee":
            .fee(
                by: officer,
                FeePayment(amount: Money(dong: (dossier.feePaid?.amount.dong ?? 0) + 1000), receipt: nil),
                reason: text
            )
        case "correct-return":
            .way(by: officer, to: dossier.returnBy == .post ? .counter : .post, content: nil, reason: text)
        case "cancel-intake": .cancelIntake(by: officer, reason: text)
        default: nil
        }
    }
}
