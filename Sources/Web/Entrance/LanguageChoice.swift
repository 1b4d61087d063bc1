import Hummingbird

/// The language is kept in a cookie; `?lang=en` on any page sets it and leads back to the page.
extension Language {
    private static let cookie = "lang"

    /// Pages are Vietnamese until somebody chooses; programs ask with `Accept-Language`.
    static func spoken(by request: Request, isAPI: Bool) -> Language {
        if isAPI { return request.headers[.acceptLanguage]?.lowercased().hasPrefix("en") == true ? .en : .vi }
        return request.cookies[cookie].flatMap { Language(rawValue: $0.value) } ?? .vi
    }

    static func chosen(in request: Request, _ visit: Visit) -> Language? {
        guard request.method == .get, !visit.isAPI else { return nil }
        return request.uri.queryParameters["lang"].flatMap { Language(rawValue: String($0)) }
    }

    func remembered(_ visit: Visit) -> Response {
        let rest = (visit.query ?? "").split(separator: "&").filter { !$0.hasPrefix("lang=") }.joined(separator: "&")
        let path = LocalPath(rawValue: visit.path + (rest.isEmpty ? "" : "?\(rest)"))?.rawValue ?? "/"
        var response = Response.redirect(to: path)
        response.setCookie(visit.site.cookie(Language.cookie, rawValue, lasting: 365 * 24 * 3600))
        return response
    }
}
