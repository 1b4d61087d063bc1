import Agencies
import Catalogue
import Forecasting
import Hummingbird
import Kernel
import Markup
import Web

/// Where a ticket is taken: on the machine in the hall with a finger, or on the phone that has read the code at the
/// door.
struct DoorPage {
    let desk: QueueDesk
    let agency: AgencyProfile
    let board: DayBoard?
    /// Told where there is no board: nobody is received today.
    let closing: TicketBook.NotReceiving?
    /// Fields that an order closes while others are received: not offered, and told why.
    let closedLines: [(line: LineKey, order: ChannelClosed)]
    /// The orders that are about to close the counters.
    let announced: [ChannelClosed]
    let now: Instant
    /// Shown on the machine in the hall; nil on a phone, which has to bring it.
    let code: DoorCode?
    let quiet: NextQuietTime?

    private var isMachine: Bool { code != nil }

    func show(_ typed: FormData, _ problem: Problem?, _ context: AppContext) throws -> Response {
        let say = context.language
        let form = Form(context, typed: typed, errors: problem?.errors ?? [])
        return page(
            say("Lấy số thứ tự", "Take a ticket"),
            context,
            lead: say(agency.name),
            crumbs: isMachine
                ? []
                : [Crumb(say("Trang chủ", "Home"), "/"), Crumb(say("Một cửa hôm nay", "Offices today"), "/mot-cua")]
        ) {
            """
            \(isMachine ? "<span class=\"bare\"></span>" as HTML : nil)
            \(problem.flatMap { refusal($0, say) })
            \(form.summary)
            \(comingClosures(announced, say))
            \(body(form, typed, say))
            """
        }
    }

    private func body(_ form: Form, _ typed: FormData, _ say: Language) -> HTML {
        guard let board else { return notToday(say) }
        switch board.summary.refusal(at: now) {
        case nil: break
        case .dayIsOver: return over(say)
        case let early?: return notYet(early, say)
        }
        let telling = Telling(board: board, day: now.localDate, say: say)
        let summary = board.summary
        return """
            \(definitionList([
                (say("Giờ tiếp nhận hôm nay", "Reception today"), "\(hallHours(summary.hours))"),
                (say("Trong phòng", "Inside"), "\(summary.inside)/\(summary.capacity) \(say("người", "people"))"),
                (say("Đang chờ", "Waiting"), "\(summary.waiting) \(say("người", "people"))"),
                (say("Quầy đang mở", "Open counters"), "\(summary.openCounters)"),
            ]))
            \(isMachine ? nil : advice(say))\(isMachine ? nil : quietLine(quiet, at: agency.id, say))
            \(closedLines.map { closed in
                notice(.bad, title: desk.name(closed.line, say)) { "<p>\(say(closed.order.words))</p>" }
            })
            \(form.post(to: "/quay/\(agency.id.rawValue)") {
                """
                \(form.hidden("key", TicketForm.freshKey()))\(form.hidden("may", isMachine ? "1" : "0"))
                <div class="touch">\(form.radios("line", say("Bạn cần làm việc gì?", "What do you come for?"), offered(summary).map { line in
                    let people = say("\(line.waiting) người chờ", "\(line.waiting) waiting")
                    return Choice(
                        line.key.rawValue,
                        "\(line.letter) · \(desk.name(line.key, say))",
                        hint: "\(people) · \(telling.time(line.newcomer, now: now))"
                    )
                }))</div>
                \(isMachine ? nil : doorCode(form, typed, say))
                \(form.field("holder", say("Số điện thoại hoặc số định danh", "Phone or identity number"), .nationalNumber, hint: desk.book.reach.doorHint(say), autocomplete: isMachine ? "off" : "tel"))
                \(form.select("priority", say("Diện ưu tiên", "Priority"), PriorityReason.allCases.map { Choice($0.rawValue, say($0.words)) }, hint: say("Chỉ được ưu tiên sau khi bàn hướng dẫn hoặc quầy xem giấy tờ và xác nhận.", "Counts once the desk or a counter has seen your papers and confirmed it."), required: false))
                \(summary.asksHealth ? form.checkbox("health", say("Tôi đã đọc quy định phòng dịch và sẽ thực hiện (5K)", "I have read the health rules and will keep to them")) : nil)
                \(actions(
                    button(say("Lấy số", "Take a ticket")),
                    isMachine || !desk.book.reach.canProve ? nil : button(say("Không ở cửa: nhận mã qua tin nhắn", "Not at the door: get a code by message"), .plain, name: "act", value: "message")
                ))
                """
            })
            \(code.map { code in
                """
                <div id="live" data-live>\(DoorSign(code: code, site: desk.site, term: DoorCode.Term(at: now)).show(say))</div>
                """ as HTML
            })
            """
    }

    private func offered(_ summary: DayBoard.Summary) -> [DayBoard.Line] {
        summary.lines.filter { line in !closedLines.contains { $0.line == line.key } }
    }

    /// The QR code at the door brings both; a script puts them into their places.
    private func doorCode(_ form: Form, _ typed: FormData, _ say: Language) -> HTML {
        """
        \(form.hidden("door", typed["door"] ?? ""))
        \(form.field("code", say("Số của cửa", "Digits of the door"), .number, hint: say("6 số trên màn hình, máy lấy số hoặc áp phích ở cửa. Quét mã QR ở đó thì không phải nhập.", "Six digits on the display, the machine or the poster at the door. Scan the QR code there and you need not type.") + (desk.book.reach.canProve ? say(" Nhận mã qua tin nhắn thì để trống.", " Empty for a code by message.") : ""), maxLength: 12, autocomplete: "off"))
        """
    }

    /// Advice, never a wall: whoever stands here may have good reasons.
    private func advice(_ say: Language) -> HTML {
        notice {
            """
            <p>\(say("Nhiều thủ tục nộp được trực tuyến hoặc qua bưu chính, không phải chờ.", "Many procedures can be filed online or by post, without waiting.")) \
            <a href="\(CatalogueLinks.search)">\(say("Xem thủ tục của bạn", "Look for yours"))</a></p>
            """
        }
    }

    /// Said before anything is asked.
    private func over(_ say: Language) -> HTML {
        emptyState(
            say("Hôm nay đã hết giờ tiếp nhận", "The office has closed for today"),
            say(
                "Bạn có thể đặt lịch hẹn cho ngày khác, nộp trực tuyến hoặc qua bưu chính.",
                "You may book an appointment for another day, file online or by post."
            ),
            action: actions(
                linkButton(say("Đặt lịch hẹn", "Book an appointment"), "/dat-lich?co-quan=\(agency.id.rawValue)"),
                linkButton(say("Xem thủ tục", "Procedures"), CatalogueLinks.search, .plain)
            )
        )
    }

    /// With the time from which tickets are given.
    private func notYet(_ refusal: OfficeDay.Refusal, _ say: Language) -> HTML {
        emptyState(
            say("Chưa đến giờ lấy số", "It is too early for a ticket"),
            say(refusal.problem.vi, refusal.problem.en),
            action: linkButton(say("Đặt lịch hẹn", "Book an appointment"), "/dat-lich?co-quan=\(agency.id.rawValue)")
        )
    }

    private func notToday(_ say: Language) -> HTML {
        let problem = (closing ?? TicketBook.NotReceiving()).problem
        return emptyState(
            say("Hôm nay nơi này không phát số", "No tickets are given here today"),
            say(problem.vi, problem.en),
            action: linkButton(say("Xem thủ tục", "Procedures"), CatalogueLinks.search)
        )
    }
}
