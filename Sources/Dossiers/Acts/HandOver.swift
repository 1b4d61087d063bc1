import DossierCore
import Kernel
import Markup
import PrintedPapers
import Web

/// Reception passes an accepted dossier on to whoever works on it.
struct HandOver: BulkAct {
    struct Said: ActSaid {
        let officer: String?

        init(_ form: FormData) { officer = form["officer"] }
    }

    struct Terms: Sendable { let receiver: Colleague? }

    let name = Words("Chuyển xử lý", "Hand over")
    let key = "hand-over"
    let shortcut: String? = "c"
    let isAssigned = true
    private let receiver = ColleagueField()

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayHandOver(by: officer)
    }

    func fields(_ asked: ActForm) async throws -> HTML {
        try await receiver.field(asked, holding: [asked.dossier.currentRole])
    }

    func terms(_ said: Said, _ scene: ActScene, _ wrong: inout [FieldError]) async throws -> Terms? {
        Terms(receiver: try await receiver.read(said.officer, among: scene.colleagues, &wrong))
    }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .handOver(by: officer, to: terms.receiver?.id, holding: terms.receiver?.roles)
    }

    // MARK: - Several at once

    func isOffered(in list: Inbox, to roles: Set<Role>) -> Bool { list == .accepted && roles.contains(.reception) }

    func bulkFields(_ form: Form, _ colleagues: [Colleague], _ say: Language) -> HTML? {
        form.select(
            "officer",
            say("Chuyển các hồ sơ đã chọn cho", "Hand the chosen dossiers to"),
            colleagues.filter { !$0.roles.isDisjoint(with: Self.workers) }.map {
                Choice($0.id.rawValue, $0.nameAndRoles(say))
            },
            required: false
        )
    }

    func bulkTerms(
        _ form: FormData,
        at now: Instant,
        colleagues: () async throws -> [Colleague],
        _ wrong: inout [FieldError]
    ) async throws -> Terms? {
        Terms(receiver: try await receiver.read(form["officer"], among: colleagues, &wrong))
    }

    /// Those who do steps of processing; whether it is the step of a dossier each is asked for itself.
    private static let workers: Set<Role> = [.caseOfficer, .leader, .clerk]

    var bulkBack: String { "/work/inbox/\(Inbox.accepted.slug)" }

    func bulkSheet(_ terms: Terms) -> (sheet: PaperSheet, receiver: ID<Officer>?)? { (.handOver, terms.receiver?.id) }
}
