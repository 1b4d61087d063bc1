import Agencies
import Catalogue
import Kernel
import Markup
import Web

/// The forms with which an office is set up.
struct OfficeSetUp {
    let model: OfficeModel
    let fields: [Catalogue.Field]
    let path: String
    let say: Language

    func sessions(_ form: Form) -> HTML {
        panel(say("Buổi tiếp nhận", "Sessions")) {
            """
            \(model.sessions.isEmpty ? "<p>\(say("Chưa có buổi nào.", "There are none yet."))</p>" as HTML : table(
                say("Buổi tiếp nhận trong tuần", "Sessions of the week"),
                [
                    Column(say("Ngày", "Day")), Column(say("Giờ", "Hours")), Column(say("Lĩnh vực", "Fields")),
                    Column(say("Quầy có người", "Staffed counters")), Column(say("Xóa", "Remove")),
                ],
                density: .dense,
                hidesCaption: true,
                rows: model.sessions.map { session in
                    let name = "\(weekdayName(session.weekday, say)) \(hours(session.hours))"
                    return [
                        .text(weekdayName(session.weekday, say)), .text(hours(session.hours)),
                        .text(names(session.fields)), .text(session.staff.map(String.init) ?? say("tất cả", "all")),
                        removal(form, "sessions/\(session.id.rawValue)", name),
                    ]
                }
            ))
            \(disclosure(say("Thêm buổi", "Add sessions"), isOpen: !form.isUntouched || model.sessions.isEmpty) {
                form.post(to: "\(path)/sessions") {
                    """
                    \(form.checkboxes("weekday", say("Ngày trong tuần", "Days of the week"), (1...7).map { Choice(String($0), weekdayName($0, say)) }, required: true))
                    \(form.field("from", say("Từ giờ", "From"), .number, hint: say("Ví dụ 07:30. Nghỉ trưa: thêm hai buổi, sáng và chiều.", "Such as 07:30. For a lunch break add a morning and an afternoon.")))
                    \(form.field("to", say("Đến giờ", "To"), .number))
                    \(form.field("staff", say("Số quầy có người", "Staffed counters"), .number, hint: say("Để trống nếu mọi quầy đều có người.", "Empty if all of them are."), required: false))
                    \(fieldChoice(form, "sessionFields", say("Chỉ tiếp nhận một số lĩnh vực (ví dụ sáng thứ Bảy)", "Only some fields (such as on Saturday mornings)")))
                    \(actions(button(say("Thêm buổi", "Add"))))
                    """
                }
            })
            """
        }
    }

    func counters(_ form: Form) -> HTML {
        panel(say("Quầy", "Counters")) {
            """
            \(model.counters.isEmpty ? "<p>\(say("Chưa có quầy nào.", "There are none yet."))</p>" as HTML : table(
                say("Các quầy", "Counters"),
                [
                    Column(say("Quầy", "Counter")), Column(say("Việc", "Work")), Column(say("Lĩnh vực", "Fields")),
                    Column(say("Xóa", "Remove")),
                ],
                density: .dense,
                hidesCaption: true,
                rows: model.counters.map { counter in
                    [
                        .text(counter.name), .text(work(counter.kind)), .text(names(counter.fields)),
                        removal(form, "counters/\(counter.id.rawValue)", counter.name),
                    ]
                }
            ))
            \(disclosure(say("Thêm quầy", "Add a counter"), isOpen: !form.isUntouched || model.counters.isEmpty) {
                form.post(to: "\(path)/counters") {
                    """
                    \(form.field("name", say("Tên quầy", "Name"), hint: say("Ví dụ Quầy 3", "Such as Counter 3"), maxLength: 40, autocomplete: "off"))
                    \(form.radios("kind", say("Việc của quầy", "Work"), ServiceCounter.Kind.allCases.map { Choice($0.rawValue, work($0)) }))
                    \(fieldChoice(form, "counterFields", say("Chỉ phục vụ một số lĩnh vực", "Serves only some fields")))
                    \(actions(button(say("Thêm quầy", "Add"))))
                    """
                }
            })
            """
        }
    }

