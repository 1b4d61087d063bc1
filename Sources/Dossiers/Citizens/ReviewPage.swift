import Agencies
import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import PrintedPapers
import Web

/// Everything once more before it is filed, with whatever is still missing.
struct ReviewPage {
    let work: DraftAtWork
    let agency: AgencyProfile?
    /// Filing online is closed by order.
    let closed: ChannelClosed?
    let errors: [FieldError]
    /// The button was pressed although something is missing.
    var isRefused = false

    func show(_ context: CitizenContext) -> Response {
        let say = context.language
        let form = Form(context)
        return page(
            say("Xem lại và nộp hồ sơ", "Review and file"),
            context,
            status: isRefused ? .unprocessableContent : .ok,
            lead: say(work.rules.procedure.name),
            crumbs: draftCrumbs(say)
        ) {
            """
            \(progress(work, at: work.path("xem-lai"), say))
            \(closed.map { told($0, say) })
            \(missing(say))
            \(panel(say("Nơi nộp và cách nhận kết quả", "Agency and return")) {
                """
                \(definitionList([
                    (say("Cơ quan giải quyết", "Agency"), "\(agency.map { say($0.name) } ?? "")"),
                    (say("Trường hợp", "Case"), "\(situation.map { say($0) } ?? "–")"),
                    (say("Nhận kết quả", "Result"), "\(say(place.words))"),
                    (say("Thời hạn giải quyết", "Time limit"), "\(term(say))"),
                    (say("Phí, lệ phí", "Fees"), work.charges.list(say)),
                ]))
                <p><a href="\(work.path("lua-chon"))">\(say("Đổi lựa chọn", "Change"))</a></p>
                """
            })
            \(answersPanel(work.rules.revision.form.summary(of: work.answers), say) { section in
                work.sections.first { $0.name == section }.map { work.path("khai/\($0.key)") }
            })
            \(files(say))
            \(errors.isEmpty && closed == nil ? file(form, say) : nil)
            <p><a href="\(work.path("xoa"))">\(say("Bỏ bản nháp này", "Throw this draft away"))</a></p>
            """
        }
    }

    private func told(_ closed: ChannelClosed, _ say: Language) -> HTML {
        notice(.bad, title: say("Đang tạm dừng nộp trực tuyến", "Filing online is closed")) {
            """
            <p>\(say(closed.words))</p>
            <p>\(say("Bản nháp này vẫn được giữ.", "This draft is kept."))
            <a href="\(CatalogueLinks.procedure(work.rules.procedure.code))">\(say("Xem các cách nộp còn lại", "See the ways that remain"))</a></p>
            """
        }
    }

    private var place: ReturnPlace {
        ReturnPlace(work.draft.returnBy, address: work.rules.deliveryAddress(in: work.answers), office: agency?.address)
    }

    private var situation: Words? {
        work.rules.revision.cases.first { $0.key == work.draft.situation }?.name
    }

    private func term(_ say: Language) -> String {
        work.rules.term(for: .online).map { say($0.words) } ?? say("Chưa có thông tin", "Not stated")
    }

    private func missing(_ say: Language) -> HTML? {
        guard !errors.isEmpty else { return nil }
        return notice(.bad, title: say("Còn \(errors.count) mục chưa xong", "\(errors.count) things are not done")) {
            """
            <ul>\(errors.map { error -> HTML in
                "<li><a href=\"\(place(of: error))\">\(say(error.vi, error.en))</a></li>"
            })</ul>
            """
        }
    }

    private func place(of error: FieldError) -> String {
        if error.field.hasPrefix("paper-") { return work.path("giay-to?check=1") }
        if ["agency", "situation", "returnBy", "deliveryAddress"].contains(error.field) {
            return work.path("lua-chon")
        }
        let section =
            work.rules.revision.form.sectionTelling(error.field)
            ?? error.field.split(separator: ".").first.map(String.init) ?? error.field
        return work.path("khai/\(section)?check=1")
    }

    private func files(_ say: Language) -> HTML? {
        guard !work.rules.uploads(in: work.draft.situation).isEmpty else { return nil }
        return panel(say("Giấy tờ kèm theo", "Papers")) {
            """
            \(work.files.isEmpty ? "<p>\(say("Chưa có tệp nào.", "No files yet."))</p>" as HTML : nil)
            <ul>\(work.files.map { file -> HTML in
                """
                <li>\(say(work.rules.componentName(file.component))): \(file.name) – \(pages(file, say)), \
                \(size(of: file.bytes))</li>
                """
            })</ul>
            <p><a href="\(work.path("giay-to"))">\(say("Sửa giấy tờ", "Change papers"))</a></p>
            """
        }
    }

    private func file(_ form: Form, _ say: Language) -> HTML {
        form.post(to: work.path("nop")) {
            """
            <p>\(say(
                "Tôi cam đoan những điều khai trên là đúng và chịu trách nhiệm trước pháp luật.",
                "I declare that what I have stated is true and answer for it before the law."
            ))</p>
            \(actions(button(say("Nộp hồ sơ", "File the dossier"))))
            """
        }
    }
}

/// Every answer in words, section by section; `change` tells where a section can be changed, `mark` adds to one.
func answersPanel(
    _ summary: AnswerSummary,
    _ say: Language,
    change: (Words) -> String? = { _ in nil },
    mark: (AnswerSummary.Line) -> HTML? = { _ in nil }
) -> HTML {
    """
    \(summary.sections.map { section in
        panel(say(section.name)) {
            """
            \(section.rows.enumerated().map { index, lines -> HTML in
                """
                \(section.isRepeated ? "<h3>\(say("Dòng", "Row")) \(index + 1)</h3>" as HTML : nil)
                \(definitionList(lines.map { (say($0.label), "\($0.value.map { say($0) } ?? "–")\(mark($0))") }))
                """
            })
            \(change(section.name).map { "<p><a href=\"\($0)\">\(say("Sửa phần này", "Change this part"))</a></p>" as HTML })
            """
        }
    })
    """
}

func discardPage(_ work: DraftAtWork, _ context: CitizenContext) -> Response {
    let say = context.language
    let form = Form(context)
    return page(
        say("Bỏ bản nháp?", "Throw the draft away?"),
        context,
        lead: say(work.rules.procedure.name),
        crumbs: draftCrumbs(say)
    ) {
        """
        <p>\(say(
            "Những gì bạn đã nhập và \(work.files.count) tệp đã tải lên sẽ bị xóa hẳn, không lấy lại được.",
            "What you typed and \(work.files.count) uploaded files will be gone for good."
        ))</p>
        \(form.post(to: work.path("xoa")) {
            actions(
                button(say("Xóa bản nháp", "Throw away"), .danger),
                linkButton(say("Giữ lại", "Keep it"), work.path("xem-lai"), .plain)
            )
        })
        """
    }
}
