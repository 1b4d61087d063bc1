import DossierCore
import Hummingbird
import Kernel
import Persistence
package import Web

/// Where an agency records who is away and who stands in. A leader does it for everybody, an officer for themselves.
extension StaffRoutes {
    func addAbsences(to work: some RouterMethods<OfficerContext>) {
        work.get("absences", use: absences)
        work.post("absences", use: recordAbsence)
        work.post("absences/:absence/end", use: endAbsence)
    }

    func absences(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await absencesPage(context, typed: FormData(), done: request.uri.queryParameters["done"].map(String.init))
    }

    private func absencesPage(
        _ context: OfficerContext,
        typed: FormData,
        _ problem: Problem? = nil,
        done: String? = nil
    ) async throws -> Response {
        let entries = try await books.absences.list(of: context.officer.agency)
        let named = entries.flatMap { [$0.officer, $0.author] + ($0.deputy.map { [$0] } ?? []) }
        return AbsencesPage(
            entries: entries,
            colleagues: try await directory.colleagues(in: context.officer.agency),
            names: try await directory.names(of: Set(named)),
            today: desk.office.now.localDate,
            typed: typed,
            problem: problem,
            done: done
        ).show(context)
    }

    func recordAbsence(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let form = try await request.form(context)
        return try await told {
            try await books.absences.record(
                try await plan(form, context),
                by: ActingOfficer(context.officer),
                desk.circumstances(context)
            )
            return .redirect(to: "/work/absences?done=recorded")
        } again: { problem in
            try await absencesPage(context, typed: form, problem)
        }
    }

    func endAbsence(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let id = ID<Absence>(rawValue: try context.parameters.require("absence"))
        return try await told {
            try await books.absences.end(id, by: ActingOfficer(context.officer), desk.circumstances(context))
            return .redirect(to: "/work/absences?done=ended")
        } again: { problem in
            try await absencesPage(context, typed: FormData(), problem)
        }
    }

    /// The plan that a form describes; a problem names every field that cannot be read.
    private func plan(_ form: FormData, _ context: OfficerContext) async throws -> Absence.Plan {
        let colleagues = try await directory.colleagues(in: context.officer.agency)
        func colleague(_ id: String?) -> Colleague? { colleagues.first { $0.id.rawValue == id } }
        let own = context.officer.id.rawValue
        let absent = colleague(form.filled("officer") ?? own)
        let deputy = form.filled("deputy").map { colleague($0) }
        let days = ["from", "until"].map { form.filled($0).flatMap(LocalDate.init(vietnamese:)) }
        var errors: [FieldError] = []
        if absent == nil {
            errors.append(
                FieldError("officer", "Hãy chọn người vắng mặt trong danh sách.", "Please choose who is away.")
            )
        }
        for (name, day) in zip(["from", "until"], days) where day == nil {
            errors.append(
                FieldError(
                    name,
                    "Chưa có ngày. Hãy nhập ngày/tháng/năm, ví dụ 25/08/2026.",
                    "The day is missing. Enter day/month/year, such as 25/08/2026."
                )
            )
        }
        if case .some(.none) = deputy {
            errors.append(
                FieldError("deputy", "Không có người này trong cơ quan.", "There is nobody of that name in the agency.")
            )
        }
        if let document = form.filled("document"), document.count > 60 {
            errors.append(
                FieldError("document", "Số văn bản dài quá 60 ký tự.", "The number is longer than 60 characters.")
            )
        }
        guard let absent, let from = days[0], let until = days[1], errors.isEmpty else {
            throw Problem.invalid(errors)
        }
        return Absence.Plan(
            absent: absent.id,
            absentRoles: absent.roles,
            from: from,
            until: until,
            deputy: deputy??.id,
            deputyRoles: deputy??.roles ?? [],
            deputyIsAway: false,
            roles: Set(form.all("role").compactMap(Role.init(rawValue:))),
            document: form.filled("document")
        )
    }
}

extension Absence.Refusal: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .alreadyRecorded, .notFound: Problem.notFound
        case .notYours:
            Problem(
                "not-your-absence",
                "Chỉ lãnh đạo mới ghi được cho người khác. Bạn ghi được cho chính mình.",
                "Only a leader records it for others. You can record it for yourself.",
                .forbidden
            )
        case .over:
            Problem("absence-over", "Lần vắng mặt này đã kết thúc.", "This absence has ended already.", .conflict)
        case .endsBeforeItBegins:
            .field("until", "Ngày cuối phải từ ngày đầu trở đi.", "The last day must not be before the first.")
        case .hasPassed:
            .field("until", "Ngày cuối đã qua. Hãy chọn từ hôm nay trở đi.", "The last day has passed already.")
        case .tooLong:
            .field(
                "until",
                "Không quá một năm. Vắng lâu hơn thì chuyển giao hẳn hồ sơ cho người khác.",
                "At most a year. For longer, give the dossiers to somebody else for good."
            )
        case .deputyIsAbsent:
            .field("deputy", "Hãy chọn một người khác làm người thay thế.", "Please choose somebody else to stand in.")
        case .deputyIsAway:
            .field(
                "deputy",
                "Người này cũng vắng trong thời gian đó. Hãy chọn người khác.",
                "This person is away at that time too. Please choose somebody else."
            )
        case .noRoleChosen:
            .field("role", "Hãy chọn ít nhất một vai trò được thay.", "Choose at least one role to stand in for.")
        case .notTheirRole(let role):
            .field(
                "role",
                "Người vắng mặt không có vai trò \(role.words.vi.lowercased()). Hãy bỏ chọn.",
                "The absent colleague is no \(role.words.en.lowercased()). Please leave it out."
            )
        case .leadersOnly(let role):
            .field(
                "deputy",
                """
                Người này không có vai trò \(role.words.vi.lowercased()). Hãy chọn người có vai trò đó, hoặc nhờ lãnh \
                đạo ghi.
                """,
                """
                This person is no \(role.words.en.lowercased()). Choose somebody who is, or ask a leader to record it.
                """
            )
        case .documentNeeded:
            .field(
                "document",
                "Ủy quyền ký phải có số văn bản. Hãy nhập, ví dụ 12/QĐ-STP.",
                "Signing is delegated by a document. Please enter its number, such as 12/QĐ-STP."
            )
        }
    }
}

extension Problem {
    /// One field is wrong.
    fileprivate static func field(_ name: String, _ vi: String, _ en: String) -> Problem {
        .invalid([FieldError(name, vi, en)])
    }
}
