import Agencies
import Hummingbird
import Kernel
import Markup
import Persistence
import Web

import struct Documents.QRCode

/// What officers do at the door: tell its code, print its poster, make devices known, confirm priority, print a ticket.
struct DoorDeskRoutes: Sendable {
    let desk: QueueDesk
    let key: ServerKey

    func add(to router: some RouterMethods<OfficerContext>) {
        router.get("work/door", use: show)
        router.get("work/door/poster", use: poster)
        router.get("work/tickets/:number", use: ticket)
        router.post("work/priority", use: confirm)
    }

    func show(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let agency = try await door(context)
        let (say, now) = (context.language, desk.office.now)
        let code = DoorCode(key: key, office: agency.id)
        let device = HallDevice(key: key, office: agency.id)
        var response = page(say("Cửa", "The door"), context, lead: say(agency.name), width: .wide) {
            columns {
                panel(say("Số của cửa lúc này", "The digits of the door now")) {
                    """
                    \(DoorSign(code: code, site: desk.site, term: DoorCode.Term(at: now)).show(say))
                    \(actions(linkButton(say("In áp phích hôm nay", "Print today’s poster"), "/work/door/poster", .plain)))
                    """
                }
            } aside: {
                panel(say("Máy lấy số và màn hình", "Ticket machine and display")) {
                    """
                    \(devices(device.word(at: now), agency, say))
                    \(context.officer.roles.isDisjoint(with: [.leader, .admin]) ? nil : DeviceListRoutes.link(to: agency.id, say))
                    """
                }
            }
        }
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func devices(_ word: String, _ agency: AgencyProfile, _ say: Language) -> HTML {
        let path = "/quay/\(agency.id.rawValue)/may"
        let spelled = stride(from: 0, to: word.count, by: 4).map { String(word.dropFirst($0).prefix(4)) }
            .joined(separator: " ")
        // An address too long for a code is still shown in words.
        let code = try? QRCode("\(desk.site)\(path)#ma=\(word)")
        return """
            <p>\(say(
                "Trên thiết bị đặt tại phòng, mở địa chỉ dưới đây và nhập mã. Mã dùng được ít nhất 15 phút; thiết bị được nhớ 180 ngày.",
                "On the device in the hall, open this address and type the word. It holds for 15 minutes at least; the device is remembered for 180 days."
            ))</p>
            <p><strong>\(desk.site)\(path)</strong></p>
            <p class="code" data-word="\(word)">\(spelled)</p>
            \(code.map { code in
                """
                <svg class="qr" viewBox="\(code.viewBox)" role="img" \
                aria-label="\(say("Mã QR để đăng ký thiết bị", "QR code that makes a device known"))"><path d="\(code.path)"/></svg>
                """ as HTML
            })
            """
    }

    /// A sheet for the morning and one for the afternoon.
    func poster(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let agency = try await door(context)
        let (say, today) = (context.language, desk.office.now.localDate)
        let code = DoorCode(key: key, office: agency.id)
        var response = page(say("Áp phích của cửa", "Poster of the door"), context, lead: say(agency.name)) {
            """
            <p class="hint">\(say("Hai tờ: sáng đến 12:00, chiều sau 12:00. In từ trình duyệt và thay tờ vào buổi trưa.", "Two sheets: until 12:00 and after. Print them from the browser and change them at noon."))</p>
            \([false, true].map { isAfternoon in
                """
                <section class="poster"><h2>\(say(agency.name))</h2>
                <p class="poster-time">\(isAfternoon ? say("Chiều", "Afternoon") : say("Sáng", "Morning")) \(today.vietnamese)</p>
                \(DoorSign(code: code, site: desk.site, term: .init(date: today, isAfternoon: isAfternoon)).show(say))
                </section>
                """ as HTML
            })
            """
        }
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// A ticket that was given at the desk, to be printed there.
    func ticket(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.reception, .returns)
        let agency = try await desk.ownOffice(context)
        let number = TicketNumber(rawValue: try context.parameters.require("number"))
        guard let secret = try await desk.book.secret(of: number, at: agency.id, on: desk.office.now.localDate),
            let holding = try await desk.book.ticket(secret)
        else { throw OfficeDay.Refusal.noSuchTicket }
        return try TicketPage(
            desk: desk,
            agency: agency,
            holding: holding,
            secret: secret,
            now: desk.office.now,
            reader: .officer,
            order: try await desk.order(closing: agency.id)
        ).show(nil, context)
    }

    /// One press, once the officer has seen why.
    func confirm(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.reception, .returns)
        let form = try await request.form(context)
        guard let number = form.filled("number") else { throw OfficeDay.Refusal.noSuchTicket }
        let now = desk.office.now
        try await desk.book.perform(
            [.confirmPriority(TicketNumber(rawValue: number), at: now)],
            at: try await desk.ownOffice(context).id,
            Circumstances(at: now, actor: .officer(id: context.officer.id), request: context.requestID)
        )
        return .redirect(to: "/work/triage")
    }

    private func door(_ context: OfficerContext) async throws -> AgencyProfile {
        try context.require(.reception, .returns, .leader, .admin)
        return try await desk.ownOffice(context)
    }
}
