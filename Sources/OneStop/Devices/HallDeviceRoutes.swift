import Agencies
import Hummingbird
import Kernel
import Markup
import Persistence
import Web

/// Where a browser becomes the machine or the display of a hall.
struct HallDeviceRoutes: Sendable {
    let desk: QueueDesk
    let presence: Presence

    func add(to router: some RouterMethods<AppContext>) {
        router.get("quay/:office/may", use: ask)
        router.post("quay/:office/may", use: register)
    }

    func ask(_ request: Request, _ context: AppContext) async throws -> Response {
        page(try await desk.agency(context), FormData(), nil, context)
    }

    func register(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await request.form(context)
        let agency = try await desk.agency(context)
        return try await told {
            try presence.admit(deviceFrom: context.visit.address)
            let device = presence.device(of: agency.id)
            guard device.accepts(word: form.filled("word") ?? "", at: desk.office.now) else {
                throw Problem.invalid([
                    FieldError(
                        "word",
                        "Mã này không đúng hoặc đã hết hạn. Hãy lấy mã mới ở trang “Cửa” của cán bộ.",
                        "This word is wrong or has lapsed. Please get a new one from the officers’ page “The door”."
                    )
                ])
            }
            var reader = FormReader(form)
            let name = reader.optionalText("name", max: Self.nameLength)
            try reader.finish()
            let kind: HallDevices.Kind = form["as"] == "display" ? .display : .machine
            let now = desk.office.now
            let known = try await desk.devices.register(
                kind,
                named: name,
                at: agency.id,
                Circumstances(at: now, actor: .visitor, request: context.requestID)
            )
            let id = agency.id.rawValue
            var response = Response.redirect(to: kind == .display ? "/bang/\(id)" : "/quay/\(id)?may")
            response.setCookie(device.cookie(for: known, at: now, context))
            response.headers[.cacheControl] = "no-store"
            return response
        } again: { problem in
            page(agency, form, problem, context)
        }
    }

    private static let nameLength = 60

    private func page(_ agency: AgencyProfile, _ typed: FormData, _ problem: Problem?, _ context: AppContext)
        -> Response
    {
        let say = context.language
        let form = Form(context, typed: typed, errors: problem?.errors ?? [])
        return Web.page(
            say("Đăng ký thiết bị của phòng", "Make this a device of the hall"),
            context,
            lead: say(agency.name)
        ) {
            """
            \(problem.flatMap { refusal($0, say) })\(form.summary)
            <p>\(say(
                "Dành cho máy lấy số và màn hình đặt tại phòng. Cán bộ lấy mã ở trang “Cửa” (/work/door); mã dùng được ít nhất 15 phút.",
                "For the ticket machine and the display in the hall. An officer finds the word on the page “The door” (/work/door); it holds for 15 minutes at least."
            ))</p>
            \(form.post(to: "/quay/\(agency.id.rawValue)/may") {
                """
                \(form.field("word", say("Mã đăng ký", "Word"), .code, hint: say("12 chữ và số", "12 letters and digits"), maxLength: 20, autocomplete: "off"))
                \(form.field("name", say("Tên thiết bị", "Name of the device"), hint: say("Ví dụ: Màn hình cửa chính. Quản trị viên nhận ra thiết bị trong danh sách nhờ tên này.", "Such as: Display at the main door. It tells the administrator which device this is."), required: false, maxLength: Self.nameLength, autocomplete: "off"))
                \(actions(
                    button(say("Là máy lấy số", "It is the ticket machine"), name: "as", value: "machine"),
                    button(say("Là màn hình", "It is the display"), .plain, name: "as", value: "display")
                ))
                """
            })
            """
        }
    }
}

extension QueueDesk {
    /// The device of an office's hall that asks; nil for every other browser.
    func device(_ request: Request, at office: ID<Agency>, _ presence: Presence, _ context: some AudienceContext)
        async throws -> HallDeviceBook.Entry?
    {
        let now = self.office.now
        guard let id = presence.device(of: office).id(in: request, at: now, context) else { return nil }
        return try await devices.entry(id, at: office, seen: now)
    }
}

/// What a device sees once it was revoked: its page asks for it again as soon as its stream has ended.
func revokedDevicePage(_ agency: AgencyProfile, _ device: HallDeviceBook.Entry, _ context: AppContext) -> Response {
    let say = context.language
    let time = device.revoked.map { $0.localMinute.vietnamese } ?? ""
    var response = page(
        say("Thiết bị này đã bị thu hồi", "This device was revoked"),
        context,
        status: .gone,
        lead: say(agency.name)
    ) {
        """
        <p>\(say(
            "Quản trị viên đã thu hồi \(device.label(say)) lúc \(time). Nơi này không còn hiện số của cửa và không phát số.",
            "An administrator revoked \(device.label(say)) at \(time). The digits of the door are no longer shown here and no tickets are given."
        ))</p>
        \(actions(
            linkButton(say("Đăng ký lại", "Register again"), "/quay/\(agency.id.rawValue)/may"),
            linkButton(say("Lấy số bằng điện thoại", "Take a ticket on a phone"), "/quay/\(agency.id.rawValue)", .plain)
        ))
        """
    }
    response.headers[.cacheControl] = "no-store"
    return response
}

extension HallDeviceBook.Entry {
    func label(_ say: Language) -> String {
        let kind = kind == .machine ? say("máy lấy số", "the ticket machine") : say("màn hình", "the display")
        return name.map { "\(kind) “\($0)”" } ?? kind
    }
}
