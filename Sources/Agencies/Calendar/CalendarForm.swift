import Hummingbird
import Kernel
package import Web

/// What an officer can enter; the word stands in addresses.
enum CalendarFormKind: String, CaseIterable {
    case dayOff = "day-off"
    case workingDay = "working-day"
    case week

    var words: Words {
        switch self {
        case .dayOff: Words("Thêm ngày nghỉ", "Add a day off")
        case .workingDay: Words("Thêm ngày làm việc, giờ riêng", "Add a working day or its own hours")
        case .week: Words("Đổi giờ làm việc", "Change the working hours")
        }
    }
}

extension CalendarDecision {
    /// Reads a decision; a problem says everything that is wrong with it.
    init(_ form: FormData, _ kind: CalendarFormKind, today: LocalDate) throws {
        var reading = CalendarReading(reader: FormReader(form), today: today)
        let change: Change? =
            switch kind {
            case .dayOff: reading.dayOff()
            case .workingDay: reading.workingDay()
            case .week: reading.week()
            }
        let reason = reading.reader.text(
            "reason",
            max: 200,
            missing: Words("Chưa ghi lý do. Hãy viết ngắn gọn để người dân hiểu.", "Please say why; citizens read it.")
        )
        let number = reading.reader.text(
            "number",
            max: 60,
            missing: Words(
                "Chưa có số văn bản. Hãy ghi như 12/QĐ-UBND.",
                "Enter the number of the document, such as 12/QĐ-UBND."
            )
        )
        let date = reading.day("date", Words("ngày văn bản", "the date of the document"))
        try reading.reader.finish()
        guard let reason, let number, let date, let change else { throw Problem.invalid(reading.reader.errors) }
        self.init(change, reason: reason, document: LegalDocument(number: number, date: date))
    }
}

/// A form of the calendar while it is read.
private struct CalendarReading {
    var reader: FormReader
    let today: LocalDate

    /// A day within three years of today: what lies further off is a slip of the keyboard.
    mutating func day(_ field: String, _ name: Words, required: Bool = true) -> LocalDate? {
        guard let typed = reader.form.filled(field) else {
            if required {
                reader.refuse(
                    field,
                    "Chưa có \(name.vi). Hãy nhập ngày/tháng/năm.",
                    "Enter \(name.en) as day/month/year."
                )
            }
            return nil
        }
        let near = today.adding(days: -1096)...today.adding(days: 1096)
        guard let day = LocalDate(vietnamese: typed), near.contains(day) else {
            reader.refuse(
                field,
                "Không đọc được \(name.vi). Hãy nhập ngày/tháng/năm, trong vòng ba năm, ví dụ \(today.vietnamese).",
                "Enter \(name.en) as day/month/year, within three years, such as \(today.vietnamese)."
            )
            return nil
        }
        return day
    }

    mutating func dayOff() -> CalendarDecision.Change? {
        let first = day("first", Words("ngày nghỉ đầu tiên", "the first day off"))
        let last = day("last", Words("ngày nghỉ cuối cùng", "the last day off"), required: false)
        guard let first else { return nil }
        let end = last ?? first
        guard first <= end, end <= first.adding(days: 60) else {
            reader.refuse(
                "last",
                "Ngày cuối phải không trước ngày đầu và cách không quá 60 ngày.",
                "The last day must not be before the first, nor more than 60 days after it."
            )
            return nil
        }
        return .dayOff(first: first, last: end)
    }

    mutating func workingDay() -> CalendarDecision.Change? {
        let (day, hours) = (day("day", Words("ngày làm việc", "the working day")), hours("morning", "afternoon"))
        guard let day, let hours else { return nil }
        return .workingDay(day: day, hours: hours)
    }

    mutating func week() -> CalendarDecision.Change? {
        let (from, hours) = (
            day("from", Words("ngày áp dụng", "the day from which it holds")), hours("morning", "afternoon")
        )
        let saturday = interval("saturday")
        guard let from, let hours else { return nil }
        var week = Dictionary(uniqueKeysWithValues: (1...5).map { ($0, hours) })
        if let saturday { week[6] = [saturday] }
        return WeeklyHours(week).map { .week(from: from, hours: $0) }
    }

    /// The stretches of a day, of which there is at least one.
    private mutating func hours(_ morning: String, _ afternoon: String) -> [WorkingInterval]? {
        let known = reader.errors.count
        let stretches = [interval(morning), interval(afternoon)].compactMap(\.self)
        guard reader.errors.count == known else { return nil }
        guard !stretches.isEmpty else {
            reader.refuse(
                morning,
                "Chưa có giờ làm việc. Hãy nhập giờ buổi sáng hoặc buổi chiều, ví dụ 07:30-11:30.",
                "Enter the hours of the morning or the afternoon, such as 07:30-11:30."
            )
            return nil
        }
        guard zip(stretches, stretches.dropFirst()).allSatisfy({ $0.end <= $1.start }) else {
            reader.refuse(
                afternoon,
                "Giờ buổi chiều phải sau giờ buổi sáng.",
                "The afternoon has to come after the morning."
            )
            return nil
        }
        return stretches
    }

    private mutating func interval(_ field: String) -> WorkingInterval? {
        guard let typed = reader.form.filled(field) else { return nil }
        let ends = typed.split(whereSeparator: { "-–—".contains($0) }).map { end in
            let time = end.filter { !$0.isWhitespace }.replacing("h", with: ":").replacing("g", with: ":")
            return time.utf8.count == 4 ? "0\(time)" : String(time)
        }
        guard let interval = WorkingInterval(rawValue: ends.joined(separator: "-")) else {
            reader.refuse(
                field,
                "Giờ không đúng. Hãy nhập như 07:30-11:30.",
                "These are no hours. Enter them as 07:30-11:30."
            )
            return nil
        }
        return interval
    }
}

extension AgencyCalendar.Refusal: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .decidedBefore(let first, let document):
            Problem(
                "decided-before",
                "Ngày \(first.vietnamese) đã được quyết định tại \(document.vi). Hãy thu hồi mục đó trước.",
                "\(first.vietnamese) has been decided on by \(document.en). Please withdraw that entry first.",
                .conflict
            )
        case .noSuchEntry:
            Problem(
                "no-such-entry",
                "Lịch của cơ quan không có mục này. Hãy mở lại lịch.",
                "The agency's calendar has no such entry. Please open the calendar again.",
                .notFound
            )
        case .withdrawnBefore:
            Problem(
                "withdrawn-before",
                "Mục này đã được thu hồi. Hãy mở lại lịch.",
                "This entry has been withdrawn already. Please open the calendar again.",
                .conflict
            )
        }
    }
}
