package import Kernel
package import Web

/// A procedure as one decision published it. A dossier keeps the revision under which it was received.
package struct Revision: Codable, Hashable, Sendable {
    /// How much of the procedure can be done online.
    package enum OnlineLevel: String, Codable, CaseIterable, Sendable {
        /// Levels of Decree 43/2011, in force until 14 August 2022.
        case level1 = "1"
        case level2 = "2"
        case level3 = "3"
        case level4 = "4"
        /// Levels of Decree 42/2022: một phần and toàn trình.
        case partial, full
        /// The source does not say.
        case unstated
    }

    /// Whether papers may come in, and results go out, through the public post (Decision 45/2016).
    package struct Post: Codable, Hashable, Sendable {
        package let submit: Bool
        package let `return`: Bool

        package init(submit: Bool, return: Bool) {
            self.submit = submit
            self.return = `return`
        }
    }

    /// Counts the revisions of this procedure from 1; given by the book that keeps them for ever.
    package var number: Int
    package let from: LocalDate
    /// Last day in force; nil while nothing has replaced it.
    package let until: LocalDate?
    /// The decision that published it.
    package let decision: String?
    package let online: OnlineLevel
    /// Whether the law makes the person come in at some point.
    package let presence: Bool
    package let post: Post
    package let summary: Words?
    package let requirements: [Words]
    /// The open channels, in the order counter, online, post.
    package let channels: [ChannelTerms]
    package let cases: [ProcedureCase]
    package let components: [Component]
    package let results: [ProcedureResult]
    package let steps: [ProcessingStep]
    package let legal: [LegalBasis]
    package let form: FormDefinition
    /// Nil where no law departs from the ordinary way of counting.
    package let clock: ProcedureClock?
    /// Nil where no law says how long the agency waits for what it asked for.
    package let supplement: SupplementTerm?

    package init(
        number: Int,
        from: LocalDate,
        until: LocalDate?,
        decision: String?,
        online: OnlineLevel,
        presence: Bool,
        post: Post,
        summary: Words?,
        requirements: [Words],
        channels: [ChannelTerms],
        cases: [ProcedureCase],
        components: [Component],
        results: [ProcedureResult],
        steps: [ProcessingStep],
        legal: [LegalBasis],
        form: FormDefinition,
        clock: ProcedureClock? = nil,
        supplement: SupplementTerm? = nil
    ) {
        self.number = number
        self.from = from
        self.until = until
        self.decision = decision
        self.online = online
        self.presence = presence
        self.post = post
        self.summary = summary
        self.requirements = requirements
        self.channels = channels
        self.cases = cases
        self.components = components
        self.results = results
        self.steps = steps
        self.legal = legal
        self.form = form
        self.clock = clock
        self.supplement = supplement
    }

    /// Whether a dossier can be filed online today, as far as the source says.
    package var isFiledOnline: Bool {
        guard terms(of: .online) != nil else { return false }
        return switch online {
        case .level1, .level2: false
        case .level3, .level4, .partial, .full, .unstated: true
        }
    }

    /// The ways in which it can be filed, those that keep people at home first.
    package var ways: [Channel] {
        [isFiledOnline ? .online : nil, terms(of: .post) == nil ? nil : .post, .counter].compactMap(\.self)
    }

    /// Time and fees of `channel`; nil when the procedure is closed to it.
    package func terms(of channel: Channel) -> ChannelTerms? { channels.first { $0.channel == channel } }

    /// The papers that `chosen` asks for; without a case, those that every case asks for.
    package func components(in chosen: String?) -> [Component] {
        components.filter { component in component.cases.isEmpty || chosen.map(component.cases.contains) == true }
    }
}

/// A situation in which a procedure asks for other papers than in the rest.
package struct ProcedureCase: Codable, Hashable, Sendable {
    package let key: String
    package let name: Words

    package init(key: String, name: Words) {
        self.key = key
        self.name = name
    }
}

/// What the person receives at the end.
package struct ProcedureResult: Codable, Hashable, Sendable {
    package let key: String
    package let name: Words
    /// Whether it is also issued as an electronic document.
    package let electronic: Bool

    package init(key: String, name: Words, electronic: Bool) {
        self.key = key
        self.name = name
        self.electronic = electronic
    }
}

/// A law, decree or circular on which the procedure rests.
package struct LegalBasis: Codable, Hashable, Sendable {
    package let number: String
    package let name: Words?
    package let date: LocalDate?

    package init(number: String, name: Words?, date: LocalDate?) {
        self.number = number
        self.name = name
        self.date = date
    }
}
