import Agencies
import Hummingbird
import Kernel
import Markup
import Web

/// Which counter an officer sits at today.
struct ChooseCounterPage {
    let desk: QueueDesk
    let agency: AgencyProfile
    let board: DayBoard?
    let now: Instant

    func show(_ context: OfficerContext) throws -> Response {
        let say = context.language
        return page(say("Quầy của tôi", "My counter"), context, lead: say(agency.name), width: .wide) {
            board.map { list($0, say) }
                ?? emptyState(
                    say("Hôm nay không có buổi tiếp nhận", "There is no session today"),
                    say(
                        "Lãnh đạo đặt buổi tiếp nhận và quầy tại mục Một cửa.",
                        "A leader sets sessions and counters under One-stop."
                    )
                )
        }
    }

    private func list(_ board: DayBoard, _ say: Language) -> HTML {
        cards(
            board.positions.map { position in
                Card(
                    say("Quầy \(position.number)", "Counter \(position.number)"),
                    "/work/counter/\(position.number)",
                    text: position.lines.map { desk.name($0, say) }.joined(separator: ", "),
                    note:
                        "<p class=\"quiet\">\(position.stateTag(say)) \(say("\(position.waiting) người chờ", "\(position.waiting) waiting"))</p>"
                )
            }
        )
    }
}

extension DayBoard.Position {
    func stateTag(_ say: Language) -> HTML {
        switch state {
        case .open: tag(say("Đang mở", "Open"), .good)
        case .paused:
            tag(
                pausedUntil.map {
                    say("Tạm dừng đến \($0.localMinute.timeOfDay)", "Paused until \($0.localMinute.timeOfDay)")
                }
                    ?? say("Tạm dừng", "Paused"),
                .waiting
            )
        case .closed: tag(say("Chưa mở", "Closed"))
        }
    }
}

/// One counter, as its officer works at it all day: everything has a key, and what is pressed without a network is
/// kept and sent later.
struct CounterPage {
    let desk: QueueDesk
    let agency: AgencyProfile
    let board: DayBoard
    let position: DayBoard.Position
    let day: OfficeDay
    let version: Int
    let now: Instant

    private var path: String { "/work/counter/\(position.number)" }

    func show(_ problem: Problem?, _ context: OfficerContext) throws -> Response {
        let say = context.language
        let form = Form(context)
        return page(
            say("Quầy \(position.number)", "Counter \(position.number)"),
            context,
            lead: position.lines.map { desk.name($0, say) }.joined(separator: ", "),
            width: .wide,
            crumbs: [Crumb(say("Quầy của tôi", "My counter"), "/work/counter")],
            refresh: 20
        ) {
            """
            <div data-offline="counter"><p class="offline" role="status" hidden></p>
            \(live(agency.id, version: version) {
                """
                \(problem.flatMap { refusal($0, say) })\(errorSummary(problem?.errors ?? [], say))
                \(columns { atCounter(form, say) } aside: { aside(form, say) })
                \(queue(form, say))
                """
            })
            </div>
            """
        }
    }

    // MARK: - The visitor

    private func atCounter(_ form: Form, _ say: Language) -> HTML {
        panel(heading(say), aside: position.stateTag(say)) {
            """
            \(position.visitor.map { visitor($0, say) } ?? "<p class=\"ticket-number quiet\">–</p>" as HTML)
            \(form.post(to: path) {
                """
                \(form.hidden("key", TicketForm.freshKey()))
                \(position.visitor.map { form.hidden("visitor", $0.rawValue) })
                <div class="actions">\(buttons(stage, say))</div>
                """
            })
            \(callsLeft > 0 ? "<p class=\"hint\">\(say("Bấm “Vắng” được sau khi gọi lại \(callsLeft) lần nữa.", "“Absent” can be pressed after \(callsLeft) more calls."))</p>" as HTML : nil)
            \(takeBack(form, say))
            \(stage == .serving ? passOn(form, say) : nil)
            \([Stage.idle, .called, .serving].map { withoutNetwork($0, say) })
            """
        }
    }

