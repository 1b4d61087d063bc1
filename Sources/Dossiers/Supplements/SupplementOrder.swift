import Catalogue
import Kernel
import Web

/// A request for a supplement as an officer writes it: one row for each paper of the procedure.
///
/// A row asks when it is ticked or when something is written in it.
struct SupplementOrder {
    private(set) var items: [SupplementItem] = []
    private(set) var answerBy: LocalDate?
    private(set) var ground: RepeatGround?
    private(set) var texts: [DossierTexts.Draft] = []
    private(set) var errors: [FieldError] = []

    private let form: FormData
    private let now: Instant

    init(_ form: FormData, on dossier: Dossier, _ rules: FilingRules, calendar: WorkingCalendar, now: Instant) {
        (self.form, self.now) = (form, now)
        let ticked = Set(form.all("component"))
        let known = Set(rules.revision.components.map(\.key) + [SupplementItem.answers])
        if !ticked.isSubset(of: known) {
            refuse("component", "Giấy tờ không thuộc thủ tục này.", "A paper is not one of this procedure.")
        }
        for component in rules.revision.components
        where ticked.contains(component.key) || written(component.key) != nil {
            items.append(
                SupplementItem(
                    component: component.key,
                    originals: count("originals", component, otherwise: component.originals),
                    certifiedCopies: count("certified", component, otherwise: 0),
                    copies: count("copies", component, otherwise: component.copies),
                    request: written(component.key).map { seal($0) }
                )
            )
        }
        askAboutAnswers(isTicked: ticked.contains(SupplementItem.answers))
        if items.isEmpty, errors.isEmpty {
            refuse(
                "component",
                "Chưa chọn giấy tờ nào. Hãy đánh dấu hoặc ghi nội dung vào ít nhất một dòng.",
                "Nothing is chosen. Please tick or write in at least one row."
            )
        }
        readDay(SupplementTime(rules, askedAt: now, calendar: calendar))
        if dossier.hasBeenAsked { readGround() }
    }

    private func written(_ key: String) -> String? { form.filled("text-\(key)") }

    private mutating func refuse(_ name: String, _ vi: String, _ en: String) { errors.append(FieldError(name, vi, en)) }

    private mutating func seal(_ text: String) -> SealedText {
        let draft = DossierTexts.Draft(String(text.prefix(4000)), .remark, at: now)
        texts.append(draft)
        return draft.sealed
    }

    private mutating func count(_ kind: String, _ component: Component, otherwise usual: Int) -> Int {
        let name = "\(kind)-\(component.key)"
        guard let typed = form[name] else { return usual }
        if typed.isEmpty { return 0 }
        if let count = Quantity(typed: typed) { return count.number }
        refuse(name, "Số bản phải từ 0 đến 99.", "The number must be 0 to 99.")
        return 0
    }

    private mutating func askAboutAnswers(isTicked: Bool) {
        if let text = written(SupplementItem.answers) {
            items.append(SupplementItem(component: nil, request: seal(text)))
        } else if isTicked {
            refuse(
                "text-\(SupplementItem.answers)",
                "Hãy ghi mục nào trong đơn khai sai và sửa thế nào.",
                "Please write which answers are wrong and how to mend them."
            )
        }
    }

    /// Where a law sets the day nobody else does.
    private mutating func readDay(_ time: SupplementTime) {
        answerBy = time.day
        guard let typed = form.filled("answerBy") else { return }
        guard let day = LocalDate(vietnamese: typed) else {
            return refuse(
                "answerBy",
                "Ngày không đúng. Hãy nhập ngày/tháng/năm, ví dụ \(time.day.vietnamese).",
                "This is not a day. Write day/month/year, such as \(time.day.vietnamese)."
            )
        }
        if let basis = time.basis, day != time.day {
            refuse(
                "answerBy",
                "Hạn bổ sung của thủ tục này do pháp luật quy định: \(time.day.vietnamese) (\(basis)).",
                "The law sets the day for this procedure: \(time.day.vietnamese) (\(basis))."
            )
        } else if day <= now.localDate || day > now.localDate.adding(months: 12) {
            refuse(
                "answerBy",
                "Hãy chọn một ngày sau hôm nay và trong vòng một năm.",
                "Please choose a day after today and within a year."
            )
        }
        answerBy = day
    }

    /// What an exception must have; without its tick the rules refuse it.
    private mutating func readGround() {
        guard form.filled("again") != nil else { return }
        guard let reason = form.filled("ground"), let basis = form.filled("basis") else {
            for (name, vi, en) in [
                ("ground", "Hãy ghi vì sao lần trước chưa yêu cầu được.", "Please write why it was not asked before."),
                ("basis", "Hãy ghi điều luật cho phép yêu cầu lần nữa.", "Please name the law that allows it."),
            ] where form.filled(name) == nil {
                refuse(name, vi, en)
            }
            return
        }
        ground = RepeatGround(reason: seal(reason), basis: seal(basis))
    }
}
