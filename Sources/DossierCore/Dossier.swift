package import Kernel
package import Web

/// One citizen's matter, from filing to the returned result: the sum of what happened to it.
///
/// What people typed and the papers they handed in lie in rows that the events refer to by ID and digest, so that
/// they can be erased (Law 91/2025/QH15) while the history stays whole.
package struct Dossier: Aggregate {
    package static let category = "dossier/"

    package enum Command: Sendable {
        case file(Filing)
        case accept(by: ActingOfficer, due: Instant?)
        case refuse(by: ActingOfficer, reason: SealedText)
        /// Asks for everything at once, to be answered by the end of a day; a `ground` lets it be asked for again.
        case requestSupplement(
            by: ActingOfficer,
            items: [SupplementItem],
            reason: SealedText,
            answerBy: LocalDate?,
            ground: RepeatGround?
        )
        case supplement(
            by: ID<Citizen>,
            answers: [SupplementAnswer],
            message: SealedText?,
            due: Instant?
        )
        /// What a visitor or the post brings to the counter.
        case receiveSupplement(
            by: ActingOfficer,
            answers: [SupplementAnswer],
            message: SealedText?,
            due: Instant?
        )
        /// Scans of papers that lay on the counter, or that earlier files are replaced by.
        case digitise(by: ActingOfficer, papers: [FiledPaper])
        /// `holding` are the roles of whoever gets it; nil where they are not known.
        case handOver(by: ActingOfficer, to: ID<Officer>?, holding: Set<Role>? = nil)
        case assign(by: ActingOfficer, to: ID<Officer>, holding: Set<Role>? = nil)
        /// Moves a dossier from the desk of a colleague who is away or has left; nil when nobody could be found.
        case reassign(by: ActingOfficer, to: ID<Officer>?, holding: Set<Role>)
        case requireObligation(by: ActingOfficer, amount: Money, ground: SealedText)
        case meetObligation(by: ActingOfficer, due: Instant?, paid: FeePayment? = nil)
        case prepareResult(by: ActingOfficer, outcome: Outcome, files: [ResultFile], explanation: SealedText?)
        /// `next` is who gets the step that follows; nil leaves it to whoever takes it.
        /// With `issue` the result gets its number; it goes with the clerk's last step. With `withoutOpinions` the
        /// officer knows that an opinion that was asked for is missing; with `signsOwnWork` that they have examined what
        /// they sign. `nextHolds` are the roles of `next`; nil where they are not known.
        case completeStep(
            by: ActingOfficer,
            remark: SealedText?,
            next: ID<Officer>? = nil,
            nextHolds: Set<Role>? = nil,
            issue: Issue? = nil,
            withoutOpinions: Bool = false,
            signsOwnWork: Bool = false
        )
        /// The clerk gives the result its number before its last version is stamped; the book finds the number.
        case giveNumber(by: ActingOfficer, issue: Issue? = nil)
        /// `to` is who gets it back; nil leaves it to whoever takes it.
        case sendBack(by: ActingOfficer, remark: SealedText, to: ID<Officer>? = nil)
        /// The sealed or signed version of the result, which is what the applicant gets.
        case addSigned(by: ActingOfficer, files: [ResultFile])
        /// Without `method` as the applicant has chosen. `collector` is who collected it at the counter; until
        /// `takenBackUntil` the entry can be taken back.
        case returnResult(
            by: ActingOfficer,
            method: ReturnMethod?,
            collector: SealedText? = nil,
            takenBackUntil: Instant? = nil
        )
        /// It was not returned after all.
        case takeBackReturn(by: ActingOfficer, reason: SealedText, at: Instant)
        case collectOnline(by: ID<Citizen>)
        case chooseReturn(by: ID<Citizen>, method: ReturnMethod)
        case askWithdrawal(by: ID<Citizen>, reason: SealedText?)
        case confirmWithdrawal(by: ActingOfficer)
        case declineWithdrawal(by: ActingOfficer, reason: SealedText)
        case stop(by: ActingOfficer, reason: SealedText)
        /// Apologises and gives another day. After the first time it has to be asked for as an exception.
        case extend(by: ActingOfficer, to: Instant, reason: SealedText, asException: Bool, at: Instant)
        /// Says sorry for a dossier that is late already, and when its result is expected.
        case apologiseLate(by: ActingOfficer, reason: SealedText, expected: LocalDate, at: Instant)
        /// Takes a dossier up again whose result is wrong; `due` is when the replacement is owed.
        case openCorrection(by: ActingOfficer, reason: SealedText, due: Instant?)
        /// Lets another agency do its part of the work.
        case pass(by: ActingOfficer, to: ID<Agency>, request: SealedText, due: Instant, at: Instant)
        case passBack(by: ActingOfficer, answer: SealedText, files: [FileReference])
        /// Takes a dossier back from another agency that has not answered.
        case recall(by: ActingOfficer, reason: SealedText)
        /// The calendar has changed, and by it the running clock ends at another time.
        case recount(due: Instant, ground: RecountGround)
        case recountFirstAnswer(due: Instant, ground: RecountGround)
        case opinions(OpinionCommand)
        case correct(CorrectionCommand)
        /// Notes that the applicant was told by telephone.
        case recordCall(by: ActingOfficer, note: SealedText)
    }

    package enum Refusal: Error, Equatable {
        case alreadyFiled
        case notFiled
        case notYourAgency
        case notYourRole(needed: Role)
        case notYourDossier
        case notPossible(stage: Stage)
        case supplementAlreadyAsked
        case nothingToSupply
        case nothingRequested
        case unanswered(items: [String])
        case scanMissing
        case withdrawalAlreadyAsked
        case noWithdrawalAsked
        case resultMissing
        case notReturnedOnline
        case fetchedOnline
        case collectorMissing
        case nothingToTakeBack
        case ownWork
        case nothingCorrected
        case filedByApplicant
        case numberGiven
        case noEarlierStep
        case nothingDue
        case alreadyLate(since: Instant)
        case notLate(due: Instant)
        case extendedBefore
        case notLater(than: Instant)
        case notHeld
        case nobodyFor(role: Role)
        case receiverLacksRole(needed: Role)
        case passedOn(to: ID<Agency>)
        case passedToItself
        case partDueInThePast
        case notPassed
        case opinions(OpinionRefusal)
    }

    // Each feature's events change what is its own; nobody else does.
    package internal(set) var filing: Filing?
    package internal(set) var stage = Stage.unfiled
    /// The stage to which the dossier goes back when a supplement or a payment has come.
    package internal(set) var interrupted = Stage.unfiled
    package internal(set) var step = 0
    package internal(set) var holder: ID<Officer>?
    /// Who held it when a step was completed.
    package internal(set) var doers: [Int: ID<Officer>] = [:]
    /// Set while it is with another agency.
    package internal(set) var passage: Passage?
    /// How it came in, as corrected.
    package internal(set) var channel = Channel.online
    package internal(set) var due: Instant?
    /// By when an online filing has to be answered for the first time; nil once it was.
    package internal(set) var firstAnswerDue: Instant?
    package internal(set) var content: SealedText?
    package internal(set) var papers: [FiledPaper] = []
    /// The case that decides which papers are needed, as corrected.
    package internal(set) var situation: String?
    /// What was taken with the papers, as corrected.
    package internal(set) var feePaid: FeePayment?
    package internal(set) var returnBy = ReturnMethod.counter
    /// What was asked for last.
    package internal(set) var requestedItems: [SupplementItem] = []
    /// The last day of the answer to what is asked for now.
    package internal(set) var answerBy: LocalDate?
    /// How often a supplement was asked for before acceptance, and since: the two are judged apart.
    var requestsAtIntake = 0
    var requestsSinceAcceptance = 0
    package internal(set) var wasAskedAgain = false
    package internal(set) var withdrawalIsAsked = false
    package internal(set) var outcome: Outcome?
    /// The number under which the result was issued; nil before, and while it is being corrected.
    package internal(set) var issue: Issue?
    package internal(set) var results: [ResultFile] = []
    /// The files that lay before the leader, once the sealed or signed version is there.
    package internal(set) var unsigned: [ResultFile] = []
    /// Until when the return of the result can be taken back; nil before, and where it cannot.
    package internal(set) var takenBackUntil: Instant?
    /// How often the day of return was put off.
    package internal(set) var extensions = 0
    /// Results that were given out and have been, or are being, replaced; oldest first.
    package internal(set) var replaced: [ResultFile] = []
    /// A result was issued once: whatever follows corrects it.
    package internal(set) var isCorrection = false
    package internal(set) var opinions: [Opinion] = []

    package init() {}

    package func decide(_ command: Command) throws(Refusal) -> [Event] {
        switch command {
        case .file(let filing):
            guard stage == .unfiled else { throw .alreadyFiled }
            return [.filing(.filed(filing: filing))]

        case .accept(let officer, let due):
            try mayAccept(by: officer)
            return [.filing(.accepted(due: due))]

        case .refuse(let officer, let reason):
            try mayRefuse(by: officer)
            return [.filing(.refused(reason: reason))]

        case .requestSupplement(let officer, let items, let reason, let answerBy, let ground):
            try mayRequestSupplement(by: officer)
            guard !items.isEmpty else { throw .nothingToSupply }
            // Decree 118/2025 and its predecessors: everything is asked at once; asking again is an exception with a
            // ground of its own.
            guard !hasBeenAsked || ground != nil else { throw .supplementAlreadyAsked }
            return [
                .supplement(
                    .requested(
                        items: items,
                        reason: reason,
                        answerBy: answerBy,
                        ground: hasBeenAsked ? ground : nil
                    )
                )
            ]

        case .supplement(let citizen, let answers, let message, let due):
            try mayAnswerSupplement(by: citizen)
            try requireAnswers(answers)
            return [.supplement(.answered(answers: answers, message: message, due: due))]

        case .receiveSupplement(let officer, let answers, let message, let due):
            try mayReceiveSupplement(by: officer)
            try requireAnswers(answers)
            return [.supplement(.answered(answers: answers, message: message, due: due))]

        case .digitise(let officer, let papers):
            try mayDigitise(by: officer)
            guard !papers.isEmpty, papers.allSatisfy({ $0.file != nil }) else { throw .scanMissing }
            return [.scanning(.digitised(papers: papers))]

        case .handOver(let officer, let receiver, let roles):
            try mayHandOver(by: officer)
            try requireReceiver(roles, for: currentRole)
            return [.assignment(.handedOver(to: receiver))]

        case .assign(let officer, let receiver, let roles):
            try mayAssign(by: officer)
            // Who takes it can do the step.
            if receiver == officer.id { try mayTake(by: officer) }
            try requireReceiver(roles, for: currentRole)
            return [.assignment(.assigned(to: receiver))]

        case .reassign(let officer, let receiver, let roles):
            try requireDesk(of: officer)
            // Who serves where is the business of those who lead the agency or keep its accounts.
            guard !officer.roles.isDisjoint(with: [.leader, .admin]) else { throw .notYourRole(needed: .leader) }
            try require([.accepted, .processing, .awaitingSupplement, .awaitingObligation])
            guard let holder else { throw .notHeld }
            guard let receiver else { throw .nobodyFor(role: currentRole) }
            guard roles.contains(currentRole) else { throw .receiverLacksRole(needed: currentRole) }
            return holder == receiver ? [] : [.assignment(.assigned(to: receiver))]

        case .requireObligation(let officer, let amount, let ground):
            try mayRequireObligation(by: officer)
            return [.obligation(.required(amount: amount, ground: ground))]

        case .meetObligation(let officer, let due, let paid):
            try mayMeetObligation(by: officer)
            return [.obligation(.met(due: due, paid: paid))]

        case .prepareResult(let officer, let outcome, let files, let explanation):
            try mayPrepareResult(by: officer)
            guard outcome == .denied ? explanation != nil : !files.isEmpty else { throw .resultMissing }
            return [.result(.prepared(outcome: outcome, files: files, explanation: explanation))]

        case .completeStep(let officer, let remark, let next, let roles, let issue, let alone, let signsOwnWork):
            try mayCompleteStep(by: officer, withoutOpinions: alone)
            guard signsOwnWork || !wouldSignOwnWork(officer) else { throw .ownWork }
            if let nextRole { try requireReceiver(roles, for: nextRole) }
            let completed = Event.processing(
                .stepCompleted(
                    step: step,
                    remark: remark,
                    by: holder == officer.id ? nil : officer.id,
                    ownWork: wouldSignOwnWork(officer) ? true : nil
                )
            )
            guard isLastStep, let outcome else {
                return [completed] + (next.map { [.assignment(.assigned(to: $0))] } ?? [])
            }
            let issued = issue.map { Event.result(.issued(number: $0.number, date: $0.date, signer: $0.signer)) }
            return [completed] + (issued.map { [$0] } ?? []) + [.result(.finished(outcome: outcome))]

        case .giveNumber(let officer, let issue):
            try mayGiveNumber(by: officer)
            return issue.map { [.result(.issued(number: $0.number, date: $0.date, signer: $0.signer))] } ?? []

        case .sendBack(let officer, let remark, let receiver):
            try maySendBack(by: officer)
            return [.processing(.sentBack(step: step - 1, remark: remark))]
                + (receiver.map { [.assignment(.assigned(to: $0))] } ?? [])

        case .addSigned(let officer, let files):
            try mayAddSigned(by: officer)
            guard !files.isEmpty else { throw .resultMissing }
            return [.result(.signed(files: files))]

        case .returnResult(let officer, let method, let collector, let until):
            try mayReturnResult(by: officer)
            let method = method ?? returnBy
            // Fetching it is what returns it: nobody says for the applicant that they did.
            guard method != .online else { throw .fetchedOnline }
            guard method != .counter || collector != nil else { throw .collectorMissing }
            return [.result(.returned(method: method, collector: collector, takenBackUntil: until))]

        case .takeBackReturn(let officer, let reason, let now):
            let until = try mayTakeBackReturn(by: officer)
            guard now <= until else { throw .nothingToTakeBack }
            return [.result(.returnTakenBack(reason: reason))]

        case .collectOnline(let citizen):
            try mayCollectOnline(by: citizen)
            return stage == .finished ? [.result(.returned(method: .online))] : []

        case .chooseReturn(let citizen, let method):
            try mayChooseReturn(by: citizen)
            return method == returnBy ? [] : [.result(.returnChosen(method: method))]

        case .askWithdrawal(let citizen, let reason):
            try mayAskWithdrawal(by: citizen)
            // Nobody has begun to work on it: no confirmation is needed.
            let asked = Event.withdrawal(.asked(reason: reason))
            return stage == .filed ? [asked, .withdrawal(.withdrawn)] : [asked]

        case .confirmWithdrawal(let officer):
            try mayJudgeWithdrawal(by: officer)
            return [.withdrawal(.withdrawn)]

        case .declineWithdrawal(let officer, let reason):
            try mayJudgeWithdrawal(by: officer)
            return [.withdrawal(.declined(reason: reason))]

        case .stop(let officer, let reason):
            try mayStop(by: officer)
            return [.processing(.stopped(reason: reason))]

        case .extend(let officer, let later, let reason, let asException, let now):
            let due = try mayExtend(by: officer)
            // Decree 118/2025 and its predecessors: the apology comes before the day, and the day is moved once.
            guard now < due else { throw .alreadyLate(since: due) }
            guard extensions == 0 || asException else { throw .extendedBefore }
            guard later > due else { throw .notLater(than: due) }
            return [.clock(.extended(due: later, reason: reason, isException: extensions > 0))]

        case .apologiseLate(let officer, let reason, let expected, let now):
            let due = try mayExtend(by: officer)
            guard due <= now else { throw .notLate(due: due) }
            return [.clock(.apologised(reason: reason, expected: expected))]

        case .openCorrection(let officer, let reason, let due):
            try mayOpenCorrection(by: officer)
            return [.result(.correctionOpened(reason: reason, due: due))]

        case .pass(let officer, let agency, let request, let due, let now):
            return try pass(to: agency, by: officer, request: request, due: due, at: now)

        case .passBack(let officer, let answer, let files):
            try mayPassBack(by: officer)
            return [.passage(.passedBack(answer: answer, files: files))]

        case .recall(let officer, let reason):
            try mayRecall(by: officer)
            return [.passage(.recalled(reason: reason))]

        case .recount(let due, let ground):
            // While the applicant is waited for the clock stands still: the date is counted anew when work resumes.
            guard [.accepted, .processing].contains(stage), let old = self.due, due != old else { return [] }
            return [.clock(.recounted(from: old, to: due, ground: ground))]

        case .recountFirstAnswer(let due, let ground):
            guard let firstAnswerDue, due != firstAnswerDue else { return [] }
            return [.clock(.firstAnswerRecounted(due: due, ground: ground))]

        case .opinions(let command): return try decide(command)
        case .correct(let command): return try decide(command)
        case .recordCall(let officer, let note):
            try mayRecordCall(by: officer)
            return [.telling(.called(note: note))]
        }
    }

    package mutating func evolve(_ event: Event) {
        event.happening.happen(to: &self)
        // A dossier that has ended waits for no opinion.
        if !stage.isOpen { opinions.set(.over) { $0.state == .open } }
    }
}
