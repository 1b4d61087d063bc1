package import Kernel
import Web

extension Dossier {
    /// What may be done about opinions (lấy ý kiến). Each question stands for itself; none stops the clock.
    package enum OpinionCommand: Sendable {
        /// One question to several colleagues, each of whom answers alone.
        case ask(by: ActingOfficer, of: [AskedColleague], question: SealedText, answerBy: LocalDate)
        case give(by: ActingOfficer, opinion: ID<Opinion>, stance: Opinion.Stance?, text: SealedText)
        case withdraw(by: ActingOfficer, opinion: ID<Opinion>)

        /// A colleague with the name that the question to them gets.
        package struct AskedColleague: Sendable {
            package let opinion: ID<Opinion>
            package let officer: ID<Officer>

            package init(opinion: ID<Opinion>, officer: ID<Officer>) {
                (self.opinion, self.officer) = (opinion, officer)
            }
        }
    }

    package enum OpinionRefusal: Equatable, Sendable {
        case nobodyAsked, ofOneself, askedAlready, unknown, notAskedOfYou, notYoursToWithdraw, alreadyGiven, withdrawn,
            over
        /// So many have not answered yet.
        case stillOpen(count: Int)
    }

    func decide(_ command: OpinionCommand) throws(Refusal) -> [Event] {
        switch command {
        case .ask(let officer, let asked, let question, let day):
            try mayAskOpinions(by: officer)
            var waited = Set(opinions.open.map(\.officer))
            guard !asked.isEmpty else { throw .opinions(.nobodyAsked) }
            for colleague in asked {
                guard colleague.officer != officer.id else { throw .opinions(.ofOneself) }
                guard waited.insert(colleague.officer).inserted else { throw .opinions(.askedAlready) }
            }
            return asked.map {
                .opinion(
                    .asked(
                        opinion: $0.opinion,
                        of: $0.officer,
                        asker: officer.id,
                        question: question,
                        answerBy: day
                    )
                )
            }

        case .give(let officer, let id, let stance, let text):
            try mayGive(id, by: officer)
            return [.opinion(.given(opinion: id, stance: stance, text: text))]

        case .withdraw(let officer, let id):
            try mayWithdraw(id, by: officer)
            return [.opinion(.withdrawn(opinion: id))]
        }
    }

    package func mayAskOpinions(by officer: ActingOfficer) throws(Refusal) {
        try require([.accepted, .processing])
        try requireHere(officer)
        try requireHandling(by: officer)
    }

    /// Whether one of the questions waits for this officer.
    package func mayGiveOpinion(by officer: ActingOfficer) throws(Refusal) {
        try mayGive(try oneOf(opinions(toGiveBy: officer)), by: officer)
    }

    /// Whether one of the questions is theirs to withdraw.
    package func mayWithdrawOpinion(by officer: ActingOfficer) throws(Refusal) {
        try mayWithdraw(try oneOf(opinions(toWithdrawBy: officer)), by: officer)
    }

    /// One of the officer's own questions, or else one of others', which says why it is not theirs.
    private func oneOf(_ own: [Opinion]) throws(Refusal) -> ID<Opinion> {
        guard let opinion = own.first ?? opinions.open.first else { throw .opinions(.unknown) }
        return opinion.id
    }

    private func mayGive(_ id: ID<Opinion>, by officer: ActingOfficer) throws(Refusal) {
        guard officer.acts(as: try open(id).officer) else { throw .opinions(.notAskedOfYou) }
    }

    private func mayWithdraw(_ id: ID<Opinion>, by officer: ActingOfficer) throws(Refusal) {
        guard isInCharge(of: try open(id), officer) else { throw .opinions(.notYoursToWithdraw) }
    }

    /// What this officer was asked, or a colleague in whose place they act.
    package func opinions(askedOf officer: ActingOfficer) -> [Opinion] {
        opinions.filter { officer.acts(as: $0.officer) }
    }

    /// The questions that wait for this officer.
    package func opinions(toGiveBy officer: ActingOfficer) -> [Opinion] { opinions(askedOf: officer).open }

    /// What this officer may withdraw while it waits.
    package func opinions(inChargeOf officer: ActingOfficer) -> [Opinion] {
        opinions.filter { isInCharge(of: $0, officer) }
    }

    package func opinions(toWithdrawBy officer: ActingOfficer) -> [Opinion] { opinions(inChargeOf: officer).open }

    /// Whoever asked, whoever has the dossier now, and who leads them.
    private func isInCharge(of opinion: Opinion, _ officer: ActingOfficer) -> Bool {
        guard handles(officer) else { return false }
        return officer.acts(as: opinion.asker) || holder.map { officer.acts(as: $0) } == true
            || officer.holds(.leader, of: holder)
    }

    private func handles(_ officer: ActingOfficer) -> Bool {
        do throws(Refusal) {
            try requireAgency(of: officer)
            return true
        } catch {
            return false
        }
    }

    /// Whoever ends a step without an opinion that was asked for says so.
    func requireOpinions(unless isConfirmed: Bool) throws(Refusal) {
        let missing = opinions.open.count
        guard missing == 0 || isConfirmed else { throw .opinions(.stillOpen(count: missing)) }
    }

    private func open(_ id: ID<Opinion>) throws(Refusal) -> Opinion {
        guard let opinion = opinions[id] else { throw .opinions(.unknown) }
        switch opinion.state {
        case .open: return opinion
        case .given: throw .opinions(.alreadyGiven)
        case .withdrawn: throw .opinions(.withdrawn)
        case .over: throw .opinions(.over)
        }
    }
}

extension Dossier.Command {
    /// An opinion is one's own, or that of the colleague who was asked for it, whoever holds the dossier meanwhile.
    var isOfWhoeverIsAsked: Bool {
        if case .opinions(.give) = self { true } else { false }
    }
}

extension ActingOfficer {
    /// Themselves, or a colleague in whose place they act.
    func acts(as officer: ID<Officer>) -> Bool { id == officer || standIns.contains { $0.absent == officer } }
}
