package import Kernel

/// When people are received: hours of one weekday, with a break between two of them. A session on a Saturday is no
/// working day: time limits do not know it.
package struct ReceptionSession: Codable, Hashable, Sendable {
    package let id: ID<ReceptionSession>
    /// ISO 8601: Monday is 1.
    package let weekday: Int
    package let hours: WorkingInterval
    /// Keys of the fields that are received; nil for all that the counters serve.
    package let fields: [String]?
    /// How many counters are staffed at once; nil for all of them.
    package let staff: Int?

    package init(
        id: ID<ReceptionSession>,
        weekday: Int,
        hours: WorkingInterval,
        fields: [String]? = nil,
        staff: Int? = nil
    ) {
        self.id = id
        self.weekday = weekday
        self.hours = hours
        self.fields = fields?.sorted()
        self.staff = staff
    }

    package func receives(_ field: String) -> Bool { fields?.contains(field) ?? true }
}

/// A place at which somebody is served.
package struct ServiceCounter: Codable, Hashable, Sendable {
    /// Reception and return are kept apart where there is room (Official letters of 2021 ask for it).
    package enum Kind: String, Codable, CaseIterable, Sendable { case reception, `return`, both }

    package let id: ID<ServiceCounter>
    /// What stands above it, such as `Quầy 3`.
    package let name: String
    package let kind: Kind
    /// Keys of the fields it serves; nil for all.
    package let fields: [String]?

    package init(id: ID<ServiceCounter>, name: String, kind: Kind, fields: [String]? = nil) {
        self.id = id
        self.name = name
        self.kind = kind
        self.fields = fields?.sorted()
    }

    package var receives: Bool { kind != .return }
    package func serves(_ field: String) -> Bool { fields?.contains(field) ?? true }
}

/// The room in which people wait.
package struct OfficeHall: Codable, Hashable, Sendable {
    package let seats: Int
    /// The plan with the seats' coordinates, as JSON; nil where nobody has drawn it yet.
    package let plan: String?

    package init(seats: Int, plan: String? = nil) { (self.seats, self.plan) = (seats, plan) }
}

/// How appointments are given.
package struct BookingRules: Codable, Hashable, Sendable {
    /// Length of a slot in minutes.
    package var slot = 30
    /// How many of a hundred places are kept for those who come without an appointment.
    package var walkInPercent = 50
    /// Places per slot and field that only priority groups may book, taken from those kept for walk-ins.
    package var priorityPlaces = 1
    /// How many days ahead people may book.
    package var daysAhead = 14
    /// How long a freed place rests before the public sees it, in minutes, so that it cannot be passed on by sale.
    package var coolDown = 60
    /// How long an offer to somebody on the waiting list stands, in hours.
    package var offerHours = 4

    package init() {}
}

/// Everything that is known about an office: from it follows how many people it can receive when.
package struct OfficeModel: Codable, Hashable, Sendable {
    /// In the order of the week.
    package internal(set) var sessions: [ReceptionSession] = []
    package internal(set) var counters: [ServiceCounter] = []
    /// Minutes that one person takes, by field, as the office declared them.
    package internal(set) var declaredMinutes: [String: Int] = [:]
    /// The same as the office's own counters measured them; they take precedence, unless the declared ones are pinned.
    package internal(set) var measuredMinutes: [String: Int] = [:]
    /// Nil where nobody has pinned any, as in every row that was written before it could be done.
    private var pinned: [String]?
    /// How many people it expects; nil where it has said nothing.
    package internal(set) var declaredVisitors: DeclaredVisitors?
    package internal(set) var hall = OfficeHall(seats: 0)
    package internal(set) var rules = BookingRules()

    package init() {}

    /// What is assumed for a field of which nothing is known.
    package static let usualMinutes = 15

    /// Fields for which what was declared counts, whatever is measured.
    package internal(set) var pinnedFields: Set<String> {
        get { Set(pinned ?? []) }
        set { pinned = newValue.isEmpty ? nil : newValue.sorted() }
    }

    package func minutes(of field: String) -> Int {
        if let declared = declaredMinutes[field], pinnedFields.contains(field) { return declared }
        return measuredMinutes[field] ?? declaredMinutes[field] ?? OfficeModel.usualMinutes
    }

    package var isReady: Bool { !sessions.isEmpty && hall.seats > 0 && counters.contains(where: \.receives) }

    /// The fields of which the office has said something.
    var knownFields: Set<String> {
        Set(declaredMinutes.keys).union(measuredMinutes.keys).union(counters.flatMap { $0.fields ?? [] })
    }

    /// Whether any counter receives for the field in any session.
    package func serves(_ field: String) -> Bool {
        counters.contains { $0.receives && $0.serves(field) } && sessions.contains { $0.receives(field) }
    }
}
