import Catalogue
import DossierCore
import Kernel
import Markup
import Web

/// An officer says, once, everything that is missing or wrong.
struct RequestSupplement: OfficerAct {
    struct Terms: Sendable {
        let reason: DossierTexts.Draft
        let items: [SupplementItem]
        let answerBy: LocalDate
        let ground: RepeatGround?
        /// What is said of the items and of asking again.
        let texts: [DossierTexts.Draft]
    }

    let name = Words("Yêu cầu bổ sung", "Ask for a supplement")
    let key = "supplement"
    let shortcut: String? = "b"
    let isFinal = true
    let width = PageWidth.wide
    /// What is wrong is said item by item.
    private let reason = ActText(
        label: Words("Lý do chung", "Reason for the whole"),
        rows: 3,
        usual: "Hồ sơ chưa đầy đủ, chưa đúng quy định."
    )

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayRequestSupplement(by: officer)
    }

    func fields(_ asked: ActForm) -> HTML { "\(SupplementTable(asked: asked).fields)\(reason.field(asked))" }

    func terms(_ said: Said, _ scene: ActScene, _ wrong: inout [FieldError]) -> Terms? {
        let reason = reason.read(said.text, at: scene.now, &wrong)
        var reading = SupplementReading(said: said, scene: scene)
        let items = reading.items()
        let day = reading.day()
        let ground = reading.ground()
        wrong += reading.wrong
        return reason.map { reason in
            Terms(reason: reason, items: items, answerBy: day, ground: ground, texts: reading.texts)
        }
    }

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { [terms.reason] + terms.texts }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .requestSupplement(
            by: officer,
            items: terms.items,
            reason: terms.reason.sealed,
            answerBy: terms.answerBy,
            ground: terms.ground
        )
    }
}

extension RequestSupplement {
    struct Said: ActSaid {
        /// What is said of one item.
        struct Row: Codable, Sendable {
            var originals: Given<Quantity>?
            var certifiedCopies: Given<Quantity>?
            var copies: Given<Quantity>?
            var text: String?
        }

        let text: String?
        /// The items asked for, whatever is said of them.
        let ticked: [String]
        let rows: [String: Row]
        let answerBy: Given<LocalDate>?
        /// Asks once more, with the reason and the law for it.
        let again: Bool
        let ground: String?
        let basis: String?

        /// A form says something of every row, and asks for those that are ticked.
        init(_ form: FormData) {
            (text, ticked) = (form["text"], form.all("component"))
            answerBy = form.given("answerBy", LocalDate.init(vietnamese:))
            (again, ground, basis) = (form.isTicked("again"), form["ground"], form["basis"])
            var rows: [String: Row] = [:]
            for pair in form.pairs {
                let parts = pair.name.split(separator: "-", maxSplits: 1).map(String.init)
                guard parts.count == 2 else { continue }
                // An emptied field asks for none.
                let count = Given(Quantity(typed: pair.value.isEmpty ? "0" : pair.value))
                var row = rows[parts[1]] ?? Row()
                switch parts[0] {
                case "originals": row.originals = row.originals ?? count
                case "certified": row.certifiedCopies = row.certifiedCopies ?? count
                case "copies": row.copies = row.copies ?? count
                case "text": row.text = row.text ?? pair.value
                default: continue
                }
                rows[parts[1]] = row
            }
            self.rows = rows
        }

        private struct Item: Decodable {
            let item: String
            let originals: Given<Quantity>?
            let certifiedCopies: Given<Quantity>?
            let copies: Given<Quantity>?
            let text: String?
        }

        private struct Sent: Decodable {
            let text: String?
            /// The short form of items of which nothing is said.
            let components: [String]?
            let items: [Item]?
            let answerBy: Given<LocalDate>?
            let again: Bool?
            let ground: String?
            let basis: String?
        }

        /// A program names the items that it asks for, one by one.
        init(from decoder: any Decoder) throws {
            let sent = try Sent(from: decoder)
            let items = sent.items ?? []
            (text, answerBy, again) = (sent.text, sent.answerBy, sent.again == true)
            (ground, basis) = (sent.ground, sent.basis)
            ticked = ((sent.components ?? []) + items.map(\.item)).map(\.tidied)
            rows = Dictionary(
                items.map { item in
                    (
                        item.item.tidied,
                        Row(
                            originals: item.originals,
                            certifiedCopies: item.certifiedCopies,
                            copies: item.copies,
                            text: item.text
                        )
                    )
                },
                uniquingKeysWith: { first, _ in first }
            )
        }
    }
}

