import DossierCore
import Kernel
import Markup
import Web

/// The clerk gives the result its number, so that the version that is stamped and scanned can bear it.
struct GiveNumber: PressedAct {
    typealias Terms = NothingSaid

    let name = Words("Cấp số kết quả", "Give the result its number")
    let key = "give-number"

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayGiveNumber(by: officer)
    }

    func command(by officer: ActingOfficer, _ terms: NothingSaid) -> Dossier.Command { .giveNumber(by: officer) }
}
