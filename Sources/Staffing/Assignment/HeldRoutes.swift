package import DossierCore
import Hummingbird
package import Kernel
import Markup
import Persistence
import Web

/// Where the dossiers that one officer holds are given to others, all at once.
extension StaffRoutes {
    func addHeld(to work: some RouterMethods<OfficerContext>) {
        work.get("held/:officer", use: held)
        work.post("held/:officer", use: reassign)
    }

    /// How many dossiers are moved with one press.
    private static let most = 200

    private func holder(_ context: OfficerContext) async throws -> (id: ID<Officer>, name: String) {
        try context.require(.leader, .admin)
        let id = ID<Officer>(rawValue: try context.parameters.require("officer"))
        guard let name = try await directory.names(of: [id])[id] else { throw Problem.notFound }
        return (id, name)
    }

    func held(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let holder = try await holder(context)
        return try await heldPage(holder, context)
    }

    private func heldPage(
        _ holder: (id: ID<Officer>, name: String),
        _ context: OfficerContext,
        typed: FormData = FormData(),
        _ problem: Problem? = nil
    ) async throws -> Response {
        HeldPage(
            name: holder.name,
            path: "/work/held/\(holder.id.rawValue)",
            rows: try await desk.book.held(by: holder.id, in: context.officer.agency, limit: Self.most),
            colleagues: try await directory.colleagues(in: context.officer.agency).filter { $0.id != holder.id },
            away: try await books.absences.away(from: context.officer.agency, on: desk.office.now.localDate),
            now: desk.office.now,
            typed: typed,
            problem: problem
        ).show(context)
    }

    func reassign(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let holder = try await holder(context)
        let form = try await request.form(context)
        return try await told {
            let chosen = Set(form.all("dossier"))
            guard !chosen.isEmpty else { throw Problem.nothingChosen }
            // Only what this officer holds, whatever the form says.
            let rows = try await desk.book.held(by: holder.id, in: context.officer.agency, limit: Self.most)
                .filter { chosen.contains($0.id.rawValue) }
            let isShared = form["officer"] == "share"
            let colleagues = try await directory.colleagues(in: context.officer.agency)
            let receiver = isShared ? nil : colleagues.first { $0.id.rawValue == form.filled("officer") }
            guard isShared || receiver != nil else { throw Problem.invalid([.stranger]) }
            let order = Order(
                by: ActingOfficer(context.officer),
                desk.circumstances(context),
                assigner: try await desk.assigner(context, directory)
            ) { .reassign(by: $0, to: receiver?.id, holding: receiver?.roles ?? []) }
            // One after the other, so that each counts what those before have been given.
            var refused: [ID<Dossier>: Dossier.Refusal] = [:]
            for row in rows {
                refused.merge(try await desk.book.perform(order, onEach: [row.id])) { _, later in later }
            }
            return movedPage(
                holder,
                BulkOutcome(
                    done: rows.filter { refused[$0.id] == nil }.map(\.id),
                    refused: rows.compactMap { row in refused[row.id].map { (row.id, row.code, $0) } }
                ),
                context
            )
        } again: { problem in
            try await heldPage(holder, context, typed: form, problem)
        }
    }

    private func movedPage(
        _ holder: (id: ID<Officer>, name: String),
        _ outcome: BulkOutcome,
        _ context: OfficerContext
    ) -> Response {
        let say = context.language
        return page(
            say("Chuyển giao hồ sơ của \(holder.name)", "Dossiers of \(holder.name)"),
            context,
            crumbs: [Crumb(say("Bàn làm việc", "Workspace"), "/work")]
        ) {
            """
            \(outcome.show(say))
            <p>\(linkButton(say("Về danh sách", "Back to the list"), "/work/held/\(holder.id.rawValue)", .plain, key: "u"))</p>
            """
        }
    }
}

extension DossierBook {
    /// The open dossiers that an officer holds, at most `limit`: what waits for an applicant is held too.
    package func held(by officer: ID<Officer>, in agency: ID<Agency>, limit: Int) async throws -> [DossierRow] {
        try await database.read { tx in
            var rows: [DossierRow] = []
            for box in [DossierRow.Box.processing, .waiting, .accepted] where rows.count < limit {
                rows += try tx.fetch(
                    """
                    SELECT \(DossierRow.columns) FROM dossier d
                    WHERE d.desk = \(agency) AND d.holder = \(officer) AND d.box = \(box)
                    ORDER BY d.filed_at, d.id LIMIT \(limit - rows.count)
                    """
                ).map(DossierRow.init)
            }
            return rows
        }
    }

    /// How many open dossiers an officer holds.
    package func heldCount(by officer: ID<Officer>, in agency: ID<Agency>) async throws -> Int {
        try await database.read { tx in
            try tx.fetch(
                """
                SELECT COUNT(*) FROM dossier WHERE desk = \(agency) AND holder = \(officer)
                    AND box IN ('accepted', 'processing', 'waiting')
                """
            ).first?.int(0) ?? 0
        }
    }

    /// On the page of an officer: what they hold, with the way to give it to others; nothing when they hold nothing.
    var heldPanel: Panel<OfficerInAgency> {
        Panel { holder, say in
            let count = try await heldCount(by: holder.officer, in: holder.agency)
            guard count > 0 else { return nil }
            return panel(say("Hồ sơ đang giữ", "Dossiers held")) {
                """
                \(notice(.waiting) { """
                    <p>\(say(
                        "Người này đang giữ \(count) hồ sơ chưa xong. Khi vắng mặt lâu hoặc khóa tài khoản, hãy chuyển giao để không hồ sơ nào bị quên.",
                        "This officer holds \(count) open dossiers. Give them to others before a long absence or when the account is disabled, so that none is forgotten."
                    ))</p>
                    """ })
                \(actions(linkButton(say("Chuyển giao hồ sơ", "Give them to others"), "/work/held/\(holder.officer.rawValue)", .plain)))
                """
            }
        }
    }
}