/// Judges what is said of the items, and collects the texts and everything that is wrong.
private struct SupplementReading {
    let said: RequestSupplement.Said
    let scene: ActScene
    var texts: [DossierTexts.Draft] = []
    var wrong: [FieldError] = []

    private mutating func refuse(_ name: String, _ vi: String, _ en: String) { wrong.append(FieldError(name, vi, en)) }

    private mutating func seal(_ text: String, in field: String) -> SealedText? {
        let draft = DossierTexts.Draft(remark: text, in: field, at: scene.now, &wrong)
        if let draft { texts.append(draft) }
        return draft?.sealed
    }

    /// One for each row that is ticked, or in which something is written.
    mutating func items() -> [SupplementItem] {
        let ticked = Set(said.ticked)
        let components = scene.rules.revision.components
        if !ticked.isSubset(of: components.map(\.key) + [SupplementItem.answers]) {
            refuse("component", "Giấy tờ không thuộc thủ tục này.", "A paper is not one of this procedure.")
        }
        var items: [SupplementItem] = []
        for component in components {
            let row = said.rows[component.key]
            let text = row?.text?.written
            guard ticked.contains(component.key) || text != nil else { continue }
            items.append(
                SupplementItem(
                    component: component.key,
                    originals: count("originals", row?.originals, component, otherwise: component.originals),
                    certifiedCopies: count("certified", row?.certifiedCopies, component, otherwise: 0),
                    copies: count("copies", row?.copies, component, otherwise: component.copies),
                    request: text.flatMap { seal($0, in: "text-\(component.key)") }
                )
            )
        }
        items += answers(isTicked: ticked.contains(SupplementItem.answers)).map { [$0] } ?? []
        if items.isEmpty, wrong.isEmpty {
            refuse(
                "component",
                "Chưa chọn giấy tờ nào. Hãy đánh dấu hoặc ghi nội dung vào ít nhất một dòng.",
                "Nothing is chosen. Please tick or write in at least one row."
            )
        }
        return items
    }

    private mutating func count(_ kind: String, _ given: Given<Quantity>?, _ component: Component, otherwise usual: Int)
        -> Int
    {
        guard let given else { return usual }
        if let count = given.value { return count.number }
        refuse("\(kind)-\(component.key)", "Số bản phải từ 0 đến 99.", "The number must be 0 to 99.")
        return 0
    }

    private mutating func answers(isTicked: Bool) -> SupplementItem? {
        if let text = said.rows[SupplementItem.answers]?.text?.written {
            return SupplementItem(component: nil, request: seal(text, in: "text-\(SupplementItem.answers)"))
        }
        if isTicked {
            refuse(
                "text-\(SupplementItem.answers)",
                "Hãy ghi mục nào trong đơn khai sai và sửa thế nào.",
                "Please write which answers are wrong and how to mend them."
            )
        }
        return nil
    }

    /// Where a law sets the day nobody else does.
    mutating func day() -> LocalDate {
        let time = SupplementTime(scene.rules, askedAt: scene.now, calendar: scene.calendar)
        guard let given = said.answerBy else { return time.day }
        guard let day = given.value else {
            refuse(
                "answerBy",
                "Ngày không đúng. Hãy nhập ngày/tháng/năm, ví dụ \(time.day.vietnamese).",
                "This is not a day. Write day/month/year, such as \(time.day.vietnamese)."
            )
            return time.day
        }
        let today = scene.now.localDate
        if let basis = time.basis, day != time.day {
            refuse(
                "answerBy",
                "Hạn bổ sung của thủ tục này do pháp luật quy định: \(time.day.vietnamese) (\(basis)).",
                "The law sets the day for this procedure: \(time.day.vietnamese) (\(basis))."
            )
        } else if day <= today || day > today.adding(months: 12) {
            refuse(
                "answerBy",
                "Hãy chọn một ngày sau hôm nay và trong vòng một năm.",
                "Please choose a day after today and within a year."
            )
        }
        return day
    }

    /// What an exception must have; without its tick the rules refuse it.
    mutating func ground() -> RepeatGround? {
        guard scene.dossier.hasBeenAsked, said.again else { return nil }
        let (reason, basis) = (said.ground?.written, said.basis?.written)
        if reason == nil {
            refuse("ground", "Hãy ghi vì sao lần trước chưa yêu cầu được.", "Please write why it was not asked before.")
        }
        if basis == nil {
            refuse("basis", "Hãy ghi điều luật cho phép yêu cầu lần nữa.", "Please name the law that allows it.")
        }
        guard let reason, let basis else { return nil }
        guard let reason = seal(reason, in: "ground"), let basis = seal(basis, in: "basis") else { return nil }
        return RepeatGround(reason: reason, basis: basis)
    }
}

