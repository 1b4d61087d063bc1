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
            at: Instant,
            due: Instant?
        )
        /// What a visitor or the post brings to the counter.
        case receiveSupplement(
            by: ActingOfficer,
            answers: [SupplementAnswer],
            message: SealedText?,
            at: Instant,
            due: Instant?
        )
        /// Scans of papers that lay on the counter, or that earlier files are replaced by.
        case digitise(by: ActingOfficer, papers: [FiledPaper])
        case handOver(by: ActingOfficer, to: ID<Officer>?)
        case assign(by: ActingOfficer, to: ID<Officer>)
        /// Moves a dossier from the desk of a colleague who is away or has left; nil when nobody could be found.
        case reassign(by: ActingOfficer, to: ID<Officer>?, holding: Set<Role>)
        case requireObligation(by: ActingOfficer, amount: Money, ground: SealedText)
        case meetObligation(by: ActingOfficer, due: Instant?)
        case prepareResult(by: ActingOfficer, outcome: Outcome, files: [ResultFile], explanation: SealedText?)
        /// `next` is who gets the step that follows; nil leaves it to whoever takes it.
        /// With `issue` the result gets its number; it goes with the clerk's last step. With `withoutOpinions` the
        /// officer knows that an opinion that was asked for is missing.
        case completeStep(
            by: ActingOfficer,
            remark: SealedText?,
            next: ID<Officer>? = nil,
            issue: Issue? = nil,
            withoutOpinions: Bool = false
        )
        /// `to` is who gets it back; nil leaves it to whoever takes it.
        case sendBack(by: ActingOfficer, remark: SealedText, to: ID<Officer>? = nil)
        case returnResult(by: ActingOfficer, method: ReturnMethod)
        case collectOnline(by: ID<Citizen>)
        case chooseReturn(by: ID<Citizen>, method: ReturnMethod)
        case askWithdrawal(by: ID<Citizen>, reason: SealedText?)
        case confirmWithdrawal(by: ActingOfficer)
        case declineWithdrawal(by: ActingOfficer, reason: SealedText)
        case stop(by: ActingOfficer, reason: SealedText)
        /// Apologises and gives another day. After the first time it has to be asked for as an exception.
        case extend(by: ActingOfficer, to: Instant, reason: SealedText, asException: Bool, at: Instant)
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
    }

    /// Case names and labels are the stored format: add, never rename.
    package enum Event: Codable, Equatable, Sendable {
        case filed(filing: Filing)
        case accepted(due: Instant?)
        case refused(reason: SealedText)
        case supplementRequested(components: [String], request: SealedText)
        case supplemented(
            content: SealedText?,
            papers: [FiledPaper],
            message: SealedText?,
            due: Instant?,
            at: Instant
        )
        case handedOver(to: ID<Officer>?)
        case assigned(to: ID<Officer>)
        case obligationRequired(amount: Money, ground: SealedText)
        case obligationMet(due: Instant?)
        case resultPrepared(outcome: Outcome, files: [ResultFile], explanation: SealedText?)
        case stepCompleted(step: Int, remark: SealedText?)
        case sentBack(step: Int, remark: SealedText)
        case finished(outcome: Outcome)
        /// Comes right before `finished`, where the clerk gives the result its number.
        case issued(number: String, date: LocalDate, signer: ID<Officer>?)
        case returned(method: ReturnMethod)
        case returnChosen(method: ReturnMethod)
        case withdrawalAsked(reason: SealedText?)
        case withdrawalDeclined(reason: SealedText)
        case withdrawn
        case stopped(reason: SealedText)
        case extended(due: Instant, reason: SealedText, isException: Bool)
        case correctionOpened(reason: SealedText, due: Instant?)
        case recounted(from: Instant, to: Instant, ground: RecountGround)
        case firstAnswerRecounted(due: Instant, ground: RecountGround)
        case supplementItemsRequested(
            items: [SupplementItem],
            reason: SealedText,
            answerBy: LocalDate?,
            ground: RepeatGround?
        )
        case supplementItemsAnswered(
            answers: [SupplementAnswer],
            message: SealedText?,
            due: Instant?,
            at: Instant
        )
        case digitised(papers: [FiledPaper])
        case passed(to: ID<Agency>, request: SealedText, due: Instant)
        case passedBack(answer: SealedText, files: [FileReference])
        case recalled(reason: SealedText)
        case opinionAsked(
            opinion: ID<Opinion>,
            of: ID<Officer>,
            asker: ID<Officer>,
            question: SealedText,
            answerBy: LocalDate
        )
        case opinionGiven(opinion: ID<Opinion>, stance: Opinion.Stance?, text: SealedText)
        case opinionWithdrawn(opinion: ID<Opinion>)
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
        case noEarlierStep
        case nothingDue
        case alreadyLate(since: Instant)
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

    package private(set) var filing: Filing?
    package private(set) var stage = Stage.unfiled
    /// The stage to which the dossier goes back when a supplement or a payment has come.
    package private(set) var interrupted = Stage.unfiled
    package private(set) var step = 0
    package private(set) var holder: ID<Officer>?
    /// Who held it when a step was completed.
    private(set) var doers: [Int: ID<Officer>] = [:]
    /// Set while it is with another agency.
    package private(set) var passage: Passage?
    package private(set) var due: Instant?
    /// By when an online filing has to be answered for the first time; nil once it was.
    package private(set) var firstAnswerDue: Instant?
    package private(set) var content: SealedText?
    package private(set) var papers: [FiledPaper] = []
    package private(set) var returnBy = ReturnMethod.counter
    /// What was asked for last.
    package private(set) var requestedItems: [SupplementItem] = []
    /// The last day of the answer to what is asked for now.
    package private(set) var answerBy: LocalDate?
    /// How often a supplement was asked for before acceptance, and since: the two are judged apart.
    private(set) var requestsAtIntake = 0
    private(set) var requestsSinceAcceptance = 0
    package private(set) var wasAskedAgain = false
    package private(set) var withdrawalIsAsked = false
    package private(set) var outcome: Outcome?
    /// The number under which the result was issued; nil before, and while it is being corrected.
    package private(set) var issue: Issue?
    package private(set) var results: [ResultFile] = []
    /// How often the day of return was put off.
    package private(set) var extensions = 0
    /// Results that were given out and have been, or are being, replaced; oldest first.
    package private(set) var replaced: [ResultFile] = []
    /// A result was issued once: whatever follows corrects it.
    package private(set) var isCorrection = false
    package private(set) var opinions: [Opinion] = []

    package init() {}

    package func decide(_ command: Command) throws(Refusal) -> [Event] {
        switch command {
        case .file(let filing):
            guard stage == .unfiled else { throw .alreadyFiled }
            return [.filed(filing: filing)]

        case .accept(let officer, let due):
            try mayAccept(by: officer)
            return [.accepted(due: due)]

        case .refuse(let officer, let reason):
            try mayRefuse(by: officer)
            return [.refused(reason: reason)]

        case .requestSupplement(let officer, let items, let reason, let answerBy, let ground):
            try mayRequestSupplement(by: officer)
            guard !items.isEmpty else { throw .nothingToSupply }
            // Decree 118/2025 and its predecessors: everything is asked at once; asking again is an exception with a
            // ground of its own.
            guard !hasBeenAsked || ground != nil else { throw .supplementAlreadyAsked }
            return [
                .supplementItemsRequested(
                    items: items,
                    reason: reason,
                    answerBy: answerBy,
                    ground: hasBeenAsked ? ground : nil
                )
            ]

        case .supplement(let citizen, let answers, let message, let at, let due):
            guard let applicant = filing?.applicant, applicant == citizen else { throw .notYourDossier }
            try requireAnswers(answers)
            return [.supplementItemsAnswered(answers: answers, message: message, due: due, at: at)]

        case .receiveSupplement(let officer, let answers, let message, let at, let due):
            try mayReceiveSupplement(by: officer)
            try requireAnswers(answers)
            return [.supplementItemsAnswered(answers: answers, message: message, due: due, at: at)]

        case .digitise(let officer, let papers):
            try mayDigitise(by: officer)
            guard !papers.isEmpty, papers.allSatisfy({ $0.file != nil }) else { throw .scanMissing }
            return [.digitised(papers: papers)]

        case .handOver(let officer, let receiver):
            try mayHandOver(by: officer)
            return [.handedOver(to: receiver)]

        case .assign(let officer, let receiver):
            try mayAssign(by: officer)
            return [.assigned(to: receiver)]

        case .reassign(let officer, let receiver, let roles):
            try requireDesk(of: officer)
            // Who serves where is the business of those who lead the agency or keep its accounts.
            guard !officer.roles.isDisjoint(with: [.leader, .admin]) else { throw .notYourRole(needed: .leader) }
            try require([.accepted, .processing, .awaitingSupplement, .awaitingObligation])
            guard let holder else { throw .notHeld }
            guard let receiver else { throw .nobodyFor(role: currentRole) }
            guard roles.contains(currentRole) else { throw .receiverLacksRole(needed: currentRole) }
            return holder == receiver ? [] : [.assigned(to: receiver)]

        case .requireObligation(let officer, let amount, let ground):
            try mayRequireObligation(by: officer)
            return [.obligationRequired(amount: amount, ground: ground)]

        case .meetObligation(let officer, let due):
            try mayMeetObligation(by: officer)
            return [.obligationMet(due: due)]

        case .prepareResult(let officer, let outcome, let files, let explanation):
            try mayPrepareResult(by: officer)
            guard outcome == .denied ? explanation != nil : !files.isEmpty else { throw .resultMissing }
            return [.resultPrepared(outcome: outcome, files: files, explanation: explanation)]

        case .completeStep(let officer, let remark, let next, let issue, let withoutOpinions):
            try mayCompleteStep(by: officer, withoutOpinions: withoutOpinions)
            let completed = Event.stepCompleted(step: step, remark: remark)
            guard isLastStep, let outcome else { return [completed] + (next.map { [.assigned(to: $0)] } ?? []) }
            let issued = issue.map { Event.issued(number: $0.number, date: $0.date, signer: $0.signer) }
            return [completed] + (issued.map { [$0] } ?? []) + [.finished(outcome: outcome)]

        case .sendBack(let officer, let remark, let receiver):
            try maySendBack(by: officer)
            return [.sentBack(step: step - 1, remark: remark)] + (receiver.map { [.assigned(to: $0)] } ?? [])

        case .returnResult(let officer, let method):
            try mayReturnResult(by: officer)
            return [.returned(method: method)]

        case .collectOnline(let citizen):
            guard filing?.applicant == citizen else { throw .notYourDossier }
            guard stage == .finished || stage == .returned else { throw .notPossible(stage: stage) }
            guard returnBy == .online else { throw .notReturnedOnline }
            return stage == .finished ? [.returned(method: .online)] : []

        case .chooseReturn(let citizen, let method):
            guard filing?.applicant == citizen else { throw .notYourDossier }
            guard stage.isOpen || stage == .finished else { throw .notPossible(stage: stage) }
            return method == returnBy ? [] : [.returnChosen(method: method)]

        case .askWithdrawal(let citizen, let reason):
            guard filing?.applicant == citizen else { throw .notYourDossier }
            guard stage.isOpen, isUndecided else { throw .notPossible(stage: stage) }
            guard !withdrawalIsAsked else { throw .withdrawalAlreadyAsked }
            // Nobody has begun to work on it: no confirmation is needed.
            return stage == .filed
                ? [.withdrawalAsked(reason: reason), .withdrawn] : [.withdrawalAsked(reason: reason)]

        case .confirmWithdrawal(let officer):
            try mayJudgeWithdrawal(by: officer)
            return [.withdrawn]

        case .declineWithdrawal(let officer, let reason):
            try mayJudgeWithdrawal(by: officer)
            return [.withdrawalDeclined(reason: reason)]

        case .stop(let officer, let reason):
            try mayStop(by: officer)
            return [.stopped(reason: reason)]

        case .extend(let officer, let later, let reason, let asException, let now):
            let due = try mayExtend(by: officer)
            // Decree 118/2025 and its predecessors: the apology comes before the day, and the day is moved once.
            guard now < due else { throw .alreadyLate(since: due) }
            guard extensions == 0 || asException else { throw .extendedBefore }
            guard later > due else { throw .notLater(than: due) }
            return [.extended(due: later, reason: reason, isException: extensions > 0)]

        case .openCorrection(let officer, let reason, let due):
            try mayOpenCorrection(by: officer)
            return [.correctionOpened(reason: reason, due: due)]

        case .pass(let officer, let agency, let request, let due, let now):
            return try pass(to: agency, by: officer, request: request, due: due, at: now)

        case .passBack(let officer, let answer, let files):
            try mayPassBack(by: officer)
            return [.passedBack(answer: answer, files: files)]

        case .recall(let officer, let reason):
            try mayRecall(by: officer)
            return [.recalled(reason: reason)]

        case .recount(let due, let ground):
            // While the applicant is waited for the clock stands still: the date is counted anew when work resumes.
            guard [.accepted, .processing].contains(stage), let old = self.due, due != old else { return [] }
            return [.recounted(from: old, to: due, ground: ground)]

        case .recountFirstAnswer(let due, let ground):
            guard let firstAnswerDue, due != firstAnswerDue else { return [] }
            return [.firstAnswerRecounted(due: due, ground: ground)]

        case .opinions(let command): return try decide(command)
        }
    }

    package mutating func evolve(_ event: Event) {
        switch event {
        case .filed(let filing):
            self.filing = filing
            stage = .filed
            (content, papers, returnBy) = (filing.content, filing.papers, filing.returnBy)
            firstAnswerDue = filing.firstAnswerDue
        case .accepted(let due):
            (stage, self.due, firstAnswerDue) = (.accepted, due, nil)
            step = firstProcessingStep
        case .refused: (stage, withdrawalIsAsked, firstAnswerDue) = (.refused, false, nil)
        case .supplementRequested(let components, _):
            ask(for: components.map { SupplementItem(component: $0) }, by: nil)
            firstAnswerDue = nil
        case .supplementItemsRequested(let items, _, let answerBy, let ground):
            ask(for: items, by: answerBy)
            firstAnswerDue = nil
            if ground != nil { wasAskedAgain = true }
        case .supplemented(let content, let papers, _, let due, _):
            if let content { self.content = content }
            take(papers, due: due)
        case .supplementItemsAnswered(let answers, _, let due, _):
            take(answers.flatMap(\.papers), due: due)
        case .handedOver(let receiver): (stage, holder) = (.processing, receiver)
        case .assigned(let receiver): holder = receiver
        case .obligationRequired: (interrupted, stage) = (stage, .awaitingObligation)
        case .obligationMet(let due):
            stage = interrupted
            if let due { self.due = due }
        case .resultPrepared(let outcome, let files, _): (self.outcome, results) = (outcome, files)
        case .stepCompleted(let step, _):
            doers[step] = holder
            (self.step, holder) = (step + 1, nil)
        case .sentBack(let step, _): (self.step, holder) = (step, nil)
        case .issued(let number, let date, let signer): issue = Issue(number: number, date: date, signer: signer)
        case .finished: (stage, holder, withdrawalIsAsked) = (.finished, nil, false)
        case .returned: stage = .returned
        case .returnChosen(let method): returnBy = method
        case .withdrawalAsked: withdrawalIsAsked = true
        case .withdrawalDeclined: withdrawalIsAsked = false
        case .withdrawn:
            (stage, holder, withdrawalIsAsked, firstAnswerDue, passage) = (.withdrawn, nil, false, nil, nil)
        case .stopped: (stage, holder, withdrawalIsAsked, passage) = (.stopped, nil, false, nil)
        case .extended(let due, _, _):
            self.due = due
            extensions += 1
        case .correctionOpened(_, let due):
            (stage, step, holder, self.due) = (.processing, firstProcessingStep, nil, due)
            replaced += results
            (results, outcome, issue, isCorrection, extensions) = ([], nil, nil, true, 0)
        case .recounted(_, let due, _): self.due = due
        case .firstAnswerRecounted(let due, _): firstAnswerDue = due
        case .digitised(let papers): self.papers += papers
        case .passed(let agency, let request, let due):
            (passage, holder) = (Passage(agency: agency, request: request, due: due, giver: holder), nil)
        case .passedBack, .recalled: (holder, passage) = (passage?.giver, nil)
        case .opinionAsked, .opinionGiven, .opinionWithdrawn: break
        }
        opinions.follow(event, isOver: !stage.isOpen)
    }

    private mutating func ask(for items: [SupplementItem], by day: LocalDate?) {
        if stage == .filed { requestsAtIntake += 1 } else { requestsSinceAcceptance += 1 }
        (interrupted, stage, requestedItems, answerBy) = (stage, .awaitingSupplement, items, day)
    }

    private mutating func take(_ papers: [FiledPaper], due: Instant?) {
        stage = interrupted
        self.papers += papers
        if let due { self.due = due }
    }
}
