import Agencies
import Catalogue
import Hummingbird
import Kernel
import Markup
import Web

/// What the helper at the door sees: first what the visitor needs, then whether the papers are there, then the ticket.
struct TriagePage {
    let desk: QueueDesk
    let agency: AgencyProfile
    /// Nil where no ticket can be given now.
    let board: DayBoard?
    /// Why, in that case.
    let closed: Problem?
    /// The digits of the door now, for whoever asks.
    let code: String

    /// A procedure, with the order that closes the counters to it.
    typealias Found = (procedure: Procedure, closed: ChannelClosed?)

    func find(
        _ words: String,
        procedures: [Found],
        announced: [ChannelClosed],
        given: TicketNumber?,
        typed: FormData,
        problem: Problem?,
        _ context: OfficerContext
    ) throws -> Response {
        let say = context.language
        let form = Form(context, typed: typed, errors: problem?.errors ?? [])
        return page(say("Bàn hướng dẫn", "Triage desk"), context, lead: say(agency.name), width: .wide) {
            """
            \(given.map { ticketGiven($0, say) })
            \(problem.flatMap { refusal($0, say) })\(form.summary)\(comingClosures(announced, say))
            \(columns {
                """
                \(panel(say("Nộp hồ sơ: xem giấy tờ trước khi cấp số", "To hand in: look at the papers first")) {
                    """
                    \(searchForm("/work/triage", say("Người dân cần làm gì?", "What does the visitor need?"), value: words, button: say("Tìm thủ tục", "Find"), key: "/"))
                    \(procedures.isEmpty && !words.isEmpty ? "<p>\(say("Không thấy thủ tục nào. Thử từ khác.", "No procedure found. Try other words."))</p>" as HTML : nil)
                    \(cards(procedures.map { card($0, say) }))
                    """
                })
                """
            } aside: {
                """
                \(claims(form, say))
                \(panel(say("Việc khác: cấp số ngay", "Anything else: a ticket at once")) { others(form, say) })
                <p>\(say("Số của cửa lúc này", "Digits of the door now")): <strong>\(grouped(code: code))</strong>. \
                <a href="/work/door">\(say("Áp phích, máy lấy số", "Poster, ticket machine"))</a></p>
                """
            })
            """
        }
    }

    private func card(_ found: Found, _ say: Language) -> Card {
        let code = found.procedure.code.rawValue
        let closed = found.closed.map {
            say(
                " · tạm dừng tại quầy \($0.closing.order.period.vi)",
                " · closed at counters \($0.closing.order.period.en)"
            )
        }
        return Card(say(found.procedure.name), "/work/triage/\(code)", text: code + (closed ?? ""))
    }

    /// Those who have said that they go first: one press, once their papers were seen.
    private func claims(_ form: Form, _ say: Language) -> HTML? {
        let claiming = board?.waiting.filter { $0.claimed != nil } ?? []
        guard !claiming.isEmpty else { return nil }
        return panel(say("Diện ưu tiên chờ xác nhận", "Priority to be confirmed")) {
            """
            <ul class="missed">\(claiming.prefix(30).map { waiting in
                """
                <li><strong>\(waiting.number.rawValue)</strong> \(waiting.claimed.map { say($0.words) } ?? "") \(confirmation(of: waiting.number, form, say))</li>
                """ as HTML
            })</ul>
            """
        }
    }

    private func confirmation(of number: TicketNumber, _ form: Form, _ say: Language) -> HTML {
        form.post(
            to: "/work/priority",
            label: say("Xác nhận ưu tiên \(number.rawValue)", "Confirm priority of \(number.rawValue)")
        ) {
            "\(form.hidden("number", number.rawValue))\(button(say("Xác nhận", "Confirm"), .plain))"
        }
    }

    private func ticketGiven(_ number: TicketNumber, _ say: Language) -> HTML {
        notice(.good, title: say("Đã cấp số \(number.rawValue)", "Ticket \(number.rawValue) given")) {
            actions(
                linkButton(
                    say("Xem và in phiếu", "See and print it"),
                    "/work/tickets/\(number.rawValue)",
                    .plain,
                    key: "i"
                )
            )
        }
    }

    private func others(_ form: Form, _ say: Language) -> HTML {
        guard let board else { return nothingGiven(say) }
        let lines = board.summary.lines.filter { $0.key.purpose != .reception }
        return form.post(to: "/work/triage") {
            """
            \(form.hidden("key", TicketForm.freshKey()))
            \(form.radios("line", say("Hướng dẫn đến", "Send to"), lines.map { Choice($0.key.rawValue, desk.name($0.key, say)) }))
            \(holder(form, board, say))
            \(actions(button(say("Cấp số", "Give a ticket"), .plain)))
            """
        }
    }

