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
        self.address = Caller(address).name
        self.device = device
        self.cookie = cookie
    }
}
