import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Scans
import Web

/// A pile taken apart: which pages go where, to be corrected and confirmed.
struct ScanBatchPage {
    let opened: ScanRoutes.Opened
    let errors: [FieldError]

    private var batch: ScanBatch { opened.batch }
    private var path: String { "/work/scan/\(batch.id.rawValue)" }

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        let form = Form(context, errors: errors)
        return page(
            say("Tập quét", "Scanned pile"),
            context,
            status: errors.isEmpty ? .ok : .unprocessableContent,
            lead: "\(batch.name) – \(say(batch.state.name))",
            width: .wide,
            crumbs: [
                Crumb(say("Bàn làm việc", "Workspace"), "/work"), Crumb(say("Quét hồ sơ", "Scanning"), "/work/scan"),
            ]
        ) {
            """
            \(form.summary)\(state(say))
            \(batch.state == .ready ? warnings(say) : nil)
            \(opened.parts.isEmpty ? nil : form.post(to: path) {
                """
                \(parts(form, say))
                \(batch.state == .ready ? actions(
                    button(say("Xác nhận và lưu vào hồ sơ", "Confirm and file"), name: "_file", value: "1", key: "t"),
                    button(say("Cập nhật", "Update"), .plain, key: "u")
                ) : nil)
                """
            })
            \(batch.state == .ready || batch.state == .failed ? discard(form, say) : nil)
            """
        }
    }

    private func discard(_ form: Form, _ say: Language) -> HTML {
        disclosure(say("Bỏ cả tập quét này", "Throw this pile away")) {
            form.post(to: "\(path)/discard") {
                """
                <p>\(say(
                    "Không có gì được lưu vào hồ sơ từ các phần chưa xác nhận. Giấy tờ phải quét lại nếu cần.",
                    "Nothing of what is not confirmed goes into a dossier. The papers have to be scanned again if needed."
                ))</p>
                \(actions(button(say("Bỏ tập quét", "Throw away"), .danger)))
                """
            }
        }
    }

    // MARK: - What is to be said about the pile

    private func state(_ say: Language) -> HTML? {
        switch batch.state {
        case .queued, .reading, .ready: nil
        case .filed:
            notice(.good) { "<p>\(say("Các phần đã lưu vào hồ sơ.", "The parts are in their dossiers."))</p>" }
        case .discarded:
            notice { "<p>\(say("Tập quét này đã bỏ, không lưu gì.", "This pile was thrown away."))</p>" }
        case .failed: notice(.bad) { "<p>\(say(fault))</p>" }
        }
    }

    private var fault: Words { (batch.fault.flatMap(PileFault.init(rawValue:)) ?? .unreadable).words }

    /// What the list of papers says and the pile does not bear out.
    private func warnings(_ say: Language) -> HTML? {
        let words = opened.warnings
        guard !words.isEmpty else { return nil }
        return notice(.waiting, title: say("Cần đối chiếu với danh mục giấy tờ", "Compare with the list of papers")) {
            "<ul>\(words.map { "<li>\(say($0))</li>" as HTML })</ul>"
        }
    }

    // MARK: - The parts

    private func parts(_ form: Form, _ say: Language) -> HTML {
        table(
            say("Các phần của tập quét", "Parts of the pile"),
            [
                Column(say("Phần", "Part")), Column(say("Trang", "Pages")), Column(say("Mã hồ sơ", "Dossier")),
                Column(say("Giấy tờ", "Paper")), Column(say("Bỏ qua", "Leave out")),
            ],
            density: .dense,
            rows: opened.parts.map { row($0, form, say) }
        )
    }

    private func row(_ part: ScanRoutes.Opened.Part, _ form: Form, _ say: Language) -> [HTML] {
        let number = part.part.number
        guard batch.state == .ready, !part.part.isDone || part.part.isDropped else {
            return [
                "\(number)", pages(part.part, say), dossier(part),
                "\(part.component.map { say($0.name) } ?? part.part.component)", outcome(part.part, say),
            ]
        }
        return [
            "\(number)", pages(part.part, say),
            """
            <div class="cell">\(form.field("code-\(number)", say("Mã hồ sơ của phần \(number)", "Dossier of part \(number)"), required: false, value: part.part.code))
            \(part.dossier.map { "<p class=\"quiet\">\($0.row.applicantName)</p>" as HTML })</div>
            """,
            paper(part, form, say),
            form.checkbox(
                "drop-\(number)",
                say("Bỏ qua phần \(number)", "Leave out part \(number)"),
                isChecked: part.part.isDropped
            ),
        ]
    }

    private func dossier(_ part: ScanRoutes.Opened.Part) -> HTML {
        guard let dossier = part.dossier else { return "\(part.part.code)" }
        return "<a href=\"\(WorkLinks.dossier(dossier.row.id))\">\(dossier.row.code.rawValue)</a>"
    }

    private func outcome(_ part: ScanBatch.Part, _ say: Language) -> HTML {
        if part.filedAt != nil { return tag(say("Đã lưu", "Filed"), .good) }
        if part.pages == 0 { return tag(say("Không có trang", "No pages"), .waiting) }
        return tag(say("Bỏ qua", "Left out"))
    }

    private func pages(_ part: ScanBatch.Part, _ say: Language) -> HTML {
        guard part.pages > 0 else { return "\(say("không có trang nào", "none"))" }
        let range = part.pages == 1 ? "\(part.firstPage)" : "\(part.firstPage)–\(part.firstPage + part.pages - 1)"
        let count = say("\(part.pages) trang", part.pages == 1 ? "1 page" : "\(part.pages) pages")
        let file = "\(path)/parts/\(part.number)"
        return """
            <div class="cell"><a href="\(file)"><img class="leaf" src="\(file)/trang-dau.png" alt="" width="72" \
            loading="lazy">\(range)</a> <span class="quiet">(\(count))</span></div>
            """
    }

    private func paper(_ part: ScanRoutes.Opened.Part, _ form: Form, _ say: Language) -> HTML {
        guard let rules = part.rules, let dossier = part.dossier else {
            return """
                <p class="quiet">\(say(
                    "Nhập mã hồ sơ rồi bấm “Cập nhật” để chọn giấy tờ.",
                    "Enter the dossier's code and press “Update” to choose the paper."
                ))</p>
                """
        }
        let asked = rules.revision.components(in: dossier.dossier.situation)
        return """
            <div class="cell">\(form.select(
                "component-\(part.part.number)",
                say("Giấy tờ của phần \(part.part.number)", "Paper of part \(part.part.number)"),
                asked.map { Web.Choice($0.key, say($0.name)) },
                value: part.part.component
            ))</div>
            """
    }
}

