import Glibc
import Hummingbird
import Web

/// Where somebody knocks from.
struct Visitor: Sendable {
    /// The address, or the network that one customer of a provider has to themselves.
    let address: String
    let device: String
    /// By which a browser is known again; programs have none.
    let cookie: DeviceCookie?

    init(_ request: Request, _ context: some AudienceContext) {
        self.init(
            address: context.visit.address,
            device: deviceName(userAgent: request.headers[.userAgent]),
            cookie: context.visit.isAPI ? nil : DeviceCookie(in: request, context)
        )
    }

    init(address: String, device: String, cookie: DeviceCookie? = nil) {
        self.address = network(of: address)
        self.device = device
        self.cookie = cookie
    }
}

/// What counts as one address: of IPv6 the first 64 bits, because every household has 2^64 of them.
func network(of address: String) -> String {
    var bytes = in6_addr()
    guard inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
    let octets = withUnsafeBytes(of: bytes) { Array($0) }
    // An IPv4 caller of a socket that speaks both.
    if octets.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] {
        return octets.suffix(4).map(String.init).joined(separator: ".")
    }
    return hex(octets.prefix(8)) + "/64"
}
