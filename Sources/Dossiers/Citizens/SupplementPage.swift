import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Web

/// The page on which a citizen answers a request: each item with its own upload and its own word.
struct SupplementPage {
    let details: DossierBook.Details
    let rules: FilingRules
    /// Papers that the authorities hold of the person already.
    let offers: [ReuseOffer]
    let asked: AskedSupplement?
    let now: Instant
    let typed: FormData
    let errors: [FieldError]

    private var path: String { "/ho-so/\(details.row.id.rawValue)" }

    func show(_ context: CitizenContext) -> Response {
        let say = context.language
        let form = Form(context, typed: typed, errors: errors)
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
                """
                <p class="pre">\(asked?.reason ?? "")</p>
                \(asked?.deadline(now: now, say))
                <p>\(say("Mỗi mục hãy tải tệp lên, hoặc ghi vì sao không có, rồi gửi một lần.", "For each, upload a file or write why there is none; then send all at once."))</p>
                """
            })
            \(form.post(to: once("\(path)/bo-sung/tep"), hasFiles: true) {
                """
                \(items(form, say))
                \(form.textArea("message", say("Lời nhắn chung cho cán bộ", "A word to the officer"), required: false, maxLength: DossierTexts.Draft.longestRemark, rows: 3))
                \(actions(
                    button(say("Gửi bổ sung", "Send"), name: "_send", value: "1"),
                    button(say("Chỉ tải tệp lên", "Upload only"), .plain)
                ))
                """
            })
            """
        }
    }

    private func items(_ form: Form, _ say: Language) -> HTML {
        let items = asked?.items ?? []
        guard items.isEmpty else { return "\(items.map { item($0, form, say) })" }
        return "\(details.wanted(rules).map { upload($0.key, say($0.name), form, say) })"
    }

    private func item(_ asked: AskedSupplement.Item, _ form: Form, _ say: Language) -> HTML {
        let name = say(rules.itemName(asked.item))
        let counts = asked.item.counts(say)
        return panel(name, id: "muc-\(asked.item.key)", aside: state(of: asked.item, say)) {
            """
            \(asked.text.map { "<p class=\"pre\">\($0)</p>" as HTML })
            \(counts.isEmpty ? nil : "<p class=\"quiet\">\(say("Nếu nộp bản giấy", "If handed in on paper")): \(counts)</p>" as HTML)
            \(asked.item.component.map { upload($0, name, form, say) })
            \(form.textArea(
                "word-\(asked.item.key)",
                asked.item.component == nil
                    ? say("Nội dung đúng", "What is right") : say("Nếu không có: vì sao", "If there is none: why"),
                required: asked.item.component == nil,
                maxLength: DossierTexts.Draft.longestRemark,
                rows: 2
            ))
            """
        }
    }

    /// Whether the item would be answered if all were sent now.
    private func state(of item: SupplementItem, _ say: Language) -> HTML {
        let files = details.staged.count { $0.component == item.component }
        if files > 0 { return tag(say("Đã có \(files) tệp", files == 1 ? "1 file" : "\(files) files"), .good) }
        return typed.filled("word-\(item.key)") == nil
            ? tag(say("Còn thiếu", "Still missing"), .waiting) : tag(say("Có lời giải thích", "Explained"), .good)
    }

    private func upload(_ key: String, _ name: String, _ form: Form, _ say: Language) -> HTML {
        """
        \(form.fileField("paper-\(key)", say("Tệp: \(name)", "Files: \(name)"), required: false, several: true))
        \(again(key, say))
        \(staged(key, say))
        """
    }

    private func again(_ key: String, _ say: Language) -> HTML? {
        let offers = offers.filter { $0.component == key }
        return offers.isEmpty ? nil : reuseChoices(offers, say)
    }

    private func staged(_ key: String, _ say: Language) -> HTML? {
        let files = details.staged.filter { $0.component == key }
        guard !files.isEmpty else { return nil }
        return """
            <ul class="staged">\(files.map { file -> HTML in
                """
                <li>\(file.name) <span class="quiet">(\(pages(file, say)), \(size(of: file.bytes)))</span> \
                <button class="button quiet" name="_remove" value="\(file.id.rawValue)">\(say("Xóa", "Remove"))\
                <span class="unseen"> \(file.name)</span></button></li>
                """
            })</ul>\(bind(files.count(where: \.isPhoto), key, say))
            """
    }

    private func bind(_ photos: Int, _ key: String, _ say: Language) -> HTML? {
        guard photos > 0 else { return nil }
        return """
            <p>\(button(
                photos == 1
                    ? say("Chuyển ảnh thành PDF", "Turn the photo into a PDF")
                    : say("Gộp \(photos) ảnh thành một PDF", "Put the \(photos) photos into one PDF"),
                .plain,
                name: "_bind",
                value: key
            ))</p>
            """
    }
}
