import Agencies
import Forecasting
import Hummingbird
import Kernel
import Markup
import Web

/// The public page that tells when an office is busy.
struct ForecastRoutes: Sendable {
    private let forecasts: OfficeForecasts
    private let agencies: AgencyBook
    private let office: Office

    init(forecasts: OfficeForecasts, agencies: AgencyBook, office: Office) {
        (self.forecasts, self.agencies, self.office) = (forecasts, agencies, office)
    }

    static func address(of agency: ID<Agency>) -> String { "\(AgencyLinks.page(of: agency))/khi-nao-nen-den" }

    func addPublic(to router: some RouterMethods<AppContext>) {
        router.get("co-quan/:id/khi-nao-nen-den", use: show)
    }

    private func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let say = context.language
        let tree = try await agencies.tree()
        guard let agency = tree[ID(rawValue: try context.parameters.require("id"))] else {
            throw Problem(
                "no-such-agency",
                "Không có cơ quan này. Hãy tìm lại theo tên trong danh sách cơ quan.",
                "There is no such agency. Please look for it by name in the list of agencies.",
                .notFound
            )
        }
        let asked = try request.query["ngay"] ?? ""
        let date = asked.isEmpty ? nil : LocalDate(vietnamese: asked)
        guard asked.isEmpty || date != nil else {
            throw Problem.invalid([
                FieldError(
                    "ngay",
                    "Ngày “\(asked.prefix(40))” không có trong lịch; hãy viết như 25/11/2026.",
                    "There is no day “\(asked.prefix(40))”; write it as 25/11/2026."
                )
            ])
        }
        let place = AgencyLinks.page(of: agency.id)
        let forecast = try await forecasts.forecast(of: agency.id, on: office.now.localDate)
        let told = forecast.flatMap { forecast in
            WhenToCome(forecast, on: date, at: office.now, path: Self.address(of: agency.id), say)
        }
        return page(
            say("Khi nào nên đến", "When to come"),
            context,
            lead: say(agency.name),
            crumbs: [
                Crumb(say("Cơ quan", "Agencies"), AgencyLinks.list), Crumb(say(agency.name), place),
            ]
        ) {
            guard let told else { return nothingYet(place, say) }
            return "\(told.showDay())\(told.showDays())"
        }
    }

    private func nothingYet(_ place: String, _ say: Language) -> HTML {
        emptyState(
            say("Chưa đủ số liệu để dự báo", "Not enough is known yet"),
            say(
                "Cần ít nhất \(OfficeForecasts.leastDays) ngày phát số. Thường thì sáng thứ Hai và ngày đầu sau kỳ nghỉ đông nhất.",
                "At least \(OfficeForecasts.leastDays) days of tickets are needed. Monday mornings and the first day after "
                    + "holidays are usually the busiest."
            ),
            action: linkButton(say("Giờ làm việc và liên hệ", "Hours and contact"), place, .plain)
        )
    }
}
