import Kernel

/// A day as the model sees it.
struct PlannedDay: Sendable {
    let date: LocalDate
    let isOpen: Bool
    /// ISO weekday whose habits it has.
    let like: Int
    let neighbour: OpeningDays.Neighbour
    /// Half hours in which people may come; nil: whenever they have been seen to.
    let mask: [Bool]?
    /// When counters serve; nil where that is not known.
    let served: [WorkingInterval]?

    init(_ date: LocalDate, _ days: OpeningDays) {
        self.date = date
        switch days.on(date) {
        case .closed: (isOpen, like, neighbour, mask, served) = (false, date.weekday, .ordinary, nil, nil)
        case .open(let like, let sessions, let served):
            isOpen = true
            self.served = served
            self.like = like
            neighbour = days.neighbour(of: date)
            mask = sessions.map { sessions in
                HalfHour.all.map { half in sessions.contains { $0.start < half.end && half.start < $0.end } }
            }
        }
    }
}

extension PlannedDay {
    /// The log shows that people came, whatever the calendar says.
    var opened: PlannedDay { isOpen ? self : PlannedDay(date: date, like: like, neighbour: neighbour) }

    private init(date: LocalDate, like: Int, neighbour: OpeningDays.Neighbour) {
        (self.date, self.like, self.neighbour) = (date, like, neighbour)
        (isOpen, mask, served) = (true, nil, nil)
    }
}
