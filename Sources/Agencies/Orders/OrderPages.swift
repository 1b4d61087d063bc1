import Hummingbird
import Kernel
import Markup
import Web

/// What is ordered of an agency: what holds, what is to come, and what was.
struct OrdersPage {
    /// The office that receives for the agency, where it is another.
    let hall: AgencyProfile?
    let inForce: OrdersInForce
    let inForceAtHall: OrdersInForce
    let orders: [ImposedOrder]
    let facts: CalendarFacts
    let names: MatterNames
    let now: Instant

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        return page(
            say("Mệnh lệnh", "Standing orders"),
            context,
            lead: context.officer.agencyName,
            width: .wide
        ) {
            """
            \(context.officer.roles.contains(.leader) ? actions(
                linkButton(say("Ban hành mệnh lệnh", "Give an order"), "/work/orders/new", key: "n")
            ) : nil)
            \(panel(say("Đang áp dụng tại cơ quan này", "In force at this agency")) { lines(inForce, say) })
            \(hall.map { hall in
                panel(say("Đang áp dụng tại \(say(hall.name))", "In force at \(say(hall.name))")) { lines(inForceAtHall, say) }
            })
            \(list(say("Còn hiệu lực hoặc sắp có hiệu lực", "Holding or to come"), say) { !$0.order.isOver(at: now) })
            \(list(say("Đã hết hiệu lực", "Over"), say) { $0.order.isOver(at: now) })
            """
        }
    }

    private func lines(_ inForce: OrdersInForce, _ say: Language) -> HTML {
        guard !inForce.isEmpty else {
            return "<p>\(say("Không có mệnh lệnh nào đang áp dụng.", "No order is in force."))</p>"
        }
        return """
            <ul>\(inForce.byOrder.map { line -> HTML in
                """
                <li>\(line.measures.map { say($0.words(names)) }.joined(separator: "; ")) – <a href="/work/orders/\(line.order.order.id.rawValue)">\
                \(say(line.order.order.document.vi, line.order.order.document.en))</a>, \
                \(facts.agency(line.order.by, say))</li>
                """
            })</ul>
            \(inForce.orders.count > 1 ? "<p class=\"hint\">\(say("Nhiều mệnh lệnh cùng lúc: mỗi loại biện pháp theo mức chặt nhất.", "Of several orders the strictest of each measure holds."))</p>" as HTML : nil)
            """
    }

    private func list(_ title: String, _ say: Language, where belongs: (ImposedOrder) -> Bool) -> HTML? {
        let shown = orders.filter(belongs)
        guard !shown.isEmpty else { return nil }
        return panel(title) {
            table(
                title,
                [
                    Column(say("Văn bản", "Document")), Column(say("Biện pháp", "Measures")),
                    Column(say("Thời gian", "Period")), Column(say("Áp dụng cho", "Holds for")),
                    Column(say("Ai ban hành", "Ordered by")),
                ],
                density: .dense,
                hidesCaption: true,
                rows: shown.map { row($0, say) }
            )
        }
    }

    private func row(_ order: ImposedOrder, _ say: Language) -> [HTML] {
        let document = order.order.document
        return [
            "<a href=\"/work/orders/\(order.order.id.rawValue)\">\(say(document.vi, document.en))</a>",
            measures(order.order.measures, names, say),
            "<span>\(say(order.order.period)) \(state(order, now, say))</span>",
            .text(facts.agency(order.agency, say)),
            """
            <span>\(facts.agency(order.by, say))<br><span class="quiet">\(facts.deed(order.imposed, say))</span></span>
            """,
        ]
    }
}

private func measures(_ measures: Measures, _ names: MatterNames, _ say: Language) -> HTML {
    "<ul class=\"plain\">\(measures.words(names).map { "<li>\(say($0))</li>" as HTML })</ul>"
}

private func state(_ order: ImposedOrder, _ now: Instant, _ say: Language) -> HTML {
    if order.lifted != nil { return tag(say("đã dừng", "lifted")) }
    if order.order.isOver(at: now) { return tag(say("đã hết hạn", "over")) }
    return order.order.holds(at: now)
        ? tag(say("đang áp dụng", "in force"), .active) : tag(say("sắp áp dụng", "to come"), .waiting)
}

