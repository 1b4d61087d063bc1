package import Catalogue
import Kernel
package import Markup
package import Web

/// How a paper of the list stands in the file: the four states that are reported to the national portal (Decision
/// 766/QĐ-TTg, group “số hóa hồ sơ”). The numbers are the national codes.
package enum Digitisation: Int, CaseIterable, Comparable, Sendable {
    case none, digitised, reused, reusedResult

    package static func < (left: Digitisation, right: Digitisation) -> Bool { left.rawValue < right.rawValue }

    /// What the papers of one component amount to: a paper that is used again counts above one that was scanned, as the
    /// index rewards it.
    package init(of papers: some Sequence<FiledPaper>) {
        self = papers.map(\.digitisation).max() ?? .none
    }

    package var name: Words {
        switch self {
        case .none: Words("Chưa số hóa", "Not digitised")
        case .digitised: Words("Đã số hóa", "Digitised")
        case .reused: Words("Tái sử dụng", "Used again")
        case .reusedResult: Words("Tái sử dụng từ kết quả hồ sơ khác", "Used again from an earlier result")
        }
    }

    var tone: Tone {
        switch self {
        case .none: .neutral
        case .digitised: .active
        case .reused, .reusedResult: .good
        }
    }
}

extension FiledPaper {
    /// What this paper alone amounts to.
    fileprivate var digitisation: Digitisation {
        guard file != nil else { return .none }
        guard let origin else { return .digitised }
        return origin.result == nil ? .reused : .reusedResult
    }
}

extension FilingRules {
    /// Every paper that the dossier's case asks for and every other one that was handed in, with its state; the
    /// declaration that the electronic form is, and papers that are only shown, are no files unless somebody made them
    /// some.
    package func digitisation(of dossier: Dossier) -> [(component: Component, state: Digitisation)] {
        let papers = Dictionary(grouping: dossier.papers, by: \.component)
        let asked = Set(revision.components(in: dossier.situation).map(\.key))
        return revision.components.compactMap { component in
            let given = papers[component.key] ?? []
            let isAsked = asked.contains(component.key) && !component.form && !component.show
            // A paper that need not be handed in and was not is missing from the file, not from the work.
            guard !given.isEmpty || isAsked && component.required else { return nil }
            return (component, Digitisation(of: given))
        }
    }
}

/// The papers of a dossier with their states, for officers.
package func digitisationList(_ details: DossierBook.Details, _ rules: FilingRules, _ say: Language) -> HTML {
    let papers = Dictionary(grouping: details.dossier.papers, by: \.component)
    return """
        <ul class="papers">\(rules.digitisation(of: details.dossier).map { component, state -> HTML in
            """
            <li>\(say(component.name)) \(tag(say(state.name), state.tone))
            \(given(papers[component.key] ?? [], details, say))</li>
            """
        })</ul>
        """
}

private func given(_ papers: [FiledPaper], _ details: DossierBook.Details, _ say: Language) -> HTML? {
    guard !papers.isEmpty else { return nil }
    return "<ul>\(papers.map { "<li>\(given($0, details, say))</li>" as HTML })</ul>"
}

private func given(_ paper: FiledPaper, _ details: DossierBook.Details, _ say: Language) -> HTML {
    guard let file = paper.file else {
        return """
            <span class="quiet">\(say("Trên giấy: ", "On paper: "))\(paper.originals) \(say("bản chính", "originals")), \
            \(paper.copies) \(say("bản sao", "copies"))</span>
            """
    }
    guard let attached = details.files.first(where: { $0.id == file.attachment }) else {
        return "<span class=\"quiet\">\(say("Tệp đã xóa theo quy định", "The file was erased by law"))</span>"
    }
    return """
        <a href="\(WorkLinks.dossier(details.row.id))/files/\(attached.id.rawValue)">\(attached.name)</a> \
        <span class="quiet">(\(pages(attached, say)), \(size(of: attached.bytes)))</span>
        \(paper.origin == nil ? nil : tag(say("dùng lại", "used again"), .good))
        """
}
