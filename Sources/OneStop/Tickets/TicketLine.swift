import Kernel

/// What somebody comes to a counter for.
package enum VisitPurpose: String, Codable, CaseIterable, Sendable {
    /// To hand in a dossier.
    case reception
    /// To fetch a result.
    case result
    /// To be helped with filing online.
    case onlineHelp = "online-help"
    /// To leave an envelope that goes by post.
    case postDropOff = "post-drop-off"
}

/// One queue of an office: a purpose, and for reception the field of the procedures. There is one queue per field,
/// because a single queue for everything has people served out of all expectation.
package struct LineKey: RawRepresentable, Codable, CodingKeyRepresentable, Hashable, Sendable {
    package let purpose: VisitPurpose
    /// A field of the catalogue; nil where the line serves all of them.
    package let field: String?

    package init(_ purpose: VisitPurpose, field: String? = nil) {
        self.purpose = purpose
        self.field = field
    }

    /// Reads `reception:land` or `result`.
    package init?(rawValue: String) {
        let parts = rawValue.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let purpose = parts.first.flatMap({ VisitPurpose(rawValue: String($0)) }) else { return nil }
        self.init(purpose, field: parts.count == 2 ? String(parts[1]) : nil)
        guard field?.isEmpty != true else { return nil }
    }

    package var rawValue: String { field.map { "\(purpose.rawValue):\($0)" } ?? purpose.rawValue }
}

/// A queue as it is set for the day.
package struct TicketLine: Codable, Hashable, Sendable {
    package let key: LineKey
    /// What its numbers begin with.
    package let letter: String
    /// How long one visitor takes, until enough of them have been measured.
    package let declaredMinutes: Int

    package init(_ key: LineKey, letter: String, declaredMinutes: Int) {
        self.key = key
        self.letter = letter
        self.declaredMinutes = declaredMinutes
    }
}

/// A number such as `A012`, unique in an office on one day.
package struct TicketNumber: RawRepresentable, Codable, CodingKeyRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    init(letter: String, count: Int) { rawValue = letter + padded(count, 3) }
    package static func < (left: TicketNumber, right: TicketNumber) -> Bool { left.rawValue < right.rawValue }
}

/// Who holds a ticket, known by a salted digest only: enough to tell that one person takes a second ticket.
package struct PersonKey: RawRepresentable, Codable, Hashable, Sendable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// Why somebody is called before others who came earlier; the rule is shown beside every queue.
package enum PriorityReason: String, Codable, CaseIterable, Sendable {
    /// Aged 80 or older.
    case elderly
    case disabled
    case pregnant
    /// Persons with merit to the revolution and their relatives.
    case merit
    /// With a child younger than 36 months.
    case smallChild = "small-child"
}

/// Why somebody is called although it is not their turn.
package enum OutOfOrderReason: String, Codable, CaseIterable, Sendable {
    /// Feels unwell, or an emergency at home.
    case emergency
    /// Belongs to the dossier that was handled just now.
    case sameDossier = "same-dossier"
    /// One question, answered in a minute.
    case shortQuestion = "short-question"
    /// The officer for it is here now and will not be later.
    case officerLeaves = "officer-leaves"
    /// Was passed over by mistake.
    case mendedMistake = "mended-mistake"
    /// Recorded by the rules themselves: whoever is next waits outside, and nobody more may enter.
    case hallIsFull = "hall-is-full"
}
