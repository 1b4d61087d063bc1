import Glibc

/// Who is limited together: one IPv4 address, or one /64 of IPv6, which is what a household or an office is given.
package struct Caller: Hashable, Sendable {
    /// The address, or the network that stands for it.
    package let name: String

    /// Reads an address as a socket or `X-Forwarded-For` names it, with a port or without. What is no address is
    /// compared as it stands.
    package init(_ text: String) {
        // Longer than an address can be is cut, not kept.
        let text = text.prefix(60)
        var host = text
        if text.hasPrefix("[") {
            host = text.dropFirst().prefix { $0 != "]" }
        } else if text.contains("."), text.count(where: { $0 == ":" }) == 1 {
            host = text.prefix { $0 != ":" }
        }
        var bytes = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, String(host.prefix { $0 != "%" }), &bytes) == 1 else {
            name = String(host)
            return
        }
        // ::ffff:a.b.c.d is an IPv4 address in the clothes of the other kind.
        let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 255 && bytes[11] == 255
        name =
            isMapped ? bytes.suffix(4).map(String.init).joined(separator: ".") : hex(bytes.prefix(8)) + "/64"
    }
}
