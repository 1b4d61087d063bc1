import Agencies
import Catalogue
import Hummingbird
import Kernel
import Markup
import Web

/// What every page about queues needs: the book, and how offices and fields are called.
struct QueueDesk: Sendable {
    let book: TicketBook
    let devices: HallDeviceBook
    let agencies: AgencyBook
    let catalogue: CatalogueBook
    let plans: DayPlans
    let office: Office
    /// The public address of this site, for QR codes.
    let site: String

    /// The order that closes the counters of an office now.
    func order(closing id: ID<Agency>) async throws -> ChannelClosed? {
        try await plans.order(closing: id, at: office.now)
    }

    /// The orders that are about to close the counters of an office.
    func announced(closing id: ID<Agency>) async throws -> [ChannelClosed] {
        try await plans.openings.orders.announced(
            .counter,
            at: id,
            field: nil,
            procedure: nil,
            open: nil,
            on: office.now
        )
    }

    /// The lines of a day whose field an order closes now, by the rule that would refuse a ticket for them.
    func closedLines(_ board: DayBoard?, at id: ID<Agency>) async throws -> [(line: LineKey, order: ChannelClosed)] {
        var closed: [(line: LineKey, order: ChannelClosed)] = []
        for line in board?.summary.lines ?? [] where line.key.purpose == .reception && line.key.field != nil {
            let order = try await plans.openings.orders.closure(
                of: .counter,
                at: id,
                field: line.key.field,
                procedure: nil,
                open: nil,
                on: office.now
            )
            if let order { closed.append((line.key, order)) }
        }
        return closed
    }

    /// The order that closes a way of filing a procedure with an office now, by the rule that would refuse a ticket for it.
    func closure(of channel: Channel, _ procedure: Procedure, at id: ID<Agency>) async throws -> ChannelClosed? {
        let closed = try await plans.openings.orders.closure(
            of: channel,
            at: id,
            field: procedure.field,
            procedure: procedure.code.rawValue,
            open: procedure.revision(on: office.now.localDate)?.ways,
            on: office.now
        )
        return closed?.leading(to: procedure.code)
    }

    /// Why no ticket is given at an office now, whatever for; `board` is its own. Asked before anything is filled in.
    func refusal(_ board: DayBoard?, at id: ID<Agency>) async throws -> Problem? {
        if let order = try await order(closing: id) { return order.problem }
        guard let board else { return try await book.closing(id, office.now).problem }
        return board.summary.refusal(at: office.now)?.problem
    }

    /// The office that the address names.
    func agency(_ context: some AudienceContext) async throws -> AgencyProfile {
        let id = ID<Agency>(rawValue: try context.parameters.require("office"))
        guard let agency = try await agencies.tree()[id] else { throw Problem.notFound }
        return agency
    }

    /// The office at which an officer receives people.
    func ownOffice(_ context: OfficerContext) async throws -> AgencyProfile {
        let tree = try await agencies.tree()
        let own = context.officer.agency
        guard let agency = tree.reception(of: own, on: office.now.localDate) ?? tree[own] else {
            throw Problem.notFound
        }
        return agency
    }

    func name(_ line: LineKey, _ say: Language) -> String {
        guard let field = line.field else {
            return line.purpose == .reception ? say("Lĩnh vực khác", "Other fields") : say(line.purpose.words)
        }
        return catalogue.current.fields[field].map { say($0.name) } ?? field
    }
}

/// Times as they are told to people who wait.
struct Telling {
    let board: DayBoard
    let day: LocalDate
    let say: Language

    /// `khoảng 10:40 (10:25–11:00)`, or why there is no such time.
    func time(_ expected: ExpectedTime?, now: Instant) -> String {
        guard let expected else { return say("chưa có quầy mở", "no counter is open yet") }
        // What was foretold when a counter was open is worth nothing once none is, or once the office has closed.
        // Before the first hour it speaks of the counters that are planned.
        guard board.summary.openCounters > 0 || isEarly(at: now) else {
            return say("chưa có quầy mở", "no counter is open yet")
        }
        guard !isOver(at: now) else { return say("đã hết giờ tiếp nhận", "the office has closed") }
        guard let foretold = expected.likely else {
            return say("có thể không kịp trong hôm nay", "perhaps not before closing today")
        }
        if foretold <= now, (expected.latest ?? now) <= now + .minutes(3) {
            return say("sắp đến lượt", "any moment now")
        }
        // Nobody is told a time that has passed.
        let likely = max(foretold, now)
        let range = "\(clock(max(expected.earliest, now)))–\(expected.latest.map(clock) ?? say("hết giờ", "closing"))"
        return say("khoảng \(clock(likely)) (\(range))", "about \(clock(likely)) (\(range))")
    }

    /// Says that the lunch break may lie in between, when it may.
    func lunch(_ expected: ExpectedTime?, now: Instant) -> String? {
        guard let expected else { return nil }
        for (before, after) in zip(board.summary.hours, board.summary.hours.dropFirst()) {
            let (ends, starts) = (instant(before.to), instant(after.from))
            guard now < starts, (expected.latest ?? starts) >= starts else { continue }
            let time = clock(starts)
            return (expected.likely ?? starts) >= starts || now >= ends
                ? say("Lượt của bạn sẽ sau giờ nghỉ trưa, từ \(time).", "Your turn comes after lunch, from \(time).")
                : say(
                    "Lượt của bạn có thể sau \(time), sau giờ nghỉ trưa.",
                    "Your turn may come after lunch, from \(time)."
                )
        }
        return nil
    }

    private func isEarly(at now: Instant) -> Bool { board.summary.hours.first.map { now < instant($0.from) } ?? false }

    private func isOver(at now: Instant) -> Bool { board.summary.hours.last.map { now >= instant($0.to) } ?? true }

    func clock(_ time: Instant) -> String { time.localMinute.timeOfDay }

    private func instant(_ minute: Int) -> Instant { Instant(LocalMinute(date: day, minuteOfDay: minute)) }
}

/// `07:30–11:30, 13:30–17:00`: when the counters serve, which may be other hours than the agency's own.
func hallHours(_ hours: [DaySetting.Hours]) -> String {
    hours.map { "\(LocalMinute.timeOfDay($0.from))–\(LocalMinute.timeOfDay($0.to))" }.joined(separator: ", ")
}

/// A part of a page that is fetched again when the queue has changed; without a script the whole page is.
func live(_ office: ID<Agency>, version: Int, body: () throws -> HTML) rethrows -> HTML {
    """
    <div id="live" data-live="/mot-cua/\(office.rawValue)/live" data-version="\(version)">\(try body())</div>
    """
}
