import Kernel
import Web

/// Papers that lay on the counter come into the file. Case names and labels are the stored format: add, never rename.
package enum ScanningEvent: Codable, Equatable, Sendable {
    case digitised(papers: [FiledPaper])
}

extension ScanningEvent: DossierHappening {
    var name: String { "digitised" }

    func happen(to dossier: inout Dossier) { dossier.papers += papers }

    func sentence(in history: History) -> Sentence {
        Sentence(
            history.say("Đã số hóa \(papers.count) giấy tờ", "Papers scanned: \(papers.count)"),
            .neutral,
            history.isForOfficers ? history.names(of: papers) : nil
        )
    }

    var changesHands: Bool { false }

    var papers: [FiledPaper] {
        switch self {
        case .digitised(let papers): papers
        }
    }
}
