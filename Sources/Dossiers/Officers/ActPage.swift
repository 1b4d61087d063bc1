import Agencies
import Catalogue
import Hummingbird
import Kernel
import Markup
import Web

/// Asks for what an act needs before it is performed.
struct ActPage {
    let act: Act
    let details: DossierBook.Details
    let rules: FilingRules
    let officer: ActingOfficer
    let colleagues: [Colleague]
    /// The agencies that may be chosen.
    let receivers: [AgencyProfile]
    let typed: FormData
    let now: Instant
    let calendar: WorkingCalendar
    let problem: Problem?

    private var path: String { "/work/dossiers/\(details.row.id.rawValue)" }

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        let form = Form(context, typed: typed, errors: problem?.errors ?? [])
        return page(
            say(act.name),
            context,
            lead: "\(details.row.code.rawValue) – \(details.row.applicantName)",
            width: act.needs.contains(.items) ? .wide : .reading,
            crumbs: [
                Crumb(say("Bàn làm việc", "Workspace"), "/work"), Crumb(details.row.code.rawValue, path),
            ]
        ) {
            """
            \(form.summary)\(problem.flatMap { refusal($0, say) })
            \(act.isFinal ? notice(.waiting) { "<p>\(say("Việc này không hoàn tác được. Hãy kiểm tra kỹ.", "This cannot be undone. Please check."))</p>" } : nil)
            \(form.post(to: act == .passBack ? "\(path)/pass-back" : "\(path)/act/\(act.rawValue)", hasFiles: act == .passBack) {
                """
                \(form.hidden("version", String(details.row.version)))
                \(fields(form, say))
                \(actions(
                    button(say(act.name), act.isFinal ? .danger : .main),
                    linkButton(say("Quay lại", "Back"), path, .plain, key: "u")
                ))
                """
            })
            """
        }
    }

    private func fields(_ form: Form, _ say: Language) -> HTML {
        """
        \(act.needs.contains(.items) ? items(form, say) : nil)
        \(act.needs.contains(.answers) ? answers(form, say) : nil)
        \(act.needs.contains(.opinions) ? opinions.asking(form, say) : nil)
        \(act.needs.contains(.opinion) ? opinions.answering(act, form, typed: typed, say) : nil)
        \(act.needs.contains(.amount) ? form.field("amount", say("Số tiền (đồng)", "Amount (đồng)"), .money) : nil)
        \(act.needs.contains(.method) ? method(form, say) : nil)
        \(act.needs.contains(.laterDate) ? laterDate(form, say) : nil)
        \(act.needs.contains(.agency) ? receiver(form, say) : nil)
        \(asksForColleague ? colleague(form, say) : nil)
        \(act.needs.isDisjoint(with: [.text, .optionalText]) ? nil : text(form, say))
        \(act == .passBack ? form.fileField("paper-\(WorkRoutes.answerFile)", say("Văn bản trả lời", "The answer’s papers"), required: false, several: true) : nil)
        \(act.needs.contains(.confirmation) ? opinions.confirming(form, say) : nil)
        """
    }

    private func staysAnswerable(_ say: Language) -> String {
        let due = details.row.dueAt.map { " (\($0.localMinute.vietnamese))" } ?? ""
        return say(
            "Cơ quan nhận chỉ xem được hồ sơ trong thời gian phối hợp. Ngày hẹn trả cho người dân\(due) vẫn do cơ quan bạn chịu trách nhiệm.",
            "The other agency sees the dossier only while it is there. Your agency stays answerable for the day of return\(due)."
        )
    }

    private func receiver(_ form: Form, _ say: Language) -> HTML {
        """
        \(notice { "<p>\(staysAnswerable(say))</p>" })
        \(form.select(
            "agency",
            say("Cơ quan phối hợp", "To which agency"),
            receivers.map { Web.Choice($0.id.rawValue, say($0.name)) }
        ))
        \(form.field(
            "by",
            say("Cần trả lời trước hết ngày", "Answer wanted by the end of"),
            .date,
            value: PassageOrder.usualDay(dueAt: details.row.dueAt, calendar: calendar, now: now).vietnamese
        ))
        """
    }

    private var opinions: OpinionFields {
        OpinionFields(details: details, officer: officer, colleagues: colleagues, calendar: calendar, now: now)
    }

    private func items(_ form: Form, _ say: Language) -> HTML {
        SupplementTable(
            details: details,
            rules: rules,
            time: SupplementTime(rules, askedAt: now, calendar: calendar)
        ).fields(form, say)
    }

    /// After the last step nobody goes on.
    private var asksForColleague: Bool {
        !act.needs.isDisjoint(with: [.colleague, .optionalColleague])
            && (act != .completeStep || details.dossier.nextRole != nil)
    }

    private func answers(_ form: Form, _ say: Language) -> HTML {
        SupplementReceipt(details: details, rules: rules).fields(form, say)
    }

    private func method(_ form: Form, _ say: Language) -> HTML {
        form.radios(
            "method",
            say("Cách trả", "How it is returned"),
            ReturnMethod.allCases.map { Web.Choice($0.rawValue, say($0.words)) },
            value: details.row.returnBy.rawValue
        )
    }

    private func laterDate(_ form: Form, _ say: Language) -> HTML {
        """
        \(details.row.dueAt.map { "<p>\(say("Hẹn trả hiện nay", "Due at present")): <strong>\($0.localMinute.vietnamese)</strong></p>" as HTML })
        \(form.field("date", say("Ngày hẹn mới", "New day"), .date))
        \(details.dossier.extensions > 0 ? exception(form, say) : nil)
        """
    }

    private func exception(_ form: Form, _ say: Language) -> HTML {
        """
        \(notice(.waiting) {
            "<p>\(say("Hồ sơ đã được gia hạn một lần. Gia hạn lần nữa được ghi lại là ngoại lệ.", "It was extended once. Another time is recorded as an exception."))</p>"
        })
        \(form.checkbox("exception", say("Đây là trường hợp ngoại lệ", "This is an exception")))
        """
    }

    private func colleague(_ form: Form, _ say: Language) -> HTML {
        form.select(
            "officer",
            act == .completeStep
                ? say("Người làm bước tiếp theo", "Who does the next step") : say("Người nhận", "To whom"),
            colleagues.map { colleague in
                let roles = colleague.roles.sorted { $0.rawValue < $1.rawValue }.map { say($0.words) }
                return Web.Choice(colleague.id.rawValue, "\(colleague.name) (\(roles.joined(separator: ", ")))")
            },
            hint: act == .handOver || act == .completeStep
                ? say(
                    "Để trống: theo quy tắc phân công của cơ quan; nếu không có quy tắc, ai có vai trò đều nhận được.",
                    "Leave empty to follow the agency's rules of assignment, or else for anyone with the role."
                )
                : nil,
            required: act.needs.contains(.colleague)
        )
    }

    private func text(_ form: Form, _ say: Language) -> HTML {
        let label =
            switch act {
            case .supplement: say("Lý do chung", "Reason for the whole")
            case .receiveSupplement: say("Ghi chú", "Note")
            case .completeStep: say("Ý kiến xử lý", "Remark")
            case .askOpinions: say("Cần hỏi gì", "Question")
            case .giveOpinion: say("Ý kiến và lý do", "Opinion and its reason")
            case .extend: say("Lý do chậm và lời xin lỗi gửi người dân", "Why it takes longer, with the apology")
            case .openCorrection: say("Kết quả sai ở đâu", "What is wrong with the result")
            case .pass: say("Nội dung đề nghị phối hợp", "What is asked of them")
            case .passBack: say("Nội dung trả lời", "The answer")
            case .recall: say("Lý do rút về", "Why it is taken back")
            default: say("Lý do và căn cứ", "Reasons and legal basis")
            }
        return form.textArea(
            "text",
            label,
            required: act.needs.contains(.text),
            maxLength: 4000,
            rows: act.needs.contains(.items) ? 3 : 5,
            value: act.needs.contains(.items) ? SupplementTable.usualReason : nil
        )
    }
}
