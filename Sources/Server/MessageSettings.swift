import Configuration
import Foundation
import Kernel
import Notifications
import Outgoing
import Web

/// By which ways messages go out, and with what names and keys.
struct MessageSettings: Sendable {
    /// Who takes short messages.
    enum Gateway: Sendable {
        case folder(String)
        case esms(Access)
        case kannel(Access)

        struct Access: Sendable { let url, user, password, sender: String }
    }

    let gateway: Gateway?
    let mail: Mail?
    /// Certificates that providers' are checked against, instead of the machine's.
    let authorities: String?
    let order: [NoticeWay]

    struct Mail: Sendable {
        let account: MailAccount
        let sender: EmailAddress
        let name: String
    }

    init(_ config: ConfigReader) throws {
        authorities = config.string(forKey: "messages.authorities")
        if let authorities, !FileManager.default.isReadableFile(atPath: authorities) {
            throw Settings.Unusable(
                description: "MOTCUA_MESSAGES_AUTHORITIES=\(authorities) is not a file that can be read"
            )
        }
        gateway = try Self.gateway(config)
        mail = try Self.mail(config)
        switch config.string(forKey: "messages.first", default: "sms") {
        case "sms": order = [.shortMessage, .mail]
        case "mail": order = [.mail, .shortMessage]
        case let other: throw Settings.Unusable(description: "MOTCUA_MESSAGES_FIRST=\(other) is not one of sms, mail")
        }
    }

    private static func gateway(_ config: ConfigReader) throws -> Gateway? {
        let folder = config.string(forKey: "sms.folder")
        guard let kind = config.string(forKey: "sms.gateway") else { return folder.map(Gateway.folder) }
        guard folder == nil else {
            throw Settings.Unusable(description: "MOTCUA_SMS_FOLDER and MOTCUA_SMS_GATEWAY name two gateways: keep one")
        }
        let access = Gateway.Access(
            url: try address("sms.url", config, ["https", "http"]),
            user: try needed("sms.user", config),
            password: try needed("sms.password", config),
            sender: try needed("sms.sender", config)
        )
        switch kind {
        case "esms": return .esms(access)
        case "kannel": return .kannel(access)
        default: throw Settings.Unusable(description: "MOTCUA_SMS_GATEWAY=\(kind) is not one of esms, kannel")
        }
    }

    private static func mail(_ config: ConfigReader) throws -> Mail? {
        guard config.string(forKey: "mail.server") != nil else { return nil }
        let url = try address("mail.server", config, ["smtps", "smtp"])
        let from = try needed("mail.from", config)
        guard let sender = EmailAddress(rawValue: from) else {
            throw Settings.Unusable(description: "MOTCUA_MAIL_FROM=\(from) is not an e-mail address")
        }
        let (user, password) = (config.string(forKey: "mail.user"), config.string(forKey: "mail.password"))
        guard (user == nil) == (password == nil) else {
            throw Settings.Unusable(description: "MOTCUA_MAIL_USER and MOTCUA_MAIL_PASSWORD belong together")
        }
        return Mail(
            account: MailAccount(url: url, user: user, password: password, needsTLS: !isHere(url)),
            sender: sender,
            name: config.string(forKey: "mail.name", default: "Một Cửa")
        )
    }

    private static func needed(_ key: String, _ config: ConfigReader) throws -> String {
        guard let text = config.string(forKey: ConfigKey(key)), !text.isEmpty, !text.contains(where: \.isNewline) else {
            throw Settings.Unusable(description: "\(name(key)) is needed, in one line")
        }
        return text
    }

    /// The second scheme says things in the clear, and is for a server on the same machine, or for mail servers that go on
    /// with TLS.
    private static func address(_ key: String, _ config: ConfigReader, _ schemes: [String]) throws -> String {
        let text = try needed(key, config)
        guard let url = URL(string: text), let scheme = url.scheme, schemes.contains(scheme), url.host() != nil else {
            throw Settings.Unusable(description: "\(name(key))=\(text) is not an address such as \(schemes[0])://host")
        }
        guard scheme != "http" || isHere(text) else {
            throw Settings.Unusable(
                description: "\(name(key))=\(text): telephones and keys go to other machines by https only"
            )
        }
        return text
    }

    private static func isHere(_ url: String) -> Bool {
        ["127.0.0.1", "::1", "localhost"].contains(URL(string: url)?.host() ?? "")
    }

    private static func name(_ key: String) -> String {
        "MOTCUA_\(key.uppercased().replacing(".", with: "_"))"
    }

    // MARK: - What is connected

    /// As many at once as an outbox gives out, so that none waits for a turn while its time runs.
    private static let atOnce = 16

    /// Nil when none is configured; a folder that cannot be written stops the start.
    func shortMessageGateway() throws -> (any ShortMessageGateway)? {
        switch gateway {
        case nil: return nil
        case .folder(let folder):
            do {
                return try SpoolFolder(folder)
            } catch {
                throw Settings.Unusable(description: "MOTCUA_SMS_FOLDER=\(folder) is not a folder that can be written")
            }
        case .esms(let access):
            let outgoing = Outgoing(count: Self.atOnce, authorities: authorities)
            return ESMS(url: access.url, key: access.user, secret: access.password, brand: access.sender) {
                try await outgoing.post($0)
            }
        case .kannel(let access):
            let outgoing = Outgoing(count: Self.atOnce, authorities: authorities)
            return Kannel(url: access.url, user: access.user, password: access.password, sender: access.sender) {
                try await outgoing.post($0)
            }
        }
    }

    /// Nil when no mail server is configured.
    func letters(_ office: Office) -> Letters? {
        guard let mail else { return nil }
        let outgoing = Outgoing(count: Self.atOnce, authorities: authorities)
        return Letters(from: mail.sender, named: mail.name, office: office) {
            try await outgoing.send($0, by: mail.account)
        }
    }
}
