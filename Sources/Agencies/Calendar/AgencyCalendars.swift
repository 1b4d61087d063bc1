package import Kernel

/// The calendars of all agencies at one moment.
///
/// Terms are counted by the competent agency. Its calendar is that of the country, changed by each authority from the
/// top of the tree down to the agency itself: the nearer one has the last word on a day.
package struct AgencyCalendars: Sendable {
    package let nation: WorkingCalendar
    package let tree: AgencyTree
    /// What each agency has decided and not withdrawn.
    let decisions: [ID<Agency>: [CalendarDecision]]

    package func calendar(of agency: ID<Agency>) -> WorkingCalendar {
        var hours = WeeklyHours.standard
        var changes: [LocalDate: WeeklyHours] = [:]
        var calendar = nation
        for profile in tree.ancestors(of: agency) + [tree[agency]].compactMap(\.self) {
            // A Saturday morning on which papers are taken in is no working day of a term; only a decision makes it one.
            if let own = profile.hours?.onWeekdays { hours = own }
            let decided = decisions[profile.id] ?? []
            for case .week(let from, let hours) in decided.map(\.change) { changes[from] = hours }
            calendar = calendar.changed(by: days(decided))
        }
        return calendar.with(hours: hours, changes: changes)
    }

    private func days(_ decisions: [CalendarDecision]) -> CalendarDays {
        var days = CalendarDays()
        for decision in decisions {
            switch decision.change {
            case .dayOff(let first, let last):
                days.daysOff.append(
                    DayOff(
                        day: first,
                        until: last,
                        kind: .closure,
                        vi: decision.reason,
                        en: decision.reason,
                        basis: decision.document.vi,
                        status: .decided
                    )
                )
            case .workingDay(let day, let hours):
                days.extraWorkingDays.append(
                    ExtraWorkingDay(
                        day: day,
                        replaces: day,
                        hours: hours,
                        basis: decision.document.vi,
                        status: .decided
                    )
                )
            case .week: break
            }
        }
        return days
    }
}