    func hall(_ form: Form) -> HTML {
        panel(say("Phòng chờ", "Hall")) {
            form.post(to: "\(path)/hall") {
                """
                \(form.field("seats", say("Số chỗ ngồi", "Seats"), .number, value: model.hall.seats == 0 ? nil : String(model.hall.seats)))
                \(form.textArea("plan", say("Sơ đồ (JSON)", "Plan (JSON)"), hint: say("Tọa độ chỗ ngồi tính bằng mét; cần để tính khoảng cách. Có sơ đồ thì số chỗ lấy theo sơ đồ.", "Coordinates of the seats in metres; needed for distances. Its seats are then the hall’s."), required: false, rows: 4, value: model.hall.plan))
                \(actions(button(say("Lưu", "Save"))))
                """
            }
        }
    }

    func rules(_ form: Form) -> HTML {
        let rules = model.rules
        return panel(say("Quy tắc đặt lịch hẹn", "Rules for appointments")) {
            disclosure(say("Xem và sửa", "See and change"), isOpen: !form.isUntouched) {
                form.post(to: "\(path)/rules") {
                    """
                    \(form.field("slot", say("Độ dài khung giờ (phút)", "Length of a slot (minutes)"), .number, value: String(rules.slot)))
                    \(form.field("walkIn", say("Giữ cho người đến trực tiếp (%)", "Kept for walk-ins (%)"), .number, value: String(rules.walkInPercent)))
                    \(form.field("priority", say("Chỗ riêng cho diện ưu tiên, mỗi khung và lĩnh vực", "Places for priority groups, per slot and field"), .number, value: String(rules.priorityPlaces)))
                    \(form.field("days", say("Đặt trước tối đa (ngày)", "Days ahead"), .number, value: String(rules.daysAhead)))
                    \(form.field("coolDown", say("Chỗ trống lại chờ bao lâu mới mở (phút)", "How long a freed place rests (minutes)"), .number, hint: say("Để không ai sang nhượng được chỗ.", "So that places cannot be traded."), value: String(rules.coolDown)))
                    \(form.field("offer", say("Lời mời người trong danh sách chờ có hiệu lực (giờ)", "How long an offer stands (hours)"), .number, value: String(rules.offerHours)))
                    \(actions(button(say("Lưu", "Save"))))
                    """
                }
            }
        }
    }

    // MARK: - Parts

    /// Forms of one page need names of their own, because labels find their boxes by them.
    private func fieldChoice(_ form: Form, _ name: String, _ summary: String) -> HTML {
        disclosure(summary, isOpen: form.hasChosen(name)) {
            form.checkboxes(
                name,
                say("Lĩnh vực", "Fields"),
                fields.map { Choice($0.key, say($0.name)) },
                hint: say("Không đánh dấu gì: tất cả.", "None ticked: all of them.")
            )
        }
    }

    private func removal(_ form: Form, _ part: String, _ name: String) -> HTML {
        form.post(to: "\(path)/\(part)/remove", label: say("Xóa \(name)", "Remove \(name)")) {
            button(say("Xóa", "Remove"), .quiet, confirm: say("Xóa \(name)?", "Remove \(name)?"))
        }
    }

    private func hours(_ hours: WorkingInterval) -> String { hours.rawValue.replacing("-", with: "–") }

    private func names(_ keys: [String]?) -> String {
        guard let keys else { return say("tất cả", "all") }
        return keys.map { key in fields.first { $0.key == key }.map { say($0.name) } ?? key }.joined(separator: ", ")
    }

    private func work(_ kind: ServiceCounter.Kind) -> String {
        switch kind {
        case .reception: say("Tiếp nhận", "Reception")
        case .return: say("Trả kết quả", "Return")
        case .both: say("Tiếp nhận và trả kết quả", "Reception and return")
        }
    }
}
