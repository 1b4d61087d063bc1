import Kernel
import Web

/// What people are told about their appointments; in which words is not known here.
enum AppointmentNotice {
    static let code = NoticeKind(
        "appointment.code",
        Words("Mã xác nhận lịch hẹn", "Code for an appointment"),
        ["code": .code, "minutes": .minutes],
        isFleeting: true
    )
    static let offered = NoticeKind(
        "appointment.offered",
        Words("Mời nhận chỗ", "A place is offered"),
        ["time": .moment, "until": .moment, "link": .link]
    )
    static let offerLapsed = NoticeKind(
        "appointment.offerLapsed",
        Words("Lời mời đã hết hạn", "The offer has lapsed"),
        ["link": .link]
    )
    static let offerWithdrawn = NoticeKind(
        "appointment.offerWithdrawn",
        Words("Lời mời tạm rút", "The offer is withdrawn"),
        ["link": .link]
    )
    static let closedDay = NoticeKind(
        "appointment.closedDay",
        Words("Ngày này không tiếp nhận", "Nobody is received on that day"),
        ["day": .day, "link": .link]
    )
    static let closedByOrder = NoticeKind(
        "appointment.closedByOrder",
        Words("Tạm dừng theo mệnh lệnh", "Closed by order"),
        ["day": .day, "link": .link]
    )
    static let displaced = NoticeKind(
        "appointment.displaced",
        Words("Lịch hẹn cần xếp lại", "To be re-planned"),
        ["day": .day, "link": .link]
    )
    static let waitResumed = NoticeKind(
        "appointment.waitResumed",
        Words("Lại ở danh sách chờ", "On the waiting list again"),
        ["day": .day, "link": .link]
    )
    static let restored = NoticeKind(
        "appointment.restored",
        Words("Lịch hẹn được giữ như cũ", "Kept as it was"),
        ["day": .day, "link": .link]
    )
    static let reminder = NoticeKind(
        "appointment.reminder",
        Words("Nhắc lịch hẹn", "Reminder"),
        ["time": .moment, "link": .link]
    )

    /// What an appointment that is sure may bring.
    static let news = [
        offered, offerLapsed, offerWithdrawn, closedDay, closedByOrder, displaced, waitResumed, restored, reminder,
    ]
}

extension ID<Appointment> {
    var subject: Notice.Subject { Notice.Subject("appointment", self) }
}

extension Appointment {
    /// The account that has booked, or the telephone that was given.
    var recipient: Notice.Recipient? {
        if let citizen { return .account(citizen) }
        return PhoneNumber(rawValue: phone).map(Notice.Recipient.telephone)
    }

    /// What this appointment knows of that a notice of the kind has to tell.
    func facts(for kind: NoticeKind, site: String) -> [String: NoticeFact] {
        let known: [String: NoticeFact?] = [
            "day": .day(day), "time": start.map(NoticeFact.moment),
            "until": until.map { .moment($0.localMinute) }, "link": .link("\(site)\(link)"),
        ]
        return known.compactMapValues(\.self).filter { kind.facts[$0.key] != nil }
    }
}

extension DayPlan {
    /// Whoever loses a place is told why: nobody is received that day, not for what they come for, or fewer are.
    func loss(of entry: AppointmentDay.Entry?) -> NoticeKind {
        if slots.isEmpty { return AppointmentNotice.closedDay }
        guard let entry else { return AppointmentNotice.displaced }
        let wanted = entry.minute.map { minute in slots.filter { $0.start.minuteOfDay == minute } } ?? slots
        return !wanted.isEmpty && !wanted.contains { receives(entry.appointment, entry.field, in: $0) }
            ? AppointmentNotice.closedByOrder : AppointmentNotice.displaced
    }
}

extension AppointmentDay.Event {
    var displaced: ID<Appointment>? { if case .displaced(let id) = self { id } else { nil } }
}
