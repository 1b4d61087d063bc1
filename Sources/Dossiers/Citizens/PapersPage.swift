import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Web

/// The papers of a draft: one field for each, and what has been uploaded with its size and pages.
struct PapersPage {
    let work: DraftAtWork
    let errors: [FieldError]
    /// Papers that the authorities hold of the person already.
    var offers: [ReuseOffer] = []

    func show(_ context: CitizenContext) -> Response {
        let say = context.language
        let form = Form(context, errors: errors)
        return page(
            say("Giấy tờ kèm theo", "Papers"),
            context,
            status: errors.isEmpty ? .ok : .unprocessableContent,
            lead: say(work.rules.procedure.name),
            crumbs: draftCrumbs(say)
        ) {
            """
            \(progress(work, at: work.path("giay-to"), say))
            \(form.summary)
            \(notice {
                """
                <p>\(say(
                    "Chụp ảnh giấy tờ bằng điện thoại là được: đủ bốn góc, rõ chữ. Nhận PDF, JPG, PNG, mỗi tệp tối đa 50 MB.",
                    "A photo taken with a phone will do: all four corners, readable. PDF, JPG, PNG, at most 50 MB each."
                ))</p>
                """
            })
            \(form.post(to: once(work.path("giay-to")), hasFiles: true) {
                """
                \(work.rules.uploads(in: work.draft.situation).map { paper($0, form, say) })
                \(actions(
                    button(say("Tải lên và tiếp tục", "Upload and continue"), name: "_next", value: "1"),
                    button(say("Chỉ tải lên", "Upload only"), .plain)
                ))
                """
            })
            \(uploaded(form, say))
            \(albums(form, say))
            """
        }
    }

    private func paper(_ component: Component, _ form: Form, _ say: Language) -> HTML {
        let files = work.files.filter { $0.component == component.key }
        let count: HTML? =
            files.isEmpty
            ? nil
            : tag(say("Đã có \(files.count) tệp", files.count == 1 ? "1 file" : "\(files.count) files"), .good)
        return """
            <div class="paper">\(form.fileField(
                "paper-\(component.key)",
                say(component.name),
                hint: component.help.map { say($0) } ?? "",
                required: component.required,
                isThere: !files.isEmpty,
                several: true
            ))\(count)\(reuse(component, say))</div>
            """
    }

    private func uploaded(_ form: Form, _ say: Language) -> HTML? {
        guard !work.files.isEmpty else { return nil }
        return panel(say("Đã tải lên", "Uploaded")) {
            table(
                say("Các tệp đã tải lên", "Uploaded files"),
                [
                    Column(say("Tệp", "File")), Column(say("Giấy tờ", "Paper")),
                    Column(say("Số trang", "Pages"), numeric: true), Column(say("Dung lượng", "Size"), numeric: true),
                    Column(say("Thao tác", "Action")),
                ],
                hidesCaption: true,
                rows: work.files.map { file in
                    [
                        "\(file.name)", "\(say(work.rules.componentName(file.component)))",
                        "\(file.pages.map(String.init) ?? "–")",
                        "\(size(of: file.bytes))",
                        form.post(to: work.path("giay-to/\(file.id.rawValue)/xoa")) {
                            button(say("Xóa", "Remove"), .quiet)
                        },
                    ]
                }
            )
        }
    }
}
