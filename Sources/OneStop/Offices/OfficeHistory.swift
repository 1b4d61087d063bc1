import Agencies
import Catalogue
import Kernel
import Markup
import Persistence
import Web

/// What has become of an office: the newest first.
struct OfficeHistory {
    let history: [Recorded<OneStopOffice.Event>]
    let fields: [Catalogue.Field]
    let say: Language

    func show() -> HTML? {
        guard !history.isEmpty else { return nil }
        return panel(say("Nhật ký", "History")) {
            disclosure(say("\(history.count) thay đổi", "\(history.count) changes")) {
                timeline(
                    history.suffix(100).reversed().map { recorded in
                        Happening(recorded.circumstances.at.localMinute.vietnamese, tell(recorded.event))
                    }
                )
            }
        }
    }

    private func tell(_ event: OneStopOffice.Event) -> String {
        switch event {
        case .sessionAdded(let session):
            say(
                "Thêm buổi \(weekdayName(session.weekday, say)) \(session.hours.rawValue)",
                "Session added: \(weekdayName(session.weekday, say)) \(session.hours.rawValue)"
            )
        case .sessionRemoved: say("Xóa một buổi tiếp nhận", "A session was removed")
        case .counterAdded(let counter): say("Thêm quầy: \(counter.name)", "Counter added: \(counter.name)")
        case .counterRemoved: say("Xóa một quầy", "A counter was removed")
        case .serviceTimeSet(let field, let minutes, let isMeasured):
            "\(name(field)): \(minutes) \(isMeasured ? say("phút (đo được)", "min (measured)") : say("phút (khai báo)", "min (declared)"))"
        case .serviceTimeMeasured(let field, let minutes, let before, let visits, let since):
            say(
                "\(name(field)): \(minutes) phút mỗi lượt thay cho \(before), đo từ \(visits) lượt tại quầy kể từ \(since.vietnamese)",
                "\(name(field)): \(minutes) minutes each instead of \(before), measured from \(visits) visits since \(since.vietnamese)"
            )
        case .serviceTimePinned(let field):
            say("\(name(field)): giữ số phút đã khai", "\(name(field)): keeps to the declared minutes")
        case .serviceTimeReleased(let field):
            say("\(name(field)): theo số phút đo được", "\(name(field)): follows the measured minutes")
        case .visitorsDeclared(let visitors):
            say(
                "Khai số người dự kiến: \(visitors.perDay.values.reduce(0, +)) người mỗi ngày",
                "People expected declared: \(visitors.perDay.values.reduce(0, +)) per day"
            )
        case .visitorsWithdrawn: say("Bỏ số người dự kiến đã khai", "Declaration of people expected withdrawn")
        case .hallSet(let hall): say("Phòng chờ: \(hall.seats) chỗ ngồi", "Hall: \(hall.seats) seats")
        case .rulesSet: say("Sửa quy tắc đặt lịch hẹn", "Rules for appointments changed")
        }
    }

    private func name(_ field: String) -> String { fields.first { $0.key == field }.map { say($0.name) } ?? field }
}
