import Agencies
import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Persistence
import PrintedPapers
import Web

import struct Documents.QRCode

/// A dossier as its applicant follows it.
struct CitizenDossierPage {
    let details: DossierBook.Details
    let rules: FilingRules
    let agency: AgencyProfile?
    /// What the agencies are called with which it has been.
    let agencies: [ID<Agency>: Words]
    let now: Instant
    /// Nil while nothing is late.
    let answerable: Answerable?
    /// What others know of it.
    let told: [HTML]
    /// What can be done with it beside what it waits for.
    let otherActs: HTML?
    /// Said beside the due date.
    let unlistedDays: Words?
    /// Shown right after filing only.
    let lookUpCode: QRCode?

    private var isNew: Bool { lookUpCode != nil }

    private var path: String { "/ho-so/\(details.row.id.rawValue)" }

    func show(_ context: CitizenContext) -> Response {
        let say = context.language
        return page(
            isNew ? say("Đã nộp hồ sơ", "The dossier is filed") : say(rules.procedure.name),
            context,
            lead: isNew ? say(rules.procedure.name) : details.row.code.rawValue,
            crumbs: draftCrumbs(say)
        ) {
            """
            \(isNew ? filed(say) : nil)
            \(answerable?.notice(say))
            \(whatToDo(Form(context), say))
            \(apology(say))
            \(recountNotice(details, say))
            \(state(say))
            \(results(say))
            \(papers(say))
            \(panel(say("Quá trình giải quyết", "History")) {
                timeline(History(say: say, rules: rules, texts: details.texts, isForOfficers: false, agencies: agencies).tell(details.history))
            })
            \(told)
            \(otherActs)
            """
        }
    }

    private func filed(_ say: Language) -> HTML {
        notice(.good, title: say("Hồ sơ đã đến nơi", "Your dossier has arrived")) {
            """
            <p>\(say("Mã hồ sơ", "Code")): <strong class="code">\(details.row.code.rawValue)</strong><br>
            \(say("Mã tra cứu", "Look-up secret")): <strong class="code">\(details.secret ?? "")</strong></p>
            \(details.row.firstAnswerDue.map { due -> HTML in
                """
                <p>\(say("Cơ quan phải trả lời trước", "The office owes you an answer by")) \
                <strong>\(due.localMinute.vietnamese)</strong>. \
                \(say("Chậm thì trang này sẽ báo cùng số điện thoại để gọi.", "If it is late, this page says so, and whom to call."))</p>
                """
            })
            \(lookUpCode.map { code in
                """
                <svg class="qr" viewBox="\(code.viewBox)" role="img" \
                aria-label="\(say("Mã QR để tra cứu hồ sơ", "QR code to follow the dossier"))"><path d="\(code.path)"/></svg>
                """ as HTML
            })
            <p><a href="\(path)/giay-xac-nhan.pdf">\(say("Tải giấy xác nhận nộp hồ sơ (PDF)", "Proof of filing (PDF)"))</a></p>
            """
        }
    }

    private func whatToDo(_ form: Form, _ say: Language) -> HTML? {
        guard details.row.stage == .awaitingSupplement else { return nil }
        return notice(.waiting, title: say("Cần bạn bổ sung giấy tờ", "Papers are missing")) {
            """
            \(details.supplement.map { asked in
                """
                <p class="pre">\(asked.reason)</p>
                \(asked.list(rules, withAnswers: false, say))
                \(asked.deadline(now: now, say))
                """ as HTML
            })
            <p>\(linkButton(say("Bổ sung ngay", "Send them now"), "\(path)/bo-sung"))</p>
            """
        }
    }

    /// The last extension or apology, for as long as the result is awaited.
    private func apology(_ say: Language) -> HTML? {
        guard details.row.stage.isOpen else { return nil }
        for recorded in details.history.reversed() {
            if case .clock(.apologised(let reason, let expected)) = recorded.event {
                return notice(
                    .waiting,
                    title: say("Cơ quan xin lỗi vì đã quá hạn", "The agency apologises for the delay")
                ) {
                    """
                    <p>\(say("Dự kiến có kết quả ngày", "The result is expected on")) <strong>\(expected.vietnamese)</strong></p>
                    \(details.texts[reason.text].map { "<p class=\"pre\">\($0)</p>" as HTML })
                    """
                }
            }
            guard case .clock(.extended(let due, let reason, _)) = recorded.event else { continue }
            return notice(.waiting, title: say("Chúng tôi xin lỗi vì chậm trả kết quả", "We apologise for the delay")) {
                """
                <p>\(say("Ngày hẹn trả mới", "New date")): <strong>\(due.localMinute.vietnamese)</strong></p>
                \(details.texts[reason.text].map { "<p class=\"pre\">\($0)</p>" as HTML })
                """
            }
        }
        return nil
    }

