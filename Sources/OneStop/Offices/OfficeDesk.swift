import Agencies
import Catalogue
import Hummingbird
import Kernel
import Markup
import Persistence
import Web

/// One office as its leader sees it: what it can do now, how it is set up, what was ordered for it.
struct OfficeDesk {
    let agency: AgencyProfile
    /// Other offices for which the same authority may speak.
    let below: [AgencyProfile]
    let days: ReceptionDays
    let measured: [ServiceMeasurement]
    let fields: [Catalogue.Field]
    let history: [Recorded<OneStopOffice.Event>]
    let authority: OfficeAuthority
    let now: Instant

    var model: OfficeModel { days.office }

    func form(_ form: FormData) -> OfficeForm { OfficeForm(form: form, fields: Set(fields.map(\.key))) }

    /// `section` is the form that was sent; the others stand as if nothing had been typed.
    func page(
        _ context: OfficerContext,
        done: String? = nil,
        typed: FormData = FormData(),
        in section: String? = nil,
        _ problem: Problem? = nil
    ) -> Response {
        let say = context.language
        func form(_ name: String) -> Form {
            name == section ? Form(context, typed: typed, errors: problem?.errors ?? []) : Form(context)
        }
        let setUp = OfficeSetUp(model: model, fields: fields, path: path, say: say)
        return Web.page(
            say(agency.name),
            context,
            lead: say("Tổ chức tiếp nhận", "How people are received"),
            width: .wide
        ) {
            """
            \(done == nil ? nil : notice(.good) { "<p>\(say("Đã lưu.", "Saved."))</p>" })
            \(problem.flatMap { refusal($0, say) })\(section.flatMap { form($0).summary })
            \(model.isReady ? nil : missing(say))
            \(OfficeOverview(days: days, fields: fields, now: now, say: say).show())
            \(modes(form("modes"), say))
            \(setUp.sessions(form("sessions")))
            \(setUp.counters(form("counters")))
            \(ServiceTimesPanel(model: model, measured: measured, fields: fields, path: path, say: say).show(form("times")))
            \(VisitorsPanel(agency: agency.id, model: model, fields: fields, path: path, say: say).show(form("visitors")))
            \(columns { setUp.hall(form("hall")) } aside: { others(say) ?? "" })
            \(setUp.rules(form("rules")))
            \(OfficeHistory(history: history, fields: fields, say: say).show())
            """
        }
    }

    private var path: String { "/work/office/\(agency.id.rawValue)" }

    private func missing(_ say: Language) -> HTML {
        var steps: [String] = []
        if model.sessions.isEmpty { steps.append(say("thêm buổi tiếp nhận", "add a session")) }
        if !model.counters.contains(where: \.receives) { steps.append(say("thêm quầy tiếp nhận", "add a counter")) }
        if model.hall.seats == 0 { steps.append(say("ghi số chỗ ngồi", "give the number of seats")) }
        return notice(.waiting, title: say("Chưa nhận đặt lịch hẹn", "Appointments cannot be booked yet")) {
            """
            <p>\(say("Cần", "Please")) \(steps.joined(separator: ", ")).</p>
            """
        }
    }

    private func others(_ say: Language) -> HTML? {
        guard !below.isEmpty else { return nil }
        return panel(say("Bộ phận Một cửa khác", "Other one-stop offices")) {
            """
            <ul>\(below.map { "<li><a href=\"/work/office/\($0.id.rawValue)\">\(say($0.name))</a></li>" as HTML })</ul>
            """
        }
    }

    // MARK: - Modes

    private func modes(_ form: Form, _ say: Language) -> HTML {
        let current = model.modes.filter { $0.end.map { now < $0 } ?? true }
        let text = ModeText(say: say)
        return panel(say("Chế độ hoạt động", "Operating modes")) {
            """
            \(current.isEmpty ? "<p>\(say("Hoạt động bình thường.", "Working as usual."))</p>" as HTML : table(
                say("Chế độ đang hoặc sắp áp dụng", "Modes in force or to come"),
                [
                    Column(say("Văn bản", "Document")), Column(say("Biện pháp", "Measures")),
                    Column(say("Thời gian", "Period")), Column(say("Dừng áp dụng", "Lift")),
                ],
                density: .dense,
                hidesCaption: true,
                rows: current.map { mode in
                    [
                        .text(say(mode.document.words)), text.measures(mode),
                        "\(text.period(mode)) \(mode.holds(at: now) ? tag(say("đang áp dụng", "in force"), .active) : tag(say("sắp áp dụng", "to come")))",
                        form.post(to: "\(path)/modes/\(mode.id.rawValue)/lift", label: say("Dừng \(mode.document.number)", "Lift \(mode.document.number)")) {
                            button(say("Dừng", "Lift"), .danger, confirm: say("Dừng áp dụng chế độ này?", "Lift this mode?"))
                        },
                    ]
                }
            ))
            \(current.count > 1 ? "<p class=\"hint\">\(say("Nhiều chế độ cùng lúc: mỗi loại biện pháp theo mức chặt nhất.", "Of several modes the strictest of each measure holds."))</p>" as HTML : nil)
            \(disclosure(say("Áp dụng chế độ mới", "Impose a mode"), isOpen: !form.isUntouched) { newMode(form, say) })
            """
        }
    }