    private func heading(_ say: Language) -> String {
        switch stage {
        case .called: say("Đang gọi, chờ người đến", "Called, not here yet")
        case .closed, .idle, .serving: say("Đang phục vụ", "Being served")
        }
    }

    private func visitor(_ number: TicketNumber, _ say: Language) -> HTML {
        let since = position.since.map { $0.localMinute.timeOfDay } ?? ""
        let words =
            position.isServing
            ? say("Gọi lúc \(since), đã đến quầy", "Called at \(since), is here")
            : say("Gọi lúc \(since), lần \(position.calls)", "Called at \(since), time \(position.calls)")
        return "<p class=\"ticket-number\">\(number.rawValue)</p><p class=\"quiet\">\(words)</p>"
    }

    /// What stands at the counter decides what can be pressed: nobody is served before they have come.
    private enum Stage: String { case closed, idle, called, serving }

    private var stage: Stage {
        guard position.state == .open else { return .closed }
        guard position.visitor != nil else { return .idle }
        return position.isServing ? .serving : .called
    }

    /// How often whoever was called has to be called again before they count as absent.
    private var callsLeft: Int {
        guard stage == .called, let ticket = position.visitor.flatMap({ day.tickets[$0] }) else { return 0 }
        return day.callsLeft(of: ticket, at: now)
    }

    private func buttons(_ stage: Stage, isOffline: Bool = false, _ say: Language) -> [HTML] {
        func act(_ act: String, _ label: String, _ weight: Weight = .plain, key: String) -> HTML {
            button(label, weight, name: "act", value: act, key: key)
        }
        switch stage {
        case .closed: return [act("open", say("Mở quầy", "Open the counter"), .main, key: "o")]
        case .idle: return [act("next", say("Gọi tiếp", "Call next"), .main, key: "g")]
        case .called:
            let here = act("begin", say("Đã đến", "Is here"), .main, key: "b")
            let again = act("recall", say("Gọi lại", "Call again"), key: "l")
            let absent = act("skip", say("Vắng", "Absent"), .quiet, key: "v")
            return isOffline || callsLeft == 0 ? [here, absent, again] : [here, again]
        case .serving:
            return [
                act("finish-next", say("Xong và gọi tiếp", "Done, call next"), .main, key: "g"),
                act("finish", say("Xong", "Done"), key: "x"),
                act("correct", say("Cần sửa giấy tờ", "Has to correct papers"), key: "c"),
            ]
        }
    }

    /// What can be pressed when a press is kept because there is no network, and leads here. A script takes it.
    private func withoutNetwork(_ stage: Stage, _ say: Language) -> HTML {
        "<template data-stage=\"\(stage.rawValue)\">\(buttons(stage, isOffline: true, say))</template>"
    }

    /// Only what can still be taken back is offered.
    private func takeBack(_ form: Form, _ say: Language) -> HTML? {
        guard let number = day.mayTakeBack(at: position.number, now), let last = day.lastActs[position.number] else {
            return nil
        }
        let done = say(last.kind.words)
        let time = last.at.localMinute.timeOfDay
        return form.post(to: path, label: say("Lấy lại thao tác vừa rồi", "Take back the last act")) {
            """
            \(form.hidden("key", TicketForm.freshKey()))
            <p class="hint">\(say("Vừa rồi", "Last")): <strong>\(number.rawValue)</strong> – \(done) (\(time)). \(say("Bấm nhầm thì lấy lại được trong \(LastAct.length.milliseconds / 60_000) phút, khi chưa gọi người khác.", "A mistake can be taken back within \(LastAct.length.milliseconds / 60_000) minutes, while nobody else was called."))</p>
            \(actions(button(say("Lấy lại", "Take back"), .plain, name: "act", value: "take-back", key: "z")))
            """
        }
    }

