import Agencies
import Catalogue
import Documents
import Hummingbird
import Kernel
import Markup
import Web

/// A ticket as its holder follows it on the phone, and as the machine prints it.
struct TicketPage {
    let desk: QueueDesk
    let agency: AgencyProfile
    let holding: TicketBook.Holding
    let secret: String
    let now: Instant
    let reader: Reader
    /// The order that closes the counter now.
    let order: ChannelClosed?

    enum Reader { case holder, machine, officer }

    private var isPrinted: Bool { reader != .holder }

    private var ticket: Ticket { holding.ticket }

    func show(_ problem: Problem?, _ context: some AudienceContext) throws -> Response {
        let say = context.language
        let form = Web.Form(context)
        var response = try page(
            say("Số \(ticket.number.rawValue)", "Ticket \(ticket.number.rawValue)"),
            context,
            window: call(say),
            lead: say(agency.name),
            refresh: 30
        ) {
            """
            \(isPrinted ? "<span class=\"bare\" data-print></span>" as HTML : nil)
            \(problem.flatMap { refusal($0, say) })
            \(live(holding.office, version: holding.version) { state(form, say) })
            \(reader == .holder && ticket.isActive ? bell(say) : nil)
            \(try slip(say))
            \(isPrinted ? actions(linkButton(say("Xong", "Done"), reader == .officer ? "/work/triage" : "/quay/\(holding.office.rawValue)?may", .plain)) : nil)
            """
        }
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// What stands on the window while the number is called: whoever waits looks at something else.
    private func call(_ say: Language) -> String? {
        guard case .called(let counter, _) = ticket.stage, holding.day == now.localDate else { return nil }
        let number = ticket.number.rawValue
        return say("Mời đến quầy \(counter) – số \(number)", "Please go to counter \(counter) – \(number)")
    }

    /// Shown by the script that can ring.
    private func bell(_ say: Language) -> HTML {
        """
        <p class="actions"><button type="button" class="button plain" data-bell hidden>\(say("Bật chuông và rung khi đến lượt", "Ring and vibrate when it is my turn"))</button></p>
        """
    }

    private func state(_ form: Web.Form, _ say: Language) -> HTML {
        let telling = Telling(board: holding.board, day: holding.day, say: say)
        return """
            <div class="ticket-state">
            <p class="ticket-number">\(ticket.number.rawValue)</p>
            <p>\(desk.name(ticket.line, say))\(ticket.priority.map { " · \(say("Ưu tiên", "Priority")): \(say($0.words))" })</p>
            \(words(telling, say))
            \(claim(say))
            </div>
            \(reader == .officer ? nil : choices(form, telling, say))
            """
    }

    /// What somebody says of themselves moves nobody back until an officer has seen it.
    private func claim(_ say: Language) -> HTML? {
        guard ticket.isActive, let claimed = ticket.claimed else { return nil }
        return notice(
            .waiting,
            title: say(
                "Diện ưu tiên: đến bàn hướng dẫn để xác nhận",
                "Priority: please go to the desk to have it confirmed"
            )
        ) {
            """
            <p>\(say(claimed.words)). \(say(
                "Đến khi cán bộ xác nhận, số này được gọi theo thứ tự thường.",
                "Until an officer confirms it, this ticket is called in the ordinary order."
            ))</p>
            """
        }
    }

    private func words(_ telling: Telling, _ say: Language) -> HTML {
        switch ticket.stage {
        case .called(let counter, _):
            // Rings once for every call, also when the number is called again.
            return """
                <div data-called="\(ticket.number.rawValue)-\(counter)-\(ticket.calls)" data-window="\(call(say) ?? "")">\(notice(.good, title: say("Mời đến quầy \(counter)", "Please go to counter \(counter)")) {
                    "<p>\(say("Số của bạn đang được gọi.", "Your number is being called."))</p>"
                })</div>
                """
        case .serving(let counter, _):
            return notice(.active) {
                "<p>\(say("Bạn đang được phục vụ tại quầy \(counter).", "You are being served at counter \(counter)."))</p>"
            }
        case .correcting(let counter):
            return notice(.waiting, title: say("Hãy sửa hoặc bổ sung giấy tờ", "Please correct your papers")) {
                "<p>\(say("Xong thì bấm nút dưới đây và quay lại quầy \(counter), không phải lấy số mới.", "When done, press the button below and go back to counter \(counter); no new ticket is needed."))</p>"
            }
        case .waiting:
            guard let order else { return waiting(telling, say) }
            return notice(.bad, title: say("Quầy tạm dừng theo lệnh", "The counter is closed by order")) {
                "<p>\(say(order.words))</p>"
            }
        case .missed:
            return notice(
                .waiting,
                title: say("Số của bạn đã được gọi nhưng không có ai đến", "You were called and did not come")
            ) {
                "<p>\(say("Trong 30 phút, bạn có thể quay lại mà không cần lấy số mới.", "Within 30 minutes you may come back without a new ticket."))</p>"
            }
        case .finished:
            return notice(.good) { "<p>\(say("Đã phục vụ xong. Cảm ơn bạn.", "You have been served. Thank you."))</p>" }
        case .gaveUp: return notice { "<p>\(say("Số này đã được trả lại.", "This ticket was given back."))</p>" }
        case .unserved:
            return notice(
                .bad,
                title: say("Hôm nay đã hết giờ trước lượt của bạn", "The office closed before your turn")
            ) {
                """
                <p>\(say("Chúng tôi xin lỗi. Bạn có thể:", "We are sorry. You may:"))</p>
                <ul class="plain">
                <li><a href="/dat-lich?co-quan=\(holding.office.rawValue)">\(say("đặt lịch hẹn vào ngày khác", "book an appointment on another day"))</a></li>
                <li><a href="\(CatalogueLinks.search)">\(say("nộp trực tuyến hoặc gửi qua bưu chính", "file online or by post"))</a></li>
                <li><a href="\(ForecastRoutes.address(of: holding.office))">\(say("xem giờ nào vắng", "see when it is quiet"))</a></li>
                </ul>
                """
            }
        }
    }

    private func waiting(_ telling: Telling, _ say: Language) -> HTML {
        let expected = holding.board[ticket.number]?.expected
        let place: String =
            if let until = ticket.awayUntil {
                say(
                    "Chờ nơi khác. Hãy quay lại lúc \(telling.clock(until)).",
                    "Waiting elsewhere. Please be back at \(telling.clock(until))."
                )
            } else if ticket.isInside {
                say("Mời vào phòng chờ.", "Please come into the hall.")
            } else {
                say(
                    "Phòng đã đủ người: hãy chờ bên ngoài, sẽ mời vào khi có chỗ.",
                    "The hall is full: please wait outside until you are let in."
                )
            }
        return """
            \(definitionList([
                (say("Trước bạn", "Before you"), "\(expected.map { "\($0.ahead) \(say("người", "people"))" } ?? "–")"),
                (say("Dự kiến đến lượt", "Expected turn"), "\(telling.time(expected, now: now))"),
                (say("Chỗ chờ", "Where to wait"), "\(place)"),
            ]))
            \(telling.lunch(expected, now: now).map { text in notice(.waiting) { "<p>\(text)</p>" } })
            \(expected != nil && expected?.likely == nil ? late(say) : nil)
            """
    }

    private func late(_ say: Language) -> HTML {
        notice(.waiting) {
            "<p>\(say("Hôm nay đông, có thể không kịp lượt của bạn. Bạn vẫn giữ số, hoặc chọn nộp trực tuyến, qua bưu chính hay ngày khác.", "It is crowded; your turn may not come today. You keep your ticket, or may file online, by post or another day."))</p>"
        }
    }

    /// When to be back for somebody who waits elsewhere: five minutes before the earliest time; nil when that is soon.
    static func back(_ holding: TicketBook.Holding, _ now: Instant) -> Instant? {
        guard let earliest = holding.board[holding.ticket.number]?.expected?.earliest else { return nil }
        let minute = (earliest.milliseconds - Span.minutes(5).milliseconds) / 60_000 * 60_000
        let back = Instant(milliseconds: minute)
        return back > now + .minutes(10) ? back : nil
    }

    private func choices(_ form: Web.Form, _ telling: Telling, _ say: Language) -> HTML? {
        guard holding.day == now.localDate else { return nil }
        let path = TicketLink.page(secret)
        var buttons: [HTML] = []
        switch ticket.stage {
        case .waiting where ticket.awayUntil != nil, .missed:
            buttons.append(button(say("Tôi đã quay lại", "I am back"), name: "act", value: "back"))
        case .correcting:
            buttons.append(button(say("Tôi đã sửa xong", "I have corrected it"), name: "act", value: "back"))
        case .waiting:
            if let back = Self.back(holding, now) {
                let time = telling.clock(back)
                buttons.append(
                    button(
                        say("Chờ nơi khác, quay lại lúc \(time)", "Wait elsewhere, back at \(time)"),
                        .plain,
                        name: "act",
                        value: "elsewhere"
                    )
                )
            }
        case .called, .serving, .finished, .gaveUp, .unserved: break
        }
        if ticket.isActive, ticket.counter == nil {
            buttons.append(
                button(
                    say("Trả số", "Give the ticket back"),
                    .quiet,
                    name: "act",
                    value: "leave",
                    confirm: say("Trả lại số này?", "Give this ticket back?")
                )
            )
        }
        guard !buttons.isEmpty else { return nil }
        return form.post(to: path) { "<div class=\"actions\">\(buttons)</div>" }
    }

    /// What a printer of 80 mm prints: the number, and a code that opens this page on a phone.
    private func slip(_ say: Language) throws -> HTML {
        let code = try QRCode(desk.site + TicketLink.path(secret))
        let spelled = stride(from: 0, to: secret.count, by: 4).map { secret.dropFirst($0).prefix(4) }
        let telling = Telling(board: holding.board, day: holding.day, say: say)
        let expected = holding.board[ticket.number]?.expected
        return """
            <section class="slip \(isPrinted ? "shown" : "")" aria-label="\(say("Phiếu in", "Printed ticket"))">
            <p>\(say(agency.name))</p>
            <p class="ticket-number">\(ticket.number.rawValue)</p>
            <p>\(desk.name(ticket.line, say))</p>
            <p>\(ticket.takenAt.localMinute.vietnamese)</p>
            <p>\(say("Dự kiến", "Expected")): \(telling.time(expected, now: ticket.takenAt))</p>
            <svg class="qr" viewBox="\(code.viewBox)" role="img" \
            aria-label="\(say("Mã QR mở phiếu này trên điện thoại", "QR code that opens this ticket on a phone"))"><path d="\(code.path)"/></svg>
            <p>\(say("Quét mã để theo dõi lượt trên điện thoại", "Scan to follow your turn on the phone"))</p>
            <p class="code">\(say("Mã mở", "Code")): \(spelled.joined(separator: " "))</p>
            \(ticket.claimed.map { _ in "<p>\(say("Diện ưu tiên: đến bàn hướng dẫn để xác nhận", "Priority: have it confirmed at the desk"))</p>" as HTML })
            </section>
            """
    }
}
