import Agencies
import Hummingbird
import Kernel
import Markup
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
            let id = agency.id.rawValue
            var response = Response.redirect(to: form["as"] == "display" ? "/bang/\(id)" : "/quay/\(id)?may")
            response.setCookie(device.cookie(at: desk.office.now, context))
            response.headers[.cacheControl] = "no-store"
            return response
        } again: { problem in
            page(agency, form, problem, context)
        }
    }

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