    private func state(_ say: Language) -> HTML {
        panel(say("Tình trạng", "State")) {
            definitionList([
                (say("Trạng thái", "State"), details.row.stage.tag(say)),
                (say("Mã hồ sơ", "Code"), "<span class=\"code\">\(details.row.code.rawValue)</span>"),
                (say("Mã tra cứu", "Look-up secret"), "<span class=\"code\">\(details.secret ?? "–")</span>"),
                (say("Cơ quan giải quyết", "Agency"), "\(agency.map { say($0.name) } ?? "")"),
                (say("Nộp lúc", "Filed at"), "\(details.row.filedAt.localMinute.vietnamese)"),
                (say("Hẹn trả", "Due"), due(say)),
                (say("Nhận kết quả", "Result"), "\(say(place.words))"),
                (say("Phí, lệ phí", "Fees"), Charges(rules, of: details).list(say)),
            ])
        }
    }

    private var place: ReturnPlace {
        ReturnPlace(
            details.row.returnBy,
            address: rules.deliveryAddress(in: details.readAnswers),
            office: agency?.address
        )
    }

    private func due(_ say: Language) -> HTML {
        guard let due = details.row.dueAt else { return "\(say("Sau khi tiếp nhận", "Once accepted"))" }
        return """
            \(due.localMinute.vietnamese)<br>
            \(unlistedDays.map { "\(say($0)).<br>" as HTML })
            <a href="\(path)/thoi-han">\(say("Thời hạn được tính như thế nào?", "How was it counted?"))</a>
            """
    }

    private func results(_ say: Language) -> HTML? {
        let isDone = details.row.stage == .finished || details.row.stage == .returned
        guard isDone, let outcome = details.dossier.outcome else { return replaced(say) }
        let files = details.dossier.results
        return panel(say("Kết quả", "Result")) {
            """
            \(outcome == .denied ? "<p>\(say("Đề nghị không được chấp thuận.", "The request was denied."))</p>" as HTML : nil)
            \(explanation.map { "<p class=\"pre\">\($0)</p>" as HTML })
            <ul>\(files.map { file -> HTML in
                """
                <li><a href="\(path)/tep/\(file.file.attachment.rawValue)">\(say("Tải", "Download")) \
                \(say(rules.resultName(file.result)))</a> (\(size(of: file.file.bytes)))</li>
                """
            })</ul>
            \(replaced(say))
            """
        }
    }

    /// Results that no longer count, kept readable so that people know what they hold in their hands.
    private func replaced(_ say: Language) -> HTML? {
        guard !details.dossier.replaced.isEmpty else { return nil }
        let isReady = details.dossier.outcome != nil && !details.row.stage.isOpen
        return notice(
            .waiting,
            title: isReady
                ? say("Kết quả cũ đã được thay thế", "The earlier result has been replaced")
                : say("Kết quả đang được đính chính", "The result is being corrected")
        ) {
            """
            <p>\(say("Xin đừng dùng bản cũ dưới đây.", "Please do not use the earlier one below."))</p>
            <ul>\(details.dossier.replaced.map { file -> HTML in
                """
                <li><a href="\(path)/tep/\(file.file.attachment.rawValue)">\(say("Bản cũ", "Earlier")): \
                \(say(rules.resultName(file.result)))</a></li>
                """
            })</ul>
            """
        }
    }

    /// The reasons that were given with the result.
    private var explanation: String? {
        for recorded in details.history.reversed() {
            if case .result(.prepared(_, _, let explanation)) = recorded.event {
                return explanation.flatMap { details.texts[$0.text] }
            }
        }
        return nil
    }

    private func papers(_ say: Language) -> HTML {
        panel(say("Hồ sơ đã nộp", "What you filed")) {
            """
            <p><a href="\(path)/to-khai">\(say("Xem lại nội dung đã khai", "Read what was declared"))</a></p>
            \(paperList(details, rules, say))
            <p><a href="\(path)/giay-xac-nhan.pdf">\(say("Giấy xác nhận nộp hồ sơ (PDF)", "Proof of filing (PDF)"))</a></p>
            \(letters(say))
            """
        }
    }

    /// What the agency has written: the receipt, a request, an apology.
    private func letters(_ say: Language) -> [HTML] {
        DossierPaper.printable(of: details).filter { $0 != .proof && DossierPaper.forApplicants.contains($0) }.map {
            "<p><a href=\"\(path)/giay/\($0.rawValue)\">\(say($0.words)) (PDF)</a></p>"
        }
    }
}
