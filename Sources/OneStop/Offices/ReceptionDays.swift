package import Kernel
package import Web

/// Whether an office receives people on a day, and in which sessions.
package struct ReceptionDay: Hashable, Sendable {
    package let date: LocalDate
    /// The weekday on which it works as on this day: a Saturday that is worked for a Monday is like a Monday.
    package let like: Int
    /// In the order of the day; empty when nobody is received.
    package let sessions: [ReceptionSession]
    /// What the calendar closes the office for; nil on an open day, and on one that simply has no session.
    package let closedFor: Words?

    package var isOpen: Bool { !sessions.isEmpty }
}

/// On which days an office receives people: the one answer for appointments, tickets and the forecast.
///
/// It has three sources. The calendar of the agency says which days are off and which are worked in exchange. The office
/// says in which sessions it receives on a weekday; a session on a Saturday makes no working day of it (Decision 0014),
/// so a day of weekly rest is open when the office has a session on it. Standing orders close the counter for a while.
package struct ReceptionDays: Sendable {
    package let ordered: OrderedOffice
    private let calendar: WorkingCalendar

    package init(_ ordered: OrderedOffice, _ calendar: WorkingCalendar) {
        (self.ordered, self.calendar) = (ordered, calendar)
    }

    /// For an office of which nothing is ordered.
    package init(_ office: OfficeModel, _ calendar: WorkingCalendar) { self.init(OrderedOffice(office), calendar) }

    package var office: OfficeModel { ordered.model }

    package func on(_ date: LocalDate) -> ReceptionDay {
        switch calendar.status(of: date) {
        case .off(let off):
            ReceptionDay(date: date, like: date.weekday, sessions: [], closedFor: Words(off.vi, off.en))
        case .makeUp(let extra): worked(extra)
        case .working, .weeklyRest:
            ReceptionDay(date: date, like: date.weekday, sessions: sessions(of: date.weekday), closedFor: nil)
        }
    }

    /// A day that is worked by decision has the sessions of the day it stands for, within the hours that were decided.
    /// Where no session falls into them people are received at all of these hours, or the decision would be worth
    /// nothing to them.
    private func worked(_ extra: ExtraWorkingDay) -> ReceptionDay {
        let like = weekday(stoodFor: extra)
        let ordinary = sessions(of: like)
        guard let hours = extra.hours else {
            return ReceptionDay(date: extra.day, like: like, sessions: ordinary, closedFor: nil)
        }
        var within = ordinary.flatMap { session in
            hours.compactMap { decided in session.within(decided) }
        }
        if within.isEmpty, !office.sessions.isEmpty {
            within = hours.map { ReceptionSession(id: ID(rawValue: $0.rawValue), weekday: like, hours: $0) }
        }
        return ReceptionDay(
            date: extra.day,
            like: like,
            sessions: within.sorted { $0.hours.start < $1.hours.start },
            closedFor: nil
        )
    }

    private func weekday(stoodFor extra: ExtraWorkingDay) -> Int {
        // A day of rest that is worked for no other is like any working day; Wednesday is the least particular of them.
        let isRest = extra.replaces == extra.day && calendar.week(on: extra.day)[extra.day.weekday].isEmpty
        let first = isRest ? [] : [extra.replaces.weekday]
        return (first + [3, 2, 4, 1, 5, 6, 7]).first { !sessions(of: $0).isEmpty } ?? extra.replaces.weekday
    }

    private func sessions(of weekday: Int) -> [ReceptionSession] {
        office.sessions.filter { $0.weekday == weekday }.sorted { $0.hours.start < $1.hours.start }
    }

    /// Those sessions of a day for which the counter is not closed by order.
    package func openSessions(on date: LocalDate) -> [ReceptionSession] {
        on(date).sessions.filter { session in
            let opens = Instant(LocalMinute(date: date, minuteOfDay: session.hours.start))
            return !ordered.isClosed(at: opens)
        }
    }

    /// The next day after `date` on which anybody is received; nil when there is none in the next two months.
    package func next(after date: LocalDate) -> LocalDate? {
        (1...60).lazy.map { date.adding(days: $0) }.first { !openSessions(on: $0).isEmpty }
    }

    /// The slots of a day, earliest first; what is left of a session when no whole slot fits is for walk-ins.
    package func slots(on date: LocalDate) -> [Slot] {
        let length = office.rules.slot
        return on(date).sessions.flatMap { session in
            stride(from: session.hours.start, through: session.hours.end - length, by: length).map { minute in
                Slot(start: LocalMinute(date: date, minuteOfDay: minute), length: length, session: session)
            }
        }
    }
}

extension ReceptionSession {
    /// The part of it that lies within `hours`; nil when there is none.
    fileprivate func within(_ hours: WorkingInterval) -> ReceptionSession? {
        WorkingInterval(start: max(self.hours.start, hours.start), end: min(self.hours.end, hours.end)).map {
            ReceptionSession(id: id, weekday: weekday, hours: $0, fields: fields, staff: staff)
        }
    }
}
