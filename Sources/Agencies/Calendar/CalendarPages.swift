import Hummingbird
import Kernel
import Markup
import Web

/// The days of a year on which an agency departs from its ordinary week.
struct CalendarPage {
    let year: Int
    let week: WeeklyHours
    let nation: [DayOff]
    let extra: [ExtraWorkingDay]
    let entries: [CalendarEntry]
    let facts: CalendarFacts

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        let mayDecide = context.officer.roles.contains(.admin)
        return page(
            say("Lịch làm việc năm \(year)", "Calendar of \(year)"),
            context,
            lead: context.officer.agencyName,
            width: .wide
        ) {
            """
            \(mayDecide ? actions(
                linkButton(say(CalendarFormKind.dayOff.words), "/work/calendar/new/day-off", key: "n"),
                linkButton(say(CalendarFormKind.workingDay.words), "/work/calendar/new/working-day", .plain),
                linkButton(say(CalendarFormKind.week.words), "/work/calendar/new/week", .plain)
            ) : nil)
            \(panel(say("Giờ làm việc hiện nay", "Working hours at present")) {
                """
                <ul>\(week.lines(say).map { "<li>\($0)</li>" as HTML })</ul>
                <p class="quiet">\(say("Thời hạn giải quyết được tính theo giờ này; giờ tiếp dân tại bộ phận một cửa có thể khác.", "Terms are counted by these hours; the one-stop office may be open at others."))</p>
                """
            })
            \(days(say))
            \(years(say))
            """
        }
    }

    private func days(_ say: Language) -> HTML {
        let lines = (nation.map { line($0, say) } + extra.map { line($0, say) } + entries.map { line($0, say) })
            .sorted { $0.day < $1.day }
        guard !lines.isEmpty else {
            return emptyState(
                say("Chưa có ngày nào được công bố cho năm này", "No days are known for this year"),
                say("Lịch nghỉ được công bố hằng năm.", "Days off are announced every year.")
            )
        }
        return table(
            say("Ngày nghỉ, ngày làm việc thêm và giờ riêng", "Days off, extra working days and special hours"),
            [
                Column(say("Ngày", "Day")), Column(say("Thay đổi", "Change")), Column(say("Lý do", "Reason")),
                Column(say("Căn cứ", "Basis")), Column(say("Ai quyết định", "Decided by")),
            ],
            density: .dense,
            rows: lines.map(\.cells)
        )
    }

    private typealias Line = (day: LocalDate, cells: [HTML])

    private func line(_ day: DayOff, _ say: Language) -> Line {
        let expected: HTML? = day.status == .expected ? " \(tag(say("Dự kiến", "Expected"), .waiting))" : nil
        return (
            day.day,
            [
                .text(span(day.day, day.until ?? day.day)), "<span>\(say("Nghỉ", "Closed"))\(expected)</span>",
                .text(say(day.vi, day.en)), .text(day.basis), .text(say("Cả nước", "The whole country")),
            ]
        )
    }

    private func line(_ day: ExtraWorkingDay, _ say: Language) -> Line {
        (
            day.day,
            [
                .text(day.day.vietnamese), .text(say("Làm việc", "Worked")),
                .text(say("Làm bù ngày \(day.replaces.vietnamese)", "In exchange for \(day.replaces.vietnamese)")),
                .text(day.basis), .text(say("Cả nước", "The whole country")),
            ]
        )
    }

    private func line(_ entry: CalendarEntry, _ say: Language) -> Line {
        let decision = entry.decision
        let withdrawn: HTML? = entry.withdrawn.map { _ in " \(tag(say("Đã thu hồi", "Withdrawn"), .bad))" }
        return (
            decision.first,
            [
                "<a href=\"/work/calendar/\(entry.id.rawValue)\">\(decision.when(say))</a>",
                "<span>\(decision.what(say))\(withdrawn)</span>", .text(decision.reason),
                .text(say(decision.document.vi, decision.document.en)),
                """
                <span>\(facts.agency(entry.agency, say))<br>\
                <span class="quiet">\(facts.deed(entry.decided, say))</span></span>
                """,
            ]
        )
    }

    private func years(_ say: Language) -> HTML {
        actions(
            linkButton("← \(year - 1)", "/work/calendar?year=\(year - 1)", .plain),
            linkButton("\(year + 1) →", "/work/calendar?year=\(year + 1)", .plain)
        )
    }
}

