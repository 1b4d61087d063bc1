import Catalogue
import Hummingbird
import Kernel
import Markup
import Persistence
import Web

extension Dossier {
    func allowsDigitising(by officer: ActingOfficer) -> Bool {
        do {
            try requireDigitising(by: officer)
            return true
        } catch {
            return false
        }
    }

    /// Refuses whoever may not add scans now.
    func requireDigitising(by officer: ActingOfficer) throws(Refusal) {
        let sample = FileReference(attachment: ID(rawValue: ""), digest: "", bytes: 0)
        _ = try decide(.digitise(by: officer, papers: [FiledPaper(component: "", file: sample)]))
    }
}

/// Scans and photos of papers that lie on the counter, added to one dossier.
extension WorkRoutes {
    func showDigitising(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let details = try await details(context)
        try details.dossier.requireDigitising(by: ActingOfficer(context.officer))
        return DigitisePage(details: details, rules: try desk.rules(of: details.filing), errors: []).show(context)
    }

    func digitise(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let details = try await details(context)
        // Asked before anything is read: a file of somebody who may not add it is not even stored.
        try details.dossier.requireDigitising(by: ActingOfficer(context.officer))
        let rules = try desk.rules(of: details.filing)
        let collected = Collected()
        let (fields, errors) = try await uploads.receive(
            request,
            context,
            components: rules.revision.components.map(\.key)
        ) { await collected.add($0) }
        return try await told {
            guard errors.isEmpty else { throw Problem.invalid(errors) }
            let sent = await collected.files
            let files = fields["bind"] == nil ? sent : try await bound(sent, rules)
            try await desk.book.perform(
                .digitise(
                    by: ActingOfficer(context.officer),
                    papers: files.map { FiledPaper(component: $0.component, file: $0.reference) }
                ),
                on: details.row.id,
                circumstances(context),
                files: files,
                once: formKey(
                    request,
                    scope: "digitise/\(details.row.id.rawValue)",
                    sent.map(\.content).joined(separator: " ")
                )
            )
            return .redirect(to: "/work/dossiers/\(details.row.id.rawValue)")
        } again: { problem in
            DigitisePage(details: details, rules: rules, errors: problem.errors, problem: problem).show(context)
        }
    }

    /// Photos of the same paper become one PDF; everything else stays as it is.
    private func bound(_ sent: [AttachedFile], _ rules: FilingRules) async throws -> [AttachedFile] {
        var files = sent.filter { !$0.isPhoto }
        for component in rules.revision.components {
            let photos = sent.filter { $0.isPhoto && $0.component == component.key }
            guard !photos.isEmpty else { continue }
            files.append(try await uploads.bind(photos, for: component.key, titled: component.name.vi))
        }
        return files
    }
}

/// One file field for each paper of the list, with what is there already.
struct DigitisePage {
    let details: DossierBook.Details
    let rules: FilingRules
    let errors: [FieldError]
    var problem: Problem?

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        let form = Form(context, errors: errors)
        let code = details.row.code.rawValue
        let path = "/work/dossiers/\(details.row.id.rawValue)"
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

    /// The declaration of the electronic form is in the file as data.
    private var components: [Component] {
        let given = Set(details.dossier.papers.map(\.component))
        let asked = Set(rules.revision.components(in: details.filing.situation).map(\.key))
        return rules.revision.components.filter { given.contains($0.key) || asked.contains($0.key) }
    }
}
