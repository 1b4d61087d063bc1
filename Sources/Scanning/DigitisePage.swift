import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Persistence
import Scans
import Web

/// Scans and photos of papers that lie on the counter, added to one dossier.
extension ScanRoutes {
    func showDigitising(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let details = try await desk.details(context)
        try details.dossier.mayDigitise(by: ActingOfficer(context.officer))
        let rules = try desk.rules(of: details.filing)
        let offers = try await offers(details, rules, context)
        return DigitisePage(details: details, rules: rules, offers: offers, errors: []).show(context)
    }

    func digitise(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let details = try await desk.details(context)
        // Asked before anything is read: a file of somebody who may not add it is not even stored.
        try details.dossier.mayDigitise(by: ActingOfficer(context.officer))
        let rules = try desk.rules(of: details.filing)
        let collected = Collected()
        let (fields, errors) = try await uploads.receive(
            request,
            context,
            components: rules.revision.components.map(\.key)
        ) { await collected.add($0) }
        let offers = try await offers(details, rules, context)
        return try await told {
            guard errors.isEmpty else { throw Problem.invalid(errors) }
            let sent = await collected.files
            let again = try reused(fields.all("reuse"), of: offers)
            let files = (fields["bind"] == nil ? sent : try await bound(sent, rules, for: context.officer.id)) + again
            try await desk.book.perform(
                .digitise(
                    by: ActingOfficer(context.officer),
                    papers: files.map(\.paper)
                ),
                on: details.row.id,
                desk.circumstances(context),
                files: files,
                once: formKey(
                    request,
                    scope: "digitise/\(details.row.id.rawValue)",
                    (sent + again).map(\.content).joined(separator: " ")
                )
            )
            return .redirect(to: WorkLinks.dossier(details.row.id))
        } again: { problem in
            DigitisePage(details: details, rules: rules, offers: offers, errors: problem.errors, problem: problem)
                .show(context)
        }
    }

    /// Another agency's dossiers are not looked through for it.
    private func offers(_ details: DossierBook.Details, _ rules: FilingRules, _ context: OfficerContext) async throws
        -> [ReuseOffer]
    {
        details.row.agency == context.officer.agency ? try await desk.offers(for: details, rules) : []
    }

    private func reused(_ ticked: [String], of offers: [ReuseOffer]) throws -> [AttachedFile] {
        try ticked.map { tick in
            guard let offer = offers.first(where: { $0.value == tick }) else {
                throw Problem.invalid([.paperIsGone(tick)])
            }
            return offer.attached(at: desk.office.now)
        }
    }

    /// Photos of the same paper become one PDF; everything else stays as it is.
    private func bound(_ sent: [AttachedFile], _ rules: FilingRules, for officer: ID<Officer>) async throws
        -> [AttachedFile]
    {
        var files = sent.filter { !$0.isPhoto }
        for component in rules.revision.components {
            let photos = sent.filter { $0.isPhoto && $0.component == component.key }
            guard !photos.isEmpty else { continue }
            let title = component.name.vi
            files.append(try await uploads.bind(photos, for: component.key, titled: title, by: .officer(officer)))
        }
        return files
    }
}

/// One file field for each paper of the list, with what is there already.
struct DigitisePage {
    let details: DossierBook.Details
    let rules: FilingRules
    /// Papers that the agency holds of the person already.
    let offers: [ReuseOffer]
    let errors: [FieldError]
    var problem: Problem?

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        let form = Form(context, errors: errors)
        let code = details.row.code.rawValue
        let path = WorkLinks.dossier(details.row.id)
        return page(
            say("Số hóa giấy tờ", "Scan papers"),
            context,
            lead: "\(code) – \(details.row.applicantName)",
            width: .wide,
            crumbs: [Crumb(say("Bàn làm việc", "Workspace"), "/work"), Crumb(code, path)]
        ) {
            """
            \(form.summary)\(problem.flatMap { refusal($0, say) })
            <div class="desk"><div class="now">
            \(again(path, form, say))
            \(panel(say("Tệp quét hoặc ảnh chụp", "Scans or photos")) {
                form.post(to: once("\(path)/digitise"), hasFiles: true) {
                    """
                    \(components.map { component in
                        form.fileField("paper-\(component.key)", say(component.name), required: false, several: true)
                    })
                    \(form.checkbox(
                        "bind",
                        say("Gộp ảnh của mỗi giấy tờ thành một PDF", "Put the photos of each paper into one PDF"),
                        isChecked: true
                    ))
                    \(actions(button(say("Lưu vào hồ sơ", "Add to the dossier"), key: "l")))
                    """
                }
            })
            \(panel(say("Quét nhiều giấy tờ một lượt", "Scanning many papers at once")) {
                """
                <p>\(say(
                    "In trang phân cách có mã QR, đặt trước từng giấy tờ rồi quét cả tập; hệ thống tự tách và xếp vào hồ sơ.",
                    "Print separator sheets with QR codes, lay one before each paper and scan the pile; it is split by itself."
                ))</p>
                \(actions(
                    linkButton(say("In trang phân cách", "Print separator sheets"), "\(path)/separators", .plain, key: "p"),
                    linkButton(say("Tải lên tập quét", "Upload a scanned pile"), "/work/scan", .quiet)
                ))
                """
            })
            </div><div class="case">
            \(panel(say("Đã có trong hồ sơ", "In the file already")) { digitisationList(details, rules, say) })
            </div></div>
            """
        }
    }

    private func again(_ path: String, _ form: Form, _ say: Language) -> HTML? {
        guard !offers.isEmpty else { return nil }
        return panel(say("Giấy tờ cơ quan đang giữ", "Papers that the agency holds")) {
            form.post(to: once("\(path)/digitise"), hasFiles: true) {
                """
                <p>\(say(
                    "Của người cùng họ tên và số giấy tờ (hoặc số điện thoại). Hãy đối chiếu với người trước quầy rồi chọn.",
                    "Of a person of the same name and number (or telephone). Compare with whoever stands before you, then choose."
                ))</p>
                \(components.map { component -> HTML in
                    let own = offers.filter { $0.component == component.key }
                    return own.isEmpty ? "" : "<fieldset class=\"field\"><legend>\(say(component.name))</legend>\(reuseChoices(own, say))</fieldset>"
                })
                \(actions(button(say("Dùng lại giấy tờ đã chọn", "Use the chosen again"))))
                """
            }
        }
    }

    /// The declaration of the electronic form is in the file as data.
    private var components: [Component] {
        let given = Set(details.dossier.papers.map(\.component))
        let asked = Set(rules.revision.components(in: details.dossier.situation).map(\.key))
        return rules.revision.components.filter { given.contains($0.key) || asked.contains($0.key) }
    }
}
