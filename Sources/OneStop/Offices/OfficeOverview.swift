import Agencies
import Catalogue
import Kernel
import Markup
import Web

/// What an office can take in on the next day on which it receives people.
struct OfficeOverview {
    let days: ReceptionDays
    let fields: [Catalogue.Field]
    let now: Instant
    let say: Language

    private var model: OfficeModel { days.office }

    func show() -> HTML {
        let hall = days.ordered.hallCapacity(at: now)
        return panel(say("Sức chứa và khả năng phục vụ", "Capacity")) {
            """
            \(definitionList([
                (say("Phòng chờ bây giờ", "Hall now"), "<strong>\(hall)</strong> / \(say("\(model.hall.seats) chỗ ngồi", "\(model.hall.seats) seats"))"),
                (say("Quầy tiếp nhận", "Receiving counters"), "\(model.counters.count(where: \.receives))"),
                (say("Quầy trả kết quả", "Returning counters"), "\(model.counters.count { $0.kind != .reception })"),
                (say("Giữ cho người đến trực tiếp", "Kept for walk-ins"), "\(model.rules.walkInPercent) %"),
            ]))
            \(actions(linkButton(say("Số của cửa, áp phích, máy lấy số", "Digits of the door, poster, ticket machine"), "/work/door", .plain)))
            \(example)
            """
        }
    }

    /// The first slot of the next day with slots, for every field that somebody serves.
    private var example: HTML? {
        let next = (0..<14).lazy.map { now.localDate.adding(days: $0) }.first { !days.slots(on: $0).isEmpty }
        guard let day = next, let slot = days.slots(on: day).first else { return nil }
        let served = fields.filter { model.serves($0.key) }
        guard !served.isEmpty else { return nil }
        let capacity = days.ordered.capacity(of: slot, fields: served.map(\.key))
        return disclosure(
            say(
                "Mỗi khung \(slot.length) phút, theo lĩnh vực (\(weekdayAndDay(day)))",
                "In \(slot.length) minutes, by field (\(weekdayAndDay(day)))"
            ),
            isOpen: served.count <= 12
        ) {
            """
            \(table(
                say("Sức phục vụ theo lĩnh vực", "Service by field"),
                [
                    Column(say("Lĩnh vực", "Field")), Column(say("Phút mỗi lượt", "Minutes each"), numeric: true),
                    Column(say("Phục vụ được", "Can be served"), numeric: true),
                    Column(say("Đặt hẹn được", "Can be booked"), numeric: true),
                    Column(say("Thêm cho ưu tiên", "More for priority"), numeric: true),
                ],
                density: .dense,
                hidesCaption: true,
                rows: served.map { field in
                    let places = capacity[field.key]
                    return [
                        .text(say(field.name)), "\(places.minutes)", "\(places.served)", "\(places.bookable)",
                        "\(places.priority)",
                    ]
                }
            ))
            <p class="hint">\(say(
                "Các lĩnh vực dùng chung quầy và phòng chờ: tổng cộng không quá \(capacity.bookableHall) lượt hẹn và \(capacity.bookableMinutes) phút mỗi khung.",
                "Fields share counters and hall: together at most \(capacity.bookableHall) appointments and \(capacity.bookableMinutes) minutes per slot."
            ))</p>
            """
        }
    }

    private func weekdayAndDay(_ day: LocalDate) -> String { "\(weekdayName(day.weekday, say)) \(day.vietnamese)" }
}
