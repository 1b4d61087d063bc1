import Agencies
import Catalogue
import Forecasting
import Hummingbird
import Kernel
import Markup
import Web

/// The first page: for what.
struct ChoicePage {
    let fields: [Catalogue.Field]
    /// Where they want to go, when they know already.
    let office: AgencyProfile?
    let say: Language

    func show(_ context: AppContext) -> Response {
        let place = office.map { "&co-quan=\($0.id.rawValue)" } ?? ""
        return page(
            say("Đặt lịch hẹn", "Book an appointment"),
            context,
            lead: say(
                "Chọn giờ đến bộ phận Một cửa: không phải xếp hàng.",
                "Choose when to come to the one-stop office: no queue."
            ),
            crumbs: [Crumb(say("Trang chủ", "Home"), "/")]
        ) {
            """
            \(panel(say("Bạn cần làm thủ tục gì?", "What do you need?")) {
                """
                \(searchForm(CatalogueLinks.search, say("Tìm thủ tục", "Find a procedure"), placeholder: say("Ví dụ khai sinh", "Such as birth"), button: say("Tìm", "Search")))
                <p class="hint">\(say("Trang của thủ tục có nút “Đặt lịch hẹn”.", "The procedure’s page has a button “Book an appointment”."))</p>
                """
            })
            \(fields.isEmpty ? emptyState(
                say("Chưa có cơ quan nào nhận đặt lịch", "No office takes bookings yet"),
                say("Hãy nộp trực tuyến, gửi qua bưu chính hoặc đến trực tiếp trong giờ làm việc.", "Please file online, by post, or come during opening hours.")
            ) : panel(say("Hoặc chọn lĩnh vực", "Or choose a field")) {
                "<ul class=\"columns-list\">\(fields.map { "<li><a href=\"/dat-lich?linh-vuc=\($0.key)\(place)\">\(say($0.name))</a></li>" as HTML })</ul>"
            })
            """
        }
    }
}

/// The second page: is it necessary to come, and where. Online and post are advice, never a wall.
struct OfficeChoicePage {
    let query: BookingQuery
    let field: Catalogue.Field
    let free: [ID<Agency>: [FreeDay]]
    let quiet: [ID<Agency>: NextQuietTime]
    let offices: [ID<Agency>: OfficeModel]
    let tree: AgencyTree
    let filing: (@Sendable (String) -> String)?
    let notices: [HTML]
    let now: Instant

    func show(_ context: AppContext) -> Response {
        let say = context.language
        return page(
            say("Đặt lịch hẹn", "Book an appointment"),
            context,
            lead: query.procedure.map { say($0.name) } ?? say(field.name),
            crumbs: [Crumb(say("Trang chủ", "Home"), "/"), Crumb(say("Đặt lịch hẹn", "Appointments"), "/dat-lich")]
        ) {
            """
            \(notices)
            \(BookingAdvice(procedure: query.procedure, field: field, filing: filing, today: now.localDate, say: say).show())
            \(panel(say("3. Đến quầy: chọn nơi", "3. At the counter: choose where")) { counters(say) })
            """
        }
    }

    private func counters(_ say: Language) -> HTML {
        let sorted = offices.keys.compactMap { tree[$0] }.sorted { soonest($0) < soonest($1) }
        guard !sorted.isEmpty else {
            return emptyState(
                say("Chưa có nơi nào nhận đặt lịch cho việc này", "No office takes bookings for this"),
                say("Bạn vẫn có thể đến trực tiếp trong giờ làm việc.", "You can still come during opening hours."),
                action: linkButton(say("Xem các cơ quan", "See the agencies"), AgencyLinks.list, .plain)
            )
        }
        return cards(
            sorted.map { office in
                let days = free[office.id] ?? []
                let next = days.lazy.flatMap(\.slots).first { $0.free > 0 }
                let text =
                    next.map {
                        say(
                            "Sớm nhất: \($0.slot.start.timeOfDay), \(weekdayName($0.slot.start.date.weekday, say)) \($0.slot.start.date.vietnamese)",
                            "Soonest: \($0.slot.start.vietnamese)"
                        )
                    }
                    ?? (days.isEmpty
                        ? say("Hiện không có ngày nào đặt được", "No day can be booked now")
                        : say("Đã hết chỗ: có thể vào danh sách chờ", "Full: you can join the waiting list"))
                let total = days.reduce(0) { $0 + $1.free }
                return Card(
                    say(office.name),
                    query.path(office: office.id),
                    text: text,
                    note: """
                        <p class="hint">\(say("Còn \(total) chỗ trong \(days.count) ngày tiếp nhận tới.", "\(total) places left on the next \(days.count) days."))\
                        \(quiet[office.id].map { "<br>\(say($0.words(for: $0.queue == nil ? .everyField : field.name)))." as HTML })</p>
                        """
                )
            }
        )
    }

