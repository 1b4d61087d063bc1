package import Kernel
package import Markup
package import Web

/// What came of an act on several dossiers: how many went through, and each that did not with the reason.
package struct BulkOutcome {
    package let done: [ID<Dossier>]
    package let refused: [(id: ID<Dossier>, code: DossierCode?, why: Dossier.Refusal)]

    package init(
        done: [ID<Dossier>],
        refused: [(id: ID<Dossier>, code: DossierCode?, why: Dossier.Refusal)]
    ) {
        self.done = done
        self.refused = refused
    }

    package func show(_ say: Language) -> HTML {
        """
        \(done.isEmpty ? nil : notice(.good) { "<p>\(say("Xong \(done.count) hồ sơ.", "\(done.count) dossiers are done."))</p>" })
        \(refused.isEmpty ? nil : notice(.bad, title: say("\(refused.count) hồ sơ chưa làm được", "\(refused.count) were not")) {
            "<ul>\(refused.map { item($0, say) })</ul>"
        })
        """
    }

    private func item(_ refused: (id: ID<Dossier>, code: DossierCode?, why: Dossier.Refusal), _ say: Language) -> HTML {
        let problem = refused.why.problem
        return """
            <li><a href="\(WorkLinks.dossier(refused.id))">\(refused.code?.rawValue ?? say("Mở hồ sơ", "Open it"))</a>: \
            \(say(problem.vi, problem.en))</li>
            """
    }
}
