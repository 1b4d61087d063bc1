/// What the operator decides about the whole site: its name, its menus, its address.
package struct Site: Sendable {
    /// A line of a menu.
    package struct Link: Sendable {
        package let words: Words
        package let path: String
        /// Which officers see it; nil for everybody who sees the menu.
        package let roles: Set<Role>?
        /// The letter that opens it from the keyboard in the officers' workspace.
        package let key: String?

        package init(_ words: Words, _ path: String, roles: Set<Role>? = nil, key: String? = nil) {
            self.words = words
            self.path = path
            self.roles = roles
            self.key = key
        }
    }

    package var name = Words("Một Cửa", "One-Stop")
    package var owner = Words("Cổng dịch vụ công trực tuyến", "Online public services")
    package var hotline: String?
    /// The menu of visitors and citizens.
    package var publicLinks: [Link] = []
    /// The menu of the officers' workspace.
    package var officeLinks: [Link] = []
    /// Lines at the bottom of every public page.
    package var footerLinks: [Link] = []
    /// Further origins under which browsers know this site, such as `https://dichvucong.example.vn`.
    package var origins: Set<String> = []
    /// Cookies are sent over TLS only.
    package var secureCookies = false
    /// A reverse proxy of ours stands in front and appends the caller to `X-Forwarded-For`.
    package var behindProxy = false
    /// The people and dossiers in it are invented, and every page says so; `/design` is there only then.
    package var isDemonstration = false

    package init() {}
}
