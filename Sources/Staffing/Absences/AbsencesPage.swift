import DossierCore
import Hummingbird
import Kernel
import Markup
import Web

/// Who is away from an agency and who stands in, with the form to record it.
struct AbsencesPage {
    let entries: [AbsenceBook.Entry]
    let colleagues: [Colleague]
    let names: [ID<Officer>: String]
    let today: LocalDate
    let typed: FormData
    let problem: Problem?
    let done: String?

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        let form = Form(context, typed: typed, errors: problem?.errors ?? [])
        return page(
            say("Vắng mặt và người thay thế", "Absence and stand-in"),
            context,
            lead: say(
                "Trong những ngày này, người thay thế thấy và làm tiếp hồ sơ của người vắng mặt.",
                "On these days the stand-in sees and goes on with the dossiers of whoever is away."
            ),
            width: .wide,
            crumbs: [Crumb(say("Bàn làm việc", "Workspace"), "/work")]
        ) {
            """
            \(success(say))\(form.summary)\(problem.flatMap { refusal($0, say) })
            \(entries.isEmpty
                ? emptyState(say("Chưa ghi lần vắng mặt nào", "Nobody is away"), say("Ghi ở mẫu bên dưới.", "Record it below."))
                : list(context))
            \(panel(say("Ghi vắng mặt, ủy quyền", "Record an absence")) { entry(form, context) })
            """
        }
    }

    private func success(_ say: Language) -> HTML? {
        let words: String? =
            switch done {
            case "recorded": say("Đã ghi. Tự hết hiệu lực sau ngày cuối.", "Recorded. It ends by itself.")
            case "ended": say("Đã kết thúc; quyền thay thế hết ngay.", "Ended; the stand-in's rights are gone.")
            default: nil
            }
        return words.map { words in notice(.good) { "<p>\(words)</p>" } }
    }

    // MARK: - The list

    private func list(_ context: OfficerContext) -> HTML {
        let say = context.language
        return table(
            say("Các lần vắng mặt", "Absences"),
            [
                Column(say("Người vắng mặt", "Who is away")), Column(say("Thời gian", "When")),
                Column(say("Người thay thế", "Stand-in")), Column(say("Văn bản", "Document")),
                Column(say("Tình trạng", "State")), Column(say("Việc", "To do")),
            ],
            density: .dense,
            hidesCaption: true,
            rows: entries.map { entry in
                [
                    "\(name(entry.officer, say))", "\(entry.from.vietnamese) – \(entry.until.vietnamese)",
                    deputy(entry, say), "\(entry.document ?? "–")", state(entry, say), acts(entry, context),
                ]
            }
        )
    }

    private func name(_ officer: ID<Officer>, _ say: Language) -> String {
        names[officer] ?? say("Cán bộ đã nghỉ", "A former officer")
    }

    private func deputy(_ entry: AbsenceBook.Entry, _ say: Language) -> HTML {
        guard let deputy = entry.deputy else { return "\(say("Không có", "Nobody"))" }
        return """
            <span>\(name(deputy, say)) <span class="quiet">(\(words(entry.roles, say)))</span></span>
            """
    }

    private func words(_ roles: Set<Role>, _ say: Language) -> String {
        Role.allCases.filter(roles.contains).map { say($0.words).lowercased() }.joined(separator: ", ")
    }

    private func state(_ entry: AbsenceBook.Entry, _ say: Language) -> HTML {
        if let ended = entry.endedAt {
            return tag(say("Kết thúc sớm \(ended.localDate.vietnamese)", "Ended \(ended.localDate.vietnamese)"))
        }
        if entry.isOver(on: today) { return tag(say("Đã hết", "Over")) }
        return entry.from > today
            ? tag(say("Sắp tới", "To come"), .active) : tag(say("Đang vắng", "Away"), .waiting)
    }

    private func acts(_ entry: AbsenceBook.Entry, _ context: OfficerContext) -> HTML {
        let say = context.language
        let roles = context.officer.roles
        let mayEnd =
            !entry.isOver(on: today) && (roles.contains(.leader) || entry.officer == context.officer.id)
        let end: HTML? =
            mayEnd
            ? Form(context).post(to: "/work/absences/\(entry.id.rawValue)/end") {
                button(say("Kết thúc", "End it"), .quiet)
            } : nil
        let held: HTML? =
            !roles.isDisjoint(with: [.leader, .admin])
            ? linkButton(say("Hồ sơ đang giữ", "Dossiers held"), "/work/held/\(entry.officer.rawValue)", .quiet) : nil
        guard end != nil || held != nil else { return "–" }
        return "<div class=\"acts\">\(end)\(held)</div>"
    }

    // MARK: - The form

    private func entry(_ form: Form, _ context: OfficerContext) -> HTML {
        let say = context.language
        let isLeader = context.officer.roles.contains(.leader)
        let choices = colleagues.map { Choice($0.id.rawValue, "\($0.name) (\(words($0.roles, say)))") }
        let own = Absence.lendable.filter { isLeader || context.officer.roles.contains($0) }
        return form.post(to: "/work/absences") {
            """
            \(isLeader
                ? form.select("officer", say("Người vắng mặt", "Who is away"), choices, value: context.officer.id.rawValue)
                : "<p>\(say("Người vắng mặt", "Who is away")): <strong>\(context.officer.name)</strong></p>")
            \(form.field("from", say("Từ ngày", "First day"), .date, value: today.vietnamese))
            \(form.field("until", say("Đến hết ngày", "Last day"), .date))
            \(form.select(
                "deputy",
                say("Người thay thế", "Stand-in"),
                choices.filter { isLeader || $0.value != context.officer.id.rawValue },
                hint: say("Để trống nếu không có; khi đó lãnh đạo chuyển giao hồ sơ.", "Leave empty if there is none."),
                required: false
            ))
            \(form.checkboxes(
                "role",
                say("Thay trong vai trò", "Stands in as"),
                own.map { Choice($0.rawValue, say($0.words)) },
                hint: say(
                    "Vai trò lãnh đạo là ủy quyền ký: phải có số văn bản.",
                    "A leader's role means signing: it needs the number of a document."
                )
            ))
            \(form.field(
                "document",
                say("Số văn bản ủy quyền", "Number of the document"),
                hint: say("Ví dụ 12/QĐ-STP.", "Such as 12/QĐ-STP."),
                required: false,
                maxLength: 60,
                autocomplete: "off"
            ))
            \(actions(button(say("Ghi", "Record"))))
            """
        }
    }
}
