import Agencies
import Hummingbird
import Kernel
import Markup
import Persistence
import Web

/// The officers' counters: call, call again, serve, pass on.
struct CounterRoutes: Sendable {
    let desk: QueueDesk

    func add(to router: some RouterMethods<OfficerContext>) {
        router.get("work/counter", use: choose)
        router.get("work/counter/:counter", use: show)
        router.post("work/counter/:counter", use: act)
    }

    func choose(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.reception, .returns)
        let (agency, board) = try await room(context)
        return try ChooseCounterPage(desk: desk, agency: agency, board: board, now: desk.office.now).show(context)
    }

    func show(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await counterPage(nil, context)
    }

    func act(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let form = try await request.form(context)
        return try await told {
            try context.require(.reception, .returns)
            let counter = try counter(context)
            let (agency, board) = try await room(context)
            guard let position = board?.position(counter) else { throw OfficeDay.Refusal.noSuchCounter }
            let at = pressed(form)
            let commands = try CounterAct(form, at: position, pressed: at).commands()
            try await desk.book.perform(
                commands,
                at: agency.id,
                Circumstances(at: at, actor: .officer(id: context.officer.id), request: context.requestID),
                once: TicketForm.key(form, scope: "counter/\(context.officer.id.rawValue)/\(counter)")
            )
            return .redirect(to: context.path)
        } again: { problem in
            try await counterPage(problem, context)
        }
    }

    /// When the button was pressed, if the counter had no network then: service times stay true. Nobody may say what
    /// is still to come, nor what lies in another half of the day.
    private func pressed(_ form: FormData) -> Instant {
        let now = desk.office.now
        guard let number = form.filled("pressed").flatMap({ InstantNumber(typed: $0) }) else { return now }
        let pressed = Instant(milliseconds: number.number)
        return pressed < now && now < pressed + .hours(4) && pressed.localDate == now.localDate ? pressed : now
    }

    private func counter(_ context: OfficerContext) throws -> Int {
        guard let counter = PlaceNumber(typed: try context.parameters.require("counter")) else {
            throw Problem.notFound
        }
        return counter.number
    }

    private func room(_ context: OfficerContext) async throws -> (AgencyProfile, DayBoard?) {
        let agency = try await desk.ownOffice(context)
        return (agency, try await desk.book.boardOrPlan(of: agency.id, at: desk.office.now))
    }

    private func counterPage(_ problem: Problem?, _ context: OfficerContext) async throws -> Response {
        try context.require(.reception, .returns)
        let (agency, board) = try await room(context)
        guard let board, let position = board.position(try counter(context)) else { throw Problem.notFound }
        let version = try await desk.book.versions(of: [agency.id], on: desk.office.now.localDate)[agency.id] ?? 0
        return try CounterPage(
            desk: desk,
            agency: agency,
            board: board,
            position: position,
            day: try await desk.book.day(of: agency.id, on: desk.office.now.localDate),
            version: version,
            now: desk.office.now
        ).show(problem, context)
    }
}

/// A button of the counter, as the commands it means.
struct CounterAct {
    private let form: FormData
    private let position: DayBoard.Position
    private let at: Instant

    init(_ form: FormData, at position: DayBoard.Position, pressed: Instant) {
        self.form = form
        self.position = position
        at = pressed
    }

    /// A page names the visitor it shows. One without a network cannot know whom it has called, and names nobody.
    func commands() throws -> [OfficeDay.Command] {
        let shown = form.filled("visitor").map { TicketNumber(rawValue: $0) }
        return try shown.map { [.require(visitor: $0, counter: position.number, at: at)] + (try acts()) } ?? acts()
    }

    private func acts() throws -> [OfficeDay.Command] {
        let counter = position.number
        switch form["act"] {
        case "open": return [.openCounter(counter, lines: try lines(), at: at)]
        case "close": return [.closeCounter(counter, at: at)]
        case "pause": return [.pauseCounter(counter, until: try until(), at: at)]
        case "next": return [.callNext(counter: counter, at: at)]
        case "finish": return [.finish(counter: counter, at: at)]
        case "finish-next": return [.finish(counter: counter, at: at), .callNext(counter: counter, at: at)]
        case "recall": return [.recall(counter: counter, at: at)]
        case "begin": return [.begin(counter: counter, at: at)]
        case "skip": return [.skip(counter: counter, at: at)]
        case "take-back": return [.takeBack(counter: counter, at: at)]
        case "correct": return [.sendToCorrect(counter: counter, at: at)]
        case "transfer": return [.transfer(counter: counter, to: try line(), toCounter: try other(), at: at)]
        case "back": return [.comeBack(try number(), at: at)]
        case "priority": return [.confirmPriority(try number(), at: at)]
        case "call":
            let reason = form.filled("because").flatMap(OutOfOrderReason.init)
            return [.call(try number(), counter: counter, because: reason == .hallIsFull ? nil : reason, at: at)]
        default: throw Problem.notFound
        }
    }

    private func lines() throws -> [LineKey] {
        let chosen = form.all("line").compactMap(LineKey.init)
        return chosen.isEmpty ? position.lines : chosen
    }

    private func line() throws -> LineKey {
        guard let line = form.filled("line").flatMap(LineKey.init) else {
            throw Problem.invalid([
                FieldError("line", "Hãy chọn nơi chuyển đến.", "Please choose where to pass them on.")
            ])
        }
        return line
    }

    private func other() throws -> Int? {
        guard let typed = form.filled("to") else { return nil }
        guard let counter = PlaceNumber(typed: typed) else { throw OfficeDay.Refusal.noSuchCounter }
        return counter.number
    }

    private func number() throws -> TicketNumber {
        guard let number = form.filled("number") else { throw OfficeDay.Refusal.noSuchTicket }
        return TicketNumber(rawValue: number.uppercased())
    }

    private func until() throws -> Instant? {
        guard let typed = form.filled("until") else { return nil }
        guard let minute = LocalMinute.minutes(typed) else {
            throw Problem.invalid([
                FieldError("until", "Hãy nhập giờ như 09:30.", "Please enter a time such as 09:30.")
            ])
        }
        return Instant(LocalMinute(date: at.localDate, minuteOfDay: minute))
    }
}
