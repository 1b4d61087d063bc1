import Catalogue
import Hummingbird
import Kernel
import Markup
import Persistence
import Web

/// The rules by which an agency gives out its work, how they came to be, and the form for one more.
struct AssignmentPage {
    let rules: [AssignmentBook.Rule]
    let history: [Recorded<AssignmentRules.Event>]
    let colleagues: [Colleague]
    let names: [ID<Officer>: String]
    let catalogue: CatalogueBook
    let typed: FormData
    let problem: Problem?

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        let form = Form(context, typed: typed, errors: problem?.errors ?? [])
        return page(
            say("Phân công", "Assignment"),
            context,
            lead: say(
                "Ai nhận hồ sơ khi chuyển xử lý và khi chuyển bước. Quy tắc hẹp hơn được dùng trước.",
                "Who gets a dossier at hand-over and when a step is done. The narrower rule counts."
            ),
            width: .wide,
            crumbs: [Crumb(say("Bàn làm việc", "Workspace"), "/work")]
        ) {
            """
            \(form.summary)\(problem.flatMap { refusal($0, say) })
            \(rules.isEmpty
                ? emptyState(
                    say("Chưa có quy tắc", "No rules yet"),
                    say("Hồ sơ chờ ai có vai trò thì nhận.", "Dossiers wait for anyone with the role."))
                : list(context))
            \(panel(say("Đặt quy tắc", "Set a rule")) { entry(form, say) })
            \(history.isEmpty ? nil : panel(say("Lịch sử", "History")) { timeline(past(say)) })
            """
        }
    }

    // MARK: - The rules

    private func list(_ context: OfficerContext) -> HTML {
        let say = context.language
        let form = Form(context)
        return table(
            say("Quy tắc phân công", "Rules of assignment"),
            [
                Column(say("Phạm vi", "For")), Column(say("Vai trò", "Role")), Column(say("Giao cho", "Given to")),
                Column(say("Việc", "To do")),
            ],
            density: .dense,
            hidesCaption: true,
            rows: rules.map { rule in
                [
                    "\(words(rule.scope, say))", "\(say(rule.role.words))", "\(words(rule.way, say))",
                    form.post(to: "/work/assignment/remove") {
                        """
                        \(form.hidden("role", rule.role.rawValue))\(form.hidden("scope", rule.scope.text))\
                        \(button(say("Bỏ", "Remove"), .quiet))
                        """
                    },
                ]
            }
        )
    }

    private func words(_ scope: AssignmentRules.Scope, _ say: Language) -> String {
        switch scope {
        case .everything: say("Mọi thủ tục", "Every procedure")
        case .field(let key):
            say("Lĩnh vực ", "Field: ") + (catalogue.current.fields[key].map { say($0.name) } ?? key)
        case .procedure(let code):
            (ProcedureCode(rawValue: code).flatMap { catalogue.procedure($0) }.map { say($0.name) } ?? "")
                + " (\(code))"
        }
    }

    private func words(_ way: AssignmentRules.Way, _ say: Language) -> String {
        let people = way.officers.map { names[$0] ?? say("cán bộ đã nghỉ", "a former officer") }
            .joined(separator: ", ")
        switch way {
        case .open: return say("Ai nhận cũng được", "Whoever takes it")
        case .fixed: return people
        case .leastLoaded: return say("Người ít hồ sơ nhất trong: \(people)", "The least loaded of: \(people)")
        }
    }

    private func past(_ say: Language) -> [Happening] {
        history.reversed().map { recorded in
            let title =
                switch recorded.event {
                case .ruleSet(let role, let scope, let way):
                    "\(say(role.words)), \(words(scope, say)): \(words(way, say))"
                case .ruleRemoved(let role, let scope):
                    say("Bỏ quy tắc: ", "Rule removed: ") + "\(say(role.words)), \(words(scope, say))"
                }
            let at = recorded.circumstances.at.localMinute
            let author: String? =
                if case .officer(let id) = recorded.circumstances.actor { names[id] } else { nil }
            return Happening(
                at.vietnamese,
                title,
                machineTime: "\(at.rawValue)+07:00",
                detail: author.map { "<p class=\"quiet\">\($0)</p>" }
            )
        }
    }

    // MARK: - The form

    private func entry(_ form: Form, _ say: Language) -> HTML {
        let able = colleagues.filter { !$0.roles.isDisjoint(with: AssignmentRules.roles) }
        let fields = catalogue.current.fields.values.sorted { $0.key < $1.key }
        return form.post(to: "/work/assignment") {
            """
            \(form.radios(
                "role",
                say("Khi hồ sơ đến bước của", "When a dossier comes to the"),
                AssignmentRules.roles.map { Choice($0.rawValue, say($0.words)) },
                value: Role.caseOfficer.rawValue
            ))
            \(form.select(
                "field",
                say("Lĩnh vực", "Field"),
                fields.map { Choice($0.key, say($0.name)) },
                hint: say("Để trống: mọi lĩnh vực.", "Leave empty for all."),
                required: false
            ))
            \(form.field(
                "procedure",
                say("Hoặc chỉ một thủ tục, theo mã", "Or one procedure only, by its code"),
                .code,
                hint: say("Ví dụ 1.004772.", "Such as 1.004772."),
                required: false,
                maxLength: 20,
                autocomplete: "off"
            ))
            \(form.radios(
                "way",
                say("Giao cho", "Given to"),
                [
                    Choice(
                        "chosen",
                        say("Những người chọn dưới đây", "Those chosen below"),
                        hint: say(
                            "Một người: luôn người đó. Nhiều người: ai đang giữ ít hồ sơ nhất. Người vắng mặt được bỏ qua.",
                            "One: always that person. Several: whoever holds the fewest. Those away are passed over."
                        )
                    ),
                    Choice("open", say("Ai có vai trò thì nhận", "Whoever with the role takes it")),
                ],
                value: "chosen"
            ))
            \(form.checkboxes("officer", say("Người nhận", "Who"), able.map { colleague in
                let roles = AssignmentRules.roles.filter(colleague.roles.contains).map { say($0.words).lowercased() }
                return Choice(colleague.id.rawValue, "\(colleague.name) (\(roles.joined(separator: ", ")))")
            }))
            \(actions(button(say("Lưu quy tắc", "Save the rule"))))
            """
        }
    }
}
