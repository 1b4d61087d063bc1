package import Hummingbird

extension Site {
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
