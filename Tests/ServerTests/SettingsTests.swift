import TestSupport
import Testing

@testable import Server

@Suite struct `The settings` {
    @Test(arguments: [
        ("MOTCUA_PORT", "eighty", "MOTCUA_PORT=eighty"),
        ("MOTCUA_PORT", "70000", "0 to 65535"),
        ("MOTCUA_CONNECTIONS", "1", "2 to 200"),
        ("MOTCUA_SITE", "motcua.example.vn", "MOTCUA_SITE=motcua.example.vn"),
        ("MOTCUA_SITE", "https://motcua.example.vn/", "is not an address"),
        ("MOTCUA_MAX_CONNECTIONS", "few", "MOTCUA_MAX_CONNECTIONS=few"),
        ("MOTCUA_PAUSE_SECONDS", "0", "1 to 600"),
        ("MOTCUA_LOG", "loud", "trace, debug, info, notice, warning, error, critical"),
        ("MOTCUA_LOG_FORMAT", "xml", "text, json"),
        ("MOTCUA_METRICS_TOKEN", "short", "at least 16 characters"),
        ("MOTCUA_BEHIND_PROXY", "yes", "MOTCUA_BEHIND_PROXY=yes is not true or false"),
        ("MOTCUA_HOME", "/nowhere", "/nowhere/Procedures"),
        ("MOTCUA_DISK_RESERVE", "-1", "0 to 1000000"),
        ("MOTCUA_QUOTA_FILED_MB", "much", "MOTCUA_QUOTA_FILED_MB=much"),
        ("MOTCUA_SMS_GATEWAY", "esms", "MOTCUA_SMS_URL is needed"),
        (
            "MOTCUA_MAIL_SERVER", "mail.example.vn",
            "MOTCUA_MAIL_SERVER=mail.example.vn is not an address such as smtps://host"
        ),
        ("MOTCUA_MAIL_SERVER", "smtp://mail.example.vn", "MOTCUA_MAIL_FROM is needed"),
        ("MOTCUA_MESSAGES_FIRST", "post", "is not one of sms, mail"),
        ("MOTCUA_MESSAGES_AUTHORITIES", "/nowhere", "MOTCUA_MESSAGES_AUTHORITIES=/nowhere"),
    ])
    func `a bad value is told with its name`(name: String, value: String, told: String) async throws {
        try await Installation.fresh(.sqlite) { installation in
            let error = #expect(throws: Settings.Unusable.self) { try installation.settings([name: value]) }
            #expect(error?.description.contains(told) == true, "\(error?.description ?? "nothing was thrown")")
        }
    }

    @Test func `a folder for short messages has to be there`() async throws {
        try await Installation.fresh(.sqlite) { installation in
            #expect(try installation.settings().messages.shortMessageGateway() == nil)
            let settings = try installation.settings(["MOTCUA_SMS_FOLDER": "/nowhere"])
            let error = #expect(throws: Settings.Unusable.self) { _ = try settings.messages.shortMessageGateway() }
            #expect(error?.description.contains("MOTCUA_SMS_FOLDER=/nowhere") == true)
        }
    }

    @Test func `without settings it serves on loopback with its data beside it`() async throws {
        try await Installation.fresh(.sqlite) { installation in
            let settings = try installation.settings(["MOTCUA_PORT": "8080"])
            #expect(settings.host == "127.0.0.1")
            #expect(settings.site == "http://127.0.0.1:8080")
            #expect(settings.secretFile == "\(installation.folder)/secret")
        }
    }
}
