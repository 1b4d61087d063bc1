package import Markup

/// Facts, each with its name.
package func definitionList(_ facts: [(name: String, value: HTML)]) -> HTML {
    "<dl class=\"facts\">\(facts.map { "<div><dt>\($0.name)</dt><dd>\($0.value)</dd></div>" as HTML })</dl>"
}

extension HTML {
    /// A text as markup, for places that take either.
    package static func text(_ text: String) -> HTML { "\(text)" }
}

/// Something that happened, on a time line.
package struct Happening: Sendable {
    package let time: String
    /// The time as machines read it, such as `2026-11-23T09:30+07:00`.
    package let machineTime: String?
    package let title: String
    package let detail: HTML?
    package let tone: Tone

    package init(
        _ time: String,
        _ title: String,
        machineTime: String? = nil,
        tone: Tone = .neutral,
        detail: HTML? = nil
    ) {
        self.time = time
        self.title = title
        self.machineTime = machineTime
        self.tone = tone
        self.detail = detail
    }
}

/// What happened, newest first.
package func timeline(_ happenings: [Happening]) -> HTML {
    "<ol class=\"timeline\">\(happenings.map(entry))</ol>"
}

private func entry(_ happening: Happening) -> HTML {
    """
    <li class="\(happening.tone.rawValue)">\
    <time \(attribute: "datetime", happening.machineTime)>\(happening.time)</time>\
    <p class="title">\(happening.title)</p>\(happening.detail)</li>
    """
}

/// Where somebody is on a way of several steps. Only what is done is called done, wherever it lies; `mayGrow` says that
/// answers still missing may add steps.
package func stepList(
    _ steps: [(title: String, path: String?, isDone: Bool)],
    current: Int,
    mayGrow: Bool = false,
    _ say: Language
) -> HTML {
    let items = steps.enumerated().map { index, step in
        let title: HTML =
            if let path = step.path, index != current { "<a href=\"\(path)\">\(step.title)</a>" } else {
                "<span>\(step.title)</span>"
            }
        let isDone = step.isDone && index != current
        let state = index == current ? "here" : isDone ? "done" : "ahead"
        return """
            <li class="\(state)" \(attribute: "aria-current", index == current ? "step" : nil)>\(title)\
            \(isDone ? "<span class=\"unseen\"> – \(say("đã xong", "done"))</span>" as HTML : nil)</li>
            """ as HTML
    }
    let total =
        mayGrow
        ? say("Bước \(current + 1) trên ít nhất \(steps.count)", "Step \(current + 1) of at least \(steps.count)")
        : say("Bước \(current + 1) trên \(steps.count)", "Step \(current + 1) of \(steps.count)")
    return """
        <nav class="steps" aria-label="\(say("Các bước", "Steps"))">\
        <p>\(total)</p>\
        <ol>\(items)</ol></nav>
        """
}

/// Links to the neighbouring pages of a long list.
package func pager(newer: String?, older: String?, _ say: Language) -> HTML? {
    guard newer != nil || older != nil else { return nil }
    return """
        <nav class="pager" aria-label="\(say("Phân trang", "Pages"))">\
        \(newer.map { "<a rel=\"prev\" href=\"\($0)\">← \(say("Mới hơn", "Newer"))</a>" as HTML })\
        \(older.map { "<a rel=\"next\" href=\"\($0)\">\(say("Cũ hơn", "Older")) →</a>" as HTML })</nav>
        """
}
