import Hummingbird
import Kernel
import Markup
import Web

/// Everything a person needs to know before beginning, on one page that can be printed.
struct ProcedurePage {
    let procedure: Procedure
    let revision: Revision
    let isInForce: Bool
    let field: Words?
    /// Key of the case whose papers are shown.
    let chosen: String?
    let namesOfResults: ResultNames
    /// Where a visit can be booked.
    let booking: String?
    /// Where it is filed online.
    let filing: String?
    /// What others have to say of it before anybody begins.
    let notices: [HTML]

    func show(_ context: AppContext) -> Response {
        let say = context.language
        return page(
            say(procedure.name),
            context,
            lead: revision.summary.map { say($0) },
            width: .wide,
            crumbs: [Crumb(say("Trang chủ", "Home"), "/"), Crumb(say("Các thủ tục", "Procedures"), "/thu-tuc")]
        ) {
            """
            \(isInForce ? nil : notInForce(say))
            \(notices)
            \(columns {
                """
                \(ways(say))\(terms(say))\(papers(say))\(steps(say))\(requirements(say))\(basis(say))
                """
            } aside: {
                facts(say)
            })
            """
        }
    }

    private func notInForce(_ say: Language) -> HTML {
        Web.notice(.bad, title: say("Thủ tục không còn hoặc chưa có hiệu lực", "This procedure is not in force today"))
        {
            let period =
                revision.until.map { say("Có hiệu lực đến \($0.vietnamese).", "In force until \($0.vietnamese).") }
                ?? say("Có hiệu lực từ \(revision.from.vietnamese).", "In force from \(revision.from.vietnamese).")
            return "<p>\(period)</p>"
        }
    }

    private var canFileOnline: Bool { isInForce && revision.isFiledOnline }

    // MARK: - Beside

