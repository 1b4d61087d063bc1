package import Kernel

/// A document by which an authority decides, such as `Quyết định 12/QĐ-UBND` of a day.
package struct LegalDocument: Codable, Hashable, Sendable {
    package let number: String
    package let date: LocalDate

    package init(number: String, date: LocalDate) {
        self.number = number
        self.date = date
    }

    /// `12/QĐ-UBND ngày 23/11/2026`.
    package var vi: String { "\(number) ngày \(date.vietnamese)" }
    package var en: String { "\(number) of \(date.vietnamese)" }
}

/// What an authority has decided of the days and hours on which it, and those below it, work.
package struct CalendarDecision: Codable, Hashable, Sendable {
    package enum Change: Codable, Hashable, Sendable {
        /// Nobody works, from the first day to the last.
        case dayOff(first: LocalDate, last: LocalDate)
        /// A day that is worked at these hours, whatever the week says of it.
        case workingDay(day: LocalDate, hours: [WorkingInterval])
        /// Another ordinary week, from a day on.
        case week(from: LocalDate, hours: WeeklyHours)
    }

    package let change: Change
    /// Why, in the words of the authority; citizens read it.
    package let reason: String
    package let document: LegalDocument

    package init(_ change: Change, reason: String, document: LegalDocument) {
        self.change = change
        self.reason = reason
        self.document = document
    }

    /// The first day on which anything is different.
    package var first: LocalDate {
        switch change {
        case .dayOff(let first, _): first
        case .workingDay(let day, _): day
        case .week(let from, _): from
        }
    }

    /// The last such day; nil for a change that stays.
    // Not inlined: the optimiser of Swift 6.3.1 ends a borrow too early where it is, and stops the release build.
    @inline(never) package var last: LocalDate? {
        switch change {
        case .dayOff(_, let last): last
        case .workingDay(let day, _): day
        case .week: nil
        }
    }

    /// Two decisions of one authority must not speak of one day in two ways.
    func contradicts(_ other: CalendarDecision) -> Bool {
        guard let last, let otherLast = other.last else {
            return last == nil && other.last == nil && first == other.first
        }
        return first <= otherLast && other.first <= last
    }
}

/// A decision as it stands in the calendar of an agency.
package struct CalendarEntry: Hashable, Sendable {
    package let id: ID<CalendarEntry>
    package let agency: ID<Agency>
    package let decision: CalendarDecision
    package let decided: Deed
    package let withdrawn: Withdrawal?

    /// Who did it, and when; nobody when the installation did.
    package struct Deed: Hashable, Sendable {
        package let at: Instant
        package let by: ID<Officer>?

        package init(at: Instant, by: ID<Officer>?) { (self.at, self.by) = (at, by) }
    }

    package struct Withdrawal: Hashable, Sendable {
        package let deed: Deed
        package let reason: String
    }
}
