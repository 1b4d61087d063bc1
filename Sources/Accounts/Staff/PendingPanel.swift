import Kernel
import Markup
import Web

/// One line of what waits for somebody's word.
struct PendingLine: Sendable {
    let pending: Pending
    let agencyName: String
    /// Whether the reader's word is wanted.
    let isAsked: Bool
    /// Whether the reader has proposed it, and may take it back.
    let isOwn: Bool

    init(_ pending: Pending, agencyName: String, isAsked: Bool, isOwn: Bool) {
        self.pending = pending
        self.agencyName = agencyName
        self.isAsked = isAsked
        self.isOwn = isOwn
    }
}

/// What waits, and for whom; those who are asked answer here. The forms go below `path`.
func pendingPanel(_ lines: [PendingLine], _ form: Form, _ say: Language, at path: String) -> HTML {
    panel(say("Chờ thêm người đồng ý", "Waiting for others to agree"), id: "pending") {
        table(
            say("Việc chưa có hiệu lực, vì còn chờ ý kiến", "What is not in force, because somebody's word is wanted"),
            [
                Column(say("Cán bộ", "Officer")), Column(say("Việc", "What")),
                Column(say("Người đề nghị", "Proposed by")),
                Column(say("Còn chờ", "Waits for")), Column(say("Trả lời", "Answer")),
            ],
            density: .dense,
            hidesCaption: true,
            rows: lines.map { line in
                let pending = line.pending
                let act = say(pending.proposal.act.words)
                return [
                    "\(pending.name) <small>\(pending.userName)</small>", "\(act) – \(line.agencyName)",
                    "\(pending.proposer), \(pending.at.localMinute.vietnamese)", .text(waitsFor(pending, say)),
                    answers(line, form, say, at: "\(path)/\(pending.proposal.id.rawValue)"),
                ]
            }
        )
    }
}

private func waitsFor(_ pending: Pending, _ say: Language) -> String {
    if pending.isUpToOperator {
        return say(
            "Chưa có quản trị viên thứ hai. Người vận hành xác nhận bằng lệnh: motcua staff confirm \(pending.userName)",
            "There is no second administrator. The operator confirms by: motcua staff confirm \(pending.userName)"
        )
    }
    return pending.proposal.needs.map { need in
        switch need {
        case .person:
            say(
                "chính cán bộ đó, hoặc quản trị nơi họ đang làm việc",
                "the officer, or an administrator where they serve"
            )
        case .administrator: say("một quản trị viên khác có thẩm quyền", "another administrator in charge")
        }
    }.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.joined(separator: "; ")
}

private func answers(_ line: PendingLine, _ form: Form, _ say: Language, at path: String) -> HTML {
    let name = line.pending.name
    let agree = form.post(to: "\(path)/agree", label: say("Đồng ý: \(name)", "Agree: \(name)")) {
        button(say("Đồng ý", "Agree"))
    }
    let refuse = form.post(to: "\(path)/refuse", label: say("Từ chối: \(name)", "Refuse: \(name)")) {
        button(say("Từ chối", "Refuse"), .plain)
    }
    let withdraw = form.post(to: "\(path)/refuse", label: say("Rút lại: \(name)", "Take back: \(name)")) {
        button(say("Rút lại", "Take back"), .plain)
    }
    if line.isAsked { return "<div class=\"actions\">\(agree)\(refuse)</div>" }
    return line.isOwn ? withdraw : .text(say("Người khác trả lời", "Others answer"))
}

/// Says what has come of a proposal; the word comes back with the redirect.
func doneToProposal(_ done: String?, _ say: Language) -> HTML? {
    let words: String? =
        switch done {
        case "proposed":
            say(
                "Đã ghi đề nghị. Việc này chưa có hiệu lực cho đến khi những người được hỏi đồng ý.",
                "The proposal is recorded. It is not in force until those who are asked have agreed."
            )
        case "agreed": say("Đã ghi ý kiến đồng ý của bạn.", "Your agreement is recorded.")
        case "refused": say("Đã ghi: không thực hiện việc này.", "Recorded: this will not be done.")
        default: nil
        }
    return words.map { words in notice(done == "proposed" ? .waiting : .good) { "<p>\(words)</p>" } }
}
