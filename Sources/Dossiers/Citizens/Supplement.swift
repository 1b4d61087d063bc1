import Catalogue
import Hummingbird
import Kernel
import Markup
import Persistence
import Web

/// How a citizen answers a request for a supplement: files one by one, a word to the office, then all at once.
extension CitizenRoutes {
    func showSupplement(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let details = try await awaited(context)
        return SupplementPage(
            details: details,
            rules: try desk.rules(of: details.filing),
            typed: FormData(),
            errors: []
        ).show(context)
    }

    func uploadSupplement(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let details = try await awaited(context)
        let rules = try desk.rules(of: details.filing)
        let known = details.wanted(rules).map(\.key)
        let (_, errors) = try await uploads.receive(request, context, components: known) { file in
            try await desk.book.stage(
                file,
                on: details.row.id,
                at: desk.office.now,
                once: formKey(request, scope: "supplement/\(details.row.id.rawValue)", file.content)
            )
        }
        let path = "/ho-so/\(details.row.id.rawValue)/bo-sung"
        guard !errors.isEmpty else { return .redirect(to: path) }
        return SupplementPage(details: try await desk.mine(context), rules: rules, typed: FormData(), errors: errors)
            .show(context)
    }

    func removeSupplement(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let details = try await awaited(context)
        let id = ID<Attachment>(rawValue: try context.parameters.require("attachment"))
        guard details.staged.contains(where: { $0.id == id }) else { throw Problem.noSuchFile }
        try await desk.book.unstage(id, from: details.row.id)
        return .redirect(to: "/ho-so/\(details.row.id.rawValue)/bo-sung")
    }

    func sendSupplement(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let form = try await request.form(context)
        let details = try await awaited(context)
        let rules = try desk.rules(of: details.filing)
        let staged = details.staged
        // The paper asked for, or a word why there is none: an empty answer helps nobody.
        if staged.isEmpty, form.filled("message") == nil {
            let error = FieldError(
                "message",
                "Chưa có tệp nào và chưa có lời giải thích. Hãy tải tệp lên hoặc viết vài lời.",
                "There is no file and no explanation yet. Please upload a file or write a few words."
            )
            return SupplementPage(details: details, rules: rules, typed: form, errors: [error]).show(context)
        }
        let now = desk.office.now
        let message = form.filled("message").map { DossierTexts.Draft(String($0.prefix(4000)), .remark, at: now) }
        try await desk.book.perform(
            .supplement(
                by: context.citizen.id,
                content: nil,
                papers: staged.map { FiledPaper(component: $0.component, file: $0.reference) },
                message: message?.sealed,
                at: now,
                due: try await desk.dueAfterWaiting(details.dossier, details.history, now: now)
            ),
            on: details.row.id,
            desk.circumstances(context, at: now),
            texts: message.map { [$0] } ?? []
        )
        return .redirect(to: "/ho-so/\(details.row.id.rawValue)")
    }

    private func awaited(_ context: CitizenContext) async throws -> DossierBook.Details {
        let details = try await desk.mine(context)
        guard details.row.stage == .awaitingSupplement else { throw Dossier.Refusal.nothingRequested }
        return details
    }
}

extension DossierBook.Details {
    /// Files that an event names: the office's business. Officers see no other.
    var handedIn: [AttachedFile] { files.filter(isHandedIn) }

    /// Files that the applicant has uploaded for a supplement and not sent yet: nobody's business but theirs.
    var staged: [AttachedFile] { files.filter { !isHandedIn($0) } }

    private func isHandedIn(_ file: AttachedFile) -> Bool {
        history.contains { $0.event.files.contains { $0.attachment == file.id } }
    }

    /// The papers the office asked for; all of the procedure's where it named none.
    func wanted(_ rules: FilingRules) -> [Component] {
        let all = rules.revision.components.filter { !$0.form }
        return dossier.requested.isEmpty ? all : all.filter { dossier.requested.contains($0.key) }
    }

    /// What the office asked for last.
    var request: String? {
        for recorded in history.reversed() {
            if case .supplementRequested(_, let request) = recorded.event { return texts[request.text] }
        }
        return nil
    }
}

struct SupplementPage {
    let details: DossierBook.Details
    let rules: FilingRules
    let typed: FormData
    let errors: [FieldError]

    func show(_ context: CitizenContext) -> Response {
        let say = context.language
        let form = Form(context, typed: typed, errors: errors)
        let path = "/ho-so/\(details.row.id.rawValue)"
        return page(
            say("Bổ sung hồ sơ", "Supplement"),
            context,
            status: errors.isEmpty ? .ok : .unprocessableContent,
            lead: "\(say(rules.procedure.name)) – \(details.row.code.rawValue)",
            crumbs: draftCrumbs(say) + [Crumb(details.row.code.rawValue, path)]
        ) {
            """
            \(form.summary)
            \(notice(.waiting, title: say("Cơ quan yêu cầu", "The office asks")) {
                "<p class=\"pre\">\(details.request ?? "")</p>"
            })
            \(form.post(to: once("\(path)/bo-sung/tep"), hasFiles: true) {
                """
                \(details.wanted(rules).map { component in
                    form.fileField("paper-\(component.key)", say(component.name), required: false, several: true)
                })
                \(actions(button(say("Tải tệp lên", "Upload"), .plain)))
                """
            })
            \(staged(form, path, say))
            \(form.post(to: "\(path)/bo-sung") {
                """
                \(form.textArea("message", say("Lời nhắn cho cán bộ", "A word to the officer"), required: false, maxLength: 4000, rows: 3))
                \(actions(button(say("Gửi bổ sung", "Send"))))
                """
            })
            """
        }
    }

    private func staged(_ form: Form, _ path: String, _ say: Language) -> HTML? {
        guard !details.staged.isEmpty else { return nil }
        return panel(say("Tệp sẽ gửi", "Files to be sent")) {
            """
            <ul>\(details.staged.map { file -> HTML in
                """
                <li>\(say(rules.componentName(file.component))): \(file.name) (\(pages(file, say)), \(size(of: file.bytes)))
                \(form.post(to: "\(path)/bo-sung/tep/\(file.id.rawValue)/xoa") {
                    button(say("Xóa", "Remove"), .quiet)
                })</li>
                """
            })</ul>
            """
        }
    }
}
