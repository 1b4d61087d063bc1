import Kernel
import Web

/// Reads how a procedure counts its term.
struct ClockReader {
    func read(_ node: YAMLNode) -> ProcedureClock? {
        guard let object = node.object(["mode", "cutoff", "resume", "phases", "basis"]) else { return nil }
        let mode = object["mode"].map { $0.word(DueRule.Mode.self) } ?? .excludeReceiptDay
        let cutoff = object["cutoff"].map(timeOfDay) ?? DueRule().cutoff
        let resume = object["resume"].map { $0.word(DueRule.Resume.self) } ?? .extend
        let phases = object.list("phases").map { node in node.text().flatMap(node.timeLimit) }
        if let resume { judge(object, resume, phases: phases.count) }
        guard let basis = object["basis"] else {
            node.fault(
                Words("Cách tính thời hạn không có căn cứ.", "The way of counting has no legal basis."),
                Words(
                    "Thêm “basis:” với điều luật quy định; không có thì xóa “clock”.",
                    "Add “basis:” with the article that says so; without one delete “clock”."
                )
            )
            return nil
        }
        guard let mode, let cutoff, let resume, let basis = basis.text(), !phases.contains(nil) else { return nil }
        let rule = DueRule(mode: mode, cutoff: cutoff, resume: resume, phases: phases.compactMap(\.self))
        return ProcedureClock(rule: rule, basis: basis)
    }

    private func timeOfDay(_ node: YAMLNode) -> Int? {
        guard let text = node.text() else { return nil }
        if let minutes = LocalMinute.minutes(text) { return minutes }
        node.fault(
            Words("“\(text)” không phải là giờ trong ngày.", "“\(text)” is not a time of day."),
            Words(
                "Viết giờ:phút trong ngoặc kép, ví dụ \"15:00\".",
                "Write hours:minutes in quotes, such as \"15:00\"."
            )
        )
        return nil
    }

    /// Phases are what runs after a pause, and nothing else.
    private func judge(_ object: YAMLObject, _ resume: DueRule.Resume, phases: Int) {
        switch resume {
        case .phase where phases == 0:
            (object["resume"] ?? object.node).fault(
                Words("resume: phase mà không có giai đoạn nào.", "resume: phase, but there are no phases."),
                Words(
                    "Thêm phases: [10 working-days, …], hoặc viết resume: extend hay restart.",
                    "Add phases: [10 working-days, …], or write resume: extend or restart."
                )
            )
        case .extend where phases > 0, .restart where phases > 0:
            object["phases"]?.fault(
                Words("Có “phases” mà resume không phải là phase.", "There are phases but resume is not phase."),
                Words("Viết resume: phase, hoặc xóa “phases”.", "Write resume: phase, or delete “phases”.")
            )
        case .extend, .restart, .phase: break
        }
    }
}
