package import Kernel
package import Markup
package import Web

/// The due date, with a word where it has passed or is near.
package func due(_ row: DossierRow, now: Instant, _ say: Language) -> HTML {
    guard let due = row.dueAt else { return firstAnswer(row, now: now, say) ?? "–" }
    let date = due.localMinute.vietnamese
    guard DossierRow.openDue(row.stage, due) != nil else { return "\(date)" }
    if due < now { return "\(date) \(tag(say("Quá hạn", "Late"), .bad))" }
    if due < now + InboxReader.soon { return "\(date) \(tag(say("Sắp đến hạn", "Due soon"), .waiting))" }
    return "\(date)"
}