    private func soonest(_ office: AgencyProfile) -> String {
        let start = free[office.id]?.lazy.flatMap(\.slots).first { $0.free > 0 }?.slot.start
        return (start?.rawValue ?? "~") + office.name.vi
    }
}

/// The ways that need nobody to come, with what to expect of each.
struct BookingAdvice {
    let procedure: Procedure?
    let field: Catalogue.Field
    /// Where procedures are filed online.
    let filing: (@Sendable (String) -> String)?
    let today: LocalDate
    let say: Language

    func show() -> HTML {
        """
        \(panel(say("1. Nộp trực tuyến – không phải đi lại", "1. Online – no need to come")) { online })
        \(panel(say("2. Gửi qua bưu chính", "2. By post")) { post })
        """
    }

    private var revision: Revision? { procedure?.revision(on: today) }

    private var online: HTML {
        guard let procedure else {
            return """
                <p>\(say("Nhiều thủ tục nộp được trực tuyến, bất cứ lúc nào. Hãy xem thủ tục bạn cần trước.", "Many procedures can be filed online at any time. Look at yours first."))</p>
                \(actions(linkButton(say("Xem thủ tục của lĩnh vực này", "Procedures of this field"), CatalogueLinks.procedures(ofField: field.key), .plain)))
                """
        }
        guard let revision, revision.isFiledOnline, let terms = revision.terms(of: .online) else {
            return
                "<p>\(say("Thủ tục này chưa nộp trực tuyến được.", "This procedure cannot be filed online yet."))</p>"
        }
        return """
            <p>\(say("Nộp ngay bây giờ, theo dõi trên mạng, không xếp hàng.", "File now and follow it online, without a queue.")) \(term(terms))</p>
            \(revision.presence ? "<p>\(say("Bạn vẫn cần đến một lần vì luật yêu cầu có mặt.", "You still have to come once: the law asks for it."))</p>" as HTML : nil)
            \(filing.map { actions(linkButton(say("Nộp trực tuyến", "File online"), $0(procedure.code.rawValue))) })
            """
    }

    private var post: HTML {
        guard let revision else {
            return
                "<p>\(say("Một số thủ tục gửi được qua bưu chính công ích: xem trang của thủ tục.", "Some procedures can be sent by public post: see the procedure’s page."))</p>"
        }
        guard revision.post.submit, let terms = revision.terms(of: .post) else {
            return revision.post.return
                ? "<p>\(say("Không gửi hồ sơ được qua bưu chính, nhưng kết quả gửi về tận nhà được.", "Papers cannot be sent by post, but the result can be sent home."))</p>"
                : "<p>\(say("Thủ tục này không gửi qua bưu chính được.", "This procedure cannot be sent by post."))</p>"
        }
        return """
            <p>\(say("Gửi giấy tờ tại bưu điện gần nhà; thêm thời gian vận chuyển hai chiều, thường 2–4 ngày.", "Hand your papers in at a post office; add two to four days for the way there and back.")) \(term(terms))</p>
            """
    }

    private func term(_ terms: ChannelTerms) -> String {
        terms.term.map { say("Thời hạn giải quyết: \($0.words.vi).", "Term: \($0.words.en).") } ?? ""
    }
}
