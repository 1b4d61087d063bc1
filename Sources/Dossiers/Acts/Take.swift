import DossierCore
import Kernel
import Web

/// Whoever could do the step takes it.
struct Take: PressedAct, BulkAct {
    typealias Terms = NothingSaid

    let name = Words("Nhận xử lý", "Take it")
    let key = "take"
    let shortcut: String? = "n"

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayTake(by: officer)
    }

    /// Taking what one holds already would be one more button without use.
    func isOffered(on dossier: Dossier, by officer: ActingOfficer) -> Bool {
        dossier.holder != officer.id && isPossible(on: dossier, by: officer)
    }

    func command(by officer: ActingOfficer, _ terms: NothingSaid) -> Dossier.Command {
        .assign(by: officer, to: officer.id)
    }

    // MARK: - Several at once

    func isOffered(in list: Inbox, to roles: Set<Role>) -> Bool {
        if case .turn(let role) = list { roles.contains(role) } else { false }
    }

    func bulkTerms(
        _ form: FormData,
        at now: Instant,
        colleagues: () async throws -> [Colleague],
        _ wrong: inout [FieldError]
    ) -> NothingSaid? {
        NothingSaid(form)
    }
}
