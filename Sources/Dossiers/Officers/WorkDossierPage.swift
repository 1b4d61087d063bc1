import Agencies
import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Persistence
import PrintedPapers
import Web

/// A dossier with everything an officer needs on one screen.
struct WorkDossierPage {
    let scene: ActScene
    /// Everybody whom its history names.
    let names: [ID<Officer>: String]
    /// The agencies with which it has been.
    let agencies: [ID<Agency>: Words]
    /// Said beside the due date.
    let unlistedDays: Words?
    /// What others know of it.
    let told: [HTML]
    /// Right after counter intake: the visitor waits for the receipt.
    let isJustTaken: Bool
    /// The version after which the reader has just done something; nil when they only look.
    let since: Int?
    let typed: FormData
    let problem: Problem?

    private var details: DossierBook.Details { scene.details }
    private var rules: FilingRules { scene.rules }
    private var officer: ActingOfficer { scene.officer }
    private var now: Instant { scene.now }
    private static let preparing = PrepareResult()
    private var path: String { "/work/dossiers/\(details.row.id.rawValue)" }

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        let form = Form(context, typed: typed, errors: problem?.errors ?? [])
        let acts = Acts.offered(on: details.dossier, by: officer, at: now, under: rules).filter(\.hasButton)
        return page(
            details.row.code.rawValue,
            context,
            lead: "\(say(rules.procedure.name)) – \(details.row.applicantName)",
            width: .wide,
            crumbs: [Crumb(say("Bàn làm việc", "Workspace"), "/work")]
        ) {
            """
            \(form.summary)\(problem.flatMap { refusal($0, say) })
            \(isJustTaken ? notice(.good, title: say("Đã tiếp nhận hồ sơ", "The dossier is accepted")) {
                "<p>\(linkButton(say("In giấy tiếp nhận và hẹn trả", "Print the receipt"), "\(path)/papers/receipt", key: "p"))</p>"
            } : nil)
            \(done(say))
            \(withdrawal(say))
            \(passed(say))
            \(standIn(say))
            \(opinions.notice(say))
            <div class="desk"><div class="now">
            \(panel(say("Việc cần làm", "To do")) {
                """
                \(steps(say))
                \(actions(acts, form, say))
                """
            })
            \(results.show(say))
            \(Self.preparing.isPossible(on: details.dossier, by: officer) ? result(form, say) : nil)
            \(PassedParts(details.history).panel(details, agencies: agencies, isOwn: isOwn, files: path, now: now, say))
            \(opinions.show(form, say))
            \(supplement(say))
            \(papers(say))
            \(panel(say("Ai đã giữ hồ sơ", "Who has held the dossier")) {
                Holdings(details.history).table(rules, names: names, agencies: agencies, calendar: scene.calendar, now: now, say)
            })
            \(panel(say("Quá trình", "History")) {
                timeline(history(say).tell(details.history))
            })
            \(told)
            </div><div class="case">
            \(facts(say))
            \(answers(say))
            </div></div>
            """
        }
    }

    private var results: ResultPanel { ResultPanel(details: details, rules: rules, names: names, path: path) }

    private var opinions: OpinionPanel {
        OpinionPanel(details: details, officer: officer, names: names, now: now, path: path)
    }

    /// What the reader has just done, as the history tells it.
    private func done(_ say: Language) -> HTML? {
        guard let since else { return nil }
        let own = details.history.filter {
            $0.version > since && $0.circumstances.actor == .officer(id: officer.id)
        }
        guard !own.isEmpty else { return nil }
        return notice(.good, title: say("Đã ghi nhận", "Recorded")) {
            """
            <ul>\(history(say).tell(own).map { "<li>\($0.title)</li>" as HTML })</ul>
            \(isReceiptChanged(by: own) ? "<p>\(linkButton(say("In giấy tiếp nhận bản sửa", "Print the corrected receipt"), "\(path)/papers/receipt"))</p>" as HTML : nil)
            """
        }
    }

    /// The one that the visitor holds says something else than the dossier now.
    private func isReceiptChanged(by events: [Recorded<Dossier.Event>]) -> Bool {
        DossierPaper.printable(of: details).contains(.receipt) && events.contains { $0.event.happening.correctsReceipt }
    }

    private func history(_ say: Language) -> History {
        History(
            say: say,
            rules: rules,
            texts: details.texts,
            isForOfficers: true,
            names: names,
            agencies: agencies
        )
    }

    private func withdrawal(_ say: Language) -> HTML? {
        guard details.row.withdrawalIsAsked else { return nil }
        return notice(.waiting, title: say("Người dân yêu cầu rút hồ sơ", "The applicant asks to withdraw")) {
            "<p>\(say("Xác nhận hoặc từ chối ở mục “Việc cần làm”.", "Confirm or decline under “To do”."))</p>"
        }
    }

    private var isOwn: Bool { officer.agency == details.row.agency }

    /// Where it is, for its own agency; what is asked, for the other one.
    private func passed(_ say: Language) -> HTML? {
        guard let passage = details.dossier.passage else { return nil }
        let tone: Tone = passage.due < now ? .bad : .waiting
        let due = passage.due.localMinute.vietnamese
        if isOwn {
            let name = agencies[passage.agency] ?? .anotherAgency
            return notice(tone, title: say("Đang phối hợp: \(name.vi)", "With \(name.en)")) {
                "<p>\(say("Cần trả lời trước \(due).", "Wanted by \(due)."))</p>"
            }
        }
        let owner = agencies[details.row.agency] ?? .anotherAgency
        return notice(tone, title: say("\(owner.vi) đề nghị phối hợp", "\(owner.en) asks for your part")) {
            """
            <p class="pre">\(details.text(passage.request, say))</p>
            <p>\(say("Cần trả lời trước \(due).", "Wanted by \(due)."))</p>
            """
        }
    }

    /// In whose place this officer would do the next step.
    private func standIn(_ say: Language) -> HTML? {
        let dossier = details.dossier
        guard dossier.stage.isOpen || dossier.stage == .finished,
            let standIn = officer.standIns.first(where: { standIn in
                standIn.absent == dossier.holder
                    || !officer.roles.contains(dossier.currentRole)
                        && standIn.lends(dossier.currentRole, of: dossier.holder)
            })
        else { return nil }
        return standInNotice(standIn, names[standIn.absent] ?? "", say)
    }

    /// The plan of work, and where the dossier stands in it.
    private func steps(_ say: Language) -> HTML {
        let (stage, current) = (details.row.stage, details.dossier.step)
        return """
            <ol class="plan">\(rules.revision.steps.enumerated().map { index, step -> HTML in
                let state = Self.state(ofStep: index, at: current, in: stage)
                return """
                    <li class="\(state)" \(attribute: "aria-current", state == "here" ? "step" : nil)>\(say(step.name)) \
                    <span class="quiet">\(say(Role(step.role).words)) · \(step.hours) \(say("giờ", "h"))</span></li>
                    """
            })</ol>
            <p class="quiet">\(holder(say))</p>
            """
    }

    private static func state(ofStep index: Int, at current: Int, in stage: Stage) -> String {
        switch stage {
        case .unfiled, .filed: index == 0 ? "here" : "ahead"
        case .accepted, .processing, .awaitingSupplement, .awaitingObligation:
            index < current ? "done" : index == current ? "here" : "ahead"
        // What ended early did not go the rest of the way.
        case .refused, .withdrawn, .stopped, .cancelled: index < current ? "done" : "ahead"
        case .finished, .returned: "done"
        }
    }

    private func holder(_ say: Language) -> String {
        guard details.row.stage.isOpen else { return say(details.row.stage.name) }
        if let partner = details.dossier.passage?.agency {
            let place = say("Đang ở: ", "With: ") + say(agencies[partner] ?? .anotherAgency)
            return place + (details.row.holder.flatMap { names[$0] }.map { ", \($0)" } ?? "")
        }
        guard let holder = details.row.holder else {
            return say("Chưa có người nhận: ", "Not taken yet: ") + say(details.dossier.currentRole.words)
        }
        return say("Đang giữ hồ sơ: ", "Held by: ")
            + (names[holder] ?? say("người đã rời cơ quan", "a former colleague"))
    }

    private func actions(_ acts: [any OfficerAct], _ form: Form, _ say: Language) -> HTML {
        guard !acts.isEmpty else {
            return "<p class=\"quiet\">\(say("Bạn không có việc ở bước này.", "Nothing for you at this step."))</p>"
        }
        return """
            <div class="acts">\(acts.enumerated().map { index, act -> HTML in
                let weight: Weight = index == 0 ? .main : act.isFinal ? .danger : .plain
                guard act.asksNothing, !act.isFinal else {
                    return linkButton(say(act.name(on: details.dossier)), "\(path)/act/\(act.key)", weight, key: act.shortcut)
                }
                return form.post(to: "\(path)/\(act.address)") {
                    """
                    \(form.hidden("version", String(details.row.version)))
                    \(button(say(act.name(on: details.dossier)), weight, key: act.shortcut))
                    """
                }
            })</div>
            """
    }

    private func result(_ form: Form, _ say: Language) -> HTML {
        panel(
            details.dossier.outcome == nil
                ? say("Chuẩn bị kết quả", "Prepare the result") : say("Thay kết quả", "Replace the result")
        ) {
            """
            \(form.post(to: "\(path)/\(Self.preparing.address)", hasFiles: true) {
                """
                \(form.hidden("version", String(details.row.version)))
                \(Self.preparing.fields(ActForm(form: form, typed: typed, scene: scene, say: say)))
                \(Web.actions(button(say(Self.preparing.name), .plain)))
                """
            })
            """
        }
    }

    private func supplement(_ say: Language) -> HTML? {
        guard let asked = details.supplement, let list = asked.list(rules, withAnswers: true, say) else { return nil }
        return panel(
            say("Yêu cầu bổ sung", "Supplement"),
            aside: details.dossier.wasAskedAgain ? tag(say("Lần nữa", "Once more"), .waiting) : nil
        ) {
            "<p class=\"pre\">\(asked.reason)</p>\(list)\(asked.deadline(now: now, say))"
        }
    }

    private func papers(_ say: Language) -> HTML {
        panel(say("Giấy tờ", "Papers")) {
            """
            \(digitisationList(details, rules, say))
            \(details.dossier.allowsDigitising(by: officer)
                ? "<p>\(linkButton(say("Số hóa giấy tờ", "Scan papers"), "\(path)/digitise", .plain))</p>" as HTML : nil)
            \(prints(say))
            """
        }
    }

    private func prints(_ say: Language) -> HTML {
        let papers = DossierPaper.printable(of: details)
        let isForPost = details.row.returnBy == .post && details.row.stage == .finished
        let sheets: [PaperSheet] = isForPost ? [.envelopesC5, .envelopesDL, .labels] : []
        return """
            <p class="prints">\(papers.map {
                linkButton(say($0.words), "\(path)/papers/\($0.rawValue)", .quiet, key: $0 == .receipt ? "p" : nil)
            })\(sheets.map {
                linkButton(say($0.words), "/work/papers/\($0.rawValue)?dossier=\(details.row.id.rawValue)", .quiet)
            })</p>
            """
    }

    private func facts(_ say: Language) -> HTML {
        let row = details.row
        let isAnswered = row.firstAnswerDue == nil
        let dueOrAnswer: HTML = "\(due(row, now: now, say))\(clock(say))"
        return panel(say("Hồ sơ", "Dossier")) {
            definitionList(
                [
                    (say("Trạng thái", "State"), row.stage.tag(say)),
                    (say("Người nộp", "Applicant"), "\(row.applicantName)"),
                    (say("Thủ tục", "Procedure"), "\(say(rules.procedure.name)) (\(row.procedureCode))"),
                    (say("Trường hợp", "Case"), "\(situation.map { say($0) } ?? "–")"),
                    (say("Kênh", "Channel"), "\(say(row.channel.words))"),
                    (say("Nộp lúc", "Filed"), "\(row.filedAt.localMinute.vietnamese)"),
                    (isAnswered ? say("Hẹn trả", "Due") : say("Trả lời lần đầu", "First answer"), dueOrAnswer),
                    (
                        say("Số kết quả", "Result no."),
                        "\(details.dossier.issue.map { "\($0.number), \($0.date.vietnamese)" } ?? "–")"
                    ),
                    (say("Nhận kết quả", "Return"), "\(say(returnPlace.words))"),
                    (say("Phí, lệ phí", "Fees"), Charges(rules, of: details).list(say)),
                ] + secret(say)
            )
        }
    }

    private var returnPlace: ReturnPlace {
        ReturnPlace(details.row.returnBy, address: rules.deliveryAddress(in: details.readAnswers), office: nil)
    }

    /// The applicant's, and of no use to another agency.
    private func secret(_ say: Language) -> [(String, HTML)] {
        guard isOwn, let secret = details.secret else { return [] }
        return [(say("Mã tra cứu", "Look-up secret"), "<span class=\"code\">\(secret)</span>")]
    }

    private func clock(_ say: Language) -> HTML? {
        guard details.row.dueAt != nil else { return nil }
        return
            "\(unlistedDays.map { "<br>\(say($0))." as HTML })<br><a href=\"\(path)/clock\">\(say("Cách tính", "How it was counted"))</a>"
    }

    private var situation: Words? {
        rules.revision.cases.first { $0.key == details.dossier.situation }?.name
    }

    private func answers(_ say: Language) -> HTML {
        guard let json = details.answers else {
            return notice {
                "<p>\(say("Nội dung khai đã xóa theo quy định.", "The answers have been erased by law."))</p>"
            }
        }
        // Written by an earlier version in another shape: shown as it is rather than hidden.
        guard let answers = try? Answers(stored: json) else {
            return panel(say("Nội dung khai", "Answers")) { "<pre>\(json)</pre>" }
        }
        return answersPanel(rules.revision.form.summary(of: answers), say)
    }
}

extension Dossier {
    func allowsDigitising(by officer: ActingOfficer) -> Bool {
        do {
            try mayDigitise(by: officer)
            return true
        } catch {
            return false
        }
    }
}