extension ScanRoutes.Opened {
    /// What the counter took in and the pile does not show: papers that are missing, sheets that are too few.
    var warnings: [Words] {
        var words: [Words] = []
        for part in parts where part.part.pages == 0 && part.part.filedAt == nil {
            let name = part.component?.name ?? Words(part.part.component, part.part.component)
            words.append(
                Words(
                    "Sau trang phân cách của “\(name.vi)” (phần \(part.part.number)) không có trang nào.",
                    "No page lies behind the separator of “\(name.en)” (part \(part.part.number))."
                )
            )
        }
        let known = parts.filter { $0.dossier != nil && !$0.part.isDropped }
        for (_, parts) in Dictionary(grouping: known, by: { $0.part.code }).sorted(by: { $0.key < $1.key }) {
            guard let dossier = parts[0].dossier, let rules = parts[0].rules else { continue }
            for (component, state) in rules.digitisation(of: dossier.dossier) where state == .none {
                let counted = dossier.dossier.papers.filter { $0.component == component.key }
                    .reduce(0) { $0 + $1.originals + $1.copies }
                let scanned = parts.filter { $0.part.component == component.key }.reduce(0) { $0 + $1.part.pages }
                guard counted > 0, scanned < counted else { continue }
                let code = dossier.row.code.rawValue
                words.append(
                    Words(
                        "Hồ sơ \(code): “\(component.name.vi)” đã nhận \(counted) bản nhưng tập quét chỉ có \(scanned) trang.",
                        "Dossier \(code): \(counted) of “\(component.name.en)” were received, the pile has \(scanned) pages."
                    )
                )
            }
        }
        return words
    }
}
