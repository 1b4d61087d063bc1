import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Web

/// Something that a citizen does with a dossier they have filed. Everything about it stands in one file of this folder.
///
/// Another act is another file and a line in `CitizenActs.all`; pages and programs find it there.
protocol CitizenAct: DossierAct where Doer == ID<Citizen>, Scene == CitizenScene {
    /// The last word of its page's address: never changed. Its address for programs ends in its key.
    var address: String { get }
    /// How programs send it.
    var method: HTTPRequest.Method { get }
    var place: CitizenActPlace { get }
    /// What its page asks.
    var title: Words { get }
    /// Leads back without having done it.
    var refrain: Words { get }
    var takesFiles: Bool { get }

    /// The papers that its files may be for.
    func wanted(_ details: DossierBook.Details, _ rules: FilingRules) -> [Component]
    /// What is told above the form.
    func introduction(_ asked: CitizenForm) -> HTML?
    func fields(_ asked: CitizenForm) async throws -> HTML
}

extension CitizenAct {
    var method: HTTPRequest.Method { .post }
    var title: Words { name }
    var refrain: Words { Words("Quay lại", "Back") }
    var takesFiles: Bool { false }

    func wanted(_ details: DossierBook.Details, _ rules: FilingRules) -> [Component] { [] }
    func introduction(_ asked: CitizenForm) -> HTML? { nil }
}

/// Where the dossier's page leads to an act.
enum CitizenActPlace: Sendable {
    /// The page asks for it at its top, in words of its own.
    case asked
    /// Its fields stand on the page.
    case open
    /// A link leads to it.
    case linked
}

/// A dossier with its applicant before it, and what an act may ask about them.
struct CitizenScene: ActingScene {
    let details: DossierBook.Details
    let rules: FilingRules
    let citizen: ID<Citizen>
    let now: Instant
    let desk: FilingDesk
    /// What was sent with the act, or was kept until it is sent.
    var files: [AttachedFile] = []

    var dossier: Dossier { details.dossier }
    var doer: ID<Citizen> { citizen }
}

/// The form in which an act asks, with what was typed into it before.
struct CitizenForm {
    let form: Form
    let typed: FormData
    let scene: CitizenScene
    /// Papers that the authorities hold of the person already.
    let offers: [ReuseOffer]
    let say: Language

    var details: DossierBook.Details { scene.details }
    var rules: FilingRules { scene.rules }
    /// The dossier's address, below which that of each act stands.
    var path: String { "/ho-so/\(details.row.id.rawValue)" }
}
