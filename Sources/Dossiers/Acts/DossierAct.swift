import DossierCore
import Kernel
import Web

/// Something that somebody does with a dossier: an officer (`OfficerAct`) or its applicant (`CitizenAct`). Everything about
/// an act stands in one file.
protocol DossierAct: Sendable {
    /// As whom the rules know whoever does it.
    associatedtype Doer: Sendable
    associatedtype Scene: ActingScene where Scene.Doer == Doer
    /// What was said, not judged yet: the same from a form and from a program.
    associatedtype Said: ActSaid
    /// What that comes to when nothing is wrong with it.
    associatedtype Terms: Sendable

    var name: Words { get }
    /// Its name for programs: never changed.
    var key: String { get }
    /// What cannot be undone asks once more.
    var isFinal: Bool { get }

    /// Refuses it to whoever may not do it now, whatever is said.
    func require(_ dossier: Dossier, by doer: Doer) throws(Dossier.Refusal)
    /// Judges what was said and adds to `wrong` everything that is wrong with it; nil only then.
    func terms(_ said: Said, _ scene: Scene, _ wrong: inout [FieldError]) async throws -> Terms?
    /// The texts to which the command refers.
    func texts(_ terms: Terms) -> [DossierTexts.Draft]
    func command(by doer: Doer, _ terms: Terms) -> Dossier.Command
}

/// A dossier with whoever stands before it.
protocol ActingScene: Sendable {
    associatedtype Doer: Sendable

    var dossier: Dossier { get }
    var doer: Doer { get }
}

extension DossierAct {
    var isFinal: Bool { false }

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { [] }

    func isPossible(on dossier: Dossier, by doer: Doer) -> Bool {
        do throws(Dossier.Refusal) {
            try require(dossier, by: doer)
            return true
        } catch {
            return false
        }
    }

    /// What was said, judged; told as a problem when something is wrong with it or with what came along.
    func judge(_ said: Said, in scene: Scene, besides wrong: [FieldError] = []) async throws -> Terms {
        var wrong = wrong
        let terms = try await terms(said, scene, &wrong)
        guard let terms, wrong.isEmpty else {
            // Who may not do it is told so before anything about the form.
            try require(scene.dossier, by: scene.doer)
            throw Problem.invalid(wrong)
        }
        return terms
    }
}
