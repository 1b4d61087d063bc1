package import Kernel
package import Markup

/// Something that one slice shows on a page of another, about what that page is about.
///
/// The page's owner says what its `Subject` is, whoever has something to say of it offers a panel, and the server brings
/// the two together.
package struct Panel<Subject: Sendable>: PanelOfSlice {
    private let content: @Sendable (Subject, Language) async throws -> HTML?

    /// `content` is nil where there is nothing to say.
    package init(_ content: @escaping @Sendable (Subject, Language) async throws -> HTML?) { self.content = content }

    fileprivate func show(_ subject: Subject, _ say: Language) async throws -> HTML? { try await content(subject, say) }
}

/// A panel about any subject.
package protocol PanelOfSlice: Sendable {}

extension Neighbours {
    /// What the others show on a page about `subject`, in the order of their cards.
    package func panels(about subject: some Sendable, _ say: Language) async throws -> [HTML] {
        var shown: [HTML] = []
        for panel in panels {
            if let html = try await show(panel, about: subject, say) { shown.append(html) }
        }
        return shown
    }

    private func show<Subject: Sendable>(_ panel: any PanelOfSlice, about subject: Subject, _ say: Language)
        async throws
        -> HTML?
    {
        try await (panel as? Panel<Subject>)?.show(subject, say)
    }
}

/// The subject of the front page: what concerns everybody.
package struct FrontPage: Hashable, Sendable {
    package init() {}
}

/// The subject of the page that administrators have of an officer.
package struct OfficerInAgency: Hashable, Sendable {
    package let officer: ID<Officer>
    package let agency: ID<Agency>

    package init(_ officer: ID<Officer>, in agency: ID<Agency>) { (self.officer, self.agency) = (officer, agency) }
}
