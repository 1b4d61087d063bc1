import Agencies
import DossierCore
import Kernel
import Markup
import Web

/// A dossier with the officer before it, and what an act may ask about them.
struct ActScene: ActingScene {
    let details: DossierBook.Details
    let rules: FilingRules
    let officer: ActingOfficer
    /// Of the agency whose dossier it is.
    let calendar: WorkingCalendar
    var now: Instant
    let desk: FilingDesk
    /// Everybody in the officer's agency.
    let colleagues: @Sendable () async throws -> [Colleague]
    /// The agencies that can do a part of the work.
    let receivers: @Sendable () async throws -> [AgencyProfile]

    var dossier: Dossier { details.dossier }
    var doer: ActingOfficer { officer }

    /// When the result is due if the time begins now; nil where no source states a term.
    var dueFromNow: Instant? {
        desk.due(rules, channel: details.row.channel, received: now, in: calendar)
    }

    /// When it is due after what was waited for has come now: meanwhile the clock stood still.
    func dueAfterWaiting() throws -> Instant? {
        try desk.dueAfterWaiting(dossier, details.history, now: now, in: calendar)
    }
}

/// The form in which an act asks, with what was typed into it before.
struct ActForm {
    let form: Form
    let typed: FormData
    let scene: ActScene
    let say: Language

    var details: DossierBook.Details { scene.details }
    var dossier: Dossier { scene.dossier }
}
