import Kernel
import Persistence
import Web

/// What an officer may do where, and how that came to be. Names and passwords are rows, so that the history says
/// nothing that would have to be erased.
struct StaffMember: Aggregate {
    static let category = "staff/"

    enum Command: Sendable {
        /// Opens the account, with a first post in `agency`. `proposal` names what needs a second person.
        case add(to: ID<Agency>, Set<Role>, by: Author, proposal: ID<Proposal>)
        /// Gives roles in `agency`; none ends the service there.
        case setRoles(in: ID<Agency>, Set<Role>, by: Author, proposal: ID<Proposal>)
        case disable(by: Author, proposal: ID<Proposal>)
        case enable(by: Author, proposal: ID<Proposal>)
        case resetPassword(by: Author, proposal: ID<Proposal>)
        case changePassword
        case agree(to: ID<Proposal>, by: Author)
        /// Says no, or takes back what one has proposed oneself.
        case refuse(ID<Proposal>, by: Author)
    }

    /// Who asks for a change of rights.
    enum Author: Sendable, Equatable {
        /// Whoever runs the installation, through its commands.
        case installation
        case themselves
        /// Somebody who speaks for an agency and those below it only.
        case administrator(Administrator)
    }

    /// Case names and labels are the stored format: add, never rename.
    enum Event: Codable, Equatable, Sendable {
        case added
        case rolesSet(agency: ID<Agency>, roles: [Role])
        case disabled
        case enabled
        case passwordReset
        case passwordChanged
        case proposed(proposal: Proposal)
        case agreed(proposal: ID<Proposal>, need: Proposal.Need)
        case refused(proposal: ID<Proposal>)
    }

    enum Refusal: Error, Equatable {
        case unknown, alreadyAdded, ownRights, noRole, servesNotThere, noSuchProposal, secondPersonNeeded
    }

    private(set) var exists = false
    private(set) var isDisabled = false
    private(set) var roles: [ID<Agency>: Set<Role>] = [:]
    /// What waits for somebody's word, in the order in which it was proposed.
    private(set) var proposals: [Proposal] = []

    func decide(_ command: Command) throws(Refusal) -> [Event] {
        switch command {
        case .add(let agency, let roles, let author, let proposal):
            guard !exists else { throw .alreadyAdded }
            guard !roles.isEmpty else { throw .noRole }
            return [.added] + rolesSet(agency, roles, author, proposal)
        case .setRoles(let agency, let roles, let author, let proposal):
            guard exists else { throw .unknown }
            // So that nobody gives themselves what others must grant, and no agency loses its last administrator.
            guard author != .themselves else { throw .ownRights }
            guard roles != self.roles[agency, default: []] else { return [] }
            return rolesSet(agency, roles, author, proposal)
        case .disable(let author, let proposal):
            try allow(author)
            return isDisabled ? [] : account(.disable, author, proposal)
        case .enable(let author, let proposal):
            try allow(author)
            return isDisabled ? account(.enable, author, proposal) : []
        case .resetPassword(let author, let proposal):
            try allow(author)
            return account(.passwordReset, author, proposal)
        case .changePassword:
            guard exists else { throw .unknown }
            return [.passwordChanged]
        case .agree(let id, let author):
            return try agree(try proposal(id), author)
        case .refuse(let id, let author):
            let proposal = try proposal(id)
            let isAsked = !proposal.answerable(by: author, whileServingIn: Set(roles.keys)).isEmpty
            guard author == .installation || isProposer(author, of: proposal) || isAsked else {
                throw .noSuchProposal
            }
            return [.refused(proposal: id)]
        }
    }

    // MARK: - What one administrator does not do alone

    /// Roles at once, or a proposal of them. An account that is new keeps what needs nobody's word.
    private func rolesSet(
        _ agency: ID<Agency>,
        _ roles: Set<Role>,
        _ author: Author,
        _ proposal: ID<Proposal>
    ) -> [Event] {
        let needs = needs(of: roles, in: agency, author)
        guard case .administrator(let administrator) = author, !needs.isEmpty else {
            return [.rolesSet(agency: agency, roles: roles.ordered)]
        }
        let atOnce = administrator.isNamesake ? [] : roles.subtracting([.admin])
        let proposed = Event.proposed(
            proposal: Proposal(
                id: proposal,
                act: .roles(roles: roles.ordered),
                agency: agency,
                by: administrator.id,
                needs: needs
            )
        )
        return exists || atOnce.isEmpty
            ? [proposed] : [.rolesSet(agency: agency, roles: atOnce.ordered), proposed]
    }