    private func newMode(_ form: Form, _ say: Language) -> HTML {
        form.post(to: "\(path)/modes") {
            """
            \(form.field("percent", say("Tỷ lệ chỗ ngồi được dùng (%)", "Seats that may be used (%)"), .number, hint: say("Ví dụ 50. Để trống nếu không giới hạn.", "Such as 50; empty for no limit."), required: false))
            \(form.field("distance", say("Khoảng cách tối thiểu (mét)", "Least distance (metres)"), .number, hint: say("Tính theo sơ đồ phòng chờ nếu đã có.", "Counted on the hall's plan where there is one."), required: false))
            \(form.checkboxes("closed", say("Kênh tạm dừng", "Channels that are closed"), [
                Choice("counter", say("Trực tiếp tại quầy", "Counter")), Choice("post", say("Bưu chính", "Post")), Choice("online", say("Trực tuyến", "Online")),
            ]))
            \(form.textArea("rules", say("Quy định y tế thông báo cho người dân", "Health rules told to visitors"), required: false, maxLength: 1000, rows: 3))
            \(form.field("start", say("Từ ngày", "From"), .date, value: now.localDate.vietnamese))
            \(form.field("end", say("Đến hết ngày", "Until the end of"), .date, hint: say("Tự kết thúc. Để trống nếu chưa biết.", "Ends by itself; empty if not known yet."), required: false))
            \(form.field("document", say("Số văn bản", "Document number"), hint: say("Ví dụ 15/CT-UBND", "Such as 15/CT-UBND"), maxLength: 80))
            \(form.field("documentDate", say("Ngày văn bản", "Date of the document"), .date))
            <p class="hint">\(say("Lịch hẹn vượt sức chứa mới sẽ được xếp lại: ai đặt trước giữ chỗ, người khác được báo và mời chọn lại.", "Appointments beyond the new capacity are re-planned: the earliest keep their places, the others are told and offered alternatives."))</p>
            \(actions(button(say("Áp dụng", "Impose"))))
            """
        }
    }
}

/// What a mode orders, in words.
struct ModeText {
    let say: Language

    func measures(_ mode: OperatingMode) -> HTML {
        "<ul class=\"plain\">\(lines(percent: mode.percent, distance: mode.distance, closed: mode.closedChannels, rules: [mode.rules]).map { "<li>\($0)</li>" as HTML })</ul>"
    }

    func lines(percent: Int?, distance: Int?, closed: some Collection<Channel>, rules: [String]) -> [String] {
        var lines: [String] = []
        if let percent { lines.append(say("Dùng tối đa \(percent) % số chỗ", "At most \(percent) % of the seats")) }
        if let distance {
            lines.append(say("Cách nhau ít nhất \(metres(distance)) m", "At least \(metres(distance)) m apart"))
        }
        for channel in Channel.allCases where closed.contains(channel) {
            lines.append(say("Tạm dừng: \(name(channel))", "Closed: \(name(channel))"))
        }
        return lines + rules.filter { !$0.isEmpty }
    }

    func period(_ mode: OperatingMode) -> String {
        let start = mode.start.localDate.vietnamese
        guard let end = mode.end else { return say("từ \(start)", "from \(start)") }
        // An end at midnight means that the day before is the last one.
        let last = (end + Span(milliseconds: -1)).localDate.vietnamese
        return say("\(start) – hết \(last)", "\(start) – end of \(last)")
    }

    private func metres(_ centimetres: Int) -> String {
        let (whole, rest) = centimetres.quotientAndRemainder(dividingBy: 100)
        if rest == 0 { return String(whole) }
        let digits = rest % 10 == 0 ? String(rest / 10) : padded(rest, 2)
        return say("\(whole),\(digits)", "\(whole).\(digits)")
    }

    private func name(_ channel: Channel) -> String {
        switch channel {
        case .counter: say("tiếp nhận tại quầy", "the counter")
        case .online: say("trực tuyến", "online")
        case .post: say("bưu chính", "post")
        }
    }
}
