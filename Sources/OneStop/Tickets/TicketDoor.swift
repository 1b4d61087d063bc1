import Agencies
import Hummingbird
import Kernel
import Web

/// What every way to a ticket shares: how few a browser may hold, and how it is given the one it has taken.
struct TicketDoor: Sendable {
    let desk: QueueDesk
    let presence: Presence
    let forecasts: OfficeForecasts?

    /// On the machine a ticket is open for as long as its printing takes: the next visitor must not find it.
    private static let onMachine = 120

    /// Refuses a browser that holds as many tickets as a family needs.
    func requireFew(_ request: Request, _ context: AppContext) async throws {
        let now = desk.office.now
        let held = HeldSecrets(.tickets, in: request, context, at: now)
        guard try await desk.book.active(held.secrets, on: now.localDate) < Presence.ticketsPerBrowser else {
            throw Problem.holdsEnough
        }
    }

    func opened(_ receipt: TicketBook.Receipt, isMachine: Bool, _ request: Request, _ context: AppContext) -> Response {
        let now = desk.office.now
        let former =
            isMachine
            ? HeldSecrets(.tickets, at: now) : HeldSecrets(.tickets, in: request, context, at: now)
        let held = former.adding(TicketLink.id(receipt.secret), receipt.secret, until: now.localDate)
        var response = Response.redirect(to: TicketLink.page(receipt.secret) + (isMachine ? "?may" : ""))
        response.setCookie(held.cookie(context, atMost: isMachine ? Self.onMachine : .max))
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// The device of the hall that asks; it may have been revoked.
    func device(at office: ID<Agency>, _ request: Request, _ context: AppContext) async throws -> HallDeviceBook.Entry?
    {
        try await desk.device(request, at: office, presence, context)
    }
}

extension Problem {
    fileprivate static let holdsEnough = Problem(
        "holds-enough-tickets",
        "Trình duyệt này đang giữ \(Presence.ticketsPerBrowser) số chưa phục vụ. Nếu cần thêm, hãy đến máy lấy số hoặc bàn hướng dẫn.",
        "This browser holds \(Presence.ticketsPerBrowser) tickets already. If you need more, please go to the machine or the desk.",
        .conflict
    )
}