/// The table in which everything is asked for.
private struct SupplementTable {
    let asked: ActForm

    private var form: Form { asked.form }
    private var say: Language { asked.say }
    private var components: [Component] { asked.scene.rules.handedIn(in: asked.dossier.situation) }

    var fields: HTML {
        """
        \(asked.dossier.hasBeenAsked ? again : nil)
        <p>\(say(
            "Nêu một lần, đầy đủ: đánh dấu hoặc ghi nội dung vào dòng nào là yêu cầu giấy tờ đó.",
            "Ask once, for everything: a row that is ticked or written in asks for its paper."
        ))</p>
        \(form.cellsError("component"))
        \(table(
            say("Giấy tờ cần bổ sung", "What is to be supplied"),
            [
                Column(say("Thành phần hồ sơ", "Paper")), Column(say("Bản chính", "Originals")),
                Column(say("Bản chứng thực", "Certified")), Column(say("Bản photo", "Copies")),
                Column(say("Thiếu gì, sai gì, sửa thế nào", "What is wrong and how to mend it")),
            ],
            hidesCaption: true,
            rows: components.enumerated().map { row($1, isFirst: $0 == 0) } + [answers]
        ))
        \(day)
        """
    }

    private func row(_ component: Component, isFirst: Bool) -> [HTML] {
        let name = say(component.name)
        return [
            form.cellTick("component", component.key, name, isFirst: isFirst),
            count("originals", component.originals, component, say("bản chính", "originals")),
            count("certified", 0, component, say("bản chứng thực", "certified copies")),
            count("copies", component.copies, component, say("bản photo", "copies")),
            form.cellText("text-\(component.key)", say("Nội dung cần bổ sung: \(name)", "What is wrong: \(name)")),
        ]
    }

    private func count(_ kind: String, _ usual: Int, _ component: Component, _ words: String) -> HTML {
        form.cellNumber(
            "\(kind)-\(component.key)",
            say("Số \(words): \(say(component.name))", "Number of \(words): \(say(component.name))"),
            value: usual
        )
    }

    private var answers: [HTML] {
        let name = say(SupplementItem.answersName)
        return [
            form.cellTick("component", SupplementItem.answers, name, isFirst: components.isEmpty), "–", "–", "–",
            form.cellText(
                "text-\(SupplementItem.answers)",
                say("Mục khai cần sửa: \(name)", "Answers to be mended: \(name)")
            ),
        ]
    }

    private var day: HTML {
        let time = SupplementTime(asked.scene.rules, askedAt: asked.scene.now, calendar: asked.scene.calendar)
        if let basis = time.basis {
            return """
                <p>\(say("Hạn bổ sung theo quy định", "To be answered by law until")): \
                <strong>\(time.day.vietnamese)</strong> <span class="quiet">(\(basis))</span></p>
                """
        }
        return form.field(
            "answerBy",
            say("Người dân bổ sung trước hết ngày", "To be answered by the end of"),
            .date,
            hint: say(
                "Đề xuất \(SupplementTime.usualDays) ngày là mặc định của phần mềm, không phải quy định; sửa nếu luật chuyên ngành có hạn khác.",
                "\(SupplementTime.usualDays) days are this program's proposal, not a rule; change it where a law says otherwise."
            ),
            value: time.day.vietnamese
        )
    }

    private var again: HTML {
        """
        \(notice(.waiting) {
            "<p>\(say("Hồ sơ đã được yêu cầu bổ sung ở giai đoạn này. Yêu cầu lần nữa chỉ khi pháp luật cho phép, và được ghi lại là ngoại lệ.", "A supplement was asked for in this phase. Asking again needs a law that allows it, and is recorded as an exception."))</p>"
        })
        \(form.checkbox("again", say("Yêu cầu bổ sung lần nữa", "Ask once more")))
        \(form.textArea("ground", say("Vì sao lần trước chưa yêu cầu được", "Why it was not asked before"), maxLength: DossierTexts.Draft.longestRemark, rows: 2))
        \(form.field("basis", say("Căn cứ pháp lý", "Legal basis"), hint: say("Ví dụ: Điều 10 khoản 3 Nghị định …", "Such as: Art. 10.3 of Decree …"), maxLength: 500))
        """
    }
}
