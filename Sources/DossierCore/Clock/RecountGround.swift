package import Agencies
package import Kernel
package import Markup
import Persistence
package import Web

/// The decision on the calendar for which due dates were counted anew. Labels are part of the storage format.
package struct RecountGround: Codable, Equatable, Sendable {
    package let entry: ID<CalendarEntry>
    package let document: LegalDocument
    package let reason: String
    /// Why the decision was taken back, when that is what moved the date.
    package let withdrawn: String?

    package init(entry: ID<CalendarEntry>, document: LegalDocument, reason: String, withdrawn: String? = nil) {
        self.entry = entry
        self.document = document
        self.reason = reason
        self.withdrawn = withdrawn
    }

    /// `Nghỉ tránh bão (12/QĐ-UBND ngày 23/11/2026)`.
    var explanation: Explanation {
        guard let withdrawn else {
            return Explanation(vi: "\(reason) (\(document.vi))", en: "\(reason) (\(document.en))")
        }
        return Explanation(
            vi: "thu hồi \(document.vi): \(withdrawn)",
            en: "the withdrawal of \(document.en): \(withdrawn)"
        )
    }
}

/// Tells the applicant that the date has changed, for as long as it is the last word on it.
package func recountNotice(_ details: DossierBook.Details, _ say: Language) -> HTML? {
    guard details.row.stage.isOpen else { return nil }
    for recorded in details.history.reversed() {
        switch recorded.event.happening.clock {
        case .recounted(let from, let to, let ground):
            return notice(.waiting, title: say("Ngày hẹn trả đã thay đổi", "The due date has changed")) {
                """
                <p>\(say(
                    "Ngày hẹn trả đã đổi từ \(from.localMinute.vietnamese) sang \(to.localMinute.vietnamese), vì \(ground.explanation.vi).",
                    "The due date has changed from \(from.localMinute.vietnamese) to \(to.localMinute.vietnamese), because of \(ground.explanation.en)."
                ))</p>
                """
            }
        case .begins, .goesOn, .putOff: return nil
        case .stops, nil: continue
        }
    }
    return nil
}
