import Accounts
import Agencies
import DossierCore
import Kernel
import Persistence
import Web

/// Two of the invented dossiers on which colleagues are asked for their opinion, so that the lists are not empty.
struct DemoOpinions {
    let house: House

    func ask() async throws {
        let agency = DemoPeople.justice
        let staff = try await house.accounts.staff.colleagues(in: agency).filter { !$0.isDisabled }
        guard let examiner = staff.first(where: { $0.roles.contains(.caseOfficer) }) else { return }
        let asked = staff.filter { !$0.roles.isDisjoint(with: [.leader, .clerk]) }.map(\.id)
        let officer = ActingOfficer(id: examiner.id, agency: agency, roles: examiner.roles)
        let now = house.office.now
        let calendar = try await house.calendars.calendar(of: agency)
        let accepted = try await house.dossiers.list(.accepted, for: officer, now: now, limit: 2).items
        for (row, question) in zip(accepted, Self.questions) {
            // Loading the demonstration once more asks nobody twice.
            guard try await house.dossiers.details(row.id)?.dossier.opinions.isEmpty == true else { continue }
            let text = DossierTexts.Draft(question, .remark, at: now)
            try await house.dossiers.perform(
                .opinions(
                    .ask(
                        by: officer,
                        of: asked.map { .init(opinion: .fresh(at: now), officer: $0) },
                        question: text.sealed,
                        answerBy: calendar.workingDay(after: now.localDate)
                    )
                ),
                on: row.id,
                Circumstances(at: now, actor: .officer(id: examiner.id)),
                texts: [text]
            )
        }
    }

    private static let questions = [
        "Hồ sơ này có trùng với hồ sơ nào đã giải quyết không?",
        "Cần xác minh thêm nơi cư trú trước khi trình ký không?",
    ]
}
