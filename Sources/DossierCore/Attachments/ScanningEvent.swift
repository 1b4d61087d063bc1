import Kernel
import Web

/// Papers that lay on the counter come into the file. Case names and labels are the stored format: add, never rename.
package enum ScanningEvent: Codable, Equatable, Sendable {
    case digitised(papers: [FiledPaper])
}

extension ScanningEvent: DossierHappening {
    package var name: String { "digitised" }

    package func happen(to dossier: inout Dossier) { dossier.papers += papers }

    package func sentence(in history: History) -> Sentence {
        Sentence(
            history.say("Đã số hóa \(papers.count) giấy tờ", "Papers scanned: \(papers.count)"),
            .neutral,
            history.isForOfficers ? history.names(of: papers) : nil
        )
    }

    package var changesHands: Bool { false }

    package var papers: [FiledPaper] {
        switch self {
        case .digitised(let papers): papers
        }
    }
}
