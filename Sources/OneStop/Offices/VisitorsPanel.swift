import Agencies
import Catalogue
import Kernel
import Markup
import Web

/// Where an office declares how many people it expects, for the forecast before there are tickets to go by.
struct VisitorsPanel {
    let agency: ID<Agency>
    let model: OfficeModel
    let fields: [Catalogue.Field]
    let path: String
    let say: Language

    func show(_ form: Form) -> HTML {
        panel(say("Số người dự kiến khi chưa có số liệu", "People expected before any are counted")) {
            """
            <p>\(say(
                "Trang “Khi nào nên đến” dùng số này cho đến khi quầy đã phát số đủ ngày; sau đó số phiếu thật thay dần.",
                "“When to come” uses this until the counters have given tickets on enough days; real numbers then take over."
            )) <a href="\(ForecastRoutes.address(of: agency))">\(say("Xem dự báo", "See the forecast"))</a></p>
            \(model.declaredVisitors.map { declared($0, form) })
            \(disclosure(say("Khai báo", "Declare"), isOpen: !form.isUntouched) {
                form.post(to: "\(path)/visitors") {
                    """
                    \(fields.filter { model.serves($0.key) }.map { field in
                        form.field(
                            "people-\(field.key)",
                            say("\(say(field.name)): người mỗi ngày", "\(say(field.name)): people per day"),
                            .number,
                            required: false,
                            value: model.declaredVisitors?.perDay[field.key].map(String.init)
                        )
                    })
                    \((1...7).map { share(of: $0, form) })
                    \(form.radios(
                        "rush",
                        say("Trong ngày", "Over the day"),
                        DeclaredVisitors.Rush.allCases.map { Choice($0.rawValue, say($0.words)) },
                        value: (model.declaredVisitors?.rush ?? .morning).rawValue
                    ))
                    \(actions(button(say("Lưu số dự kiến", "Save"))))
                    """
                }
            })
            """
        }
    }

    private func share(of weekday: Int, _ form: Form) -> HTML {
        let name = weekdayName(weekday, say)
        let usual = model.declaredVisitors?.weekdays ?? DeclaredVisitors.usualWeekdays
        return form.field(
            "share-\(weekday)",
            say("\(name), % so với ngày trung bình", "\(name), % of an average day"),
            .number,
            value: String(usual[weekday - 1])
        )
    }

    private func declared(_ visitors: DeclaredVisitors, _ form: Form) -> HTML {
        let total = visitors.perDay.values.reduce(0, +)
        return """
            <p><strong>\(say("Đã khai: \(total) người mỗi ngày", "Declared: \(total) people per day"))</strong>, \
            \(say(visitors.rush.words).lowercased()).</p>
            \(form.post(to: "\(path)/visitors/withdraw") { button(say("Bỏ khai báo", "Withdraw"), .quiet) })
            """
    }
}

extension OfficeForm {
    func visitors() -> Reading<DeclaredVisitors> {
        var reader = FormReader(form)
        var perDay: [String: Int] = [:]
        for field in fields.sorted() {
            if let people = reader.optionalNumber("people-\(field)", in: DeclaredVisitors.people), people > 0 {
                perDay[field] = people
            }
        }
        let weekdays = (1...7).map { reader.number("share-\($0)", in: DeclaredVisitors.percentages) }
        let rush: DeclaredVisitors.Rush? = reader.choice(
            "rush",
            missing: Words("Chưa chọn lúc đông người. Hãy chọn một mục.", "Please choose when most come.")
        )
        let known = weekdays.compactMap(\.self)
        if reader.errors.isEmpty, perDay.isEmpty {
            reader.refuse(
                "people-\(fields.sorted().first ?? "")",
                "Chưa có số người nào. Hãy nhập ít nhất một lĩnh vực.",
                "No number is given. Please enter one for at least one field."
            )
        }
        if reader.errors.isEmpty, known.allSatisfy({ $0 == 0 }) {
            reader.refuse("share-1", "Ít nhất một ngày phải có người đến.", "People must come on at least one day.")
        }
        guard reader.errors.isEmpty, let rush, known.count == 7 else { return .failure(.invalid(reader.errors)) }
        return .success(DeclaredVisitors(perDay: perDay, weekdays: known, rush: rush))
    }
}