    private func passOn(_ form: Form, _ say: Language) -> HTML {
        disclosure(say("Chuyển lĩnh vực hoặc quầy khác", "Pass on to another field or counter")) {
            form.post(to: path) {
                """
                \(form.hidden("key", TicketForm.freshKey()))
                \(position.visitor.map { form.hidden("visitor", $0.rawValue) })
                \(form.select("line", say("Lĩnh vực", "Field"), board.summary.lines.map { Choice($0.key.rawValue, desk.name($0.key, say)) }))
                \(form.select("to", say("Quầy", "Counter"), board.positions.filter { $0.number != position.number }.map { Choice(String($0.number), say("Quầy \($0.number)", "Counter \($0.number)")) }, required: false))
                \(actions(button(say("Chuyển", "Pass on"), .plain, name: "act", value: "transfer")))
                """
            }
        }
    }

    // MARK: - Beside it

    private func aside(_ form: Form, _ say: Language) -> HTML {
        """
        \(panel(say("Phòng chờ", "The hall")) {
            definitionList([
                (say("Trong phòng", "Inside"), "\(board.summary.inside)/\(board.summary.capacity)"),
                (say("Chờ quầy này", "Wait for this counter"), "\(position.waiting)"),
                (say("Tất cả đang chờ", "Everybody waiting"), "\(board.summary.waiting)"),
                (say("Đã phục vụ", "Served"), "\(board.summary.served)"),
            ])
        })
        \(position.state == .open && position.visitor == nil ? pause(form, say) : nil)
        """
    }

    private func pause(_ form: Form, _ say: Language) -> HTML {
        disclosure(say("Tạm dừng hoặc đóng quầy", "Pause or close")) {
            form.post(to: path) {
                """
                \(form.hidden("key", TicketForm.freshKey()))
                \(form.field("until", say("Mở lại lúc", "Open again at"), .number, hint: say("Ví dụ 13:30; giờ dự kiến của người chờ được tính theo giờ này.", "Such as 13:30; the times that are foretold to those who wait go by it."), required: false))
                \(actions(
                    button(say("Tạm dừng", "Pause"), .plain, name: "act", value: "pause"),
                    button(say("Đóng quầy", "Close"), .quiet, name: "act", value: "close")
                ))
                """
            }
        }
    }

    // MARK: - Those who wait

    private func queue(_ form: Form, _ say: Language) -> HTML {
        let telling = Telling(board: board, day: now.localDate, say: say)
        let waiting = board.waiting.filter { position.lines.contains($0.line) }.prefix(50)
        let missed = board.missed.prefix(20)
        return """
            \(waiting.isEmpty ? emptyState(say("Không có ai chờ quầy này", "Nobody waits for this counter"), say("Người mới lấy số sẽ hiện ở đây ngay.", "Whoever takes a ticket appears here at once.")) : table(
                say("Người chờ, theo thứ tự gọi", "Those who wait, in the order of calls"),
                [
                    Column(say("Số", "Number")), Column(say("Việc", "Matter")), Column(say("Lấy số lúc", "Since")),
                    Column(say("Ở đâu", "Where")), Column(say("Dự kiến", "Expected")), Column(say("Việc khác", "More")),
                ],
                density: .dense,
                rows: waiting.map { row($0, telling, form, say) }
            ))
            \(missed.isEmpty ? nil : panel(say("Đã gọi mà vắng", "Called and absent")) { missedList(Array(missed), form, say) })
            """
    }