    func check(
        _ procedure: Procedure,
        _ revision: Revision,
        closures: [ChannelClosed],
        typed: FormData,
        problem: Problem?,
        _ context: OfficerContext
    ) throws -> Response {
        let say = context.language
        let form = Form(context, typed: typed, errors: problem?.errors ?? [])
        return page(
            say("Xem giấy tờ", "Look at the papers"),
            context,
            lead: say(procedure.name),
            width: .wide,
            crumbs: [Crumb(say("Bàn hướng dẫn", "Triage desk"), "/work/triage")]
        ) {
            """
            \(problem.flatMap { refusal($0, say) })\(form.summary)
            \(closures.map { closed in
                notice(.bad, title: say("Không nhận \(closed.channel.way.vi)", "Closed: \(closed.channel.way.en)")) { "<p>\(say(closed.words))</p>" }
            })
            \(ways(procedure, revision, closures, say))
            \(board.map { board in
                form.post(to: "/work/triage/\(procedure.code.rawValue)") {
                    """
                    \(form.hidden("key", TicketForm.freshKey()))
                    \(columns { papers(form, revision, say) } aside: {
                        panel(say("Cấp số", "The ticket")) { ticket(form, procedure, board, closures, say) }
                    })
                    """
                }
            } ?? nothingGiven(say))
            """
        }
    }

    /// Online and post are advice that comes first; the visitor decides.
    private func ways(_ procedure: Procedure, _ revision: Revision, _ closures: [ChannelClosed], _ say: Language)
        -> HTML?
    {
        let closed = closures.map(\.channel)
        var ways: [String] = []
        if revision.online == .full, !closed.contains(.online) {
            ways.append(say("nộp trực tuyến toàn trình", "file online"))
        }
        if revision.post.submit, !closed.contains(.post) { ways.append(say("gửi qua bưu chính", "send by post")) }
        guard !ways.isEmpty else { return nil }
        return notice {
            """
            <p>\(say("Thủ tục này còn có thể", "For this procedure one may also")) \
            \(ways.joined(separator: say(" hoặc ", " or "))). \
            <a href="\(CatalogueLinks.procedure(procedure.code))">\(say("Xem cách làm", "See how"))</a></p>
            """
        }
    }

    private func papers(_ form: Form, _ revision: Revision, _ say: Language) -> HTML {
        panel(say("Giấy tờ có mặt", "Papers that are there")) {
            """
            \(revision.components.isEmpty ? "<p>\(say("Chưa có danh mục giấy tờ của thủ tục này.", "No list of papers is known for this procedure."))</p>" as HTML : form.checkboxes("has", say("Đánh dấu giấy tờ người dân có", "Tick what the visitor has"), revision.components.map { component in
                let need = !component.cases.isEmpty
                    ? say("tùy trường hợp", "in some cases")
                    : component.required ? say("bắt buộc", "required") : say("nếu có", "if any")
                return Choice(component.key, say(component.name), hint: component.show ? say("xuất trình, \(need)", "to be shown, \(need)") : need)
            }))
            \(form.checkbox("anyway", say("Còn thiếu giấy tờ nhưng vẫn cấp số (đã giải thích)", "Papers are missing; give a ticket all the same (explained)")))
            """
        }
    }

    /// Only what an order leaves open: a ticket for anything else would be refused.
    private func ticket(
        _ form: Form,
        _ procedure: Procedure,
        _ board: DayBoard,
        _ closures: [ChannelClosed],
        _ say: Language
    ) -> HTML {
        let closed = closures.map(\.channel)
        let own = LineKey(.reception, field: procedure.field)
        // A field without a line of its own shares that of the others.
        let hasOwn = board.summary.lines.contains { $0.key == own }
        let lines = board.summary.lines.filter { line in
            switch line.key.purpose {
            case .reception: line.key == (hasOwn ? own : LineKey(.reception)) && !closed.contains(.counter)
            case .onlineHelp: !closed.contains(.online)
            case .postDropOff: !closed.contains(.post)
            case .result: false
            }
        }
        guard !lines.isEmpty else {
            return
                "<p>\(say("Không còn quầy nào nhận thủ tục này lúc này.", "No counter takes this procedure now."))</p>"
        }
        return """
            \(form.radios("line", say("Hướng dẫn đến", "Send to"), lines.map { Choice($0.key.rawValue, desk.name($0.key, say)) }, value: lines.first?.key.rawValue))
            \(holder(form, board, say))
            \(actions(button(say("Cấp số", "Give a ticket"), key: "e")))
            """
    }

    private func holder(_ form: Form, _ board: DayBoard, _ say: Language) -> HTML {
        """
        \(form.field("holder", say("Số điện thoại hoặc số định danh", "Phone or identity number"), .nationalNumber, hint: desk.book.reach.deskHint(say), required: false, autocomplete: "off"))
        \(form.select("priority", say("Diện ưu tiên", "Priority"), PriorityReason.allCases.map { Choice($0.rawValue, say($0.words)) }, required: false))
        \(board.summary.asksHealth ? form.checkbox("health", say("Người dân đã xác nhận thực hiện quy định phòng dịch", "The visitor has acknowledged the health rules")) : nil)
        """
    }

    /// Said in the place of the form.
    private func nothingGiven(_ say: Language) -> HTML {
        notice(.waiting, title: say("Hiện không cấp số được", "No tickets can be given now")) {
            closed.map { "<p>\(say($0.vi, $0.en))</p>" as HTML } ?? ""
        }
    }
}
