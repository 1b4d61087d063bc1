package import Hummingbird
package import Markup
import NIOCore

/// How much room a page takes.
package enum PageWidth: Sendable {
    /// A column for reading and filling in.
    case reading
    /// The whole window, for tables and the officers' desk.
    case wide
}

/// One step of the way from the home page to this one.
package struct Crumb: Sendable {
    package let title: String
    package let path: String

    package init(_ title: String, _ path: String) {
        self.title = title
        self.path = path
    }
}

/// The frame around every page. `masthead` takes the place of the plain heading and must hold the page's `h1`; a browser
/// that runs no scripts loads the page again every `refresh` seconds. `window` is what stands on the window of a browser whose user
/// looks at another, in the place of the title.
package func page(
    _ title: String,
    _ context: some AudienceContext,
    window: String? = nil,
    status: HTTPResponse.Status = .ok,
    lead: String? = nil,
    width: PageWidth = .reading,
    crumbs: [Crumb] = [],
    masthead: HTML? = nil,
    refresh: Int? = nil,
    main: () throws -> HTML
) rethrows -> Response {
    let frame = Frame(visit: context.visit)
    let column = width == .wide ? "wide" : "reading"
    let html: HTML = """
        <!doctype html>
        <html lang="\(context.language.rawValue)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(window ?? title) – \(context.language(context.visit.site.name))</title>
        <link rel="stylesheet" href="\(context.asset("app.css"))">
        <link rel="icon" href="\(context.asset("icon.svg"))" type="image/svg+xml">
        <meta name="theme-color" content="#0e5a5f">
        <script src="\(context.asset("app.js"))" defer></script>
        \(refresh.map { "<noscript><meta http-equiv=\"refresh\" content=\"\($0)\"></noscript>" as HTML })
        </head>
        <body class="\(frame.bodyClass)">
        <a class="skip" href="#main">\(context.language("Đến nội dung chính", "Skip to main content"))</a>
        \(frame.header)
        <main id="main" class="\(masthead == nil ? column : "whole")" tabindex="-1">
        \(masthead)
        <div class="\(masthead == nil ? "" : "inside \(column)")">
        \(crumbs.isEmpty ? nil : frame.trail(crumbs))
        \(masthead == nil ? heading(title, lead) : nil)
        \(context.visit.returned.map { returnNotice($0, context.language) })
        \(try main())
        </div>
        </main>
        \(frame.footer)
        </body>
        </html>
        """
    let response = Response(
        status: status,
        headers: [
            .contentType: "text/html; charset=utf-8",
            .contentLanguage: context.language.rawValue,
            // Nobody on a shared computer goes back to the pages of who has signed out.
            .cacheControl: context.identity == nil ? "private, no-cache" : "no-store",
        ],
        body: .init(byteBuffer: ByteBuffer(bytes: html.bytes))
    )
    return response.tagged(entityTag(of: html.bytes), context.visit)
}

private func heading(_ title: String, _ lead: String?) -> HTML {
    """
    <header class="page-head"><h1>\(title)</h1>\(lead.map { "<p class=\"lead\">\($0)</p>" as HTML })</header>
    """
}
