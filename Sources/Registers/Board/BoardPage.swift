import Agencies
import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Web

/// Late and nearly due dossiers: how many in each agency, and for each who holds it, since when and at which step.
struct BoardPage {
    let question: BoardQuestion
    let readable: [AgencyProfile]
    /// One of several agencies; nil for all.
    let chosen: AgencyProfile?
    let counts: [ID<Agency>: [BoardQuestion: Int]]
    let listing: Listing<DossierRow>
    let names: [ID<Officer>: String]
    /// Other agencies that do their part.
    let partners: [ID<Agency>: Words]
    let catalogue: Catalogue
    let calendar: WorkingCalendar
    let now: Instant
    /// The officer's agency, whose dossiers open.
    let own: ID<Agency>

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        return page(
            say("Bảng theo dõi thời hạn", "Board of time limits"),
            context,
            // On paper the lists to choose from are left out.
            lead: say(question.name)
                + say(", lúc \(now.localMinute.vietnamese)", ", at \(now.localMinute.vietnamese)"),
            width: .wide,
            crumbs: [Crumb(say("Bàn làm việc", "Workspace"), "/work")]
        ) {
            """
            \(agencies(say))
            \(tabs(
                say("Hồ sơ", "Dossiers"),
                BoardQuestion.allCases.map { Tab(say($0.name), address($0, chosen)) },
                current: BoardQuestion.allCases.firstIndex(of: question) ?? 0
            ))
            \(chosen.map { agency in
                "<p>\(say(agency.name)) · <a href=\"\(address(question, nil))\">\(say("Xem tất cả cơ quan", "All agencies"))</a></p>" as HTML
            })
            \(listing.items.isEmpty ? nothing(say) : list(say))
            \(pager(newer: nil, older: listing.next.map { "\(address(question, chosen))&after=\($0.text)" }, say))
            """
        }
    }

    private func address(_ question: BoardQuestion, _ agency: AgencyProfile?) -> String {
        "/work/board?show=\(question.rawValue)"
            + (agency.map { "&agency=\(PercentEncoding.escaped($0.id.rawValue))" } ?? "")
    }

    // MARK: - How many

    private func agencies(_ say: Language) -> HTML {
        let busy = readable.filter { agency in counts[agency.id]?.values.contains { $0 > 0 } == true }
        let quiet = readable.count - busy.count
        guard !busy.isEmpty else { return "" }
        return """
            \(table(
                say("Số hồ sơ theo cơ quan", "Dossiers by agency"),
                [Column(say("Cơ quan", "Agency"))] + BoardQuestion.allCases.map { Column(say($0.name), numeric: true) },
                density: .dense,
                hidesCaption: true,
                rows: busy.map { agency in ["\(say(agency.name))"] + BoardQuestion.allCases.map { number($0, agency, say) } }
            ))
            \(quiet == 0 ? nil : "<p class=\"quiet\">\(say("\(quiet) cơ quan khác không có hồ sơ nào trong bảng này.", "\(quiet) other agencies have none."))</p>" as HTML)
            """
    }

    private func number(_ question: BoardQuestion, _ agency: AgencyProfile, _ say: Language) -> HTML {
        let count = counts[agency.id]?[question] ?? 0
        guard count > 0 else { return "0" }
        let text = count >= DossierBook.mostCounted ? "\(DossierBook.mostCounted - 1)+" : String(count)
        return """
            <a href="\(address(question, agency))">\(question.isUrgent ? tag(text, .bad) : "\(text)")\
            <span class="unseen"> \(say(question.name)), \(say(agency.name))</span></a>
            """
    }

    // MARK: - Which

    private func nothing(_ say: Language) -> HTML {
        emptyState(
            say("Không có hồ sơ nào", "No dossier"),
            say(
                "Không có hồ sơ “\(question.name.vi.lowercased())” lúc này.",
                "None is “\(question.name.en.lowercased())” at present."
            )
        )
    }

    private func list(_ say: Language) -> HTML {
        let withAgency = readable.count > 1 && chosen == nil
        let agencyNames = Dictionary(readable.map { ($0.id, say($0.name)) }, uniquingKeysWith: { first, _ in first })
        var columns = [
            Column(say("Mã hồ sơ", "Code")), Column(say("Thủ tục", "Procedure")), Column(say("Ai đang giữ", "Held by")),
            Column(say("Từ", "Since")), Column(say("Bước", "Step")),
            Column(say(endName)),
        ]
        if withAgency { columns.insert(Column(say("Cơ quan", "Agency")), at: 1) }
        return table(
            say(question.name),
            columns,
            density: .dense,
            hidesCaption: true,
            rows: listing.items.map { row in
                var cells: [HTML] = [
                    code(row), "\(row.procedureName)", holder(row, say), since(row, say), step(row, say), end(row, say),
                ]
                if withAgency { cells.insert("\(agencyNames[row.agency] ?? "")", at: 1) }
                return cells
            }
        )
    }

    private var endName: Words {
        switch question {
        case .waiting: Words("Hạn bổ sung", "To be answered by")
        case .answerLate: Words("Hạn trả lời", "Answer due")
        case .late, .today, .soon: Words("Hẹn trả", "Due")
        }
    }

    /// Another agency's dossier is told of, not opened.
    private func code(_ row: DossierRow) -> HTML {
        guard row.agency == own else { return "<span class=\"code\">\(row.code.rawValue)</span>" }
        return "<a class=\"code\" href=\"\(WorkLinks.dossier(row.id))\">\(row.code.rawValue)</a>"
    }

    private func holder(_ row: DossierRow, _ say: Language) -> HTML {
        let holding = Holding(row)
        return "\(say(holding.holderName(names, partners)))"
    }

    private func since(_ row: DossierRow, _ say: Language) -> HTML {
        guard let since = row.standing.heldSince else { return "–" }
        let days = calendar.workingDays(from: since.localDate, to: now.localDate)
        return """
            <span>\(since.localMinute.vietnamese)\
            \(days == 0 ? nil : " <span class=\"quiet\">(\(say("\(days) ngày làm việc", days == 1 ? "1 working day" : "\(days) working days")))</span>" as HTML)</span>
            """
    }

    private func step(_ row: DossierRow, _ say: Language) -> HTML {
        // The rules of the day on which it was filed are those under which it is handled.
        let steps =
            ProcedureCode(rawValue: row.procedureCode).flatMap { catalogue[$0] }?
            .revision(on: row.filedAt.localDate)?.steps ?? []
        let holding = Holding(row)
        return "\(say(holding.stepName(steps.map(\.name))))"
    }

    private func end(_ row: DossierRow, _ say: Language) -> HTML {
        if question == .waiting {
            guard let ends = row.standing.answerEnds else { return "–" }
            // The end is the first moment of the day after.
            let day = ends.localDate.adding(days: -1).vietnamese
            return "<span>\(day)\(ends <= now ? " \(tag(say("Quá hạn", "Passed"), .bad))" as HTML : nil)</span>"
        }
        guard let due = question.key(of: row) else { return "–" }
        guard due < now else { return "\(due.localMinute.vietnamese)" }
        let days = calendar.workingDays(from: due.localDate.adding(days: 1), to: now.localDate.adding(days: 1))
        let late =
            days == 0
            ? say("Trễ trong ngày", "Late since today")
            : say("Trễ \(days) ngày làm việc", days == 1 ? "1 working day late" : "\(days) working days late")
        return "<span>\(due.localMinute.vietnamese) \(tag(late, .bad))</span>"
    }
}
