package import Markup

/// The head of a page that welcomes; give it to `page` as its masthead, because it holds the page's `h1`.
package func hero(_ title: String, lead: String? = nil, body: () throws -> HTML) rethrows -> HTML {
    """
    <div class="hero"><div class="inner"><h1>\(title)</h1>\(lead.map { "<p class=\"lead\">\($0)</p>" as HTML })\
    \(try body())</div></div>
    """
}

/// A search that any browser can send and anybody can bookmark.
package func searchForm(
    _ path: String,
    _ label: String,
    value: String = "",
    placeholder: String? = nil,
    button: String,
    key: String? = nil
) -> HTML {
    """
    <form class="search" method="get" action="\(path)" role="search"><label for="q">\(label)</label>\
    <div><input id="q" name="q" type="search" value="\(value)" \(attribute: "placeholder", placeholder) \
    \(attribute: "data-key", key) autocomplete="off" maxlength="200"><button class="button main">\(button)</button>\
    </div></form>
    """
}

/// A way into a part of the site.
package struct Card: Sendable {
    package let title: String
    package let text: String?
    package let path: String
    package let note: HTML?

    package init(_ title: String, _ path: String, text: String? = nil, note: HTML? = nil) {
        self.title = title
        self.path = path
        self.text = text
        self.note = note
    }
}

/// Ways into parts of the site, side by side where there is room.
package func cards(_ cards: [Card]) -> HTML { "<ul class=\"cards\">\(cards.map(item))</ul>" }

private func item(_ card: Card) -> HTML {
    """
    <li><a href="\(card.path)"><strong>\(card.title)</strong>\(card.text.map { "<span>\($0)</span>" as HTML })</a>\
    \(card.note)</li>
    """
}

/// What matters beside what accompanies it; one below the other on narrow screens.
package func columns(main: () throws -> HTML, aside: () throws -> HTML) rethrows -> HTML {
    "<div class=\"columns\"><div>\(try main())</div><div class=\"aside\">\(try aside())</div></div>"
}

/// One list among several, such as an inbox.
package struct Tab: Sendable {
    package let title: String
    package let path: String
    package let count: Int?
    package let key: String?

    package init(_ title: String, _ path: String, count: Int? = nil, key: String? = nil) {
        self.title = title
        self.path = path
        self.count = count
        self.key = key
    }
}

/// Lists beside each other, one of them open.
package func tabs(_ label: String, _ tabs: [Tab], current: Int) -> HTML {
    let items = tabs.enumerated().map { index, tab in
        """
        <li><a href="\(tab.path)" \(attribute: "data-key", tab.key) \
        \(attribute: "aria-current", index == current ? "page" : nil)>\(tab.title)\
        \(tab.count.map { " <span class=\"count\">\($0)</span>" as HTML })</a></li>
        """ as HTML
    }
    return "<nav class=\"tabs\" aria-label=\"\(label)\"><ul>\(items)</ul></nav>"
}

/// A paper to be printed: a receipt, a slip, a proof of filing.
package func sheet(body: () throws -> HTML) rethrows -> HTML { "<article class=\"sheet\">\(try body())</article>" }
