import Agencies
import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Web

/// The first step at the counter: which procedure.
struct ChooseProcedurePage {
    let typed: String
    let procedures: [Procedure]

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        return page(
            say("Nhận hồ sơ tại quầy", "Counter intake"),
            context,
            crumbs: [Crumb(say("Bàn làm việc", "Workspace"), "/work")]
        ) {
            """
            <form class="search" role="search" action="/work/intake" method="get">
            <label for="q">\(say("Người dân cần làm gì?", "What does the visitor need?"))</label>
            <div><input id="q" name="q" type="search" value="\(typed)" autofocus>
            \(button(say("Tìm thủ tục", "Find"), .plain))</div>
            </form>
            \(procedures.isEmpty && !typed.isEmpty ? emptyState(
                say("Không thấy thủ tục nào của cơ quan này", "No procedure of this agency"),
                say("Thử từ khác, hoặc chỉ người dân đến đúng cơ quan.", "Try other words, or point to the right agency.")
            ) : nil)
            <ul class="cards">\(procedures.enumerated().map { index, procedure -> HTML in
                """
                <li><a href="/work/intake/\(procedure.code.rawValue)" \
                \(attribute: "data-key", index < 9 ? String(index + 1) : nil)>\
                <strong>\(say(procedure.name))</strong></a> <span class="quiet">\(procedure.code.rawValue)</span></li>
                """
            })</ul>
            """
        }
    }
}

