package import DossierCore
package import Kernel
package import Persistence
package import Web

/// Who gets a dossier in an agency when it comes to a role: the rules, as they were set and taken away.
package struct AssignmentRules: Aggregate {
    package static let category = "assignment/"

    /// The dossiers that a rule speaks of; the narrower one counts.
    package enum Scope: Codable, Hashable, Sendable {
        case everything
        /// A field of administration, by its key.
        case field(key: String)
        case procedure(code: String)

        /// The word in rows and forms.
        package var text: String {
            switch self {
            case .everything: "everything"
            case .field(let key): "field/\(key)"
            case .procedure(let code): "procedure/\(code)"
            }
        }

        package init?(text: String) {
            let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
            switch (parts.first, parts.dropFirst().first) {
            case ("everything", nil): self = .everything
            case ("field", let key?): self = .field(key: key)
            case ("procedure", let code?): self = .procedure(code: code)
            default: return nil
            }
        }

        fileprivate var breadth: Int {
            switch self {
            case .procedure: 0
            case .field: 1
            case .everything: 2
            }
        }

        static func isNarrower(_ left: Scope, _ right: Scope) -> Bool { left.breadth < right.breadth }
    }

    package enum Way: Codable, Hashable, Sendable {
        /// Whoever takes it; says so where a broader rule says otherwise.
        case open
        case fixed(officer: ID<Officer>)
        /// The one of these who holds the fewest open dossiers.
        case leastLoaded(officers: [ID<Officer>])

        package var officers: [ID<Officer>] {
            switch self {
            case .open: []
            case .fixed(let officer): [officer]
            case .leastLoaded(let officers): officers
            }
        }

        /// The words in its row: the kind, then the officers.
        var text: String {
            let kind =
                switch self {
                case .open: "open"
                case .fixed: "fixed"
                case .leastLoaded: "leastLoaded"
                }
            return ([kind] + officers.map(\.rawValue)).joined(separator: " ")
        }

        init?(text: String) {
            let words = text.split(separator: " ").map(String.init)
            let officers = words.dropFirst().map { ID<Officer>(rawValue: $0) }
            switch (words.first, officers.first) {
            case ("open", nil): self = .open
            case ("fixed", let officer?): self = .fixed(officer: officer)
            case ("leastLoaded", _?): self = .leastLoaded(officers: officers)
            default: return nil
            }
        }
    }

    package enum Command: Sendable {
        /// `able` are those of the agency who hold the role.
        case set(by: ActingOfficer, role: Role, scope: Scope, way: Way, able: Set<ID<Officer>>)
        case remove(by: ActingOfficer, role: Role, scope: Scope)
    }

    /// Case names and labels are the stored format: add, never rename.
    package enum Event: Codable, Equatable, Sendable {
        case ruleSet(role: Role, scope: Scope, way: Way)
        case ruleRemoved(role: Role, scope: Scope)
    }

    package enum Refusal: Error, Equatable { case notYours, noSuchRule, nobodyChosen, lacksTheRole, roleWithoutSteps }

    /// The roles whose steps follow a hand-over.
    package static let roles: [Role] = [.caseOfficer, .leader, .clerk]

    struct Place: Hashable, Sendable {
        let role: Role
        let scope: Scope
    }

    private(set) var rules: [Place: Way] = [:]

    package init() {}

    package func decide(_ command: Command) throws(Refusal) -> [Event] {
        switch command {
        case .set(let author, let role, let scope, let way, let able):
            try require(author)
            guard Self.roles.contains(role) else { throw .roleWithoutSteps }
            guard way == .open || !way.officers.isEmpty else { throw .nobodyChosen }
            guard able.isSuperset(of: way.officers) else { throw .lacksTheRole }
            return rules[Place(role: role, scope: scope)] == way
                ? [] : [.ruleSet(role: role, scope: scope, way: way)]
        case .remove(let author, let role, let scope):
            try require(author)
            guard rules[Place(role: role, scope: scope)] != nil else { throw .noSuchRule }
            return [.ruleRemoved(role: role, scope: scope)]
        }
    }

    private func require(_ author: ActingOfficer) throws(Refusal) {
        guard !author.roles.isDisjoint(with: [.leader, .admin]) else { throw .notYours }
    }

    package mutating func evolve(_ event: Event) {
        switch event {
        case .ruleSet(let role, let scope, let way): rules[Place(role: role, scope: scope)] = way
        case .ruleRemoved(let role, let scope): rules[Place(role: role, scope: scope)] = nil
        }
    }
}

extension AssignmentRules.Command: GivenCommand {
    package var givers: Actor.Kinds { .officer }
}
