import Hummingbird
import Kernel
import Markup
import Web

/// All agencies of today, as a tree.
func agencyTreePage(_ tree: AgencyTree, on date: LocalDate, _ context: some AudienceContext) -> Response {
    let say = context.language
    return page(
        say("Cơ quan", "Agencies"),
        context,
        lead: say(
            "Tìm cơ quan giải quyết thủ tục: địa chỉ, giờ làm việc và người liên hệ.",
            "Find an agency: its address, its opening hours and whom to contact."
        )
    ) {
        """
        \(searchForm("", say))
        \(tree.isEmpty ? emptyState(
            say("Chưa có cơ quan nào", "There are no agencies yet"),
            say("Người quản trị cần nạp danh sách cơ quan.", "The administrator has to load the list of agencies.")
        ) : nil)
        \(tree.roots.filter { $0.exists(on: date) }.map { root in
            panel(say(root.name), id: root.id.rawValue, aside: about(root, say)) {
                branch(tree.children(of: root.id), tree, date, say) ?? ""
            }
        })
        """
    }
}

private func about(_ agency: AgencyProfile, _ say: Language) -> HTML {
    link(agency, say, text: say("Địa chỉ, giờ làm việc", "Address and hours"))
}

private func branch(_ agencies: [AgencyProfile], _ tree: AgencyTree, _ date: LocalDate, _ say: Language) -> HTML? {
    let agencies = agencies.filter { $0.exists(on: date) }
    guard !agencies.isEmpty else { return nil }
    let items = agencies.map { agency in
        let below = branch(tree.children(of: agency.id), tree, date, say)
        let name = link(agency, say)
        return below == nil ? "<li>\(name)</li>" as HTML : "<li>\(name)\(below)</li>"
    }
    return "<ul>\(items)</ul>"
}

func agencySearchPage(
    _ words: String,
    found: [AgencyProfile],
    _ tree: AgencyTree,
    on date: LocalDate,
    _ context: some AudienceContext
) -> Response {
    let say = context.language
    return page(
        say("Cơ quan", "Agencies"),
        context
    ) {
        """
        \(searchForm(words, say))
        <p role="status">\(say(
            "Tìm thấy \(found.count) cơ quan cho “\(words)”.",
            "\(found.count) \(found.count == 1 ? "agency" : "agencies") found for “\(words)”."
        ))</p>
        \(found.isEmpty ? emptyState(
            say("Không tìm thấy cơ quan nào", "No agency was found"),
            say(
                "Thử ít từ hơn, ví dụ “tư pháp” hoặc “đội cấn”; có thể gõ không dấu.",
                "Try fewer words, such as “justice”; accents may be left out."
            ),
            action: linkButton(say("Xem tất cả cơ quan", "See all agencies"), "/co-quan", .plain)
        ) : "<ul>\(found.prefix(50).map { entry($0, tree, date, say) })</ul>" as HTML)
        """
    }
}

private func entry(_ agency: AgencyProfile, _ tree: AgencyTree, _ date: LocalDate, _ say: Language) -> HTML {
    let above = tree.ancestors(of: agency.id).last.map { "<br><small>\(say($0.name))</small>" as HTML }
    let ended = agency.exists(on: date) ? nil : tag(say("Đã kết thúc hoạt động", "No longer exists"), .neutral)
    return "<li>\(link(agency, say)) \(ended)\(above)</li>"
}

private func searchForm(_ words: String, _ say: Language) -> HTML {
    panel {
        """
        <form class="search" method="get" action="/co-quan" role="search">
        <label for="q">\(say("Tên hoặc mã cơ quan", "Name or code of an agency"))</label>
        <div><input id="q" name="q" type="search" value="\(words)">\(button(say("Tìm", "Search")))</div>
        </form>
        """
    }
}

private func link(_ agency: AgencyProfile, _ say: Language, text: String? = nil) -> HTML {
    "<a href=\"/co-quan/\(agency.id.rawValue)\">\(text ?? say(agency.name))</a>"
}

