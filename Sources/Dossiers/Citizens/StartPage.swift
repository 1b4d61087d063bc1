import Agencies
import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Web

/// The first step of filing: which agency, which case, how the result is received.
struct StartPage {
    let rules: FilingRules
    let agencies: [AgencyProfile]
    let drafts: [Draft]
    /// Where filing online is closed by order, and the ways that remain; those agencies are not among the others.
    let closed: HTML?
    let typed: FormData
    let errors: [FieldError]
    /// What the page shows of a draft; nil where there is none yet.
    let read: ReadMarks?
    /// Where the choice is sent.
    let path: String
    /// Filed lately by the same person, of the same procedure.
    var filed: [DossierRow] = []

    func show(_ context: CitizenContext) -> Response {
        let say = context.language
        let form = Form(context, typed: typed, errors: errors)
        return page(
            say("Nộp hồ sơ trực tuyến", "File online"),
            context,
            status: errors.isEmpty ? .ok : .unprocessableContent,
            lead: say(rules.procedure.name),
            crumbs: [
                Crumb(say("Trang chủ", "Home"), "/"),
                Crumb(say(rules.procedure.name), CatalogueLinks.procedure(rules.procedure.code)),
            ]
        ) {
            """
            \(form.summary)
            \(closed)
            \(unfinished(say))
            \(already(say))
            \(agencies.isEmpty && closed != nil ? nil : agencies.isEmpty ? nobody(say) : form.post(to: once(path)) { fields(form, say) })
            """
        }
    }

    private func unfinished(_ say: Language) -> HTML? {
        guard !drafts.isEmpty else { return nil }
        return notice(.waiting, title: say("Bạn đang viết dở", "You have unfinished drafts")) {
            """
            <ul>\(drafts.map { draft -> HTML in
                """
                <li><a href="/nhap/\(draft.id.rawValue)">\(say("Tiếp tục bản nháp lưu lúc", "Continue the draft saved at")) \
                \(draft.updatedAt.localMinute.vietnamese)</a></li>
                """
            })</ul>
            """
        }
    }

    /// Somebody who files the same again may have pressed twice, or may mean it: they are told, and not held back.
    private func already(_ say: Language) -> HTML? {
        guard !filed.isEmpty else { return nil }
        return notice(.waiting, title: say("Bạn vừa nộp hồ sơ của thủ tục này", "You have just filed this procedure")) {
            """
            <ul>\(filed.map { row -> HTML in
                """
                <li><a href="/ho-so/\(row.id.rawValue)"><span class="code">\(row.code.rawValue)</span></a> – \
                \(say("nộp lúc", "filed at")) \(row.filedAt.localMinute.vietnamese)</li>
                """
            })</ul>
            <p>\(say("Nếu cần một hồ sơ nữa, bạn cứ nộp tiếp dưới đây.", "If you need another one, simply go on below."))</p>
            """
        }
    }

    private func nobody(_ say: Language) -> HTML {
        emptyState(
            say("Chưa có cơ quan nào nhận trực tuyến tại đây", "No agency takes this online here yet"),
            say(
                "Hãy hỏi Bộ phận Một cửa nơi bạn ở, hoặc xem Cổng Dịch vụ công quốc gia.",
                "Please ask the one-stop office where you live, or see the national portal."
            )
        )
    }

    private func fields(_ form: Form, _ say: Language) -> HTML {
        """
        \(read.map { form.hidden(ReadMarks.name, $0.text) })
        \(agency(form, say))
        \(situation(form, say))
        \(form.radios(
            "returnBy",
            say("Bạn muốn nhận kết quả thế nào?", "How do you want to receive the result?"),
            rules.returnChoices(office: agencies.count == 1 ? agencies[0].address : nil, say),
            hint: say("Có thể đổi sau, cho đến khi nhận kết quả.", "You can change this until the result is returned."),
            value: rules.returnMethods.count == 1 ? rules.returnMethods[0].rawValue : nil
        ))
        \(returnAddress(form, rules, say))
        \(actions(button(say("Tiếp tục", "Continue"))))
        """
    }

    private func agency(_ form: Form, _ say: Language) -> HTML {
        let choices = agencies.map { Web.Choice($0.id.rawValue, say($0.name)) }
        let label = say("Cơ quan giải quyết", "Agency")
        let only = agencies.count == 1 ? agencies[0].id.rawValue : nil
        return choices.count <= 5
            ? form.radios("agency", label, choices, value: only)
            : form.select("agency", label, choices, value: only)
    }

    private func situation(_ form: Form, _ say: Language) -> HTML? {
        guard !rules.revision.cases.isEmpty else { return nil }
        return form.radios(
            "situation",
            say("Trường hợp của bạn", "Your case"),
            rules.revision.cases.map { Web.Choice($0.key, say($0.name)) },
            hint: say("Giấy tờ cần nộp tùy theo trường hợp.", "The papers you need depend on it.")
        )
    }
}

/// Where the post is to bring the result, for procedures that send results and whose form does not ask it.
func returnAddress(_ form: Form, _ rules: FilingRules, _ say: Language, value: String? = nil) -> HTML? {
    guard rules.asksReturnAddress, rules.returnMethods.contains(.post) else { return nil }
    return form.field(
        "deliveryAddress",
        say("Địa chỉ nhận kết quả qua bưu điện", "Address for the post"),
        .address,
        hint: say("Chỉ ghi khi nhận qua bưu điện.", "Only for a result sent by post."),
        required: false,
        maxLength: ReturnPlace.longestAddress,
        value: value
    )
}
