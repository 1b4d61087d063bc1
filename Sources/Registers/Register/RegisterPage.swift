import Agencies
import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Web

/// The register on the screen, a part at a time; it prints as it stands.
struct RegisterPage {
    let query: RegisterQuery
    let errors: [FieldError]
    let readable: [AgencyProfile]
    let catalogue: Catalogue
    let part: RegisterPart
    let totals: RegisterTotals?
    /// The number of the first line.
    let first: Int
    let now: Instant

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        return page(
            say("Sổ theo dõi hồ sơ", "Register of dossiers"),
            context,
            status: errors.isEmpty ? .ok : .unprocessableContent,
            lead: errors.isEmpty ? lead(say) : nil,
            width: .wide,
            crumbs: [Crumb(say("Bàn làm việc", "Workspace"), "/work")]
        ) {
            """
            \(filters(context))
            \(errors.isEmpty ? result(say) : "")
            """
        }
    }

    private func lead(_ say: Language) -> String {
        let filter = query.filter
        let period = say(
            "\(filter.basis.words.vi) từ \(filter.from.vietnamese) đến \(filter.to.vietnamese)",
            "\(filter.basis.words.en) from \(filter.from.vietnamese) to \(filter.to.vietnamese)"
        )
        return [period, query.selection.map { say($0) }].compactMap(\.self).joined(separator: " · ")
    }

    // MARK: - What to look for

    private func filters(_ context: OfficerContext) -> HTML {
        let say = context.language
        let form = Form(context, typed: query.typed, errors: errors)
        return panel {
            """
            \(form.summary)
            <form method="get" action="/work/register" aria-label="\(say("Chọn hồ sơ", "Choose dossiers"))">
            <div class="filters">
            \(form.select("by", say("Tính theo", "By"), choices(RegisterFilter.Basis.self, say) { $0.words }, value: query.filter.basis.rawValue))
            \(form.field("from", say("Từ ngày", "From"), .date, value: query.filter.from.vietnamese))
            \(form.field("to", say("Đến ngày", "To"), .date, value: query.filter.to.vietnamese))
            \(agencyChoice(form, say))
            </div>
            \(disclosure(say("Lọc thêm", "More conditions"), isOpen: isNarrowed) { conditions(form, say) })
            \(actions(button(say("Xem", "Show"), key: "x")))
            </form>
            """
        }
    }

    /// Whether more than a period was asked for.
    private var isNarrowed: Bool {
        ["field", "procedure", "channel", "state", "punctuality"].contains { query.typed.filled($0) != nil }
    }

    private func conditions(_ form: Form, _ say: Language) -> HTML {
        """
        <div class="filters">
        \(form.select("field", say("Lĩnh vực", "Field"), fields(say), required: false))
        \(form.field("procedure", say("Mã thủ tục", "Procedure code"), required: false, maxLength: 8))
        \(form.select("channel", say("Kênh nộp", "Channel"), choices(Channel.self, say) { $0.words }, required: false))
        \(form.select("state", say("Trạng thái", "State"), states(say), required: false))
        \(form.select("punctuality", say("Thời hạn", "Term"), choices(RegisterFilter.Punctuality.self, say) { $0.words }, required: false))
        </div>
        """
    }

    private func agencyChoice(_ form: Form, _ say: Language) -> HTML? {
        guard readable.count > 1, let own = readable.first else { return nil }
        let all = Choice(RegisterQuery.everybody, say("Tất cả cơ quan trực thuộc", "All agencies below"))
        return form.select(
            "agency",
            say("Cơ quan", "Agency"),
            [all] + readable.map { Choice($0.id.rawValue, say($0.name)) },
            value: own.id.rawValue
        )
    }

    private func choices<Word: CaseIterable & RawRepresentable<String>>(
        _ words: Word.Type,
        _ say: Language,
        _ name: (Word) -> Words
    ) -> [Choice] {
        Word.allCases.map { Choice($0.rawValue, say(name($0))) }
    }

    private func states(_ say: Language) -> [Choice] {
        Stage.allCases.filter { $0 != .unfiled }.map { Choice($0.rawValue, say($0.name)) }
    }

    private func fields(_ say: Language) -> [Choice] {
        let used = Set(catalogue.procedures.values.map(\.field))
        return catalogue.fields.values.filter { used.contains($0.key) }
            .sorted { $0.name.vi.folded < $1.name.vi.folded }
            .map { Choice($0.key, say($0.name)) }
    }

    // MARK: - What was found

    private func result(_ say: Language) -> HTML {
        guard !part.entries.isEmpty else {
            return emptyState(
                say("Không có hồ sơ nào trong kỳ này", "No dossier in this period"),
                say("Hãy chọn kỳ khác hoặc bỏ bớt điều kiện.", "Choose another period or fewer conditions.")
            )
        }
        return """
            \(totals.map { counted($0, say) })
            \(actions(
                totals == nil ? linkButton(say("Tính tổng", "Count all"), query.address("/work/register", ["totals": "1"]), .plain, key: "g") : nil,
                linkButton(say("In sổ (PDF)", "Print (PDF)"), query.address("/work/register.pdf"), .plain, key: "p"),
                linkButton(say("Tải Excel (XLSX)", "Download XLSX"), query.address("/work/register.xlsx"), .plain, key: "e"),
                linkButton(say("Tải CSV", "Download CSV"), query.address("/work/register.csv"), .plain)
            ))
            \(lines(say))
            \(turner(say))
            """
    }

    private func counted(_ totals: RegisterTotals, _ say: Language) -> HTML {
        var numbers: [(String, Int)] = [
            (say("Tổng số", "All"), totals.all), (say("Trực tuyến", "Online"), totals.online),
            (say("Bưu chính", "By post"), totals.post), (say("Trực tiếp", "At the counter"), totals.counter),
            (say("Đã giải quyết", "Solved"), totals.solved), (say("Trước hạn", "Early"), totals.solvedEarly),
            (say("Đúng hạn", "On time"), totals.solvedOnTime), (say("Quá hạn", "Late"), totals.solvedLate),
            (say("Đang giải quyết", "Open"), totals.open), (say("Trong hạn", "In time"), totals.openInTime),
            (say("Đã quá hạn", "Overdue"), totals.openLate),
        ]
        if totals.cancelled > 0 {
            numbers.append(
                (say("Nhập nhầm, đã hủy (không tính)", "Entered by mistake (not counted)"), totals.cancelled)
            )
        }
        let facts = panel(say("Tổng hợp trong kỳ", "The whole period")) {
            definitionList(numbers.map { ($0.0, "\($0.1)" as HTML) })
        }
        return "<div class=\"numbers\">\(facts)</div>"
    }

    private func lines(_ say: Language) -> HTML {
        let columns = RegisterColumns(query, now: now, say)
        let withAgency = query.agencies.count > 1
        var headings = [
            Column(say("TT, mã hồ sơ", "No., code")), Column(say("Thủ tục", "Procedure")),
            Column(say("Cá nhân, tổ chức", "Applicant")), Column(say("Nhận", "Received")),
            Column(say("Hẹn trả", "Due")), Column(say("Trả", "Returned")),
            Column(say("Nhận kết quả", "Way of return")), Column(say("Trạng thái", "State")),
        ]
        if withAgency { headings.insert(Column(say("Cơ quan", "Agency")), at: 1) }
        return table(
            say("Sổ theo dõi hồ sơ", "Register of dossiers"),
            headings,
            density: .dense,
            hidesCaption: true,
            rows: part.entries.enumerated().map { index, entry in
                var cells: [HTML] = [
                    "\(first + index). \(link(entry))", "\(entry.procedureName)", person(entry),
                    minute(entry.registered.receivedAt), minute(entry.dueAt), minute(entry.registered.returnedAt),
                    """
                    <span>\(say(entry.returnMethod.words))\
                    \(entry.registered.resultNumber.map { "<small>\(say("Số", "No.")) \($0)</small>" as HTML })</span>
                    """,
                    """
                    \(entry.stage.tag(say))\
                    \(entry.isLate(at: now) ? " \(tag(say("Quá hạn", "Late"), .bad))" as HTML : nil)
                    """,
                ]
                if withAgency { cells.insert("\(columns.agencies[entry.agency])", at: 1) }
                return cells
            }
        )
    }

    /// Only the agency's own dossiers can be opened.
    private func link(_ entry: RegisterEntry) -> HTML {
        guard entry.agency == readable.first?.id else { return "<span class=\"code\">\(entry.code.rawValue)</span>" }
        return "<a class=\"code\" href=\"\(WorkLinks.dossier(entry.id))\">\(entry.code.rawValue)</a>"
    }

    private func person(_ entry: RegisterEntry) -> HTML {
        let reach = [entry.registered.address, entry.registered.phone].compactMap(\.self)
        return
            "\(entry.applicantName)\(reach.isEmpty ? nil : "<small>\(reach.joined(separator: " · "))</small>" as HTML)"
    }

    private func minute(_ at: Instant?) -> HTML { at.map { "\($0.localMinute.vietnamese)" } ?? "–" }

    private func turner(_ say: Language) -> HTML? {
        guard first > 1 || part.next != nil else { return nil }
        let next = part.next.map { place in
            query.address("/work/register", ["after": place.text, "number": String(first + part.entries.count)])
        }
        return """
            <nav class="pager" aria-label="\(say("Phân trang", "Pages"))">\
            \(first > 1 ? "<a href=\"\(query.address("/work/register"))\">← \(say("Đầu sổ", "First page"))</a>" as HTML : nil)\
            \(next.map { "<a rel=\"next\" href=\"\($0)\">\(say("Trang sau", "Next page")) →</a>" as HTML })</nav>
            """
    }
}
