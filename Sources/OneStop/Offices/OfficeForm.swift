import Catalogue
import HallPlan
import Kernel
import Web

/// What is typed on an office's page, read into what it means.
struct OfficeForm {
    let form: FormData
    /// Keys of the fields that may be chosen.
    let fields: Set<String>

    typealias Reading<Value> = Result<Value, Problem>

    func sessions(at now: Instant) -> Reading<[ReceptionSession]> {
        var reader = FormReader(form)
        let weekdays = Set(form.all("weekday").compactMap { Int(typed: $0, in: 1...7) }).sorted()
        if weekdays.isEmpty {
            reader.refuse("weekday", "Chưa chọn ngày. Hãy đánh dấu ít nhất một ngày.", "Please tick a day.")
        }
        let start = reader.time("from")
        let end = reader.time("to")
        let staff = reader.optionalNumber("staff", in: 1...200)
        let hours = start.flatMap { start in end.flatMap { WorkingInterval(start: start, end: $0) } }
        if start != nil, end != nil, hours == nil {
            reader.refuse("to", "Giờ kết thúc phải sau giờ bắt đầu.", "The end must be after the beginning.")
        }
        guard reader.errors.isEmpty, let hours else { return .failure(.invalid(reader.errors)) }
        let chosen = chosenFields
        return .success(
            weekdays.map {
                ReceptionSession(id: .fresh(at: now), weekday: $0, hours: hours, fields: chosen, staff: staff)
            }
        )
    }

    func counter(at now: Instant) -> Reading<ServiceCounter> {
        var reader = FormReader(form)
        let name = reader.text(
            "name",
            max: 40,
            missing: Words("Chưa có tên quầy, ví dụ “Quầy 3”.", "Please name the counter.")
        )
        let kind: ServiceCounter.Kind? = reader.choice(
            "kind",
            missing: Words("Chưa chọn việc của quầy. Hãy chọn một mục.", "Please choose its work.")
        )
        guard reader.errors.isEmpty, let name, let kind else { return .failure(.invalid(reader.errors)) }
        return .success(ServiceCounter(id: .fresh(at: now), name: name, kind: kind, fields: chosenFields))
    }

    func serviceTime() -> Reading<(String, Int)> {
        var reader = FormReader(form)
        let field = form.filled("field").flatMap { fields.contains($0) ? $0 : nil }
        if field == nil { reader.refuse("field", "Chưa chọn lĩnh vực. Hãy chọn một mục.", "Please choose a field.") }
        let minutes = reader.number("minutes", in: 1...240)
        guard reader.errors.isEmpty, let field, let minutes else { return .failure(.invalid(reader.errors)) }
        return .success((field, minutes))
    }

    /// With a plan, its seats are the hall's.
    func hall() -> Reading<OfficeHall> {
        if let text = form.filled("plan") {
            do {
                let plan = try HallPlan(json: Array(text.utf8))
                return .success(OfficeHall(seats: plan.seats.count, plan: text))
            } catch {
                let faults = error.faults.prefix(5).map { fault in
                    let place = fault.place.isEmpty ? "" : "\(fault.place): "
                    return FieldError("plan", place + fault.problem.vi, place + fault.problem.en)
                }
                return .failure(.invalid(faults))
            }
        }
        var reader = FormReader(form)
        guard let seats = reader.number("seats", in: 1...5000) else { return .failure(.invalid(reader.errors)) }
        return .success(OfficeHall(seats: seats))
    }

    func rules(_ current: BookingRules) -> Reading<BookingRules> {
        var reader = FormReader(form)
        var rules = current
        rules.slot = reader.number("slot", in: 5...240) ?? current.slot
        rules.walkInPercent = reader.number("walkIn", in: 0...100) ?? current.walkInPercent
        rules.priorityPlaces = reader.number("priority", in: 0...20) ?? current.priorityPlaces
        rules.daysAhead = reader.number("days", in: 1...60) ?? current.daysAhead
        rules.coolDown = reader.number("coolDown", in: 0...1440) ?? current.coolDown
        rules.offerHours = reader.number("offer", in: 1...48) ?? current.offerHours
        return reader.errors.isEmpty ? .success(rules) : .failure(.invalid(reader.errors))
    }

    private var chosenFields: [String]? {
        let chosen = (form.all("sessionFields") + form.all("counterFields")).filter(fields.contains)
        return chosen.isEmpty ? nil : chosen
    }
}
