import Hummingbird
import Kernel
import Web

/// `GET /api/v1/procedures` and `GET /api/v1/procedures/{code}`.
struct CatalogueAPI: Sendable {
    let book: CatalogueBook
    let office: Office

    func add(to router: some RouterMethods<AppContext>) {
        router.get("procedures", use: list)
        router.get("procedures/:code", use: show)
    }

    private func list(_ request: Request, _ context: AppContext) throws -> Response {
        let query = try request.query
        let page = try PageOfProcedures(query)
        let catalogue = book.current
        let finding = book.finder.finding(
            page.words,
            limit: page.words.isEmpty ? Int.max : ProcedureQuery.most,
            filter: page.filter
        )
        let hits = finding.hits
        let codes = page.words.isEmpty ? hits.map(\.code).sorted() : hits.map(\.code)
        let rest = codes.dropFirst(page.start(in: codes))
        let items = rest.prefix(page.limit).compactMap { catalogue[$0] }
        let next = rest.count > page.limit ? items.last.map { page.cursor(after: $0.code) } : nil
        let today = office.now.localDate
        return try json(
            ProcedureListShape(
                items: items.map { ProcedureItemShape($0, on: today) },
                next: next,
                loose: finding.isLoose ? true : nil
            ),
            context
        )
    }

    private func show(_ request: Request, _ context: AppContext) throws -> Response {
        let typed = try context.parameters.require("code")
        let catalogue = book.current
        guard let code = ProcedureCode(rawValue: typed), let procedure = catalogue[code] else {
            throw Problem(
                "unknown-procedure",
                "Không có thủ tục mang mã này. Hãy tìm tại /api/v1/procedures?q=….",
                "No procedure has this code. Search at /api/v1/procedures?q=….",
                .notFound
            )
        }
        let shape = ProcedureShape(procedure, field: catalogue.fields[procedure.field], on: office.now.localDate)
        return try json(shape, context)
    }
}

/// The part of a list that a program asks for.
private struct PageOfProcedures {
    let words: String
    let filter: SearchFilter
    let limit: Int
    private let after: ProcedureCode?

    init(_ form: FormData) throws {
        words = String((form["q"] ?? "").prefix(200))
        filter = SearchFilter(
            level: try PageOfProcedures.word(form, "level"),
            field: form.filled("field").map { String($0.prefix(100)) },
            audience: try PageOfProcedures.word(form, "audience"),
            channel: try PageOfProcedures.word(form, "channel")
        )
        limit = try PageOfProcedures.limit(form)
        after = try form.filled("after").map { text in
            guard let code = ProcedureCode(rawValue: text) else {
                throw Problem.invalid([
                    FieldError(
                        "after",
                        "Hãy dùng đúng giá trị “next” của trang trước.",
                        "Use the “next” of the page before."
                    )
                ])
            }
            return code
        }
    }

    private static func limit(_ form: FormData) throws -> Int {
        guard let text = form.filled("limit") else { return 50 }
        guard let limit = Int(typed: text, in: 1...200) else {
            throw Problem.invalid([
                FieldError("limit", "Phải là số nguyên từ 1 đến 200.", "Must be an integer from 1 to 200.")
            ])
        }
        return limit
    }

    private static func word<W: RawRepresentable<String> & CaseIterable>(_ form: FormData, _ name: String) throws -> W?
    {
        guard let text = form.filled(name) else { return nil }
        guard let word = W(rawValue: text) else {
            let known = W.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem.invalid([FieldError(name, "Các giá trị hợp lệ: \(known).", "Must be one of: \(known).")])
        }
        return word
    }

    /// A cursor names the last procedure of the page before, so that pages neither repeat nor leave out any when the
    /// catalogue grows meanwhile.
    func start(in codes: [ProcedureCode]) -> Int {
        guard let after else { return 0 }
        if let index = codes.firstIndex(of: after) { return index + 1 }
        return words.isEmpty ? codes.firstIndex { $0 > after } ?? codes.count : codes.count
    }

    func cursor(after code: ProcedureCode) -> String { code.rawValue }
}