    private func facts(_ say: Language) -> HTML {
        var facts: [(name: String, value: HTML)] = [
            (say("Mã thủ tục", "Code"), .text(procedure.code.rawValue)),
            (say("Lĩnh vực", "Field"), .text(field.map { say($0) } ?? procedure.field)),
            (
                say("Cấp giải quyết", "Decided by"),
                .text(procedure.levels.map { say($0.words) }.joined(separator: ", "))
            ),
        ]
        if !procedure.audiences.isEmpty {
            let names = procedure.audiences.map { say($0.words) }.joined(separator: ", ")
            facts.append((say("Dành cho", "For"), .text(names)))
        }
        if let level = revision.online.words { facts.append((say("Trực tuyến", "Online"), .text(say(level)))) }
        if revision.presence {
            facts.append(
                (
                    say("Có mặt", "Presence"),
                    .text(
                        say(
                            "Luật yêu cầu bạn có mặt trực tiếp ít nhất một lần.",
                            "The law requires you to come in at least once."
                        )
                    )
                )
            )
        }
        if !revision.results.isEmpty {
            let names = revision.results.map { result in
                """
                <li>\(say(result.name))\(result.electronic ? " \(tag(say("có bản điện tử", "also electronic"), .good))" as HTML : nil)</li>
                """ as HTML
            }
            facts.append((say("Kết quả", "Result"), "<ul>\(names)</ul>"))
        }
        facts.append((say("Hiệu lực từ", "In force from"), .text(revision.from.vietnamese)))
        if let decision = revision.decision {
            facts.append((say("Quyết định công bố", "Published by"), .text(decision)))
        }
        return panel(say("Thông tin chung", "At a glance")) {
            "\(definitionList(facts))\(procedure.note.map { "<p class=\"hint\">\(say($0))</p>" as HTML })"
        }
    }

    // MARK: - How

    private func ways(_ say: Language) -> HTML {
        panel(say("Cách nộp hồ sơ", "How to file")) {
            let ways = revision.channelsOnlineFirst.map { terms -> HTML in
                let text: String =
                    switch terms.channel {
                    case .online:
                        say(
                            "Bấm “Nộp trực tuyến”, điền tờ khai và gửi ảnh chụp hoặc tệp PDF của giấy tờ.",
                            "Press “File online”, fill in the form and send photos or PDF files of your papers."
                        )
                    case .post:
                        say(
                            "Đến bưu cục hoặc gọi bưu tá: bưu điện nhận hồ sơ, chuyển đến cơ quan\(revision.post.return ? " và mang kết quả về tận nhà" : ""). Bưu điện thu cước riêng.",
                            "Go to a post office or call the postman: the post brings your papers to the agency\(revision.post.return ? " and the result to your door" : ""). The post charges its own fee."
                        )
                    case .counter:
                        say(
                            "Mang giấy tờ dưới đây đến bộ phận Một Cửa. Cán bộ kiểm tra, nhập hồ sơ và in giấy hẹn trả kết quả.",
                            "Bring the papers below to the one-stop counter. An officer checks and enters them and prints a receipt with the date of the result."
                        )
                    }
                return """
                    <section><h3>\(say(terms.channel.filingWords))</h3><p>\(text)</p>\
                    \(terms.channel == .online ? begin(say) : terms.channel == .counter ? book(say) : nil)</section>
                    """
            }
            guard !ways.isEmpty else {
                return """
                    <p>\(say("Chưa có thông tin về cách nộp – hỏi cơ quan.", "How to file is not known – ask the agency."))</p>
                    """
            }
            return "<div class=\"ways\">\(ways)</div>"
        }
    }

    private func book(_ say: Language) -> HTML? {
        guard isInForce else { return nil }
        return booking.map { "<p>\(linkButton(say("Đặt lịch hẹn", "Book an appointment"), $0, .plain))</p>" }
    }

    private func begin(_ say: Language) -> HTML? {
        guard canFileOnline, let filing else { return nil }
        return """
            <p>\(linkButton(say("Nộp trực tuyến", "File online"), filing))</p>
            <p class="hint">\(say(
                "Nội dung đã nhập được giữ lại, làm tiếp lúc nào cũng được.",
                "What you have typed is kept; go on whenever you like."
            ))</p>
            """
    }

    private func terms(_ say: Language) -> HTML? {
        guard !revision.channels.isEmpty else { return nil }
        return table(
            say("Thời hạn và phí, lệ phí", "Time limits and fees"),
            [
                Column(say("Cách nộp", "How to file")), Column(say("Thời hạn", "Time limit")),
                Column(say("Phí, lệ phí", "Fees")),
            ],
            rows: revision.channelsOnlineFirst.map { terms in
                [
                    .text(say(terms.channel.filingWords)),
                    "\(say(terms.termWords))\(terms.termNote.map { "<p class=\"hint\">\(say($0))</p>" as HTML })",
                    fee(terms.fee, say),
                ]
            }
        )
    }

    private func fee(_ fee: Fee, _ say: Language) -> HTML {
        switch fee {
        case .free, .unknown: .text(say(fee.words))
        case .due(let items): "<ul>\(items.map { "<li>\(say($0.words))</li>" as HTML })</ul>"
        }
    }

    // MARK: - What

    private func papers(_ say: Language) -> HTML? {
        guard !revision.components.isEmpty else { return nil }
        let known = revision.cases.first { $0.key == chosen }?.key
        return panel(say("Giấy tờ cần chuẩn bị", "Papers to prepare"), id: "giay-to") {
            """
            \(revision.cases.isEmpty ? nil : caseChoice(known, say))
            <ul class="checklist">\(shownComponents(known).map { paper($0, say) })</ul>
            <p class="hint">\(say("Có thể in trang này để đánh dấu giấy tờ đã có.", "Print this page to tick off what you have."))</p>
            """
        }
    }

    /// Without a case everything is listed, each paper with the cases that ask for it.
    private func shownComponents(_ known: String?) -> [Component] {
        known == nil ? revision.components : revision.components(in: known)
    }

    private func caseChoice(_ known: String?, _ say: Language) -> HTML {
        let path = "/thu-tuc/\(procedure.code.rawValue)"
        let all = Tab(say("Tất cả trường hợp", "All cases"), "\(path)#giay-to")
        let each = revision.cases.map { Tab(say($0.name), "\(path)?truong-hop=\($0.key)#giay-to") }
        let current = revision.cases.firstIndex { $0.key == known }.map { $0 + 1 } ?? 0
        return tabs(say("Trường hợp của bạn", "Your case"), [all] + each, current: current)
    }

    private func paper(_ component: Component, _ say: Language) -> HTML {
        var remarks: [String] = []
        if !component.required { remarks.append(say("nếu có", "if any")) }
        if component.show { remarks.append(say("chỉ xuất trình", "only to be shown")) }
        if component.originals > 0 {
            remarks.append(say("\(component.originals) bản chính", "\(component.originals) original(s)"))
        }
        if component.copies > 0 {
            remarks.append(
                say("\(component.copies) bản sao", "\(component.copies) cop\(component.copies == 1 ? "y" : "ies")")
            )
        }
        if component.form { remarks.append(say("điền sẵn khi nộp trực tuyến", "filled in when you file online")) }
        let cases = revision.cases.filter { component.cases.contains($0.key) }.map { say($0.name) }
        if chosen == nil, !cases.isEmpty {
            remarks.append(say("trường hợp: ", "case: ") + cases.joined(separator: "; "))
        }
        let reuse = component.reuse.compactMap { namesOfResults[$0] }.map { say($0) }
        if !reuse.isEmpty {
            remarks.append(say("có thể dùng lại kết quả: ", "may be taken from: ") + reuse.joined(separator: "; "))
        }
        return """
            <li><span class="box" aria-hidden="true">☐</span> <strong>\(say(component.name))</strong>\
            \(remarks.isEmpty ? nil : " <span class=\"quiet\">(\(remarks.joined(separator: ", ")))</span>" as HTML)\
            \(component.help.map { "<p class=\"hint\">\(say($0))</p>" as HTML })</li>
            """
    }

    private func steps(_ say: Language) -> HTML? {
        guard !revision.steps.isEmpty else { return nil }
        return panel(say("Các bước giải quyết", "What happens then")) {
            "<ol>\(revision.steps.map { "<li>\(say($0.name))</li>" as HTML })</ol>"
        }
    }

    private func requirements(_ say: Language) -> HTML? {
        guard !revision.requirements.isEmpty else { return nil }
        return panel(say("Yêu cầu, điều kiện", "Conditions")) {
            "<ul>\(revision.requirements.map { "<li>\(say($0))</li>" as HTML })</ul>"
        }
    }

    private func basis(_ say: Language) -> HTML? {
        guard !revision.legal.isEmpty else { return nil }
        let items = revision.legal.map { basis in
            """
            <li>\(basis.number)\(basis.name.map { " – \(say($0))" })\
            \(basis.date.map { " (\($0.vietnamese))" })</li>
            """ as HTML
        }
        return disclosure(say("Căn cứ pháp lý", "Legal bases")) { "<ul>\(items)</ul>" }
    }
}

extension Revision {
    /// Hà Nội's order of 2021: what can be done from home is told before the way to the office.
    fileprivate var channelsOnlineFirst: [ChannelTerms] {
        let order: [Channel] = [.online, .post, .counter]
        return order.compactMap(terms(of:))
    }
}
