import DossierCore
import Kernel
import Markup
import Web

/// Tells an officer that they act for somebody else, and on which basis.
func standInNotice(_ standIn: StandIn, _ name: String, _ say: Language) -> HTML {
    let basis = standIn.document.map { say(" theo \($0)", " by \($0)") } ?? ""
    let until = standIn.until.vietnamese
    return notice(.waiting) {
        "<p>\(say("Bạn đang làm thay cho \(name)\(basis), đến hết ngày \(until).", "You act in place of \(name)\(basis), until \(until)."))</p>"
    }
}
