package import Markup

/// The state of a dossier in a word or two.
package func tag(_ words: String, _ tone: Tone = .neutral) -> HTML {
    "<span class=\"tag \(tone.rawValue)\">\(words)</span>"
}

/// Something the reader should know before going on. Bad news is announced by screen readers at once.
package func notice(_ tone: Tone = .active, title: String? = nil, body: () throws -> HTML) rethrows -> HTML {
    """
    <div class="notice \(tone.rawValue)" role="\(tone == .bad ? "alert" : "status")">\
    \(title.map { "<p class=\"title\">\($0)</p>" as HTML })\(try body())</div>
    """
}

/// A refusal that belongs to no field; what is wrong with fields stands in the summary of the form.
package func refusal(_ problem: Problem, _ say: Language) -> HTML? {
    guard problem.errors.isEmpty else { return nil }
    return notice(.bad) { "<p>\(say(problem.vi, problem.en))</p>" }
}

/// A card: a part of a page that belongs together.
package func panel(
    _ title: String? = nil,
    id: String? = nil,
    aside: HTML? = nil,
    body: () throws -> HTML
) rethrows -> HTML {
    """
    <section class="panel" \(attribute: "id", id)>\
    \(title.map { "<header><h2>\($0)</h2>\(aside)</header>" as HTML })\(try body())</section>
    """
}

/// Says that a list is empty, why, and what to do about it.
package func emptyState(_ title: String, _ advice: String, action: HTML? = nil) -> HTML {
    """
    <div class="empty"><p class="title">\(title)</p><p>\(advice)</p>\
    \(action.map { "<p class=\"actions\">\($0)</p>" as HTML })</div>
    """
}

/// A part that opens on request, with or without a script.
package func disclosure(_ summary: String, isOpen: Bool = false, body: () throws -> HTML) rethrows -> HTML {
    """
    <details class="disclosure" \(attribute: "open", when: isOpen)><summary>\(summary)</summary>\
    <div>\(try body())</div></details>
    """
}
