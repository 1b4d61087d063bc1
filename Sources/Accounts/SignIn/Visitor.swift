import Hummingbird
import Web

/// Where somebody knocks from.
struct Visitor: Sendable {
    let address: String
    let device: String

    init(_ request: Request, _ context: some AudienceContext) {
        address = context.visit.address
        device = deviceName(userAgent: request.headers[.userAgent])
    }

    init(address: String, device: String) {
        self.address = address
        self.device = device
    }
}