    private func row(_ ticket: DayBoard.Waiting, _ telling: Telling, _ form: Form, _ say: Language) -> [HTML] {
        let mark: HTML? =
            ticket.priority.map { tag(say($0.words), .waiting) }
            ?? ticket.claimed.map {
                tag(say("Khai ưu tiên: \($0.words.vi)", "Claims priority: \($0.words.en)"))
            }
            ?? ticket.appointment.map {
                tag(say("Hẹn \(telling.clock($0))", "Appointment \(telling.clock($0))"), .active)
            }
        return [
            "\(ticket.number.rawValue)", "\(desk.name(ticket.line, say)) \(mark)",
            "\(telling.clock(ticket.takenAt))", "\(place(ticket, telling, say))",
            "\(ticket.correctingFor == nil ? telling.time(ticket.expected, now: now) : "–")",
            "\(ticket.claimed == nil ? nil : confirmation(of: ticket.number, form, say))\(more(ticket, form, say))",
        ]
    }

    private func place(_ ticket: DayBoard.Waiting, _ telling: Telling, _ say: Language) -> String {
        if let counter = ticket.correctingFor {
            return say("Đang sửa giấy tờ cho quầy \(counter)", "Corrects papers for counter \(counter)")
        }
        if let until = ticket.awayUntil, until > now {
            return say("Hẹn quay lại \(telling.clock(until))", "Back at \(telling.clock(until))")
        }
        return ticket.isInside ? say("Trong phòng", "Inside") : say("Bên ngoài", "Outside")
    }

    private func more(_ ticket: DayBoard.Waiting, _ form: Form, _ say: Language) -> HTML {
        if ticket.correctingFor != nil || (ticket.awayUntil.map { $0 > now } ?? false) {
            return back(ticket.number, form, say)
        }
        guard position.state == .open, position.visitor == nil else { return "" }
        let name = ticket.number.rawValue
        return disclosure(say("Gọi trước", "Call before")) {
            form.post(to: path, label: say("Gọi \(name) trước", "Call \(name) before")) {
                """
                \(form.hidden("key", TicketForm.freshKey()))\(form.hidden("number", name))\(form.hidden("act", "call"))
                <label for="because-\(name)">\(say("Lý do", "Reason"))</label>
                <select id="because-\(name)" name="because"><option value="">\(say("– Đúng lượt –", "– Is next –"))</option>\
                \(OutOfOrderReason.allCases.filter { $0 != .hallIsFull }.map { "<option value=\"\($0.rawValue)\">\(say($0.words))</option>" as HTML })</select>
                \(actions(button(say("Gọi \(name)", "Call \(name)"), .plain)))
                """
            }
        }
    }

    /// One press, once the papers were seen.
    private func confirmation(of number: TicketNumber, _ form: Form, _ say: Language) -> HTML {
        form.post(to: path, label: say("Xác nhận ưu tiên \(number.rawValue)", "Confirm priority of \(number.rawValue)"))
        {
            """
            \(form.hidden("key", TicketForm.freshKey()))\(form.hidden("number", number.rawValue))
            \(button(say("Xác nhận ưu tiên", "Confirm priority"), .plain, name: "act", value: "priority"))
            """
        }
    }

    private func back(_ number: TicketNumber, _ form: Form, _ say: Language) -> HTML {
        form.post(to: path, label: say("\(number.rawValue) đã quay lại", "\(number.rawValue) is back")) {
            """
            \(form.hidden("key", TicketForm.freshKey()))\(form.hidden("number", number.rawValue))
            \(button(say("Đã quay lại", "Is back"), .plain, name: "act", value: "back"))
            """
        }
    }

    private func missedList(_ numbers: [TicketNumber], _ form: Form, _ say: Language) -> HTML {
        "<ul class=\"missed\">\(numbers.map { "<li><strong>\($0.rawValue)</strong> \(back($0, form, say))</li>" as HTML })</ul>"
    }
}

extension LastAct.Kind {
    var words: Words {
        switch self {
        case .begin: Words("Đã đến", "Is here")
        case .miss: Words("Vắng", "Absent")
        case .finish: Words("Xong", "Done")
        case .correct: Words("Cần sửa giấy tờ", "Has to correct papers")
        case .transfer: Words("Chuyển", "Passed on")
        }
    }
}
