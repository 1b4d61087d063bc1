import Agencies
import Catalogue
import DossierCore
import Kernel
import Web

/// What somebody asks of the register, as it stands in the address: which agencies' books, and what of them.
struct RegisterQuery {
    var filter: RegisterFilter
    /// In the order of the books.
    var agencies: [AgencyProfile]
    /// Where the lines before ended.
    var place: RegisterPlace?
    /// Whether everything that is chosen is to be counted.
    var withTotals: Bool
    let typed: FormData
    /// What the lines were chosen by besides the days, for the head of a paper.
    let selection: Words?

    /// The word for all agencies below the officer's own.
    static let everybody = "all"

    /// The agencies whose registers an officer may read: their own, and for those who lead or supervise also those
    /// below it.
    static func readable(by officer: OfficerIdentity, in tree: AgencyTree) -> [AgencyProfile] {
        let own = tree[officer.agency].map { [$0] } ?? []
        guard !officer.roles.isDisjoint(with: [.leader, .auditor]) else { return own }
        return tree.subtree(of: officer.agency).filter { $0.kind != .oneStop || $0.id == officer.agency }
    }
}

extension RegisterQuery {
    /// Reads an address; everything that is wrong with it is said at once.
    static func read(
        _ form: FormData,
        by officer: OfficerIdentity,
        in tree: AgencyTree,
        _ catalogue: Catalogue,
        today: LocalDate
    ) -> (query: RegisterQuery, errors: [FieldError]) {
        var reading = Reading(form: form)
        let month = today.adding(days: 1 - today.civil.day)
        let from = reading.day("from", otherwise: month)
        let to = reading.day("to", otherwise: max(from, month.adding(months: 1).adding(days: -1)))
        if from > to {
            reading.refuse("to", "Ngày cuối kỳ ở trước ngày đầu kỳ. Hãy sửa lại.", "The period ends before it begins.")
        }
        var selection: [Words] = []
        let procedures = reading.procedures(catalogue, &selection)
        let channel: Channel? = reading.word("channel")
        let stage: Stage? = reading.word("state")
        let punctuality: RegisterFilter.Punctuality? = reading.word("punctuality")
        let agencies = reading.agencies(of: officer, in: tree, &selection)
        if let channel { selection.append(Words("Kênh: \(channel.words.vi)", "Channel: \(channel.words.en)")) }
        if let stage { selection.append(Words("Trạng thái: \(stage.name.vi)", "State: \(stage.name.en)")) }
        if let punctuality { selection.append(punctuality.words) }
        let query = RegisterQuery(
            filter: RegisterFilter(
                by: reading.word("by") ?? .received,
                from: from,
                to: max(from, to),
                procedures: procedures,
                channel: channel,
                stage: stage,
                punctuality: punctuality
            ),
            agencies: agencies,
            place: reading.place(),
            withTotals: reading.flag("totals"),
            typed: form,
            selection: selection.isEmpty
                ? nil
                : Words(
                    selection.map(\.vi).joined(separator: " · "),
                    selection.map(\.en).joined(separator: " · ")
                )
        )
        return (query, reading.errors)
    }

    /// The address of the same choice elsewhere; `more` replaces what was asked for.
    func address(_ path: String, _ more: KeyValuePairs<String, String> = [:]) -> String {
        let names = ["by", "from", "to", "agency", "field", "procedure", "channel", "state", "punctuality"]
        var pairs = names.compactMap { name in typed.filled(name).map { (name, $0) } }
        pairs += more.map { ($0.key, $0.value) }
        let query = pairs.map { "\($0.0)=\(PercentEncoding.escaped($0.1))" }.joined(separator: "&")
        return query.isEmpty ? path : "\(path)?\(query)"
    }
}

/// Reads the fields one by one and keeps what is wrong with them.
private struct Reading {
    let form: FormData
    private(set) var errors: [FieldError] = []

    init(form: FormData) { self.form = form }

    mutating func refuse(_ name: String, _ vi: String, _ en: String) { errors.append(FieldError(name, vi, en)) }

