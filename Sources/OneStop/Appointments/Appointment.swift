package import Kernel
import Web

/// A time at which somebody is expected at an office, as its row tells it. What is about the person lies here and not
/// in the events, so that it can be erased.
package struct Appointment: Sendable {
    package enum State: String, CaseIterable, Sendable {
        /// Asked for a place on the waiting list and not yet confirmed.
        case asked
        case held, booked, waiting, offered, displaced
        case cancelled
        /// A hold or an offer that nobody answered in time.
        case lapsed

        /// Somebody is still to come, or to be told.
        package var isOpen: Bool {
            switch self {
            case .asked, .held, .booked, .waiting, .offered, .displaced: true
            case .cancelled, .lapsed: false
            }
        }
    }

    package let id: ID<Appointment>
    let secret: String
    package let office: ID<Agency>
    package let day: LocalDate
    /// Minutes since midnight; nil while waiting.
    package let minute: Int?
    package let field: String
    package let procedure: String?
    package let name: String
    package let phone: String
    package let reason: PriorityReason?
    package let state: State
    let code: String?
    let attempts: Int
    /// When the hold or the offer ends.
    package let until: Instant?
    /// The account that has booked; nil for a telephone that was proven.
    let citizen: ID<Citizen>?
    let language: Language
    /// How often its time has changed or was lost since it was booked: a calendar believes the highest.
    let revision: Int

    /// The time that a calendar can take over, or has to forget.
    var timeInCalendars: LocalMinute? {
        switch state {
        case .booked: start
        // What was never booked is in no calendar.
        case .displaced, .cancelled: revision > 0 ? start : nil
        case .held, .asked, .waiting, .offered, .lapsed: nil
        }
    }

    var start: LocalMinute? { minute.map { LocalMinute(date: day, minuteOfDay: $0) } }
}
