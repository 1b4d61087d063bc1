package import Kernel
package import Web

/// How an office works for a while because somebody has ordered it: fewer seats, more room between people, a channel
/// closed. It begins and ends by itself; while several are in force the strictest of each rule holds.
package struct OperatingMode: Codable, Hashable, Sendable {
    package let id: ID<OperatingMode>
    /// How many of a hundred seats may be used; nil where no such rule is made.
    package let percent: Int?
    /// How far apart people sit, in centimetres.
    package let distance: Int?
    /// In order of their names.
    package let closedChannels: [Channel]
    /// What visitors have to keep to, such as 5K, as it is told to them.
    package let rules: String
    package let start: Instant
    /// The first instant at which it no longer holds; nil until it is lifted.
    package let end: Instant?
    /// The document that orders it.
    package let document: LegalDocument

    package init(
        id: ID<OperatingMode>,
        percent: Int? = nil,
        distance: Int? = nil,
        closedChannels: Set<Channel> = [],
        rules: String = "",
        start: Instant,
        end: Instant? = nil,
        document: LegalDocument
    ) {
        self.id = id
        self.percent = percent
        self.distance = distance
        self.closedChannels = closedChannels.sorted { $0.rawValue < $1.rawValue }
        self.rules = rules
        self.start = start
        self.end = end
        self.document = document
    }

    package func holds(at instant: Instant) -> Bool { start <= instant && end.map { instant < $0 } ?? true }
}

/// Number and date of a directive, a decision, an official letter.
package struct LegalDocument: Codable, Hashable, Sendable {
    package let number: String
    package let date: LocalDate

    package init(number: String, date: LocalDate) {
        (self.number, self.date) = (number, date)
    }

    package var words: Words {
        Words("\(number) ngày \(date.vietnamese)", "\(number) of \(date.rawValue)")
    }
}

/// The strictest of all modes that hold at one instant.
package struct ModeInForce: Hashable, Sendable {
    package let percent: Int?
    package let distance: Int?
    package let closedChannels: Set<Channel>
    /// Those it was made of, the oldest first.
    package let modes: [OperatingMode]

    package init(_ modes: [OperatingMode], at instant: Instant) {
        let modes = modes.filter { $0.holds(at: instant) }
        self.modes = modes
        percent = modes.compactMap(\.percent).min()
        distance = modes.compactMap(\.distance).max()
        closedChannels = modes.reduce(into: []) { $0.formUnion($1.closedChannels) }
    }
}
