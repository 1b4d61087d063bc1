import Agencies
import Kernel
import Web

/// To whom a dossier is passed and by when its part is wanted, as an officer chose in a form.
struct PassageOrder {
    private(set) var agency: ID<Agency>?
    private(set) var due: Instant?
    private(set) var errors: [FieldError] = []

    /// `receivers` are the agencies that can take it.
    init(_ form: FormData, receivers: [AgencyProfile], calendar: WorkingCalendar, now: Instant) {
        agency = receivers.first { $0.id.rawValue == form.filled("agency") }?.id
        if agency == nil {
            errors.append(
                FieldError(
                    "agency",
                    "Chưa chọn cơ quan nhận, hoặc cơ quan đó chưa có cán bộ thụ lý trên hệ thống. Hãy chọn trong danh sách.",
                    "No agency is chosen, or it has no case officer here. Please choose one of the list."
                )
            )
        }
        let example = calendar.workingDay(after: now.localDate).vietnamese
        guard let day = form.filled("by").flatMap(LocalDate.init(vietnamese:)) else {
            errors.append(
                FieldError(
                    "by",
                    "Chưa có ngày cần trả lời. Hãy nhập ngày/tháng/năm, ví dụ \(example).",
                    "The day is missing by which an answer is wanted. Enter day/month/year, such as \(example)."
                )
            )
            return
        }
        guard calendar.isWorkingDay(day), calendar.closing(on: day) > now else {
            errors.append(
                FieldError(
                    "by",
                    "\(day.vietnamese) đã qua hoặc là ngày nghỉ. Hãy chọn ngày làm việc sắp tới, ví dụ \(example).",
                    "\(day.vietnamese) is past or a day of rest. Please choose a coming working day, such as \(example)."
                )
            )
            return
        }
        due = calendar.closing(on: day)
    }

    /// The day that a form proposes: the last working day before the result is owed, or else the next.
    static func usualDay(dueAt: Instant?, calendar: WorkingCalendar, now: Instant) -> LocalDate {
        let next = calendar.workingDay(after: now.localDate)
        guard let dueAt else { return next }
        var day = dueAt.localDate.adding(days: -1)
        while day > next, !calendar.isWorkingDay(day) { day = day.adding(days: -1) }
        return max(day, next)
    }
}
