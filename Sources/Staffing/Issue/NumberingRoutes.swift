import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Persistence
package import Web

/// Where an agency says how its results are numbered, and sees where each series stands.
extension StaffRoutes {
    func addNumbering(to work: some RouterMethods<OfficerContext>) {
        work.get("numbering", use: numbering)
        work.post("numbering", use: setPattern)
        work.post("numbering/remove", use: removePattern)
        work.post("numbering/begin", use: beginSeries)
    }

    func numbering(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.clerk, .leader, .admin)
        return try await numberingPage(context, typed: FormData())
    }

    private func numberingPage(_ context: OfficerContext, typed: FormData, _ problem: Problem? = nil) async throws
        -> Response
    {
        let agency = context.officer.agency
        let book = books.issues
        let history = try await book.history(of: agency)
        var officers = Set<ID<Officer>>()
        for case .officer(let author) in history.map(\.circumstances.actor) { officers.insert(author) }
        let year = desk.office.now.localDate.civil.year
        return NumberingPage(
            patterns: try await book.patterns(of: agency),
            series: try await book.series(of: agency, year: year),
            history: history,
            names: try await directory.names(of: officers),
            year: year,
            catalogue: desk.catalogue,
            typed: typed,
            problem: problem
        ).show(context)
    }

    func setPattern(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.clerk, .leader, .admin)
        let form = try await request.form(context)
        return try await told {
            var errors: [FieldError] = []
            let code = form.filled("procedure")
            if let code, ProcedureCode(rawValue: code).flatMap({ desk.catalogue.procedure($0) }) == nil {
                errors.append(
                    FieldError(
                        "procedure",
                        "Không có thủ tục mang mã này. Hãy chép đúng mã, ví dụ 1.004772.",
                        "There is no procedure of that code. Copy it exactly, such as 1.004772."
                    )
                )
            }
            let pattern = form.filled("pattern").flatMap(NumberPattern.init(rawValue:))
            if pattern == nil {
                errors.append(
                    FieldError(
                        "pattern",
                        "Mẫu phải có đúng một chỗ <number>, tối đa 40 ký tự. Ví dụ <number>/QĐ-STP.",
                        "The pattern needs <number> once and at most 40 characters, such as <number>/QĐ-STP."
                    )
                )
            }
            guard let pattern, errors.isEmpty else { throw Problem.invalid(errors) }
            try await books.issues.perform(
                .set(by: ActingOfficer(context.officer), procedure: code, pattern: pattern),
                of: context.officer.agency,
                desk.circumstances(context)
            )
            return .redirect(to: "/work/numbering")
        } again: { problem in
            try await numberingPage(context, typed: form, problem)
        }
    }

    func beginSeries(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.clerk, .leader, .admin)
        let form = try await request.form(context)
        return try await told {
            let pattern = form.filled("series").flatMap(NumberPattern.init(rawValue:))
            let first = form.filled("first").flatMap { Int(typed: $0, in: NumberPatterns.firsts) }
            var errors: [FieldError] = []
            if pattern == nil {
                errors.append(
                    FieldError("series", "Chưa chọn dãy số. Hãy chọn trong danh sách.", "Please choose a series.")
                )
            }
            if first == nil { errors.append(NumberPatterns.firstIsWrong) }
            guard let pattern, let first, errors.isEmpty else { throw Problem.invalid(errors) }
            try await books.issues.begin(
                pattern,
                with: first,
                by: ActingOfficer(context.officer),
                desk.circumstances(context)
            )
            return .redirect(to: "/work/numbering")
        } again: { problem in
            try await numberingPage(context, typed: form, problem)
        }
    }

    func removePattern(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.clerk, .leader, .admin)
        let form = try await request.form(context)
        try await books.issues.perform(
            .remove(by: ActingOfficer(context.officer), procedure: form["procedure"] ?? ""),
            of: context.officer.agency,
            desk.circumstances(context)
        )
        return .redirect(to: "/work/numbering")
    }
}

extension NumberPatterns {
    fileprivate static let firstIsWrong = FieldError(
        "first",
        "Số đầu phải từ 1 đến \(firsts.upperBound). Hãy nhập số tiếp theo của sổ giấy.",
        "The first number must be 1 to \(firsts.upperBound). Enter the one after the last in the book on paper."
    )
}

extension NumberPatterns.Refusal: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .notYours:
            Problem(
                "role-needed",
                "Mẫu số do văn thư, lãnh đạo hoặc quản trị của cơ quan đặt.",
                "Patterns are set by clerks, leaders or administrators of the agency.",
                .forbidden
            )
        case .noSuchPattern:
            Problem(
                "no-such-pattern",
                "Mẫu số này không còn nữa. Hãy tải lại trang.",
                "This pattern is gone already. Please reload the page.",
                .notFound
            )
        case .outOfRange: Problem.invalid([NumberPatterns.firstIsWrong])
        case .hasIssued:
            Problem(
                "series-has-begun",
                "Dãy số này đã cấp số trong năm nay nên không đặt lại số đầu được; như vậy sẽ thiếu hoặc trùng số.",
                "This series has given numbers this year; another first number would leave some out or give some twice.",
                .conflict,
                errors: [
                    FieldError(
                        "series",
                        "Dãy này đã cấp số. Hãy chọn dãy khác.",
                        "It has begun. Please choose another."
                    )
                ]
            )
        }
    }
}

