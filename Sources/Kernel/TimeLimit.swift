/// How long an agency may take, as a procedure states it.
package struct TimeLimit: Codable, Hashable, Sendable {
    package enum Unit: String, Codable, CaseIterable, Sendable {
        case workingDays = "working-days"
        case days
        case workingHours = "working-hours"
        case months
        /// The result is due the day the dossier is received, or the next working day after the cut-off.
        case sameDay = "same-day"
    }

    /// At least 1; ignored for `sameDay`.
    package let amount: Int
    package let unit: Unit

    package init(amount: Int, unit: Unit) {
        self.amount = amount
        self.unit = unit
    }
}
