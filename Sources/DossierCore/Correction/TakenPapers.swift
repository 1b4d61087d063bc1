import Catalogue
import Web

/// The case under which papers were taken in, and what lay on the counter: numbers only, files are another matter.
package struct TakenPapers: Codable, Equatable, Sendable {
    package let situation: String?
    package let papers: [FiledPaper]

    package init(situation: String?, papers: [FiledPaper]) {
        (self.situation, self.papers) = (situation, papers)
    }

    /// Of all that came to the counter, at once or later.
    package init(_ dossier: Dossier) {
        var (order, counts): ([String], [String: (originals: Int, copies: Int)]) = ([], [:])
        for paper in dossier.papers where paper.file == nil {
            if counts[paper.component] == nil { order.append(paper.component) }
            let before = counts[paper.component] ?? (0, 0)
            counts[paper.component] = (before.originals + paper.originals, before.copies + paper.copies)
        }
        situation = dossier.situation
        papers = order.map { key in
            FiledPaper(component: key, originals: counts[key]?.originals ?? 0, copies: counts[key]?.copies ?? 0)
        }
    }

    /// The same case and the same numbers, in whatever order.
    func says(theSameAs other: TakenPapers) -> Bool {
        situation == other.situation && byComponent == other.byComponent
    }

    private var byComponent: [String: [Int]] {
        Dictionary(papers.map { ($0.component, [$0.originals, $0.copies]) }, uniquingKeysWith: { first, _ in first })
    }

    /// What is another from here to `later`, line by line.
    func changes(to later: TakenPapers, in history: History) -> [String] {
        let say = history.say
        var lines: [String] = []
        if situation != later.situation {
            lines.append(
                say("Trường hợp: ", "Case: ") + name(situation, history) + " → " + name(later.situation, history)
            )
        }
        let (before, after) = (byComponent, later.byComponent)
        for key in (papers + later.papers).map(\.component) where before[key] != after[key] {
            let name = history.rules.map { say($0.componentName(key)) } ?? key
            let line = "\(name): \(Self.counts(before[key], say)) → \(Self.counts(after[key], say))"
            if !lines.contains(line) { lines.append(line) }
        }
        return lines
    }

    private func name(_ situation: String?, _ history: History) -> String {
        guard let situation else { return "–" }
        let known = history.rules?.revision.cases.first { $0.key == situation }
        return known.map { history.say($0.name) } ?? situation
    }

    private static func counts(_ counts: [Int]?, _ say: Language) -> String {
        let (originals, copies) = (counts?[0] ?? 0, counts?[1] ?? 0)
        return say("\(originals) bản chính, \(copies) bản sao", "\(originals) originals, \(copies) copies")
    }
}
