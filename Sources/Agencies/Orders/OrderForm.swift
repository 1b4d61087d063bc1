import Kernel
import Web

/// What is typed into the form of an order, read into what it means.
struct OrderForm {
    let order: StandingOrder
    /// Of whom it is asked.
    let agency: ID<Agency>

    /// What an order is about, as it is chosen.
    enum Scope: String, CaseIterable { case everything, field, procedure }

    static let healthRulesLength = 1000

    /// A problem says everything that is wrong with it. `agencies` are those that may be chosen.
    init(_ form: FormData, agencies: [ID<Agency>], names: MatterNames, tree: AgencyTree, now: Instant) throws {
        var reader = FormReader(form)
        let agency = Self.agency(&reader, agencies)
        let percent = reader.optionalNumber("percent", in: 1...100)
        let distance = reader.metres("distance")
        let closures = Self.closures(&reader, names) { procedure in
            agency.map { names.concern(procedure, $0, tree, on: now.localDate) } ?? true
        }
        let healthRules = reader.optionalText("healthRules", max: Self.healthRulesLength)
        let start = Self.start(&reader, now)
        let end = Self.end(&reader)
        let reason = reader.text(
            "reason",
            max: 300,
            missing: Words("Chưa ghi lý do. Hãy viết ngắn gọn để người dân hiểu.", "Please say why; citizens read it.")
        )
        let number = reader.text(
            "number",
            max: 80,
            missing: Words(
                "Chưa có số văn bản. Hãy ghi như 17/CT-UBND.",
                "Enter the number of the document, such as 17/CT-UBND."
            )
        )
        let date = reader.day("date")
        try reader.finish()
        guard let agency, let start, let reason, let number, let date else { throw Problem.invalid(reader.errors) }
        self.agency = agency
        order = StandingOrder(
            id: .fresh(at: now),
            measures: Measures(percent: percent, distance: distance, healthRules: healthRules, closures: closures),
            start: start,
            end: end,
            reason: reason,
            document: LegalDocument(number: number, date: date)
        )
    }

    private static func agency(_ reader: inout FormReader, _ agencies: [ID<Agency>]) -> ID<Agency>? {
        if let agency = agencies.first(where: { $0.rawValue == reader.form.filled("agency") }) { return agency }
        reader.refuse("agency", "Chưa chọn cơ quan. Hãy chọn trong danh sách.", "Please choose an agency of the list.")
        return nil
    }

    private static func closures(
        _ reader: inout FormReader,
        _ names: MatterNames,
        handles: (String) -> Bool
    ) -> [Closure] {
        let channels = reader.form.all("closed").compactMap(Channel.init(rawValue:))
        guard !channels.isEmpty else { return [] }
        let scope: Scope? = reader.choice(
            "scope",
            missing: Words("Chưa chọn phạm vi tạm dừng. Hãy chọn một mục.", "Please choose what is closed.")
        )
        let matter: Closure.Matter? =
            switch scope {
            case .everything: .everything
            case .field: field(&reader, names)
            case .procedure: procedure(&reader, names, handles: handles)
            case nil: nil
            }
        return matter.map { matter in Channel.allCases.filter(channels.contains).map { Closure($0, matter) } } ?? []
    }

    private static func field(_ reader: inout FormReader, _ names: MatterNames) -> Closure.Matter? {
        let typed = reader.form.filled("field")
        if let typed, names.fields().contains(where: { $0.key == typed }) { return .field(key: typed) }
        reader.refuse("field", "Chưa chọn lĩnh vực. Hãy chọn một mục.", "Please choose a field.")
        return nil
    }

    private static func procedure(
        _ reader: inout FormReader,
        _ names: MatterNames,
        handles: (String) -> Bool
    ) -> Closure.Matter? {
        guard let typed = reader.form.filled("procedure") else {
            reader.refuse(
                "procedure",
                "Chưa ghi mã thủ tục. Hãy ghi mã như ở trang thủ tục, ví dụ 2.000488.",
                "Please write the code of the procedure as its page does, such as 2.000488."
            )
            return nil
        }
        if names.procedure(typed) != nil {
            if handles(typed) { return .procedure(code: typed) }
            reader.refuse(
                "procedure",
                "Cơ quan được chọn và các cơ quan trực thuộc không giải quyết thủ tục này. Hãy xem lại mã, hoặc chọn cơ quan khác.",
                "Neither the chosen agency nor one below it handles this procedure. Check the code, or choose another agency."
            )
            return nil
        }
        reader.refuse(
            "procedure",
            "Không có thủ tục mang mã này. Hãy ghi mã như ở trang thủ tục, ví dụ 2.000488.",
            "No procedure has this code. Write it as its page does, such as 2.000488."
        )
        return nil
    }

    /// Nothing typed means at once.
    private static func start(_ reader: inout FormReader, _ now: Instant) -> Instant? {
        guard reader.form.filled("startDay") != nil || reader.form.filled("startTime") != nil else { return now }
        let (day, time) = (reader.day("startDay"), reader.optionalTime("startTime"))
        return day.map { Instant(LocalMinute(date: $0, minuteOfDay: time ?? 0)) }
    }

    /// A day without a time is the last one on which it holds.
    private static func end(_ reader: inout FormReader) -> Instant? {
        guard reader.form.filled("endDay") != nil || reader.form.filled("endTime") != nil else { return nil }
        let (day, time) = (reader.day("endDay"), reader.optionalTime("endTime"))
        return day.map { day in
            Instant(
                time.map { LocalMinute(date: day, minuteOfDay: $0) }
                    ?? LocalMinute(date: day.adding(days: 1), minuteOfDay: 0)
            )
        }
    }
}