/// The form in which an order is given.
struct NewOrderPage {
    /// Those for which the officer's agency may speak, itself first.
    let agencies: [AgencyProfile]
    let names: MatterNames
    let typed: FormData
    let problem: Problem?

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        let form = Form(context, typed: typed, errors: problem?.errors ?? [])
        return page(
            say("Ban hành mệnh lệnh", "Give an order"),
            context,
            lead: context.officer.agencyName,
            crumbs: ordersCrumbs(say)
        ) {
            """
            \(form.summary)\(problem.flatMap { refusal($0, say) })
            \(notice { """
                <p>\(say(
                    "Mệnh lệnh có hiệu lực với cơ quan được chọn và mọi cơ quan trực thuộc, tự bắt đầu và tự kết thúc đúng phút đã ghi. Kênh tạm dừng không nhận hồ sơ trong thời gian ấy; lịch hẹn vượt sức chứa mới được xếp lại, ai đặt trước giữ chỗ.",
                    "The order holds for the agency that is chosen and all below it, and begins and ends by itself at the minute that is written. A closed channel takes no dossiers meanwhile; appointments beyond the new capacity are planned again, and the earliest keep their places."
                ))</p>
                """ })
            \(form.post(to: "/work/orders/new") {
                """
                \(form.select("agency", say("Áp dụng cho", "Holds for"), agencies.map { Choice($0.id.rawValue, say($0.name)) }, value: agencies.first?.id.rawValue))
                \(form.checkboxes("closed", say("Kênh tạm dừng", "Channels that are closed"), [
                    Choice("counter", say("Trực tiếp tại quầy", "Counter")), Choice("online", say("Trực tuyến", "Online")), Choice("post", say("Bưu chính", "Post")),
                ]))
                \(form.radios("scope", say("Tạm dừng đối với", "Closed for"), [
                    Choice("everything", say("Mọi thủ tục", "Every procedure")), Choice("field", say("Một lĩnh vực", "One field")), Choice("procedure", say("Một thủ tục", "One procedure")),
                ], required: false, value: "everything"))
                \(form.select("field", say("Lĩnh vực", "Field"), names.fields().map { Choice($0.key, say($0.name)) }, hint: say("Chỉ khi tạm dừng một lĩnh vực.", "Only when one field is closed."), required: false))
                \(form.field("procedure", say("Mã thủ tục", "Code of the procedure"), hint: say("Chỉ khi tạm dừng một thủ tục, ví dụ 2.000488.", "Only when one procedure is closed, such as 2.000488."), required: false, maxLength: 40, autocomplete: "off"))
                \(form.field("percent", say("Tỷ lệ chỗ ngồi được dùng (%)", "Seats that may be used (%)"), .number, hint: say("Từ 1 đến 100, ví dụ 50. Để trống nếu không giới hạn.", "From 1 to 100, such as 50; empty for no limit."), required: false))
                \(form.field("distance", say("Khoảng cách tối thiểu (mét)", "Least distance (metres)"), .number, hint: say("Tính theo sơ đồ phòng chờ ở nơi đã có.", "Counted on the hall's plan where there is one."), required: false))
                \(form.textArea("healthRules", say("Quy định y tế thông báo cho người dân", "Health rules told to visitors"), required: false, maxLength: OrderForm.healthRulesLength, rows: 3))
                \(form.field("startDay", say("Bắt đầu: ngày", "Begins: day"), .date, hint: say("Để trống để áp dụng ngay.", "Empty to begin at once."), required: false))
                \(form.field("startTime", say("Bắt đầu: giờ", "Begins: time"), .number, hint: say("Ví dụ 08:00; để trống là từ 0 giờ.", "Such as 08:00; empty for midnight."), required: false))
                \(form.field("endDay", say("Kết thúc: ngày", "Ends: day"), .date, hint: say("Để trống nếu chưa biết.", "Empty if not known yet."), required: false))
                \(form.field("endTime", say("Kết thúc: giờ", "Ends: time"), .number, hint: say("Ví dụ 06:00; để trống là đến hết ngày.", "Such as 06:00; empty for the end of the day."), required: false))
                \(form.field("reason", say("Lý do", "Reason"), hint: say("Người dân đọc được.", "Citizens read it."), maxLength: 300))
                \(form.field("number", say("Số văn bản", "Number of the document"), hint: say("Ví dụ 17/CT-UBND.", "Such as 17/CT-UBND."), maxLength: 80, autocomplete: "off"))
                \(form.field("date", say("Ngày văn bản", "Date of the document"), .date))
                \(actions(
                    button(say("Ban hành", "Give the order")),
                    linkButton(say("Quay lại", "Back"), "/work/orders", .plain, key: "u")
                ))
                """
            })
            """
        }
    }
}

