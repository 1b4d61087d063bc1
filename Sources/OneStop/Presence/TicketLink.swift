import Crypto
import Kernel
import Web

/// How a ticket is opened from elsewhere: by a link that is exchanged once for a cookie, and by its page, whose address
/// tells nothing.
enum TicketLink {
    /// What messages and QR codes carry.
    static func path(_ secret: String) -> String { "\(OpenLinkRoutes.path)?p=\(secret)" }

    /// Names the ticket in addresses; the secret does not follow from it.
    static func id(_ secret: String) -> String {
        String(hex(SHA256.hash(data: Array("ticket \(secret)".utf8))).prefix(16))
    }

    static func page(_ secret: String) -> String { "/phieu/\(id(secret))" }
}

extension Appointment {
    /// Names the appointment in addresses; whoever has no cookie for it sees nothing there.
    var path: String { "/lich-hen/\(id.rawValue)" }

    /// What messages, calendars and QR codes carry.
    var link: String { "\(OpenLinkRoutes.path)?h=\(id.rawValue).\(secret)" }
}