/// The patterns and series of an agency, with the form for one more.
private struct NumberingPage {
    let patterns: [IssueBook.Pattern]
    let series: [IssueBook.Series]
    let history: [Recorded<NumberPatterns.Event>]
    let names: [ID<Officer>: String]
    let year: Int
    let catalogue: CatalogueBook
    let typed: FormData
    let problem: Problem?

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        let form = Form(context, typed: typed, errors: problem?.errors ?? [])
        return page(
            say("Số văn bản kết quả", "Numbers of results"),
            context,
            lead: say(
                "Bước cuối của văn thư tự cấp số. Mỗi mẫu là một dãy, không bỏ số, mỗi năm bắt đầu từ 1.",
                "The clerk's last step gives the number. Each pattern is a series without gaps that begins with 1 each year."
            ),
            width: .wide,
            crumbs: [Crumb(say("Bàn làm việc", "Workspace"), "/work")]
        ) {
            """
            \(form.summary)\(problem.flatMap { refusal($0, say) })
            \(list(context))
            \(panel(say("Đặt mẫu số", "Set a pattern")) {
                form.post(to: "/work/numbering") {
                    """
                    \(form.field(
                        "pattern",
                        say("Mẫu số, ký hiệu", "Pattern"),
                        hint: say("<number> là chỗ của số. Ví dụ <number>/QĐ-STP.", "<number> stands for the number."),
                        maxLength: 40,
                        autocomplete: "off"
                    ))
                    \(form.field(
                        "procedure",
                        say("Chỉ cho thủ tục có mã", "For one procedure only, by its code"),
                        .code,
                        hint: say("Để trống: mọi thủ tục khác.", "Leave empty for all others."),
                        required: false,
                        maxLength: 20,
                        autocomplete: "off"
                    ))
                    \(actions(button(say("Lưu mẫu số", "Save the pattern"))))
                    """
                }
            })
            \(begin(form, say))
            \(history.isEmpty ? nil : panel(say("Lịch sử", "History")) { timeline(past(say)) })
            """
        }
    }

    /// For the year in which an agency leaves its book on paper; nothing where every series has begun.
    private func begin(_ form: Form, _ say: Language) -> HTML? {
        let open = Set(patterns.map(\.pattern)).filter { pattern in
            !series.contains { $0.pattern == pattern && $0.hasIssued }
        }
        guard !open.isEmpty else { return nil }
        return panel(say("Tiếp nối sổ giấy", "Go on from a book on paper")) {
            form.post(to: "/work/numbering/begin") {
                """
                <p>\(say(
                    "Nếu năm \(year) đã cấp số trên sổ giấy, hãy nhập số tiếp theo. Chỉ đặt được khi dãy chưa cấp số nào ở đây.",
                    "If numbers of \(year) were given on paper, enter the next one. It can be set until the series gives its first number here."
                ))</p>
                \(form.select(
                    "series",
                    say("Dãy số", "Series"),
                    open.map(\.rawValue).sorted().map { Choice($0, $0) }
                ))
                \(form.field("first", say("Số đầu tiên cấp ở đây", "First number given here"), .number))
                \(actions(button(say("Đặt số đầu", "Set the first number"), .plain)))
                """
            }
        }
    }

    private func list(_ context: OfficerContext) -> HTML {
        let say = context.language
        let form = Form(context)
        return table(
            say("Mẫu số đang dùng", "Patterns in use"),
            [
                Column(say("Thủ tục", "Procedure")), Column(say("Mẫu", "Pattern")),
                Column(say("Số gần nhất năm \(year)", "Last number of \(year)")), Column(say("Việc", "To do")),
            ],
            density: .dense,
            hidesCaption: true,
            rows: patterns.map { entry in
                let last = series.first { $0.pattern == entry.pattern }
                let remove: HTML =
                    entry.procedure.map { code in
                        form.post(to: "/work/numbering/remove") {
                            "\(form.hidden("procedure", code))\(button(say("Bỏ", "Remove"), .quiet))"
                        }
                    } ?? "–"
                let next = last.map {
                    $0.hasIssued
                        ? $0.pattern.number($0.last)
                        : say("Chưa có, bắt đầu từ \($0.last + 1)", "None yet, begins with \($0.last + 1)")
                }
                return [
                    "\(name(entry.procedure, say))", "<span class=\"code\">\(entry.pattern.rawValue)</span>",
                    "\(next ?? say("Chưa có", "None yet"))", remove,
                ]
            }
        )
    }

    private func name(_ code: String?, _ say: Language) -> String {
        guard let code else { return say("Mọi thủ tục khác", "All others") }
        let name = ProcedureCode(rawValue: code).flatMap { catalogue.procedure($0) }.map { say($0.name) }
        return [name, "(\(code))"].compactMap(\.self).joined(separator: " ")
    }

    private func past(_ say: Language) -> [Happening] {
        history.reversed().map { recorded in
            let title =
                switch recorded.event {
                case .patternSet(let procedure, let pattern): "\(name(procedure, say)): \(pattern.rawValue)"
                case .patternRemoved(let procedure):
                    say("Bỏ mẫu số: ", "Pattern removed: ") + name(procedure, say)
                case .seriesBegun(let series, let first):
                    say(
                        "Dãy \(series.pattern.rawValue) năm \(series.year) bắt đầu từ \(first)",
                        "Series \(series.pattern.rawValue) of \(series.year) begins with \(first)"
                    )
                }
            let at = recorded.circumstances.at.localMinute
            let author: String? = if case .officer(let id) = recorded.circumstances.actor { names[id] } else { nil }
            return Happening(
                at.vietnamese,
                title,
                machineTime: "\(at.rawValue)+07:00",
                detail: author.map { "<p class=\"quiet\">\($0)</p>" }
            )
        }
    }
}
