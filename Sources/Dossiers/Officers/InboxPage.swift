import Agencies
import DossierCore
import Hummingbird
import Kernel
import Markup
import PrintedPapers
import Web

/// One of an officer's lists, with the others beside it.
struct InboxPage {
    let inbox: Inbox
    let lists: [Inbox]
    let badges: [Inbox: Int]
    let listing: Listing<DossierRow>
    let now: Instant
    let officer: ActingOfficer
    let colleagues: [Colleague]
    let agencies: [ID<Agency>: Words]

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        return page(say(inbox.name), context, width: .wide) {
            """
            \(inboxTabs(lists, badges, current: inbox, say))
            \(searchField("", say))
            \(listing.items.isEmpty ? nothing(say) : rows(context))
            \(pager(newer: nil, older: listing.next.map { "/work/inbox/\(inbox.slug)?after=\($0.text)" }, say))
            """
        }
    }

    private func nothing(_ say: Language) -> HTML {
        let empty = emptyState(
            say("Không có hồ sơ nào ở đây", "Nothing here"),
            say("Tải lại trang để xem có hồ sơ mới không.", "Reload the page to see what is new.")
        )
        return "\(empty)\(held(say))"
    }

    /// Whoever holds dossiers is not told of an empty list alone.
    private func held(_ say: Language) -> HTML? {
        let count = badges[.mine] ?? 0
        guard inbox != .mine, count > 0 else { return nil }
        let path = "/work/inbox/\(Inbox.mine.slug)"
        return """
            <p>\(say("Bạn đang giữ", "You hold")) <a href="\(path)">\(say("\(count) hồ sơ", count == 1 ? "1 dossier" : "\(count) dossiers"))</a>.</p>
            """
    }

    private func rows(_ context: OfficerContext) -> HTML {
        let say = context.language
        // Only who can do the next step of a dossier in the list.
        let wanted = Set(listing.items.map(\.role))
        let bar = BulkBar(
            inbox: inbox,
            officer: officer,
            colleagues: colleagues.filter { !$0.roles.isDisjoint(with: wanted) }
        )
        guard !bar.acts.isEmpty || !inbox.sheets.isEmpty else {
            return dossierTable(say(inbox.name), listing.items, now: now, say, absent: absent, places: places)
        }
        let form = Form(context)
        return form.post(to: "/work/many") {
            """
            \(dossierTable(say(inbox.name), listing.items, now: now, say, boxes: .empty, absent: absent, places: places))
            \(bar.show(form, say))
            \(printBar(inbox.sheets, say))
            """
        }
    }

    private var places: Places { Places(own: officer.agency, names: agencies) }

    /// Those in whose place the officer stands, by name.
    private var absent: [ID<Officer>: String] {
        let absent = Set(officer.standIns.map(\.absent))
        return Dictionary(
            colleagues.filter { absent.contains($0.id) }.map { ($0.id, $0.name) },
            uniquingKeysWith: { first, _ in first }
        )
    }
}

/// The boxes by which dossiers of a list are chosen; nothing is ticked beforehand.
enum Boxes { case none, empty }

/// What can be printed of the dossiers ticked in a list.
func printBar(_ sheets: [PaperSheet], _ say: Language) -> HTML {
    """
    <div class="bulk"><p id="print-chosen">\(say("In cho các hồ sơ đã chọn:", "Print for the chosen dossiers:"))</p>\
    <div class="prints" role="group" aria-labelledby="print-chosen">\(sheets.map {
        button(say($0.words), .quiet, opens: "/work/papers/\($0.rawValue)")
    })</div></div>
    """
}

/// The lists as tabs, with how much waits in each.
func inboxTabs(_ lists: [Inbox], _ badges: [Inbox: Int], current: Inbox?, _ say: Language) -> HTML {
    """
    <nav class="tabs" aria-label="\(say("Danh sách hồ sơ", "Lists"))"><ul>\(lists.map { list -> HTML in
        """
        <li><a href="/work/inbox/\(list.slug)" \(attribute: "aria-current", list == current ? "page" : nil)>\
        \(say(list.name))\(badge(badges[list] ?? 0, isUrgent: list == .late || list == .answerLate))</a></li>
        """
    })</ul></nav>
    """
}

private func badge(_ count: Int, isUrgent: Bool) -> HTML? {
    guard count > 0 else { return nil }
    let text = count >= InboxReader.most ? "\(InboxReader.most - 1)+" : String(count)
    return " <span class=\"count \(isUrgent ? "bad" : "")\">\(text)</span>"
}

func searchField(_ typed: String, _ say: Language) -> HTML {
    """
    <form class="search" role="search" action="/work/search" method="get">
    <label class="unseen" for="q">\(say("Tìm theo tên, mã hồ sơ, số điện thoại, số giấy tờ, thủ tục", "Name, code, telephone, identity number or procedure"))</label>
    <div><input id="q" name="q" type="search" value="\(typed)" data-key="/" \
    placeholder="\(say("Tên, mã, điện thoại, số giấy tờ, thủ tục", "Name, code, telephone, identity number, procedure"))">
    \(button(say("Tìm", "Search"), .plain))</div>
    </form>
    """
}