    /// Whose word it takes to give these roles.
    ///
    /// Whoever administers could otherwise make a second administrator of themselves, or give a second account of their
    /// own the rights they are refused; and could draw another agency's officer into theirs, unasked.
    private func needs(of roles: Set<Role>, in agency: ID<Agency>, _ author: Author) -> [Proposal.Need] {
        guard case .administrator(let administrator) = author else { return [] }
        let held = self.roles[agency, default: []]
        let gained = roles.subtracting(held)
        var needs: [Proposal.Need] = []
        if held.isEmpty, !gained.isEmpty, !Set(self.roles.keys).isSubset(of: administrator.over) {
            needs.append(.person)
        }
        if gained.contains(.admin) || administrator.isNamesake && !gained.isEmpty {
            needs.append(.administrator(agency: agency))
        }
        return needs
    }

    /// Whoever rules over the whole account could act with its rights in every agency: those that an administrator does
    /// not speak for are asked first. And whoever takes over another administrator's account would be their own second
    /// person from then on.
    private func account(_ act: Proposal.Act, _ author: Author, _ proposal: ID<Proposal>) -> [Event] {
        guard case .administrator(let administrator) = author else { return [effect(of: act, in: ID(rawValue: ""))] }
        let concerned = roles.filter { agency, roles in
            !administrator.over.contains(agency) || act != .disable && roles.contains(.admin)
        }
        guard !concerned.isEmpty else { return [effect(of: act, in: administrator.agency)] }
        return [
            .proposed(
                proposal: Proposal(
                    id: proposal,
                    act: act,
                    agency: administrator.agency,
                    by: administrator.id,
                    needs: concerned.keys.sorted { $0.rawValue < $1.rawValue }.map { .administrator(agency: $0) }
                )
            )
        ]
    }

    private func allow(_ author: Author) throws(Refusal) {
        guard exists else { throw .unknown }
        switch author {
        case .installation: break
        case .themselves: throw .ownRights
        case .administrator(let administrator):
            guard roles.keys.contains(where: administrator.over.contains) else { throw .servesNotThere }
        }
    }

    private func effect(of act: Proposal.Act, in agency: ID<Agency>) -> Event {
        switch act {
        case .roles(let roles): .rolesSet(agency: agency, roles: roles)
        case .disable: .disabled
        case .enable: .enabled
        case .passwordReset: .passwordReset
        }
    }

    // MARK: - Saying yes

    private func proposal(_ id: ID<Proposal>) throws(Refusal) -> Proposal {
        guard let proposal = proposals.first(where: { $0.id == id }) else { throw .noSuchProposal }
        return proposal
    }

    private func isProposer(_ author: Author, of proposal: Proposal) -> Bool {
        if case .administrator(let administrator) = author { administrator.id == proposal.by } else { false }
    }

    private func agree(_ proposal: Proposal, _ author: Author) throws(Refusal) -> [Event] {
        guard !isProposer(author, of: proposal) else { throw .secondPersonNeeded }
        let met = proposal.answerable(by: author, whileServingIn: Set(roles.keys))
        guard !met.isEmpty else { throw .noSuchProposal }
        let agreed = met.map { Event.agreed(proposal: proposal.id, need: $0) }
        guard met.count == proposal.needs.count else { return agreed }
        return agreed + [effect(of: proposal.act, in: proposal.agency)]
    }

    // MARK: - What is so

    mutating func evolve(_ event: Event) {
        switch event {
        case .added: exists = true
        case .rolesSet(let agency, let roles):
            let isNewPost = self.roles[agency] == nil && !roles.isEmpty
            self.roles[agency] = roles.isEmpty ? nil : Set(roles)
            // Another decision about the same rights was faster; and whoever came to serve in one more agency since an
            // act on the whole account was proposed has not been spoken for there.
            proposals.removeAll { $0.act.isOfTheAccount ? isNewPost : $0.agency == agency }
        case .disabled:
            isDisabled = true
            proposals.removeAll { $0.act == .disable }
        case .enabled:
            isDisabled = false
            proposals.removeAll { $0.act == .enable }
        case .passwordReset: proposals.removeAll { $0.act == .passwordReset }
        case .passwordChanged: break
        case .proposed(let proposal):
            proposals.removeAll { $0.agency == proposal.agency && $0.act.kind == proposal.act.kind }
            proposals.append(proposal)
        case .agreed(let id, let need):
            guard let index = proposals.firstIndex(where: { $0.id == id }) else { return }
            proposals[index].needs.removeAll { $0 == need }
        case .refused(let id): proposals.removeAll { $0.id == id }
        }
    }
}

extension StaffMember.Command: GivenCommand {
    /// The first administrator is let in from the command line.
    var givers: Actor.Kinds { [.officer, .system] }
}
