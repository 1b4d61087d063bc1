import Agencies
import Catalogue
import Forecasting
import Hummingbird
import Kernel
import Markup
import Web

/// Every office as it is now, for whoever asks where to go and when.
struct OfficesNow {
    struct Office {
        let agency: AgencyProfile
        let summary: DayBoard.Summary
        /// Appointments that may still be booked today; nil where none are given.
        let placesToday: Int?
        let quiet: NextQuietTime?
        /// The order that closes its counters now.
        let order: ChannelClosed?
        /// Those that are about to.
        let announced: [ChannelClosed]
    }

    let desk: QueueDesk
    let offices: [Office]
    let now: Instant

    func show(_ context: AppContext) throws -> Response {
        let say = context.language
        return page(
            say("Một cửa hôm nay", "Offices today"),
            context,
            lead: say(
                "Bao nhiêu người đang trong phòng, chờ bao lâu, còn chỗ hẹn hay không. Trang tự cập nhật.",
                "How many people are inside, how long the wait is, and whether appointments are left. Updates itself."
            ),
            width: .wide,
            crumbs: [Crumb(say("Trang chủ", "Home"), "/")],
            refresh: 30
        ) {
            """
            \(offices.isEmpty ? emptyState(say("Hôm nay không có nơi nào tiếp nhận trực tiếp", "No office receives people today"), say("Bạn vẫn nộp được trực tuyến hoặc qua bưu chính.", "You may still file online or by post."), action: linkButton(say("Xem thủ tục", "Procedures"), CatalogueLinks.search)) : nil)
            <div id="live" data-live><ul class="offices">\(offices.map { item($0, say) })</ul></div>
            """
        }
    }

    private func item(_ office: Office, _ say: Language) -> HTML {
        let summary = office.summary
        let id = office.agency.id.rawValue
        return """
            <li class="panel"><header><h2>\(say(office.agency.name))</h2>\(office.order == nil ? state(summary, say) : tag(say("Tạm dừng tiếp nhận", "Receives nobody now"), .bad))</header>
            \(office.order.map { order in notice(.bad) { "<p>\(say(order.words))</p>" } })
            \(comingClosures(office.announced, say))
            \(office.agency.address.map { "<p class=\"quiet\">\($0)</p>" as HTML })
            <p class="fill"><span>\(say("Trong phòng", "Inside")): <strong>\(summary.inside)/\(summary.capacity)</strong></span>
            <meter min="0" max="\(max(1, summary.capacity))" value="\(summary.inside)" \
            aria-label="\(say("Trong phòng", "Inside"))"></meter></p>
            \(definitionList(facts(office, say)))
            \(office.order != nil ? nil : office.quiet.map { "<p class=\"hint\">\(say($0.words(for: .everyField))).</p>" as HTML })
            \(actions(
                summary.refusal(at: now) != nil || office.order != nil ? nil : linkButton(say("Lấy số tại chỗ", "Take a ticket"), "/quay/\(id)", .plain),
                linkButton(say("Xem bảng gọi số", "See the board"), "/bang/\(id)", .quiet),
                linkButton(say("Khi nào nên đến", "When to come"), ForecastRoutes.address(of: office.agency.id), .quiet)
            ))</li>
            """
    }

    private func facts(_ office: Office, _ say: Language) -> [(name: String, value: HTML)] {
        let summary = office.summary
        let minutes = summary.lines.compactMap { line in
            line.newcomer?.likely.map { max(0, ($0 - now).milliseconds / 60_000) }
        }
        let wait: String =
            if office.order == nil, summary.openCounters > 0, !isOver(summary), let least = minutes.min(),
                let most = minutes.max()
            {
                least == most
                    ? say("khoảng \(most) phút", "about \(most) minutes")
                    : say("\(least)–\(most) phút, tùy lĩnh vực", "\(least)–\(most) minutes, by field")
            } else {
                summary.refusal(at: now) != nil || office.order != nil
                    ? "–" : say("chưa có quầy mở", "no counter is open")
            }
        var facts: [(name: String, value: HTML)] = [
            (say("Đang chờ", "Waiting"), "\(summary.waiting) \(say("người", "people"))"),
            (say("Thời gian chờ", "Wait"), "\(wait)"),
            (
                say("Quầy đang mở", "Open counters"),
                "\(isOver(summary) || office.order != nil ? 0 : summary.openCounters)"
            ),
        ]
        if !summary.hours.isEmpty {
            facts.insert((say("Giờ tiếp nhận hôm nay", "Reception today"), "\(hallHours(summary.hours))"), at: 0)
        }
        if let places = office.placesToday {
            facts.append((say("Chỗ hẹn còn hôm nay", "Appointments left today"), "\(places)"))
        }
        return facts
    }

