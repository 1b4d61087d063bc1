import Hummingbird
import Kernel
import Persistence
import Web

/// Where officers read their agency's calendar, and administrators keep it.
struct CalendarRoutes: Sendable {
    let book: CalendarBook
    let office: Office
    /// Panels about an entry, `ID<CalendarEntry>`, tell what the decision has done, for example to due dates.
    let neighbours: Neighbours

    func add(to work: some RouterMethods<OfficerContext>) {
        work.group("calendar")
            .get(use: list)
            .get("new/:kind", use: showNew)
            .post("new/:kind", use: create)
            .get(":entry", use: show)
            .get(":entry/withdraw", use: askWithdrawal)
            .post(":entry/withdraw", use: withdraw)
    }

    /// The longest way to look back or ahead: the list of the country speaks of no other years.
    static let years = 2000...2100

    func list(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let today = office.now.localDate
        let year = try request.query["year"].flatMap { Int(typed: $0, in: Self.years) } ?? today.civil.year
        let agency = context.officer.agency
        let (first, last) = (LocalDate(year: year, month: 1, day: 1), LocalDate(year: year, month: 12, day: 31))
        guard let first, let last else { throw Problem.notFound }
        let entries = try await book.entries(for: agency, from: first, to: last)
        return CalendarPage(
            year: year,
            week: try await book.calendar(of: agency).week(on: today),
            nation: book.nation.daysOff.filter { first <= ($0.until ?? $0.day) && $0.day <= last },
            extra: book.nation.extraWorkingDays.filter { (first...last).contains($0.day) },
            entries: entries,
            facts: try await facts(entries)
        ).show(context)
    }

    func showNew(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.admin)
        return newCalendarEntryPage(try kind(context), context, typed: FormData())
    }

    func create(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.admin)
        let kind = try kind(context)
        let form = try await request.form(context)
        return try await told {
            let decision = try CalendarDecision(form, kind, today: office.now.localDate)
            let entry = try await book.decide(
                decision,
                in: context.officer.agency,
                circumstances(context, basis: decision.document.vi)
            )
            return .redirect(to: "/work/calendar/\(entry.rawValue)")
        } again: { problem in
            newCalendarEntryPage(kind, context, typed: form, problem)
        }
    }

    func show(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let entry = try await entry(context)
        let effects = try await neighbours.panels(about: entry.id, context.language)
        return calendarEntryPage(entry, try await facts([entry]), effects, context)
    }

    func askWithdrawal(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.admin)
        return withdrawalPage(try await ownEntry(context), context, typed: FormData())
    }

    func withdraw(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.admin)
        let form = try await request.form(context)
        let entry = try await ownEntry(context)
        return try await told {
            var reader = FormReader(form)
            let reason = reader.text("reason", max: 200, missing: Self.reasonMissing)
            guard let reason else { throw Problem.invalid(reader.errors) }
            try await book.withdraw(
                entry.id,
                in: context.officer.agency,
                reason: reason,
                circumstances(context)
            )
            return .redirect(to: "/work/calendar/\(entry.id.rawValue)")
        } again: { problem in
            withdrawalPage(entry, context, typed: form, problem)
        }
    }

    private static let reasonMissing = Words(
        "Chưa ghi lý do. Hãy ghi văn bản thu hồi hoặc vì sao mục này sai.",
        "Please name the document that withdraws it, or say what is wrong with the entry."
    )

    // MARK: - What the routes share

    private func kind(_ context: OfficerContext) throws -> CalendarFormKind {
        guard let kind = CalendarFormKind(rawValue: try context.parameters.require("kind")) else {
            throw Problem.notFound
        }
        return kind
    }

    /// An entry that holds for the officer's agency.
    private func entry(_ context: OfficerContext) async throws -> CalendarEntry {
        let id = ID<CalendarEntry>(rawValue: try context.parameters.require("entry"))
        let tree = try await book.agencies.tree()
        let deciding = tree.ancestors(of: context.officer.agency).map(\.id) + [context.officer.agency]
        guard let entry = try await book.entry(id), deciding.contains(entry.agency) else { throw Problem.notFound }
        return entry
    }

    /// Only the authority that has decided can take it back.
    private func ownEntry(_ context: OfficerContext) async throws -> CalendarEntry {
        let entry = try await entry(context)
        guard entry.agency == context.officer.agency else { throw AgencyCalendar.Refusal.noSuchEntry.problem }
        return entry
    }

    private func facts(_ entries: [CalendarEntry]) async throws -> CalendarFacts {
        let officers = entries.flatMap { [$0.decided.by, $0.withdrawn?.deed.by] }.compactMap(\.self)
        return CalendarFacts(
            tree: try await book.agencies.tree(),
            names: try await neighbours.directory.names(of: Set(officers))
        )
    }

    private func circumstances(_ context: OfficerContext, basis: String? = nil) -> Circumstances {
        Circumstances(
            at: office.now,
            actor: .officer(id: context.officer.id),
            request: context.requestID,
            basis: basis
        )
    }
}

/// What the pages need to name agencies and people.
struct CalendarFacts {
    let tree: AgencyTree
    let names: [ID<Officer>: String]

    func agency(_ id: ID<Agency>, _ say: Language) -> String { tree[id].map { say($0.name) } ?? id.rawValue }

    func deed(_ deed: CalendarEntry.Deed, _ say: Language) -> String {
        let who = deed.by.map { names[$0] ?? say("cán bộ đã nghỉ", "a former officer") }
        return "\(deed.at.localMinute.vietnamese)\(who.map { ", \($0)" } ?? "")"
    }
}