    mutating func day(_ name: String, otherwise: LocalDate) -> LocalDate {
        guard let text = form.filled(name) else { return otherwise }
        if let day = LocalDate(vietnamese: text) { return day }
        refuse(
            name,
            "“\(text.prefix(20))” không phải là một ngày. Hãy nhập ngày/tháng/năm, ví dụ 31/12/2026.",
            "“\(text.prefix(20))” is not a day. Write day/month/year, such as 31/12/2026."
        )
        return otherwise
    }

    mutating func word<W: RawRepresentable<String> & CaseIterable>(_ name: String) -> W? {
        guard let text = form.filled(name) else { return nil }
        if let word = W(rawValue: text) { return word }
        let known = W.allCases.map(\.rawValue).joined(separator: ", ")
        refuse(name, "Không có giá trị này. Hãy chọn một trong: \(known).", "No such value; choose one of \(known).")
        return nil
    }

    mutating func flag(_ name: String) -> Bool {
        guard let text = form.filled(name) else { return false }
        if text == "1" || text == "true" { return true }
        if text != "0" && text != "false" { refuse(name, "Hãy ghi 1 hoặc bỏ trống.", "Write 1 or leave it out.") }
        return false
    }

    mutating func place() -> RegisterPlace? {
        guard let text = form.filled("after") else { return nil }
        if let place = RegisterPlace(text) { return place }
        refuse(
            "after",
            "Con trỏ trang không đúng. Hãy dùng giá trị “next” vừa nhận.",
            "Give the “next” value you got."
        )
        return nil
    }

    /// The codes that a procedure or a field stands for; nil for all.
    mutating func procedures(_ catalogue: Catalogue, _ selection: inout [Words]) -> [String]? {
        if let text = form.filled("procedure") {
            // A procedure that the catalogue has no more may still stand in the register.
            guard let code = ProcedureCode(rawValue: text.uppercased()) else {
                refuse(
                    "procedure",
                    "Mã thủ tục không đúng. Hãy nhập như 1.001193.",
                    "This is not the code of a procedure. Write it like 1.001193."
                )
                return nil
            }
            let name = catalogue[code]?.name
            selection.append(
                Words("TTHC: \(name?.vi ?? code.rawValue)", "Procedure: \(name?.en ?? code.rawValue)")
            )
            return [code.rawValue]
        }
        guard let key = form.filled("field") else { return nil }
        guard let field = catalogue.fields[key] else {
            refuse("field", "Không có lĩnh vực này. Hãy chọn trong danh sách.", "There is no such field of work.")
            return nil
        }
        selection.append(Words("Lĩnh vực: \(field.name.vi)", "Field: \(field.name.en)"))
        return catalogue.procedures.values.filter { $0.field == key }.map(\.code.rawValue).sorted()
    }

    mutating func agencies(of officer: OfficerIdentity, in tree: AgencyTree, _ selection: inout [Words])
        -> [AgencyProfile]
    {
        let readable = RegisterQuery.readable(by: officer, in: tree)
        let own = readable.filter { $0.id == officer.agency }
        guard let text = form.filled("agency"), text != officer.agency.rawValue else { return own }
        if text == RegisterQuery.everybody, readable.count > 1 {
            selection.append(Words("Tất cả cơ quan trực thuộc", "All agencies below"))
            return readable
        }
        guard let chosen = readable.first(where: { $0.id.rawValue == text }) else {
            refuse(
                "agency",
                "Không có cơ quan này, hoặc bạn không được xem sổ của cơ quan đó. Hãy chọn trong danh sách.",
                "There is no such agency, or its register is not yours to read. Please choose from the list."
            )
            return own
        }
        selection.append(Words("Cơ quan: \(chosen.name.vi)", "Agency: \(chosen.name.en)"))
        return [chosen]
    }
}

extension RegisterFilter.Basis {
    var words: Words {
        switch self {
        case .received: Words("Ngày nhận", "Received")
        case .filed: Words("Ngày nộp", "Filed")
        case .due: Words("Ngày hẹn trả", "Due")
        case .returned: Words("Ngày trả", "Returned")
        }
    }
}

extension RegisterFilter.Punctuality {
    var words: Words {
        switch self {
        case .onTime: Words("Đúng hạn, trong hạn", "On time")
        case .late: Words("Quá hạn", "Late")
        }
    }
}