/// One agency: where it is, when it is open, whom to ask.
func agencyPage(
    _ agency: AgencyProfile,
    _ tree: AgencyTree,
    on date: LocalDate,
    procedures: String?,
    booking: String?,
    orders: HTML?,
    panels: [HTML],
    _ context: some AudienceContext
) -> Response {
    let say = context.language
    let crumbs =
        [Crumb(say("Cơ quan", "Agencies"), "/co-quan")]
        + tree.ancestors(of: agency.id).map { Crumb(say($0.name), "/co-quan/\($0.id.rawValue)") }
    return page(say(agency.name), context, crumbs: crumbs) {
        """
        \(agency.exists(on: date) ? nil : endNotice(agency, tree, date, say))
        \(agency.isDemonstration ? demonstrationNotice(say) : nil)
        \(orders)
        \(panel(say("Liên hệ và giờ làm việc", "Contact and hours")) {
            """
            \(definitionList(facts(agency, tree, date, showsHours: panels.isEmpty, say)))
            \(actions(
                procedures.map { linkButton(say("Thủ tục của cấp này", "Procedures of this level"), $0) },
                booking.map { linkButton(say("Đặt lịch hẹn", "Book an appointment"), $0, .plain) }
            ))
            """
        })
        \(panels)
        \(contacts(agency, say))
        \(branch(tree.children(of: agency.id), tree, date, say).map { below in
            panel(say("Đơn vị trực thuộc", "Offices below")) { below }
        })
        """
    }
}

private func demonstrationNotice(_ say: Language) -> HTML {
    notice(.waiting) {
        """
        <p>\(say(
            "Dữ liệu minh họa: địa chỉ, số điện thoại và tên người trên trang này là giả định.",
            "Demonstration data: the address, telephone numbers and names on this page are invented."
        ))</p>
        """
    }
}

private func endNotice(_ agency: AgencyProfile, _ tree: AgencyTree, _ date: LocalDate, _ say: Language) -> HTML {
    let successors = tree.current(for: agency.id, on: date)
    return notice(.waiting, title: say("Cơ quan này không hoạt động nữa", "This agency no longer exists")) {
        """
        \(agency.validUntil.map { last in
            "<p>\(say("Ngày cuối: \(last.vietnamese).", "Its last day was \(last.rawValue)."))</p>" as HTML
        })
        \(successors.isEmpty ? nil : """
            <p>\(say("Công việc do cơ quan sau tiếp tục:", "Its work is done by:"))</p>
            <ul>\(successors.map { "<li>\(link($0, say))</li>" as HTML })</ul>
            """ as HTML)
        """
    }
}

private func facts(
    _ agency: AgencyProfile,
    _ tree: AgencyTree,
    _ date: LocalDate,
    showsHours: Bool,
    _ say: Language
) -> [(name: String, value: HTML)] {
    var facts: [(name: String, value: HTML)] = []
    if let address = agency.address { facts.append((say("Địa chỉ", "Address"), .text(address))) }
    if let phone = agency.phone { facts.append((say("Điện thoại", "Telephone"), call(phone))) }
    if let email = agency.email { facts.append(("E-mail", write(email))) }
    // Where a panel tells when the counters receive, other hours would be a second answer to when to come.
    if showsHours, let hours = agency.hours {
        let lines = hours.lines(say).map { "<div>\($0)</div>" as HTML }
        facts.append((say("Giờ làm việc của cơ quan", "Hours of the agency"), "\(lines)"))
    }
    if let office = tree.reception(of: agency.id, on: date), office.id != agency.id {
        facts.append((say("Nơi nộp hồ sơ", "Where to file"), link(office, say)))
    }
    if let code = agency.code(on: date) { facts.append((say("Mã định danh", "Code"), "<code>\(code.code)</code>")) }
    return facts
}

private func contacts(_ agency: AgencyProfile, _ say: Language) -> HTML? {
    let published = agency.contacts.filter(\.isPublished)
    guard !published.isEmpty else { return nil }
    return panel(say("Người liên hệ", "People to contact")) {
        "<ul>\(published.map { contact($0, say) })</ul>"
    }
}

private func contact(_ contact: AgencyContact, _ say: Language) -> HTML {
    let ways = [contact.phone.map(call), contact.email.map(write)].compactMap(\.self)
    return """
        <li><strong>\(contact.name)</strong>, \(say(contact.position))\(ways.map { "<br>\($0)" as HTML })</li>
        """
}

private func call(_ phone: PhoneNumber) -> HTML { "<a href=\"tel:\(phone.rawValue)\">\(phone.grouped)</a>" }
private func write(_ email: EmailAddress) -> HTML { "<a href=\"mailto:\(email.rawValue)\">\(email.rawValue)</a>" }

extension PhoneNumber {
    /// `024 3800 0001`, `0236 380 0001`, `0912 000 001`: as people say them.
    package var grouped: String {
        // How numbers of other countries are grouped is for those countries to say.
        if rawValue.hasPrefix("+") { return rawValue }
        let isCapital = rawValue.hasPrefix("024") || rawValue.hasPrefix("028")
        let lengths = isCapital ? [3, 4, 4] : rawValue.hasPrefix("02") ? [4, 3, 4] : [4, 3, 3]
        var rest = rawValue[...]
        return lengths.map { length in
            defer { rest = rest.dropFirst(length) }
            return String(rest.prefix(length))
        }.joined(separator: " ")
    }
}
