import Markup

/// What stands above and below every page: the name of the site, the menu of the audience, the language switch.
struct Frame {
    let visit: Visit

    private var say: Language { visit.language }

    var bodyClass: String { visit.isWorkspace ? "work" : "public" }

    var header: HTML {
        """
        <header class="site">\(demonstration)
        <div class="bar">
        <a class="brand" href="\(visit.isWorkspace ? "/work" : "/")">
        <span class="mark" aria-hidden="true"></span>
        <span class="names"><strong>\(say(visit.site.name))</strong>\(subtitle)</span>
        </a>
        <nav class="menu" aria-label="\(say("Điều hướng chính", "Main"))"><ul>\(links.map(item))</ul></nav>
        <div class="person">\(person)\(languageSwitch)</div>
        </div>
        </header>
        """
    }

    /// Whoever arrives by a link must not take an invented dossier for a real one.
    private var demonstration: HTML? {
        guard visit.site.isDemonstration else { return nil }
        return """
            <p class="demonstration">\(say("Bản trình diễn – dữ liệu không có thật", "Demonstration – the data are invented"))</p>
            """
    }

    private var subtitle: HTML {
        if visit.isWorkspace, case .officer(let officer) = visit.identity {
            "<small>\(officer.agencyName)</small>"
        } else {
            "<small>\(say(visit.site.owner))</small>"
        }
    }

    private var links: [Site.Link] {
        guard visit.isWorkspace else { return visit.site.publicLinks }
        guard case .officer(let officer) = visit.identity else { return [] }
        return visit.site.officeLinks.filter { $0.roles.map { !$0.isDisjoint(with: officer.roles) } ?? true }
    }

    private func item(_ link: Site.Link) -> HTML {
        let isHere = visit.path == link.path
        return """
            <li><a href="\(link.path)" \(attribute: "data-key", link.key.map(Keys.ofMenu)) \
            \(attribute: "aria-current", isHere ? "page" : nil)>\(say(link.words))</a></li>
            """
    }

    private var person: HTML {
        switch visit.identity {
        case .citizen(let citizen): signedIn(citizen.name, account: "/account", signOut: "/sign-out")
        case .officer(let officer): signedIn(officer.name, account: "/work/account", signOut: "/work/sign-out")
        case nil:
            """
            <a class="sign-in" href="\(visit.isWorkspace ? "/work/sign-in" : "/sign-in")">\
            \(say("Đăng nhập", "Sign in"))</a>
            """
        }
    }

    private func signedIn(_ name: String, account: String, signOut: String) -> HTML {
        """
        <a class="name" href="\(account)">\(name)</a>
        <form method="post" action="\(signOut)"><input type="hidden" name="csrf" value="\(visit.csrf)">\
        <button class="link">\(say("Đăng xuất", "Sign out"))</button></form>
        """
    }

    private var languageSwitch: HTML {
        let other = say == .vi ? Language.en : .vi
        return """
            <a class="language" href="\(LocalPath.with(language: other, visit))" lang="\(other.rawValue)" \
            hreflang="\(other.rawValue)">\(other == .vi ? "Tiếng Việt" : "English")</a>
            """
    }

    func trail(_ crumbs: [Crumb]) -> HTML {
        """
        <nav class="trail" aria-label="\(say("Bạn đang ở", "You are here"))"><ol>\
        \(crumbs.map { "<li><a href=\"\($0.path)\">\($0.title)</a></li>" as HTML })</ol></nav>
        """
    }

    var footer: HTML {
        """
        <footer class="site"><div class="bar">
        <p><strong>\(say(visit.site.name))</strong> · \(say(visit.site.owner))</p>
        \(hotline)
        <ul>\(visit.isWorkspace ? keys : nil)\(visit.site.footerLinks.map { "<li><a href=\"\($0.path)\">\(say($0.words))</a></li>" as HTML })</ul>
        </div></footer>
        """
    }

    /// A page for everybody; a script shows beside it what can be pressed here.
    private var keys: HTML {
        "<li><a href=\"\(KeyRoutes.address)\" data-key=\"?\">\(say("Phím tắt", "Keys")) <kbd aria-hidden=\"true\">?</kbd></a></li>"
    }

    private var hotline: HTML? {
        visit.site.hotline.map {
            "<p>\(say("Hỗ trợ", "Help")): <a href=\"tel:\($0.filter { $0.isNumber || $0 == "+" })\">\($0)</a></p>"
        }
    }
}

extension Visit {
    /// The officers' half of the site.
    var isWorkspace: Bool { path == "/work" || path.hasPrefix("/work/") }
}
