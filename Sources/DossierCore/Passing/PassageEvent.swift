package import Kernel
import Web

/// Another agency does its part (liên thông). Case names and labels are the stored format: add, never rename.
package enum PassageEvent: Codable, Equatable, Sendable {
    case passed(to: ID<Agency>, request: SealedText, due: Instant)
    case passedBack(answer: SealedText, files: [FileReference])
    case recalled(reason: SealedText)
}

extension PassageEvent: DossierHappening {
    package var name: String {
        switch self {
        case .passed: "passed"
        case .passedBack: "passedBack"
        case .recalled: "recalled"
        }
    }

    package func happen(to dossier: inout Dossier) {
        switch self {
        case .passed(let agency, let request, let due):
            dossier.passage = Passage(agency: agency, request: request, due: due, giver: dossier.holder)
            dossier.holder = nil
        case .passedBack, .recalled: dossier.comeHome()
        }
    }

    package func sentence(in history: History) -> Sentence {
        let say = history.say
        switch self {
        case .passed(let agency, let request, let due):
            let name = history.agencies[agency] ?? .anotherAgency
            let wanted = say(
                "Cần trả lời trước \(due.localMinute.vietnamese)",
                "Wanted by \(due.localMinute.vietnamese)"
            )
            return Sentence(
                say("Chuyển \(name.vi) phối hợp giải quyết", "Passed to \(name.en) for its part"),
                .active,
                history.isForOfficers
                    ? [history.text(request), wanted].compactMap(\.self).joined(separator: "\n") : nil
            )
        case .passedBack(let answer, _):
            return Sentence(
                say("Cơ quan phối hợp đã trả lời", "The other agency has answered"),
                .active,
                history.isForOfficers ? history.text(answer) : nil
            )
        case .recalled(let reason):
            return Sentence(
                say("Rút hồ sơ về từ cơ quan phối hợp", "Taken back from the other agency"),
                .active,
                history.isForOfficers ? history.text(reason) : nil
            )
        }
    }

    package var changesHands: Bool { true }

    package var texts: [SealedText] {
        switch self {
        case .passed(_, let text, _), .passedBack(let text, _), .recalled(let text): [text]
        }
    }

    package var files: [FileReference] { if case .passedBack(_, let files) = self { files } else { [] } }
}

extension Dossier {
    /// Whoever passed it on has it again.
    package mutating func comeHome() { (holder, passage) = (passage?.giver, nil) }
}
