import Persistence

/// What acts in the one-stop office when nobody does.
extension Machine {
    /// Offers what has become free, and lets lapse what nobody took.
    static let appointments = Machine(rawValue: "appointments")
    /// Plans appointments anew when an office can take in fewer people.
    static let replanning = Machine(rawValue: "one-stop-replanning")
    /// Ends the days of the queue.
    static let queue = Machine(rawValue: "queue")
    /// Holds the hall to what is ordered.
    static let hallLimits = Machine(rawValue: "one-stop-hall-limits")
}
