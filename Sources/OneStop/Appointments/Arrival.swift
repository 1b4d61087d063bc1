import Kernel
import Persistence

extension TicketBook {
    /// Gives whoever has booked the ticket of the day, and the same one again when they ask twice.
    func take(_ appointment: Appointment, acknowledgesHealth: Bool, _ circumstances: Circumstances) async throws
        -> Receipt
    {
        let now = circumstances.at
        guard appointment.state == .booked, let start = appointment.start else {
            throw AppointmentDay.Refusal.unknown
        }
        guard appointment.day == now.localDate else { throw AppointmentDay.Refusal.notToday(appointment.day) }
        let own = LineKey(.reception, field: appointment.field)
        let line = try await plan(appointment.office, now)?[own] == nil ? LineKey(.reception) : own
        return try await take(
            Wish(
                line,
                // Its own, and not the telephone's: an account's telephone is not proven.
                holder: "appointment \(appointment.id.rawValue)",
                phone: PhoneNumber(rawValue: appointment.phone),
                claiming: appointment.reason,
                appointment: Instant(start),
                acknowledgesHealth: acknowledgesHealth,
                in: appointment.language
            ),
            at: appointment.office,
            circumstances,
            once: IdempotencyKey(scope: "lich-hen", key: "\(appointment.id.rawValue) \(start.rawValue)", digest: "")
        )
    }
}
