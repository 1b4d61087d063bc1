import Agencies
import Hummingbird
import Kernel
package import Web

extension OneStopOffice.Refusal: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .notYourOffice: .notFound
        case .notYourRole(let needed):
            Problem(
                "role-needed",
                "Việc này dành cho \(needed.words.vi.lowercased()). Hãy nhờ người có vai trò đó.",
                "This is for the \(needed.words.en.lowercased()). Please ask somebody who holds that role.",
                .forbidden
            )
        case .sessionsOverlap(let weekday):
            Problem.invalid([
                FieldError(
                    "from",
                    "\(weekdayName(weekday, .vi)) đã có buổi tiếp nhận trùng giờ. Hãy chọn giờ khác hoặc xóa buổi cũ.",
                    "\(weekdayName(weekday, .en)) has a session at that time. Choose other hours or remove the old one."
                )
            ])
        case .noSuchSession:
            Problem("no-such-session", "Buổi này đã được xóa.", "This session is gone already.", .conflict)
        case .counterNameTaken:
            Problem.invalid([
                FieldError("name", "Đã có quầy mang tên này. Hãy đặt tên khác.", "Another counter has this name.")
            ])
        case .noSuchCounter:
            Problem("no-such-counter", "Quầy này đã được xóa.", "This counter is gone already.", .conflict)
        case .noDeclaredTime:
            Problem.invalid([
                FieldError(
                    "minutes",
                    "Lĩnh vực này chưa khai số phút. Hãy khai thời gian trước, rồi giữ số khai.",
                    "No time is declared for this field. Please declare one first, then keep to it."
                )
            ])
        }
    }
}
