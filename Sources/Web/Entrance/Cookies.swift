package import Hummingbird

extension Site {
    /// What a cookie of ours is called here. Browsers accept the prefix over TLS from this very host only, never from a
    /// sibling of its domain.
    package func cookieName(_ name: String) -> String { secureCookies ? "__Host-\(name)" : name }

    /// A cookie with the attributes all our cookies have. It ends with the browser's session unless it lasts longer;
    /// zero seconds delete it.
    package func cookie(_ name: String, _ value: String, lasting seconds: Int? = nil) -> Cookie {
        Cookie(
            name: name,
            value: value,
            maxAge: seconds,
            path: "/",
            secure: secureCookies,
            httpOnly: true,
            sameSite: .lax
        )
    }
}
