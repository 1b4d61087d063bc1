import Agencies
import Hummingbird
import Kernel
import Markup
import Persistence
package import Web

/// Where an office's administrator sees which devices are known in its hall, when each was last seen, and revokes one.
struct DeviceListRoutes: Sendable {
    let desk: QueueDesk
    let directory: any Directory

    func add(to router: some RouterMethods<OfficerContext>) {
        router.get("work/office/:office/devices", use: list)
        router.get("work/office/:office/devices/:device/revoke", use: ask)
        router.post("work/office/:office/devices/:device/revoke", use: revoke)
    }

    static func link(to office: ID<Agency>, _ say: Language) -> HTML {
        "<p><a href=\"\(address(office))\">\(say("Thiết bị của phòng", "Devices of the hall"))</a></p>"
    }

    private static func address(_ office: ID<Agency>) -> String { "/work/office/\(office.rawValue)/devices" }

    func list(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let agency = try await office(context)
        let devices = try await desk.devices.list(at: agency.id)
        let names = try await directory.names(of: Set(devices.compactMap(\.revokedBy)))
        let say = context.language
        return page(
            say("Thiết bị của phòng", "Devices of the hall"),
            context,
            lead: say(agency.name),
            width: .wide,
            crumbs: crumbs(agency, say)
        ) {
            devices.isEmpty
                ? emptyState(
                    say("Chưa có thiết bị nào", "No device is known"),
                    say(
                        "Máy lấy số và màn hình được đăng ký bằng mã ở trang “Cửa”.",
                        "Ticket machines and displays are made known with the word on the page “The door”."
                    ),
                    action: linkButton(say("Mở trang “Cửa”", "Open “The door”"), "/work/door", .plain)
                )
                : table(
                    say("Thiết bị của phòng", "Devices of the hall"),
                    [
                        Column(say("Thiết bị", "Device")), Column(say("Đăng ký", "Made known")),
                        Column(say("Thấy lần cuối", "Last seen")), Column(say("Tình trạng", "State")),
                        Column(say("Thao tác", "Action")),
                    ],
                    density: .dense,
                    hidesCaption: true,
                    rows: devices.map { row($0, agency, names, say) }
                )
        }
    }

    private func row(
        _ device: HallDeviceBook.Entry,
        _ agency: AgencyProfile,
        _ names: [ID<Officer>: String],
        _ say: Language
    ) -> [HTML] {
        let isKnown = device.isKnown(at: desk.office.now)
        return [
            .text(device.label(say)), .text(device.registered.localMinute.vietnamese),
            .text(device.seen.map { $0.localMinute.vietnamese } ?? say("chưa thấy", "never")),
            state(device, names, say),
            isKnown
                ? linkButton(
                    say("Thu hồi", "Revoke"),
                    "\(Self.address(agency.id))/\(device.id.rawValue)/revoke",
                    .quiet
                ) : "–",
        ]
    }

    private func state(_ device: HallDeviceBook.Entry, _ names: [ID<Officer>: String], _ say: Language) -> HTML {
        if let revoked = device.revoked {
            let who = device.revokedBy.flatMap { names[$0] }.map { ", \($0)" } ?? ""
            return "<span>\(tag(say("Đã thu hồi", "Revoked"), .bad)) \(revoked.localMinute.vietnamese)\(who)</span>"
        }
        let end = device.until.localMinute.date.vietnamese
        return device.isKnown(at: desk.office.now)
            ? "<span>\(tag(say("Đang dùng được", "Known"), .good)) \(say("đến", "until")) \(end)</span>"
            : "<span>\(tag(say("Đã hết hạn", "Lapsed"))) \(end)</span>"
    }

    func ask(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let agency = try await office(context)
        let device = try await device(context, at: agency.id)
        // The list tells when and by whom it was revoked.
        guard device.isKnown(at: desk.office.now) else { return .redirect(to: Self.address(agency.id)) }
        let say = context.language
        let form = Form(context)
        return page(
            say("Thu hồi thiết bị?", "Revoke the device?"),
            context,
            lead: "\(say(agency.name)) – \(device.label(say))",
            crumbs: crumbs(agency, say) + [
                Crumb(say("Thiết bị của phòng", "Devices of the hall"), Self.address(agency.id))
            ]
        ) {
            """
            \(notice(.waiting) { """
                <p>\(say(
                    "Thiết bị ngừng hiện số của cửa và ngừng phát số trong vài giây; màn hình của nó báo đã bị thu hồi. Muốn dùng lại phải đăng ký lại bằng mã mới.",
                    "Within seconds the device shows no digits of the door and gives no tickets, and says that it was revoked. To be used again it has to be made known again with a new word."
                ))</p>
                """ })
            \(form.post(to: "\(Self.address(agency.id))/\(device.id.rawValue)/revoke") {
                actions(
                    button(say("Thu hồi", "Revoke"), .danger),
                    linkButton(say("Không thu hồi", "Do not revoke"), Self.address(agency.id), .plain)
                )
            })
            """
        }
    }

    func revoke(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let agency = try await office(context)
        let device = try await device(context, at: agency.id)
        let authority = OfficeAuthority(agency: context.officer.agency, roles: context.officer.roles, isAbove: true)
        try await desk.devices.revoke(
            device.id,
            at: agency.id,
            by: authority,
            Circumstances(
                at: desk.office.now,
                actor: .officer(id: context.officer.id),
                request: context.requestID
            )
        )
        return .redirect(to: Self.address(agency.id))
    }

    /// An office the officer's agency may speak for; others do not exist for them.
    private func office(_ context: OfficerContext) async throws -> AgencyProfile {
        try context.require(.leader, .admin)
        let tree = try await desk.agencies.tree()
        let agency = try await desk.agency(context)
        let own = context.officer.agency
        guard agency.id == own || tree.ancestors(of: agency.id).contains(where: { $0.id == own }) else {
            throw Problem.notFound
        }
        return agency
    }

    private func device(_ context: OfficerContext, at office: ID<Agency>) async throws -> HallDeviceBook.Entry {
        let id = try context.parameters.require("device")
        guard let device = try await desk.devices.list(at: office).first(where: { $0.id.rawValue == id }) else {
            throw Problem.notFound
        }
        return device
    }

    private func crumbs(_ agency: AgencyProfile, _ say: Language) -> [Crumb] {
        [Crumb(say(agency.name), "/work/office/\(agency.id.rawValue)")]
    }
}

extension HallDevices.Refusal: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .notYourOffice:
            Problem(
                "not-your-office",
                "Chỉ lãnh đạo hoặc quản trị viên của nơi này, hoặc của cấp trên, được thu hồi thiết bị.",
                "Only a leader or an administrator of this office, or of an authority above, may revoke a device.",
                .forbidden
            )
        case .noSuchDevice: .notFound
        case .revokedAlready:
            Problem(
                "hall-device-revoked",
                "Thiết bị này đã được thu hồi từ trước. Hãy mở lại danh sách.",
                "This device was revoked before. Please open the list again.",
                .conflict
            )
        case .tooMany:
            Problem.invalid([
                FieldError(
                    "word",
                    "Nơi này đã có \(HallDevices.most) thiết bị. Hãy thu hồi thiết bị không còn dùng ở mục “Thiết bị của phòng”.",
                    "This office has \(HallDevices.most) devices already. Please revoke those no longer used, under “Devices of the hall”."
                )
            ])
        }
    }
}