/// One order: what, why, who, from when until when, and what has become of it.
struct OrderPage {
    let order: ImposedOrder
    let mayLift: Bool
    let facts: CalendarFacts
    let names: MatterNames
    let now: Instant

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        let (order, given) = (order.order, order)
        return page(
            say(order.document.vi, order.document.en),
            context,
            lead: facts.agency(given.by, say),
            crumbs: ordersCrumbs(say)
        ) {
            """
            \(given.lifted.map { lifting in
                notice(.bad, title: say("Đã dừng áp dụng", "Lifted")) {
                    """
                    <p>\(lifting.reason)</p><p class="quiet">\(facts.agency(lifting.by, say)), \(facts.deed(lifting.deed, say))</p>
                    """
                }
            })
            \(panel(say("Mệnh lệnh", "Order")) {
                definitionList([
                    (say("Biện pháp", "Measures"), measures(order.measures, names, say)),
                    (say("Thời gian", "Period"), "\(say(order.period)) \(state(given, now, say))"),
                    (say("Áp dụng cho", "Holds for"), .text(say("\(facts.agency(given.agency, say)) và các cơ quan trực thuộc", "\(facts.agency(given.agency, say)) and all below it"))),
                    (say("Lý do", "Reason"), .text(order.reason)),
                    (say("Văn bản", "Document"), .text(say(order.document.vi, order.document.en))),
                    (say("Ban hành", "Given"), .text("\(facts.agency(given.by, say)), \(facts.deed(given.imposed, say))")),
                ])
            })
            \(mayLift ? actions(
                linkButton(say("Dừng áp dụng", "Lift"), "/work/orders/\(order.id.rawValue)/lift", .danger)
            ) : nil)
            """
        }
    }
}

/// Asks before an order is lifted.
func liftPage(
    _ order: ImposedOrder,
    _ names: MatterNames,
    _ context: OfficerContext,
    typed: FormData,
    _ problem: Problem? = nil
) -> Response {
    let say = context.language
    let form = Form(context, typed: typed, errors: problem?.errors ?? [])
    let path = "/work/orders/\(order.order.id.rawValue)"
    return page(
        say("Dừng áp dụng mệnh lệnh?", "Lift the order?"),
        context,
        lead: say(order.order.document.vi, order.order.document.en),
        crumbs: ordersCrumbs(say)
    ) {
        """
        \(form.summary)\(problem.flatMap { refusal($0, say) })
        \(notice(.waiting) { """
            \(measures(order.order.measures, names, say))
            <p>\(say(
                "Các biện pháp này hết hiệu lực ngay. Mệnh lệnh vẫn còn trong sổ.",
                "These measures end at once. The order stays in the book."
            ))</p>
            """ })
        \(form.post(to: "\(path)/lift") {
            """
            \(form.field("reason", say("Văn bản hoặc lý do dừng", "Document or reason"), hint: say("Ví dụ: Công văn 900/UBND ngày 10/08/2021.", "Such as: Letter 900/UBND of 10/08/2021."), maxLength: 200))
            \(actions(
                button(say("Dừng áp dụng", "Lift"), .danger),
                linkButton(say("Quay lại", "Back"), path, .plain, key: "u")
            ))
            """
        })
        """
    }
}

private func ordersCrumbs(_ say: Language) -> [Crumb] {
    [Crumb(say("Mệnh lệnh", "Standing orders"), AgencyLinks.orders)]
}
