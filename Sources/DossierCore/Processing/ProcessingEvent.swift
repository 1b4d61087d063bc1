package import Kernel
import Web

/// The steps of the plan are done one after the other, or the work ends. Case names and labels are the stored format: add,
/// never rename.
package enum ProcessingEvent: Codable, Equatable, Sendable {
    /// `by` is who did it where that was not its holder; `ownWork` says that they knew that they had examined what they
    /// signed.
    case stepCompleted(step: Int, remark: SealedText?, by: ID<Officer>? = nil, ownWork: Bool? = nil)
    case sentBack(step: Int, remark: SealedText)
    case stopped(reason: SealedText)
}

extension ProcessingEvent: DossierHappening {
    package var name: String {
        switch self {
        case .stepCompleted: "stepCompleted"
        case .sentBack: "sentBack"
        case .stopped: "stopped"
        }
    }

    package func happen(to dossier: inout Dossier) {
        switch self {
        case .stepCompleted(let step, _, let doer, _):
            dossier.doers[step] = doer ?? dossier.holder
            (dossier.step, dossier.holder) = (step + 1, nil)
        case .sentBack(let step, _): (dossier.step, dossier.holder) = (step, nil)
        case .stopped:
            (dossier.stage, dossier.holder, dossier.withdrawalIsAsked, dossier.passage) = (.stopped, nil, false, nil)
        }
    }

    package func sentence(in history: History) -> Sentence {
        let say = history.say
        switch self {
        case .stepCompleted(let step, let remark, _, let ownWork):
            let done = say("Xong bước: ", "Step done: ") + history.name(ofStep: step)
            guard history.isForOfficers else { return Sentence(done, .active) }
            return Sentence(
                ownWork == true
                    ? done + say(" (người ký cũng là người thẩm định)", " (signed by whoever examined it)") : done,
                .active,
                history.text(remark)
            )
        case .sentBack(let step, let remark):
            return Sentence(
                say("Trả lại bước: ", "Sent back to: ") + history.name(ofStep: step),
                .waiting,
                history.isForOfficers ? history.text(remark) : nil
            )
        case .stopped(let reason): return Sentence(say("Dừng giải quyết", "Stopped"), .bad, history.text(reason))
        }
    }

    package var changesHands: Bool { true }

    package var texts: [SealedText] {
        switch self {
        case .stepCompleted(_, let remark, _, _): [remark].compactMap(\.self)
        case .sentBack(_, let text), .stopped(let text): [text]
        }
    }

    package var officers: [ID<Officer>] {
        if case .stepCompleted(_, _, let doer, _) = self { [doer].compactMap(\.self) } else { [] }
    }

    package var printable: [DossierPaper] { if case .stopped = self { [.stopNotice] } else { [] } }
}