    private func isOver(_ summary: DayBoard.Summary) -> Bool {
        summary.isClosed || (summary.hours.last.map { now.localMinute.minuteOfDay >= $0.to } ?? true)
    }

    private func state(_ summary: DayBoard.Summary, _ say: Language) -> HTML {
        let minute = now.localMinute.minuteOfDay
        if isOver(summary) {
            return tag(say("Đã hết giờ", "Closed for today"))
        }
        if summary.capacity == 0 { return tag(say("Tạm dừng tiếp nhận", "Receives nobody now"), .bad) }
        if let pause = zip(summary.hours, summary.hours.dropFirst()).first(where: {
            minute >= $0.to && minute < $1.from
        }) {
            let time = LocalMinute.timeOfDay(pause.1.from)
            return tag(say("Nghỉ trưa đến \(time)", "Lunch until \(time)"), .waiting)
        }
        if let first = summary.hours.first, minute < first.from {
            let time = LocalMinute.timeOfDay(first.from)
            return tag(say("Mở cửa lúc \(time)", "Opens at \(time)"), .waiting)
        }
        return summary.inside >= summary.capacity
            ? tag(say("Đang đầy", "Full"), .waiting) : tag(say("Đang tiếp nhận", "Open"), .good)
    }
}

/// Told before it is so, and not as if it were.
func comingClosures(_ announced: [ChannelClosed], _ say: Language) -> [HTML] {
    announced.map { closed in notice { "<p>\(say(closed.words))</p>" } }
}

/// The hall's display and the list of all offices.
struct BoardRoutes: Sendable {
    let desk: QueueDesk
    let offices: OfficeBook
    let placesToday: Queues.PlacesToday
    var forecasts: OfficeForecasts?
    var presence: Presence?

    func add(to router: some RouterMethods<AppContext>) {
        router.get("mot-cua", use: all)
        router.get("bang/:office", use: hall)
    }

    func hall(_ request: Request, _ context: AppContext) async throws -> Response {
        let agency = try await desk.agency(context)
        let now = desk.office.now
        // Everybody may look at the board from afar; the code is for those who stand before it.
        let device =
            if let presence { try await desk.device(request, at: agency.id, presence, context) } else {
                nil as HallDeviceBook.Entry?
            }
        if let device, device.revoked != nil { return revokedDevicePage(agency, device, context) }
        let board = try await desk.book.boardOrPlan(of: agency.id, at: now)
        let isClosed = try await desk.order(closing: agency.id) != nil
        let version = try await desk.book.versions(of: [agency.id], on: now.localDate)[agency.id] ?? 0
        return try HallBoard(
            agency: agency,
            board: board,
            closing: board == nil || isClosed ? try await desk.book.closing(agency.id, now) : nil,
            announced: try await desk.announced(closing: agency.id),
            version: version,
            now: now,
            door: device?.isKnown(at: now) ?? false ? presence?.code(of: agency.id) : nil,
            site: desk.site
        ).show(context)
    }

    func all(_ request: Request, _ context: AppContext) async throws -> Response {
        let now = desk.office.now
        let tree = try await desk.agencies.tree()
        let models = try await offices.all()
        var summaries = try await desk.plans.all(models, at: now)
        for (office, summary) in try await desk.book.summaries(on: now.localDate) { summaries[office] = summary }
        let places = try await placesToday(models, now)
        let quiet = try await forecasts?.next(of: summaries.keys, at: now) ?? [:]
        var offices: [OfficesNow.Office] = []
        for (id, summary) in summaries {
            guard let agency = tree[id] else { continue }
            offices.append(
                OfficesNow.Office(
                    agency: agency,
                    summary: summary,
                    placesToday: places[id],
                    quiet: quiet[id],
                    // From memory: orders and the tree are kept there.
                    order: try await desk.order(closing: id),
                    announced: try await desk.announced(closing: id)
                )
            )
        }
        offices.sort { $0.agency.name.vi < $1.agency.name.vi }
        return try OfficesNow(desk: desk, offices: offices, now: now).show(context)
    }
}
