import Kernel
import Web

/// What one administrator may not do alone: it waits until those whom it concerns have agreed. One no ends it.
struct Proposal: Codable, Equatable, Sendable {
    /// Case names and labels are stored within events: add, never rename.
    enum Act: Codable, Equatable, Sendable {
        /// These roles in the proposing agency, in place of those held there.
        case roles(roles: [Role])
        case disable, enable, passwordReset

        /// What a later proposal of the same kind takes the place of.
        var kind: String {
            switch self {
            case .roles: "roles"
            case .disable: "disable"
            case .enable: "enable"
            case .passwordReset: "passwordReset"
            }
        }

        /// Concerns the account everywhere, not only in one agency.
        var isOfTheAccount: Bool { kind != "roles" }
    }

    /// Whose word is wanted.
    enum Need: Codable, Hashable, Sendable {
        /// The officer's own, or that of whoever administers where they serve.
        case person
        /// Another administrator's, of this agency or of one above it.
        case administrator(agency: ID<Agency>)
    }

    let id: ID<Proposal>
    let act: Act
    /// The agency for which it was proposed.
    let agency: ID<Agency>
    let by: ID<Officer>
    var needs: [Need]
}

/// An administrator, as far as their word goes.
struct Administrator: Sendable, Equatable {
    let id: ID<Officer>
    /// The agency for which they act.
    let agency: ID<Agency>
    /// That agency and those below it.
    let over: Set<ID<Agency>>
    /// Whether the account they ask about bears their own name: a second account of theirs, most likely.
    var isNamesake = false
}

extension Proposal {
    /// Which needs the word of `author` meets, for an officer who serves in `agencies`.
    func answerable(by author: StaffMember.Author, whileServingIn agencies: Set<ID<Agency>>) -> [Need] {
        needs.filter { need in
            switch (need, author) {
            case (.administrator, .installation), (.person, .themselves): true
            case (.person, .installation), (.administrator, .themselves): false
            case (_, .administrator(let administrator)) where administrator.id == by: false
            case (.person, .administrator(let administrator)): !agencies.isDisjoint(with: administrator.over)
            case (.administrator(let agency), .administrator(let administrator)): administrator.over.contains(agency)
            }
        }
    }
}

extension Proposal {
    /// Whether an agency's administrators see it in an officer's history.
    func concerns(_ agency: ID<Agency>) -> Bool {
        self.agency == agency || needs.contains(.administrator(agency: agency))
    }
}

extension Proposal.Act {
    /// What is to be done.
    var words: Words {
        switch self {
        case .roles(let roles):
            Words(
                "vai trò \(roles.map(\.words.vi).joined(separator: ", "))",
                "roles \(roles.map(\.words.en).joined(separator: ", "))"
            )
        case .disable: Words("khóa tài khoản", "disable the account")
        case .enable: Words("mở khóa tài khoản", "enable the account")
        case .passwordReset: Words("cấp mật khẩu một lần mới", "give a new one-time password")
        }
    }
}
