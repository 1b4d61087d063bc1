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
        var errors: [FieldError] = []
        let weekdays = Set(form.all("weekday").compactMap { Int(typed: $0, in: 1...7) }).sorted()
        if weekdays.isEmpty {
            errors.append(FieldError("weekday", "Chưa chọn ngày. Hãy đánh dấu ít nhất một ngày.", "Please tick a day."))
        }
        let start = time("from", &errors)
        let end = time("to", &errors)
        let staff = optionalNumber("staff", 1...200, &errors)
        let hours = start.flatMap { start in end.flatMap { WorkingInterval(start: start, end: $0) } }
        if start != nil, end != nil, hours == nil {
            errors.append(
                FieldError("to", "Giờ kết thúc phải sau giờ bắt đầu.", "The end must be after the beginning.")
            )
        }
        guard errors.isEmpty, let hours else { return .failure(.invalid(errors)) }
        let chosen = chosenFields
        return .success(
            weekdays.map {
                ReceptionSession(id: .fresh(at: now), weekday: $0, hours: hours, fields: chosen, staff: staff)
            }
        )
    }

    func counter(at now: Instant) -> Reading<ServiceCounter> {
        var errors: [FieldError] = []
        let name = form.filled("name").map { String($0.prefix(40)) }
        if name == nil {
            errors.append(FieldError("name", "Chưa có tên quầy, ví dụ “Quầy 3”.", "Please name the counter."))
        }
        let kind = form.filled("kind").flatMap(ServiceCounter.Kind.init(rawValue:))
        if kind == nil {
            errors.append(FieldError("kind", "Chưa chọn việc của quầy. Hãy chọn một mục.", "Please choose its work."))
        }
        guard errors.isEmpty, let name, let kind else { return .failure(.invalid(errors)) }
        return .success(ServiceCounter(id: .fresh(at: now), name: name, kind: kind, fields: chosenFields))
    }

    func serviceTime() -> Reading<(String, Int)> {
        var errors: [FieldError] = []
        let field = form.filled("field").flatMap { fields.contains($0) ? $0 : nil }
        if field == nil {
            errors.append(FieldError("field", "Chưa chọn lĩnh vực. Hãy chọn một mục.", "Please choose a field."))
        }
        let minutes = number("minutes", 1...240, &errors)
        guard errors.isEmpty, let field, let minutes else { return .failure(.invalid(errors)) }
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
        var errors: [FieldError] = []
        let seats = number("seats", 1...5000, &errors)
        guard errors.isEmpty, let seats else { return .failure(.invalid(errors)) }
        return .success(OfficeHall(seats: seats))
    }

    func rules(_ current: BookingRules) -> Reading<BookingRules> {
        var errors: [FieldError] = []
        var rules = current
        rules.slot = number("slot", 5...240, &errors) ?? current.slot
        rules.walkInPercent = number("walkIn", 0...100, &errors) ?? current.walkInPercent
        rules.priorityPlaces = number("priority", 0...20, &errors) ?? current.priorityPlaces
        rules.daysAhead = number("days", 1...60, &errors) ?? current.daysAhead
        rules.coolDown = number("coolDown", 0...1440, &errors) ?? current.coolDown
        rules.offerHours = number("offer", 1...48, &errors) ?? current.offerHours
        return errors.isEmpty ? .success(rules) : .failure(.invalid(errors))
    }

    func mode(at now: Instant) -> Reading<OperatingMode> {
        var errors: [FieldError] = []
        let percent = optionalNumber("percent", 0...100, &errors)
        let distance = metres(&errors)
        let start = date("start", &errors)
        let end = form.filled("end") == nil ? nil : date("end", &errors)
        let documentDate = date("documentDate", &errors)
        let number = form.filled("document").map { String($0.prefix(80)) }
        if number == nil {
            errors.append(
                FieldError("document", "Chưa ghi số văn bản, ví dụ 15/CT-UBND.", "Please give the document's number.")
            )
        }
        if let start, let end, end < start {
            errors.append(FieldError("end", "Ngày cuối phải từ ngày đầu trở đi.", "The last day is before the first."))
        }
        guard errors.isEmpty, let start, let number, let documentDate else { return .failure(.invalid(errors)) }
        return .success(
            OperatingMode(
                id: .fresh(at: now),
                percent: percent,
                distance: distance,
                closedChannels: Set(form.all("closed").compactMap(Channel.init(rawValue:))),
                rules: String((form.filled("rules") ?? "").prefix(1000)),
                start: Instant(LocalMinute(date: start, minuteOfDay: 0)),
                end: end.map { Instant(LocalMinute(date: $0.adding(days: 1), minuteOfDay: 0)) },
                document: LegalDocument(number: number, date: documentDate)
            )
        )
    }

    // MARK: - Single values

    private var chosenFields: [String]? {
        let chosen = (form.all("sessionFields") + form.all("counterFields")).filter(fields.contains)
        return chosen.isEmpty ? nil : chosen
    }

    private func time(_ name: String, _ errors: inout [FieldError]) -> Int? {
        let text = form[name].map { $0.count == 4 ? "0\($0)" : $0 } ?? ""
        let minutes = LocalMinute.minutes(text)
        if minutes == nil {
            errors.append(FieldError(name, "Hãy ghi giờ như 07:30.", "Please write a time such as 07:30."))
        }
        return minutes
    }

    private func date(_ name: String, _ errors: inout [FieldError]) -> LocalDate? {
        let date = form.filled(name).flatMap(LocalDate.init(vietnamese:))
        if date == nil {
            errors.append(FieldError(name, "Hãy ghi ngày như 25/07/2021.", "Please write a date such as 25/07/2021."))
        }
        return date
    }

    /// Metres with at most two decimals, as centimetres.
    private func metres(_ errors: inout [FieldError]) -> Int? {
        guard let text = form.filled("distance") else { return nil }
        let parts = text.replacing(",", with: ".").split(separator: ".", omittingEmptySubsequences: false)
        let digits = parts.allSatisfy { part in !part.isEmpty && part.utf8.allSatisfy { (48...57).contains($0) } }
        if digits, (1...2).contains(parts.count), let whole = Int(typed: parts[0], in: 0...10) {
            let fraction = parts.count == 2 ? String(parts[1].prefix(2)) : "0"
            let hundredths = (Int(typed: fraction, in: 0...99) ?? 0) * (fraction.count == 1 ? 10 : 1)
            let centimetres = whole * 100 + hundredths
            if (50...1000).contains(centimetres) { return centimetres }
        }
        errors.append(
            FieldError("distance", "Hãy ghi khoảng cách từ 0,5 đến 10 mét, ví dụ 2.", "Please write 0.5 to 10 metres.")
        )
        return nil
    }

    func optionalNumber(_ name: String, _ range: ClosedRange<Int>, _ errors: inout [FieldError]) -> Int? {
        form.filled(name) == nil ? nil : number(name, range, &errors)
    }

    func number(_ name: String, _ range: ClosedRange<Int>, _ errors: inout [FieldError]) -> Int? {
        if let number = form.filled(name).flatMap({ Int(typed: $0, in: range) }) { return number }
        errors.append(
            FieldError(
                name,
                "Hãy ghi một số từ \(range.lowerBound) đến \(range.upperBound).",
                "Please write a number from \(range.lowerBound) to \(range.upperBound)."
            )
        )
        return nil
    }
}
