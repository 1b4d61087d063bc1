import Kernel
import Web

/// A request and its answer as the history tells them.
extension History {
    func asked(
        _ items: [SupplementItem],
        _ reason: SealedText,
        _ answerBy: LocalDate?,
        _ ground: RepeatGround?
    ) -> String? {
        guard let reason = text(reason) else { return nil }
        var lines = [reason]
        lines += items.map { item in
            let counts = item.counts(say)
            return "– " + name(item.component) + (counts.isEmpty ? "" : " (\(counts))")
                + (text(item.request).map { ": \($0)" } ?? "")
        }
        if let ground, let why = text(ground.reason), let basis = text(ground.basis) {
            lines.append(say("Vì sao yêu cầu lần nữa", "Why once more") + ": \(why)")
            lines.append(say("Căn cứ", "Basis") + ": \(basis)")
        }
        if let answerBy {
            lines.append(say("Hạn bổ sung: \(answerBy.vietnamese)", "To be answered by \(answerBy.vietnamese)"))
        }
        return lines.joined(separator: "\n")
    }

    func answered(_ answers: [SupplementAnswer], _ message: SealedText?) -> String? {
        guard !hidesTexts else { return nil }
        var lines = [text(message)].compactMap(\.self)
        lines += answers.filter { !$0.papers.isEmpty || $0.word != nil }.map { answer in
            let files = answer.papers.count { $0.file != nil }
            let brought =
                answer.papers.isEmpty
                ? nil
                : files == 0
                    ? say("đã nhận", "received") : say("\(files) tệp", files == 1 ? "1 file" : "\(files) files")
            return "– \(name(answer.component)): "
                + [brought, text(answer.word)].compactMap(\.self).joined(separator: "; ")
        }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    private func name(_ component: String?) -> String {
        component.map { say(rules?.componentName($0) ?? Words($0, $0)) } ?? say(SupplementItem.answersName)
    }
}
