package import Web

/// What answers may not say together: what cannot be is refused, what is odd is asked and has to be confirmed.
package struct PlausibilityRule: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable { case refused, asked }

    package let key: String
    package let kind: Kind
    /// What is wrong or odd, naming the fields.
    package let message: Words
    /// The rule is broken when all of them hold.
    let clauses: [Clause]

    enum Clause: Codable, Hashable, Sendable {
        /// From the first day to the second there are less than `below`, or more than `above`.
        case span(Unit, from: Place, to: Place, below: Int?, above: Int?)
        case same(Place, Place)
        case differ(Place, Place)
        /// The text has one of the words, accents and capitals aside.
        case says(Place, words: [String])
        /// Something stands in the field.
        case given(Place)
        case when(Condition)
    }

    enum Unit: String, Codable, Sendable { case years, days }

    /// A field of the form, or the day on which the answers are judged.
    enum Place: Codable, Hashable, Sendable {
        case field(section: String, key: String)
        case today
    }

    /// The fields whose answers are compared, and those on which it depends whether they are.
    var asked: [(section: String, key: String)] {
        places
            + clauses.compactMap { clause in
                if case .when(let condition) = clause { condition.section.map { ($0, condition.field) } } else { nil }
            }
    }

    /// The fields whose answers are compared.
    var places: [(section: String, key: String)] {
        clauses.flatMap { clause -> [Place] in
            switch clause {
            case .span(_, let from, let to, _, _): [from, to]
            case .same(let one, let other), .differ(let one, let other): [one, other]
            case .says(let place, _), .given(let place): [place]
            case .when: []
            }
        }.compactMap { place in
            switch place {
            case .field(let section, let key): (section, key)
            case .today: nil
            }
        }
    }
}

extension FormDefinition {
    /// Where the ticks stand by which people confirm what is odd: beside the sections of the form.
    package static let confirmed = "confirmed"

    /// The name of the tick that confirms what `rule` asks.
    static func tick(_ rule: PlausibilityRule) -> String { "\(confirmed).\(rule.key)" }

    /// The section on whose page the tick called `name` stands; nil for the name of anything else.
    package func sectionTelling(_ name: String) -> String? {
        rules.first { FormDefinition.tick($0) == name }.flatMap { lastPlace(of: $0)?.section }
    }

    /// The field of the rule that stands last in the form: there all of them are known.
    func lastPlace(of rule: PlausibilityRule) -> (section: String, key: String)? {
        let places = rule.places
        for section in sections.reversed() {
            for field in section.fields.reversed() {
                if let place = places.first(where: { $0 == (section.key, field.key) }) { return place }
            }
        }
        return nil
    }
}
