package import HTTPTypes

extension HTTPField.Name {
    static let xForwardedFor = Self("X-Forwarded-For")!
    static let secFetchSite = Self("Sec-Fetch-Site")!
    static let secFetchMode = Self("Sec-Fetch-Mode")!
    package static let clearSiteData = Self("Clear-Site-Data")!
    static let xRequestID = Self("X-Request-Id")!
    static let permissionsPolicy = Self("Permissions-Policy")!
    static let referrerPolicy = Self("Referrer-Policy")!
    static let crossOriginOpenerPolicy = Self("Cross-Origin-Opener-Policy")!
    /// By which rule an answer refuses, for the log and the numbers; it does not leave the house.
    static let refusedBy = Self("X-Refused-By")!
}
