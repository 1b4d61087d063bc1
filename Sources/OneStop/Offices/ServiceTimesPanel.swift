import Agencies
import Catalogue
import Kernel
import Markup
import Web

/// How long visitors of each field take: as declared, as measured at the counters, and which of the two counts.
struct ServiceTimesPanel {
    let model: OfficeModel
    let measured: [ServiceMeasurement]
    let fields: [Catalogue.Field]
    let path: String
    let say: Language

    func show(_ form: Form) -> HTML {
        let known = fields.filter { field in
            model.declaredMinutes[field.key] != nil || model.measuredMinutes[field.key] != nil
                || measurement(field.key) != nil
        }
        return panel(say("Thời gian phục vụ", "Service time")) {
            """
            <p>\(say(
                "Lĩnh vực chưa khai được tính \(OfficeModel.usualMinutes) phút mỗi lượt. Số đo tại quầy của \(ServiceMeasurement.window) ngày gần nhất thay dần cho số khai khi đã có ít nhất \(ServiceMeasurement.leastVisits) lượt trong \(ServiceMeasurement.leastDays) ngày và lệch từ 10 % trở lên; mỗi ngày đổi không quá một phần tư. Lịch hẹn, giờ dự kiến và dự báo tính theo số “đang dùng”.",
                "A field without a figure counts \(OfficeModel.usualMinutes) minutes. What the counters have measured in \(ServiceMeasurement.window) days replaces step by step what was declared, from \(ServiceMeasurement.leastVisits) visits on \(ServiceMeasurement.leastDays) days on and when it differs by 10 % or more; at most by a quarter a day. Appointments, expected times and the forecast use what is “in use”."
            ))</p>
            \(known.isEmpty ? nil : table(
                say("Thời gian phục vụ theo lĩnh vực", "Service time by field"),
                [
                    Column(say("Lĩnh vực", "Field")), Column(say("Khai (phút)", "Declared (min)"), numeric: true),
                    Column(say("Đo tại quầy", "Measured")), Column(say("Đang dùng", "In use")),
                    Column(say("Chọn", "Choose")),
                ],
                density: .dense,
                hidesCaption: true,
                rows: known.map { row($0, form) }
            ))
            \(disclosure(say("Khai thời gian của một lĩnh vực", "Declare a field's time"), isOpen: !form.isUntouched) {
                form.post(to: "\(path)/times") {
                    """
                    \(form.select("field", say("Lĩnh vực", "Field"), fields.map { Choice($0.key, say($0.name)) }))
                    \(form.field("minutes", say("Phút mỗi lượt", "Minutes each"), .number))
                    \(actions(button(say("Lưu", "Save"))))
                    """
                }
            })
            """
        }
    }

    private func row(_ field: Catalogue.Field, _ form: Form) -> [HTML] {
        let declared = model.declaredMinutes[field.key]
        return [
            .text(say(field.name)), .text(declared.map(String.init) ?? "–"),
            .text(measurement(field.key).map(told) ?? say("chưa có lượt nào", "no visits yet")),
            "<span>\(model.minutes(of: field.key)) \(say("phút", "min")) \(source(field.key))</span>",
            declared == nil ? .text("–") : choice(field, form),
        ]
    }

    private func measurement(_ field: String) -> ServiceMeasurement? { measured.first { $0.field == field } }

    private func told(_ measurement: ServiceMeasurement) -> String {
        let (minutes, rest) = measurement.seconds.quotientAndRemainder(dividingBy: 60)
        let (visits, since) = (measurement.visits, measurement.since.vietnamese)
        let told = say(
            "\(minutes),\(rest / 6) phút · \(visits) lượt từ \(since)",
            "\(minutes).\(rest / 6) min · \(visits) visits since \(since)"
        )
        return measurement.isEnough ? told : "\(told) · \(say("chưa đủ", "not enough yet"))"
    }

    private func source(_ field: String) -> HTML {
        if model.declaredMinutes[field] != nil, model.pinnedFields.contains(field) {
            return tag(say("giữ số khai", "kept to"), .waiting)
        }
        if model.measuredMinutes[field] != nil { return tag(say("đo được", "measured"), .active) }
        return tag(model.declaredMinutes[field] == nil ? say("mặc định", "usual") : say("khai báo", "declared"))
    }

    private func choice(_ field: Catalogue.Field, _ form: Form) -> HTML {
        let isPinned = model.pinnedFields.contains(field.key)
        let words = isPinned ? say("Theo số đo", "Follow measured") : say("Giữ số khai", "Keep declared")
        let action = "\(path)/times/\(field.key)/\(isPinned ? "release" : "pin")"
        return form.post(to: action, label: "\(words): \(say(field.name))") { button(words, .quiet) }
    }
}