private func span(_ first: LocalDate, _ last: LocalDate) -> String {
    first == last ? first.vietnamese : "\(first.vietnamese)–\(last.vietnamese)"
}

extension CalendarDecision {
    fileprivate func when(_ say: Language) -> String {
        last.map { span(first, $0) } ?? say("Từ \(first.vietnamese)", "From \(first.vietnamese)")
    }

    fileprivate func what(_ say: Language) -> String {
        switch change {
        case .dayOff: say("Nghỉ", "Closed")
        case .workingDay(_, let hours):
            say("Làm việc ", "Worked ") + hours.map { $0.rawValue.replacing("-", with: "–") }.joined(separator: ", ")
        case .week(_, let hours): say("Giờ làm việc: ", "Working hours: ") + hours.lines(say).joined(separator: "; ")
        }
    }
}

/// Where an administrator enters what the authority has decided.
func newCalendarEntryPage(
    _ kind: CalendarFormKind,
    _ context: OfficerContext,
    typed: FormData,
    _ problem: Problem? = nil
) -> Response {
    let say = context.language
    let form = Form(context, typed: typed, errors: problem?.errors ?? [])
    return page(
        say(kind.words),
        context,
        lead: context.officer.agencyName,
        crumbs: [Crumb(say("Lịch làm việc", "Calendar"), "/work/calendar")]
    ) {
        """
        \(form.summary)\(problem.flatMap { refusal($0, say) })
        \(notice { """
            <p>\(say(
                "Áp dụng cho cơ quan này và các cơ quan trực thuộc. Ngày hẹn trả của hồ sơ đang giải quyết được tính lại, người nộp thấy ngày mới kèm số văn bản.",
                "It holds for this agency and those below it. The due dates of open dossiers are counted again; applicants see the new date with the document's number."
            ))</p>
            """ })
        \(form.post(to: "/work/calendar/new/\(kind.rawValue)") {
            """
            \(fields(kind, form, say))
            \(form.field("reason", say("Lý do", "Reason"), hint: say("Người dân đọc được. Ví dụ: Nghỉ tránh bão số 10.", "Citizens read it, such as: Closed because of a storm."), maxLength: 200))
            \(form.field("number", say("Số văn bản", "Number of the document"), hint: say("Ví dụ 12/QĐ-UBND.", "Such as 12/QĐ-UBND."), maxLength: 60, autocomplete: "off"))
            \(form.field("date", say("Ngày văn bản", "Date of the document"), .date))
            \(actions(
                button(say("Ghi vào lịch", "Enter it")),
                linkButton(say("Quay lại", "Back"), "/work/calendar", .plain, key: "u")
            ))
            """
        })
        """
    }
}

private func fields(_ kind: CalendarFormKind, _ form: Form, _ say: Language) -> HTML {
    switch kind {
    case .dayOff:
        """
        \(form.field("first", say("Ngày nghỉ đầu tiên", "First day off"), .date))
        \(form.field("last", say("Ngày nghỉ cuối cùng", "Last day off"), .date, hint: say("Để trống nếu chỉ nghỉ một ngày.", "Leave empty for one day."), required: false))
        """
    case .workingDay: "\(form.field("day", say("Ngày", "Day"), .date))\(hours(form, say))"
    case .week:
        """
        \(form.field("from", say("Áp dụng từ ngày", "In force from"), .date))
        <p>\(say("Từ thứ Hai đến thứ Sáu:", "Monday to Friday:"))</p>
        \(hours(form, say))
        \(form.field("saturday", say("Sáng thứ Bảy", "Saturday morning"), hint: say("Chỉ ghi nếu thứ Bảy là ngày làm việc khi tính thời hạn.", "Only if Saturday is to count as a working day of terms."), required: false, maxLength: 20))
        """
    }
}