/// Dossiers as officers look through them.
func dossierTable(
    _ caption: String,
    _ rows: [DossierRow],
    now: Instant,
    _ say: Language,
    boxes: Boxes = .none,
    absent: [ID<Officer>: String] = [:],
    places: Places? = nil
) -> HTML {
    let isOfOpinions = rows.contains { $0.wanted != nil }
    let columns =
        [
            Column(say("Mã hồ sơ", "Code")), Column(say("Người nộp", "Applicant")),
            Column(say("Thủ tục", "Procedure")), Column(say("Trạng thái", "State")), Column(say("Kênh", "Channel")),
            Column(say("Nộp lúc", "Filed")), Column(say("Hẹn trả", "Due")),
        ] + (isOfOpinions ? [Column(say("Cần ý kiến trước hết", "Opinion wanted by"))] : [])
        + (boxes != .none ? [Column(say("Chọn", "Choose"))] : [])
    return table(
        caption,
        columns,
        density: .dense,
        hidesCaption: true,
        rows: rows.map { row in
            var cells: [HTML] = [
                "<a class=\"code\" href=\"/work/dossiers/\(row.id.rawValue)\">\(row.code.rawValue)</a>",
                "\(row.applicantName)", "\(row.procedureName)",
                "<span>\(row.stage.tag(say))\(row.inPlaceOf.flatMap { absent[$0] }.map { inPlace(of: $0, say) })\(places?.note(row, say))\(row.prepared?.shown(of: row, say))</span>",
                "\(say(row.channel.words))",
                "\(row.filedAt.localMinute.vietnamese)", places?.due(row, now: now, say) ?? due(row, now: now, say),
            ]
            if isOfOpinions { cells.append(row.wantedBy(now: now, say) ?? "–") }
            if boxes != .none {
                cells.append(
                    """
                    <input type="checkbox" name="dossier" value="\(row.id.rawValue)" \
                    aria-label="\(say("Chọn", "Choose")) \(row.code.rawValue)">
                    """
                )
            }
            return cells
        }
    )
}

extension PreparedResult {
    /// What is proposed or decided, with its files, so that nobody signs blind.
    fileprivate func shown(of row: DossierRow, _ say: Language) -> HTML? {
        guard row.stage == .processing || row.stage == .finished else { return nil }
        let name =
            outcome == .granted
            ? say("Kết quả: chấp thuận", "Result: granted") : say("Kết quả: không chấp thuận", "Result: denied")
        return """
            <br><span class="quiet">\(name)\(row.stage == .finished ? "; \(say("trả", "return")): \(say(row.returnBy.words))" : "")</span>\(files.enumerated().map { index, file -> HTML in
                """
                 <a href="/work/dossiers/\(row.id.rawValue)/files/\(file.rawValue)" \
                aria-label="\(say("Tệp kết quả", "Result file")) \(index + 1), \(row.code.rawValue)">\(say("Tệp", "File"))\u{A0}\(index + 1)</a>
                """
            })
            """
    }
}

/// Marks the dossiers of a list that are with another agency, or are another agency's.
struct Places {
    let own: ID<Agency>
    let names: [ID<Agency>: Words]

    func note(_ row: DossierRow, _ say: Language) -> HTML? {
        guard let partner = row.standing.partner else { return nil }
        let name = names[row.agency == own ? partner : row.agency] ?? .anotherAgency
        let words =
            row.agency == own
            ? say("Ở \(name.vi)", "With \(name.en)") : say("Của \(name.vi)", "Of \(name.en)")
        return "<br><span class=\"quiet\">\(words)</span>"
    }

    /// When the part is wanted, for an agency that does one.
    func due(_ row: DossierRow, now: Instant, _ say: Language) -> HTML? {
        guard row.agency != own, let due = row.standing.partDue else { return nil }
        return "\(due.localMinute.vietnamese)\(due < now ? " \(tag(say("Quá hạn", "Late"), .bad))" as HTML : nil)"
    }
}

extension DossierRow {
    /// Its own agency and the other one with which it is; none for a dossier at home.
    var agencies: [ID<Agency>] { standing.partner.map { [agency, $0] } ?? [] }
}

/// The mark on what is done in an absent colleague's place.
func inPlace(of name: String, _ say: Language) -> HTML { " \(tag(say("Thay cho \(name)", "For \(name)"), .waiting))" }

/// What an officer searched for, and what was found.
struct SearchPage {
    let typed: String
    let rows: [DossierRow]
    let now: Instant

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        return page(
            say("Tìm hồ sơ", "Search"),
            context,
            width: .wide,
            crumbs: [Crumb(say("Bàn làm việc", "Workspace"), "/work")]
        ) {
            """
            \(searchField(typed, say))
            \(found(context))
            """
        }
    }

    private func found(_ context: OfficerContext) -> HTML {
        let say = context.language
        guard !rows.isEmpty else {
            return typed.isEmpty
                ? ""
                : emptyState(
                    say("Không tìm thấy hồ sơ nào", "Nothing found"),
                    say(
                        "Thử phần đầu của một từ trong tên (nguyen van), từ bốn chữ số cuối của mã hay số điện thoại, cả số giấy tờ tùy thân, hoặc tên thủ tục.",
                        "Try the beginning of a word of the name, the last four or more digits of the code or telephone, a whole identity number, or a procedure."
                    )
                )
        }
        return """
            \(rows.count == 50 ? notice { "<p>\(say("Còn nhiều kết quả hơn; hãy gõ thêm.", "There are more; please type more."))</p>" } : nil)
            \(Form(context).post(to: "/work/papers/\(PaperSheet.receipt.rawValue)") {
                """
                \(dossierTable(say("Hồ sơ tìm thấy", "Dossiers found"), rows, now: now, say, boxes: .empty))
                \(printBar([.receipt, .handOver], say))
                """
            })
            """
    }
}