/// A visitor's dossier on one page: the declaration and the papers that lie on the counter.
struct IntakePage {
    let rules: FilingRules
    /// The ways that are closed by order.
    let closed: [ChannelClosed]
    let answers: Answers
    let typed: FormData
    let errors: [FieldError]
    let once: String
    /// Another case was chosen than the one whose papers were on the page: nothing has been taken in.
    var isOtherCase = false

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        let form = Form(context, typed: typed, errors: errors)
        let code = rules.procedure.code.rawValue
        return page(
            say("Nhận hồ sơ tại quầy", "Counter intake"),
            context,
            status: errors.isEmpty ? .ok : .unprocessableContent,
            lead: say(rules.procedure.name),
            width: .wide,
            crumbs: [
                Crumb(say("Bàn làm việc", "Workspace"), "/work"),
                Crumb(say("Chọn thủ tục", "Procedures"), "/work/intake"),
            ]
        ) {
            """
            \(form.summary)
            \(closed.map { closed in notice(.bad) { "<p>\(say(closed.words))</p>" } })
            \(isOtherCase ? notice(.waiting) {
                "<p>\(say("Hồ sơ chưa được tiếp nhận: giấy tờ của trường hợp đã chọn ở bảng dưới đây. Hãy đánh dấu những gì đã nhận rồi bấm “Tiếp nhận”.", "Nothing has been taken in yet: the papers of the chosen case stand below. Tick what you received, then press “Accept”."))</p>"
            } : nil)
            \(isShut ? nil : form.post(to: "/work/intake/\(code)") {
                """
                \(form.hidden("once", once))
                <div class="desk entry"><div class="case">
                \(rules.revision.form.shown(answers).sections.map { part in
                    panel(say(part.section.name)) {
                        formSection(part.section, of: rules.revision.form, answers: answers, errors: errors, context)
                    }
                })
                </div><div class="now">
                \(papers(form, say))
                \(how(form, say))
                \(actions(
                    button(say("Tiếp nhận", "Accept"), key: "t"),
                    button(
                        say("Cập nhật biểu mẫu", "Update the form"),
                        .quiet,
                        name: FormDefinition.updateName,
                        value: "1"
                    )
                ))
                </div></div>
                """
            })
            """
        }
    }

    /// Nothing of what comes to the office may be taken in.
    private var isShut: Bool { typed.pairs.isEmpty && channels.isEmpty }

    private var channels: [Channel] {
        let taken: [Channel] = rules.revision.post.submit ? [.counter, .post] : [.counter]
        return taken.filter { channel in !closed.contains { $0.channel == channel } }
    }

    private func papers(_ form: Form, _ say: Language) -> HTML {
        panel(say("Giấy tờ nhận tại quầy", "Papers on the counter")) {
            """
            \(rules.revision.cases.isEmpty ? nil : form.select(
                "situation",
                say("Trường hợp", "Case"),
                rules.revision.cases.map { Web.Choice($0.key, say($0.name)) },
                hint: say("Giấy tờ theo trường hợp; đổi thì bảng dưới đây đổi theo.", "The papers below follow the case.")
            ))
            \(form.hidden("caseShown", situation))
            <table class="dense"><caption class="unseen">\(say("Số bản nhận", "Numbers received"))</caption>
            <thead><tr><th scope="col">\(say("Đánh dấu giấy tờ đã nhận", "Tick what was received"))</th><th scope="col" class="number">\(say("Bản chính", "Originals"))</th>\
            <th scope="col" class="number">\(say("Bản sao", "Copies"))</th></tr></thead>
            <tbody>\(listed.map { row($0, say) })</tbody></table>
            <p class="quiet">\(say(
                "Giấy hẹn chỉ ghi những giấy tờ được đánh dấu hoặc ghi số bản.",
                "The receipt lists only what is ticked or counted."
            ))</p>
            """
        }
    }

    private var situation: String { typed["situation"] ?? "" }

    /// The papers of the chosen case, and whatever was counted although it belongs to another, so that it can be cleared.
    private var listed: [Component] {
        let own = Set(rules.revision.components(in: situation.isEmpty ? nil : situation).map(\.key))
        return rules.revision.components.filter { component in
            own.contains(component.key) || errors.contains { $0.field == "originals-\(component.key)" }
        }
    }

    private func row(_ component: Component, _ say: Language) -> HTML {
        """
        <tr><th scope="row">\(component.show ? "\(say(component.name))" as HTML : tick(component, say))\(component.show ? " <span class=\"quiet\">\(say("(xuất trình)", "(to show)"))</span>" as HTML : nil)\(wrong("originals-\(component.key)", say))</th>\
        <td class="number" data-label="\(say("Bản chính", "Originals"))">\(count("originals-\(component.key)", component.show ? 0 : component.originals, say("Bản chính", "Originals") + ": " + say(component.name)))</td>\
        <td class="number" data-label="\(say("Bản sao", "Copies"))">\(count("copies-\(component.key)", component.show ? 0 : component.copies, say("Bản sao", "Copies") + ": " + say(component.name)))</td></tr>
        """
    }

    /// What is wrong with a number, at the place to which the summary of errors leads.
    private func wrong(_ name: String, _ say: Language) -> HTML? {
        errors.first { $0.field == name }.map { error in
            "<p class=\"error\" id=\"f-\(name)-error\">\(say(error.vi, error.en))</p>"
        }
    }

    /// Takes the numbers of the list of papers over without typing.
    private func tick(_ component: Component, _ say: Language) -> HTML {
        """
        <label><input type="checkbox" name="got" value="\(component.key)" \
        \(attribute: "checked", when: typed.all("got").contains(component.key))> \(say(component.name))</label>
        """
    }

    /// Empty until somebody counts; what the list of papers asks for is only shown.
    private func count(_ name: String, _ expected: Int, _ label: String) -> HTML {
        """
        <input id="f-\(name)" name="\(name)" value="\(typed[name] ?? "")" placeholder="\(String(expected))" inputmode="numeric" \
        class="tiny" maxlength="2" aria-label="\(label)">
        """
    }

    private func how(_ form: Form, _ say: Language) -> HTML {
        panel(say("Nguồn hồ sơ và trả kết quả", "Channel and return")) {
            """
            \(rules.revision.post.submit ? form.radios(
                "channel",
                say("Hồ sơ đến bằng cách nào?", "How did it come?"),
                [Channel.counter, .post].map { Web.Choice($0.rawValue, say($0.words)) },
                value: (channels.first ?? .counter).rawValue
            ) : nil)
            \(form.radios(
                "returnBy",
                say("Người dân nhận kết quả", "The visitor receives the result"),
                rules.returnMethods.filter { $0 != .online }.map { Web.Choice($0.rawValue, say($0.words)) },
                value: "counter"
            ))
            \(returnAddress(form, rules, say))
            \(NotedPayment.fields(
                form,
                .intake,
                Words("Phí, lệ phí đã thu (đồng)", "Fee taken (đồng)"),
                hint: Words("Để trống nếu chưa thu; giấy hẹn ghi đúng như vậy.", "Empty if nothing was paid; the receipt says just that."),
                say
            ))
            """
        }
    }
}
