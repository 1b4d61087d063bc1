/// The days on which a calendar departs from the ordinary week, as a reference file states them.
package struct CalendarDays: Codable, Hashable, Sendable {
    /// The last day the list speaks of; what falls later may yet turn out to be a day off.
    package var through: LocalDate?
    package var daysOff: [DayOff]
    package var extraWorkingDays: [ExtraWorkingDay]

    package init(through: LocalDate? = nil, daysOff: [DayOff] = [], extraWorkingDays: [ExtraWorkingDay] = []) {
        self.through = through
        self.daysOff = daysOff
        self.extraWorkingDays = extraWorkingDays
    }

    /// These days and those of `other`, which are read after these: of two days off on one date the later is named.
    package func adding(_ other: CalendarDays) -> CalendarDays {
        CalendarDays(
            through: other.through ?? through,
            daysOff: daysOff + other.daysOff,
            extraWorkingDays: extraWorkingDays + other.extraWorkingDays
        )
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        through = try container.decodeIfPresent(LocalDate.self, forKey: .through)
        daysOff = try container.decodeIfPresent([DayOff].self, forKey: .daysOff) ?? []
        extraWorkingDays =
            try container.decodeIfPresent([ExtraWorkingDay].self, forKey: .extraWorkingDays) ?? []
    }
}

/// How sure a day of the calendar is.
package enum CalendarStatus: String, Codable, CaseIterable, Sendable {
    case decided
    /// Follows from the law or from custom; the yearly announcement is still to come.
    case expected
}

/// One or several days in a row on which offices are closed.
package struct DayOff: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable {
        /// A public holiday (Labour Code 2019, Art. 112).
        case holiday
        /// The working day given for a holiday that fell on a day of rest (Labour Code 2019, Art. 111.3).
        case compensation
        /// A working day exchanged for a day of rest in another week.
        case swap
        /// A day on which the authority has closed its offices by a decision of its own.
        case closure
    }

    package let day: LocalDate
    /// The last of several days in a row.
    package let until: LocalDate?
    package let kind: Kind
    package let vi: String
    package let en: String
    package let basis: String
    package let status: CalendarStatus

    package init(
        day: LocalDate,
        until: LocalDate? = nil,
        kind: Kind,
        vi: String,
        en: String,
        basis: String,
        status: CalendarStatus
    ) {
        self.day = day
        self.until = until
        self.kind = kind
        self.vi = vi
        self.en = en
        self.basis = basis
        self.status = status
    }
}

/// A day of rest on which offices work, mostly in exchange for a day on which they would have; or a day that has
/// hours of its own.
package struct ExtraWorkingDay: Codable, Hashable, Sendable {
    package let day: LocalDate
    /// The day given up for it, whose hours are worked; the day itself where none is given up.
    package let replaces: LocalDate
    /// The hours that are worked instead of those of the day given up.
    package let hours: [WorkingInterval]?
    package let basis: String
    package let status: CalendarStatus

    package init(
        day: LocalDate,
        replaces: LocalDate,
        hours: [WorkingInterval]? = nil,
        basis: String,
        status: CalendarStatus
    ) {
        self.day = day
        self.replaces = replaces
        self.hours = hours
        self.basis = basis
        self.status = status
    }
}
