import DossierCore
import Kernel
import Markup
import Web

/// Something that an officer does with a dossier. Everything about it stands in one file of this folder: what it is
/// called, when it is possible, what it asks for and how that is read, the texts it seals, and its command.
///
/// Another act is another file and a line in `Acts.all`; pages, programs and lists find it there.
protocol OfficerAct: DossierAct where Doer == ActingOfficer, Scene == ActScene {
    /// The key that performs or opens it.
    var shortcut: String? { get }
    /// Performed by a press of its button.
    var asksNothing: Bool { get }
    /// Offered among what is to do with the dossier; what is not has another place on its page.
    var hasButton: Bool { get }
    /// The agency's rules of assignment say who goes on where the command leaves it open.
    var isAssigned: Bool { get }
    /// Where its form is sent, below the dossier's address.
    var address: String { get }
    var takesFiles: Bool { get }
    var width: PageWidth { get }
    /// The fields that a link may fill beforehand.
    var presets: [String] { get }

    func isOffered(on dossier: Dossier, by officer: ActingOfficer) -> Bool
    /// What it does with this dossier.
    func name(on dossier: Dossier) -> Words
    /// Whether the procedure knows it at all.
    func applies(to dossier: Dossier, under rules: FilingRules) -> Bool
    /// Whether it can succeed at this moment; what cannot is not offered.
    func isTimely(for dossier: Dossier, at now: Instant) -> Bool
    func fields(_ asked: ActForm) async throws -> HTML
}

extension OfficerAct {
    var shortcut: String? { nil }
    var asksNothing: Bool { false }
    var hasButton: Bool { true }
    var isAssigned: Bool { false }
    var address: String { "act/\(key)" }
    var takesFiles: Bool { false }
    var width: PageWidth { .reading }
    var presets: [String] { [] }

    func isOffered(on dossier: Dossier, by officer: ActingOfficer) -> Bool { isPossible(on: dossier, by: officer) }
    func isTimely(for dossier: Dossier, at now: Instant) -> Bool { true }
    func name(on dossier: Dossier) -> Words { name }
    func applies(to dossier: Dossier, under rules: FilingRules) -> Bool { true }
}

/// An act that nothing is asked about.
protocol PressedAct: OfficerAct where Said == NothingSaid {}

extension PressedAct {
    var asksNothing: Bool { true }
    func fields(_ asked: ActForm) -> HTML { "" }
}

extension PressedAct where Terms == NothingSaid {
    func terms(_ said: NothingSaid, _ scene: ActScene, _ wrong: inout [FieldError]) -> NothingSaid? { said }
}

/// An act that is explained in a text, and needs nothing else.
protocol ExplainedAct: OfficerAct where Said == TextSaid, Terms == DossierTexts.Draft {
    var text: ActText { get }
}

extension ExplainedAct {
    func fields(_ asked: ActForm) -> HTML { text.field(asked) }

    func terms(_ said: TextSaid, _ scene: ActScene, _ wrong: inout [FieldError]) -> DossierTexts.Draft? {
        text.read(said.text, at: scene.now, &wrong)
    }

    func texts(_ text: DossierTexts.Draft) -> [DossierTexts.Draft] { [text] }
}

/// An act whose form brings files.
protocol ActWithFiles: OfficerAct {
    /// What its files may be for.
    func components(_ rules: FilingRules) -> [String]
    func terms(_ said: Said, _ files: [AttachedFile], _ scene: ActScene, _ wrong: inout [FieldError]) -> Terms?
}

extension ActWithFiles {
    var takesFiles: Bool { true }

    /// The same without files, as a program may send it.
    func terms(_ said: Said, _ scene: ActScene, _ wrong: inout [FieldError]) -> Terms? {
        terms(said, [], scene, &wrong)
    }
}
