package import DossierCore
package import Kernel
import Persistence

/// Which dossiers of the register somebody looks for.
package struct RegisterFilter: Hashable, Sendable {
    /// By which of its days a dossier belongs to a period.
    package enum Basis: String, CaseIterable, Sendable { case received, filed, due, returned }

    /// Whether the result was, or still can be, ready by the day that was promised. Dossiers without such a day, and
    /// those that ended without a result, are never late.
    package enum Punctuality: String, CaseIterable, Sendable {
        case onTime = "on-time"
        case late
    }

    package var basis: Basis
    package var from: LocalDate
    /// The last day.
    package var to: LocalDate
    /// Codes; nil for every procedure.
    package var procedures: [String]?
    package var channel: Channel?
    package var stage: Stage?
    package var punctuality: Punctuality?

    package init(
        by basis: Basis = .received,
        from: LocalDate,
        to: LocalDate,
        procedures: [String]? = nil,
        channel: Channel? = nil,
        stage: Stage? = nil,
        punctuality: Punctuality? = nil
    ) {
        self.basis = basis
        self.from = from
        self.to = to
        self.procedures = procedures
        self.channel = channel
        self.stage = stage
        self.punctuality = punctuality
    }
}

extension RegisterFilter {
    /// What belongs to the register of one agency: one range of the index of the basis, and what is left out of it. What was
    /// entered by mistake is in the register only where it is asked for by its state.
    func condition(of agency: ID<Agency>, now: Instant) -> SQL {
        let condition = range(of: agency, now: now)
        return stage == nil ? "\(condition) AND d.stage <> \(Stage.cancelled)" : condition
    }

    /// The same with what was entered by mistake.
    func range(of agency: ID<Agency>, now: Instant) -> SQL {
        let column = basis.column
        let start = Instant(LocalMinute(date: from, minuteOfDay: 0))
        let end = Instant(LocalMinute(date: to.adding(days: 1), minuteOfDay: 0))
        var condition: SQL = "d.agency = \(agency) AND \(column) >= \(start) AND \(column) < \(end)"
        if let procedures { condition = "\(condition) AND d.procedure_code IN \(list: procedures)" }
        if let channel { condition = "\(condition) AND d.channel = \(channel)" }
        if let stage { condition = "\(condition) AND d.stage = \(stage)" }
        switch punctuality {
        case .late: return "\(condition) AND \(Self.isLate(now))"
        case .onTime: return "\(condition) AND d.due_at IS NOT NULL AND NOT \(Self.isLate(now))"
        case nil: return condition
        }
    }

    static func isLate(_ now: Instant) -> SQL {
        """
        COALESCE(CASE WHEN d.box IN ('finished', 'closed') THEN d.finished_at > d.due_at \
        ELSE d.open_due < \(now) END, FALSE)
        """
    }
}

extension RegisterFilter.Basis {
    var column: SQL {
        switch self {
        case .received: "d.received_at"
        case .filed: "d.filed_at"
        case .due: "d.due_at"
        case .returned: "d.returned_at"
        }
    }
}