private func hours(_ form: Form, _ say: Language) -> HTML {
    """
    \(form.field("morning", say("Giờ buổi sáng", "Hours of the morning"), hint: say("Ví dụ 07:30-11:30; để trống nếu không làm.", "Such as 07:30-11:30; empty when closed."), required: false, maxLength: 20))
    \(form.field("afternoon", say("Giờ buổi chiều", "Hours of the afternoon"), hint: say("Ví dụ 13:30-17:00.", "Such as 13:30-17:00."), required: false, maxLength: 20))
    """
}

/// One decision: what, why, who and when, and what has become of it.
func calendarEntryPage(_ entry: CalendarEntry, _ facts: CalendarFacts, _ effects: [HTML], _ context: OfficerContext)
    -> Response
{
    let say = context.language
    let mayWithdraw =
        entry.withdrawn == nil && entry.agency == context.officer.agency && context.officer.roles.contains(.admin)
    return page(
        "\(entry.decision.what(say)): \(entry.decision.when(say))",
        context,
        lead: facts.agency(entry.agency, say),
        crumbs: [Crumb(say("Lịch làm việc", "Calendar"), "/work/calendar?year=\(entry.decision.first.civil.year)")]
    ) {
        """
        \(entry.withdrawn.map { withdrawal in
            notice(.bad, title: say("Đã thu hồi", "Withdrawn")) {
                "<p>\(withdrawal.reason)</p><p class=\"quiet\">\(facts.deed(withdrawal.deed, say))</p>"
            }
        })
        \(panel(say("Quyết định", "Decision")) {
            definitionList([
                (say("Thay đổi", "Change"), .text(entry.decision.what(say))),
                (say("Ngày", "Day"), .text(entry.decision.when(say))),
                (say("Lý do", "Reason"), .text(entry.decision.reason)),
                (say("Văn bản", "Document"), .text(say(entry.decision.document.vi, entry.decision.document.en))),
                (say("Cơ quan", "Authority"), .text(facts.agency(entry.agency, say))),
                (say("Ghi vào lịch", "Entered"), .text(facts.deed(entry.decided, say))),
            ])
        })
        \(effects)
        \(mayWithdraw ? actions(
            linkButton(say("Thu hồi", "Withdraw"), "/work/calendar/\(entry.id.rawValue)/withdraw", .danger)
        ) : nil)
        """
    }
}

/// Asks before a decision is taken back.
func withdrawalPage(
    _ entry: CalendarEntry,
    _ context: OfficerContext,
    typed: FormData,
    _ problem: Problem? = nil
) -> Response {
    let say = context.language
    let form = Form(context, typed: typed, errors: problem?.errors ?? [])
    let path = "/work/calendar/\(entry.id.rawValue)"
    return page(
        say("Thu hồi mục trong lịch", "Withdraw an entry"),
        context,
        lead: "\(entry.decision.what(say)): \(entry.decision.when(say))",
        crumbs: [Crumb(say("Lịch làm việc", "Calendar"), "/work/calendar")]
    ) {
        """
        \(form.summary)\(problem.flatMap { refusal($0, say) })
        \(notice(.waiting) { """
            <p>\(say(
                "Ngày hẹn trả của hồ sơ đang giải quyết sẽ được tính lại và hiện ở trang hồ sơ của người nộp. Mục này vẫn còn trong sổ.",
                "The due dates of open dossiers will be counted again and stand on the applicants’ pages. The entry stays in the book."
            ))</p>
            """ })
        \(form.post(to: "\(path)/withdraw") {
            """
            \(form.field("reason", say("Văn bản thu hồi hoặc lý do", "Document or reason"), hint: say("Ví dụ: Quyết định 15/QĐ-UBND ngày 24/11/2026, hoặc: nhập nhầm ngày.", "Such as: Decision 15/QĐ-UBND, or: wrong day entered."), maxLength: 200))
            \(actions(
                button(say("Thu hồi", "Withdraw"), .danger),
                linkButton(say("Quay lại", "Back"), path, .plain, key: "u")
            ))
            """
        })
        """
    }
}
