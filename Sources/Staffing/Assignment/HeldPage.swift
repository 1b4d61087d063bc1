import DossierCore
import Hummingbird
import Kernel
import Markup
import Web

/// What one officer holds, to be looked through before it is given to others. It names no applicants, because
/// administrators come here too.
struct HeldPage {
    let name: String
    let path: String
    let rows: [DossierRow]
    let colleagues: [Colleague]
    let away: Set<ID<Officer>>
    let now: Instant
    let typed: FormData
    let problem: Problem?

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        let form = Form(context, typed: typed, errors: problem?.errors ?? [])
        return page(
            say("Chuyển giao hồ sơ của \(name)", "Dossiers of \(name)"),
            context,
            lead: say("\(rows.count) hồ sơ chưa xong", "\(rows.count) open dossiers"),
            width: .wide,
            crumbs: [
                Crumb(say("Bàn làm việc", "Workspace"), "/work"),
                Crumb(say("Vắng mặt", "Absences"), "/work/absences"),
            ]
        ) {
            """
            \(form.summary)\(problem.flatMap { refusal($0, say) })
            \(rows.isEmpty
                ? emptyState(say("Không giữ hồ sơ nào", "Holds nothing"), say("Không có gì để chuyển giao.", "There is nothing to give away."))
                : form.post(to: path) {
                    """
                    \(form.select("officer", say("Chuyển các hồ sơ đã chọn cho", "Give the chosen dossiers to"), choices(say), value: "share"))
                    \(list(say))
                    \(actions(button(say("Chuyển giao", "Give them over"))))
                    """
                })
            """
        }
    }

    private func choices(_ say: Language) -> [Choice] {
        let share = Choice(
            "share",
            say("Chia cho người cùng vai trò đang giữ ít nhất", "Shared among those of the same role, by load")
        )
        return [share]
            + colleagues.filter { !$0.roles.isDisjoint(with: Absence.lendable) }.map { colleague in
                let roles = Role.allCases.filter(colleague.roles.contains).map { say($0.words).lowercased() }
                let absence = away.contains(colleague.id) ? say(" – đang vắng", " – away") : ""
                return Choice(
                    colleague.id.rawValue,
                    "\(colleague.name) (\(roles.joined(separator: ", ")))\(absence)"
                )
            }
    }

    private func list(_ say: Language) -> HTML {
        table(
            say("Hồ sơ đang giữ", "Dossiers held"),
            [
                Column(say("Mã hồ sơ", "Code")), Column(say("Thủ tục", "Procedure")),
                Column(say("Trạng thái", "State")), Column(say("Bước của", "Step of")), Column(say("Hẹn trả", "Due")),
                Column(say("Chọn", "Choose")),
            ],
            density: .dense,
            hidesCaption: true,
            rows: rows.map { row in
                [
                    "<span class=\"code\">\(row.code.rawValue)</span>", "\(row.procedureName)", row.stage.tag(say),
                    "\(say(row.role.words))", due(row, now: now, say),
                    """
                    <input type="checkbox" name="dossier" value="\(row.id.rawValue)" \
                    \(attribute: "checked", when: typed.all("dossier").contains(row.id.rawValue)) \
                    aria-label="\(say("Chọn", "Choose")) \(row.code.rawValue)">
                    """,
                ]
            }
        )
    }
}
