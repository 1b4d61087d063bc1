import Catalogue
import Kernel
import Markup
import Web

/// The table in which an officer says, once, everything that is missing or wrong.
struct SupplementTable {
    let details: DossierBook.Details
    let rules: FilingRules
    let time: SupplementTime

    /// Stands in the field beforehand: what is wrong is said item by item.
    static let usualReason = "Hồ sơ chưa đầy đủ, chưa đúng quy định."

    func fields(_ form: Form, _ say: Language) -> HTML {
        """
        \(details.dossier.hasBeenAsked ? again(form, say) : nil)
        <p>\(say(
            "Nêu một lần, đầy đủ: đánh dấu hoặc ghi nội dung vào dòng nào là yêu cầu giấy tờ đó.",
            "Ask once, for everything: a row that is ticked or written in asks for its paper."
        ))</p>
        \(form.cellsError("component"))
        \(table(
            say("Giấy tờ cần bổ sung", "What is to be supplied"),
            [
                Column(say("Thành phần hồ sơ", "Paper")), Column(say("Bản chính", "Originals")),
                Column(say("Bản chứng thực", "Certified")), Column(say("Bản photo", "Copies")),
                Column(say("Thiếu gì, sai gì, sửa thế nào", "What is wrong and how to mend it")),
            ],
            hidesCaption: true,
            rows: components.enumerated().map { row($1, isFirst: $0 == 0, form, say) } + [answers(form, say)]
        ))
        \(day(form, say))
        """
    }

    private var components: [Component] { rules.handedIn(in: details.filing.situation) }

    private func row(_ component: Component, isFirst: Bool, _ form: Form, _ say: Language) -> [HTML] {
        let name = say(component.name)
        return [
            form.cellTick("component", component.key, name, isFirst: isFirst),
            count("originals", component.originals, component, form, say("bản chính", "originals"), say),
            count("certified", 0, component, form, say("bản chứng thực", "certified copies"), say),
            count("copies", component.copies, component, form, say("bản photo", "copies"), say),
            form.cellText("text-\(component.key)", say("Nội dung cần bổ sung: \(name)", "What is wrong: \(name)")),
        ]
    }

    private func count(
        _ kind: String,
        _ usual: Int,
        _ component: Component,
        _ form: Form,
        _ words: String,
        _ say: Language
    ) -> HTML {
        form.cellNumber(
            "\(kind)-\(component.key)",
            say("Số \(words): \(say(component.name))", "Number of \(words): \(say(component.name))"),
            value: usual
        )
    }

    private func answers(_ form: Form, _ say: Language) -> [HTML] {
        let name = say(SupplementItem.answersName)
        return [
            form.cellTick("component", SupplementItem.answers, name, isFirst: components.isEmpty), "–", "–", "–",
            form.cellText(
                "text-\(SupplementItem.answers)",
                say("Mục khai cần sửa: \(name)", "Answers to be mended: \(name)")
            ),
        ]
    }

    private func day(_ form: Form, _ say: Language) -> HTML {
        if let basis = time.basis {
            return """
                <p>\(say("Hạn bổ sung theo quy định", "To be answered by law until")): \
                <strong>\(time.day.vietnamese)</strong> <span class="quiet">(\(basis))</span></p>
                """
        }
        return form.field(
            "answerBy",
            say("Người dân bổ sung trước hết ngày", "To be answered by the end of"),
            .date,
            hint: say(
                "Đề xuất \(SupplementTime.usualDays) ngày là mặc định của phần mềm, không phải quy định; sửa nếu luật chuyên ngành có hạn khác.",
                "\(SupplementTime.usualDays) days are this program's proposal, not a rule; change it where a law says otherwise."
            ),
            value: time.day.vietnamese
        )
    }

    private func again(_ form: Form, _ say: Language) -> HTML {
        """
        \(notice(.waiting) {
            "<p>\(say("Hồ sơ đã được yêu cầu bổ sung ở giai đoạn này. Yêu cầu lần nữa chỉ khi pháp luật cho phép, và được ghi lại là ngoại lệ.", "A supplement was asked for in this phase. Asking again needs a law that allows it, and is recorded as an exception."))</p>"
        })
        \(form.checkbox("again", say("Yêu cầu bổ sung lần nữa", "Ask once more")))
        \(form.textArea("ground", say("Vì sao lần trước chưa yêu cầu được", "Why it was not asked before"), maxLength: 2000, rows: 2))
        \(form.field("basis", say("Căn cứ pháp lý", "Legal basis"), hint: say("Ví dụ: Điều 10 khoản 3 Nghị định …", "Such as: Art. 10.3 of Decree …"), maxLength: 500))
        """
    }
}

/// What a visitor brings, item by item.
struct SupplementReceipt {
    let details: DossierBook.Details
    let rules: FilingRules

    func fields(_ form: Form, _ say: Language) -> HTML {
        let items = details.supplement?.items ?? []
        guard !items.isEmpty else {
            return form.checkboxes(
                "component",
                say("Giấy tờ đã nhận", "Papers received"),
                rules.handedIn(in: details.filing.situation).map { Web.Choice($0.key, say($0.name)) }
            )
        }
        return table(
            say("Giấy tờ đã yêu cầu", "What was asked for"),
            [
                Column(say("Đã nhận", "Received")), Column(say("Yêu cầu", "Asked for")),
                Column(say("Nếu không có: vì sao", "If not: why")),
            ],
            hidesCaption: true,
            rows: items.enumerated().map { index, asked in
                let name = say(rules.itemName(asked.item))
                return [
                    asked.item.component.map { form.cellTick("component", $0, name, isFirst: index == 0) } ?? "\(name)",
                    "\([asked.item.counts(say), asked.text ?? ""].filter { !$0.isEmpty }.joined(separator: " – "))",
                    form.cellText("word-\(asked.item.key)", say("Lời giải thích: \(name)", "Explanation: \(name)")),
                ]
            }
        )
    }
}
