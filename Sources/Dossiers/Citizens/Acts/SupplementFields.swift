import Catalogue
import DossierCore
import Kernel
import Markup
import Web

/// What a request for a supplement asks, each item with its own upload and its own word.
struct SupplementFields {
    private let asked: CitizenForm

    init(_ asked: CitizenForm) { self.asked = asked }

    private var details: DossierBook.Details { asked.details }
    private var form: Form { asked.form }
    private var say: Language { asked.say }

    var request: HTML {
        notice(.waiting, title: say("Cơ quan yêu cầu", "The office asks")) {
            """
            <p class="pre">\(details.supplement?.reason ?? "")</p>
            \(details.supplement?.deadline(now: asked.scene.now, say))
            <p>\(say("Mỗi mục hãy tải tệp lên, hoặc ghi vì sao không có, rồi gửi một lần.", "For each, upload a file or write why there is none; then send all at once."))</p>
            """
        }
    }

    /// One for each item; for each of the papers that are `wanted` where no item was named.
    func items(_ wanted: [Component]) -> HTML {
        let items = details.supplement?.items ?? []
        guard items.isEmpty else { return "\(items.map(item))" }
        return "\(wanted.map { upload($0.key, say($0.name)) })"
    }

    private func item(_ item: AskedSupplement.Item) -> HTML {
        let name = say(asked.rules.itemName(item.item))
        let counts = item.item.counts(say)
        return panel(name, id: "muc-\(item.item.key)", aside: state(of: item.item)) {
            """
            \(item.text.map { "<p class=\"pre\">\($0)</p>" as HTML })
            \(counts.isEmpty ? nil : "<p class=\"quiet\">\(say("Nếu nộp bản giấy", "If handed in on paper")): \(counts)</p>" as HTML)
            \(item.item.component.map { upload($0, name) })
            \(form.textArea(
                "word-\(item.item.key)",
                item.item.component == nil
                    ? say("Nội dung đúng", "What is right") : say("Nếu không có: vì sao", "If there is none: why"),
                required: item.item.component == nil,
                maxLength: DossierTexts.Draft.longestRemark,
                rows: 2
            ))
            """
        }
    }

    /// Whether the item would be answered if all were sent now.
    private func state(of item: SupplementItem) -> HTML {
        let files = details.staged.count { $0.component == item.component }
        if files > 0 { return tag(say("Đã có \(files) tệp", files == 1 ? "1 file" : "\(files) files"), .good) }
        return asked.typed.filled("word-\(item.key)") == nil
            ? tag(say("Còn thiếu", "Still missing"), .waiting) : tag(say("Có lời giải thích", "Explained"), .good)
    }

    private func upload(_ key: String, _ name: String) -> HTML {
        """
        \(form.fileField("paper-\(key)", say("Tệp: \(name)", "Files: \(name)"), required: false, several: true))
        \(again(key))
        \(staged(key))
        """
    }

    private func again(_ key: String) -> HTML? {
        let offers = asked.offers.filter { $0.component == key }
        return offers.isEmpty ? nil : reuseChoices(offers, say)
    }

    private func staged(_ key: String) -> HTML? {
        let files = details.staged.filter { $0.component == key }
        guard !files.isEmpty else { return nil }
        return """
            <ul class="staged">\(files.map { file -> HTML in
                """
                <li>\(file.name) <span class="quiet">(\(pages(file, say)), \(size(of: file.bytes)))</span> \
                <button class="button quiet" name="_remove" value="\(file.id.rawValue)">\(say("Xóa", "Remove"))\
                <span class="unseen"> \(file.name)</span></button></li>
                """
            })</ul>\(bind(files.count(where: \.isPhoto), key))
            """
    }

    private func bind(_ photos: Int, _ key: String) -> HTML? {
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
