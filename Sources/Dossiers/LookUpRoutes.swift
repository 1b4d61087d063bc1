import Agencies
import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Web

/// Anybody who holds a dossier's code and secret may see where it stands; nothing about persons is shown.
struct LookUpRoutes: Sendable {
    let desk: FilingDesk
    /// Slows guessing down: tries per address.
    let tries: RateLimiter

    init(desk: FilingDesk, tries: RateLimiter) {
        self.desk = desk
        self.tries = tries
    }

    func add(to router: some RouterMethods<AppContext>) {
        router.get("tra-cuu", use: show)
        router.post("tra-cuu", use: lookUp)
        router.post("api/v1/look-ups", use: answer)
    }

    /// The QR code's link carries code and secret in its fragment; a script fills them in, and without one the slip has
    /// them printed beside the QR code. The look-up itself is sent in a body, where no log sees the secret.
    func show(_ request: Request, _ context: AppContext) async throws -> Response {
        lookUpPage(FormData(), found: nil, error: nil, context)
    }

    func lookUp(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await request.form(context)
        try tries.admit(context.visit.address)
        guard let code = DossierCode(rawValue: form["code"] ?? ""), let secret = form.filled("secret"),
            let id = try await desk.book.lookUp(code, secret: secret), let details = try await desk.book.details(id)
        else {
            return lookUpPage(form, found: nil, error: Self.notFound, context)
        }
        let agencies = try await desk.names(of: details.agencies)
        let found = FoundDossier(
            details: details,
            rules: try desk.rules(of: details.filing),
            agencies: agencies,
            answerable: try await desk.answerable(details.row),
            unlistedDays: try await desk.unlistedDays(details)
        )
        return lookUpPage(form, found: found, error: nil, context)
    }

    /// One answer for a wrong code and a wrong secret: it must not tell which codes exist.
    private static let notFound = FieldError(
        "code",
        "Không có hồ sơ nào với mã hồ sơ và mã tra cứu này. Hãy xem lại giấy xác nhận hoặc giấy hẹn.",
        "No dossier has this code and secret. Please look at the proof of filing or the receipt again."
    )
}

private struct FoundDossier {
    let details: DossierBook.Details
    let rules: FilingRules
    let agencies: [ID<Agency>: Words]
    /// Nil while nothing is late.
    let answerable: Answerable?
    /// Said beside the due date.
    let unlistedDays: Words?
}

private func lookUpPage(
    _ typed: FormData,
    found: FoundDossier?,
    error: FieldError?,
    _ context: AppContext
) -> Response {
    let say = context.language
    let form = Form(context, typed: typed, errors: error.map { [$0] } ?? [])
    return page(
        say("Tra cứu hồ sơ", "Follow a dossier"),
        context,
        status: error == nil ? .ok : .unprocessableContent,
        lead: say(
            "Mã hồ sơ và mã tra cứu in trên giấy xác nhận hoặc giấy hẹn trả kết quả.",
            "Code and secret stand on the proof of filing or on the receipt."
        ),
        crumbs: [Crumb(say("Trang chủ", "Home"), "/")]
    ) {
        """
        \(form.summary)
        \(found?.answerable?.notice(say))
        \(found.map { state($0, say) })
        \(form.post(to: "/tra-cuu") {
            """
            \(form.field("code", say("Mã hồ sơ", "Code"), .code, hint: say("Ví dụ 000.00.19.H26-210806-0007", "Such as 000.00.19.H26-210806-0007"), autocomplete: "off"))
            \(form.field("secret", say("Mã tra cứu", "Secret"), .code, hint: say("8 chữ và số", "8 letters and digits"), autocomplete: "off"))
            \(actions(button(say("Tra cứu", "Look up"))))
            """
        })
        """
    }
}

private func state(_ found: FoundDossier, _ say: Language) -> HTML {
    let (details, rules, agencies) = (found.details, found.rules, found.agencies)
    return panel(say(rules.procedure.name)) {
        """
        \(definitionList([
            (say("Trạng thái", "State"), details.row.stage.tag(say)),
            (say("Nộp lúc", "Filed"), "\(details.row.filedAt.localMinute.vietnamese)"),
            (say("Hẹn trả", "Due"), due(found, say)),
            (say("Nhận kết quả", "Result"), "\(say(details.row.returnBy.words))"),
        ]))
        \(timeline(History(say: say, rules: rules, texts: [:], isForOfficers: false, agencies: agencies, hidesTexts: true).tell(details.history)))
        """
    }
}

private func due(_ found: FoundDossier, _ say: Language) -> HTML {
    guard let due = found.details.row.dueAt else { return "\(say("Sau khi tiếp nhận", "Once accepted"))" }
    return "\(due.localMinute.vietnamese)\(found.unlistedDays.map { "<br>\(say($0))." as HTML })"
}
