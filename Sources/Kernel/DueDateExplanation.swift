/// A sentence in Vietnamese and in English.
package struct Explanation: Codable, Hashable, Sendable {
    package let vi: String
    package let en: String

    package init(vi: String, en: String) {
        self.vi = vi
        self.en = en
    }
}

/// One day, stretch of work or pause in the count of a term, and why it counted or did not.
package struct ExplainedLine: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case firstDay(Beginning)
        case firstDayCounted(Beginning, of: Int, cutoff: Int)
        case afterCutoff(Beginning, Int)
        case afterClosing(Beginning)
        case rest(WorkingCalendar.Status)
        case workingDay(number: Int, of: Int, WorkingCalendar.Status)
        case workingTime(left: Int)
        case days(Beginning)
        case months
        case movedOn
        case pause(PauseReason, from: LocalMinute, until: LocalMinute?)
        case added(number: Int, of: Int)
        case addedTime(minutes: Int)
        case addedDays(Int)
        case unknownDays(after: LocalDate)
        case unknownDaysBefore(LocalDate)
        /// Somebody decided on a later day.
        case putOff(to: LocalMinute)
        /// The calendar of the agency changed after the date had been told.
        case recounted(from: LocalMinute, to: LocalMinute, because: Explanation)
    }

    /// What set the count going.
    package enum Beginning: Hashable, Sendable { case receipt, resumption }

    package enum PauseReason: Hashable, Sendable {
        case paused(waited: Int, DueDate.Unit)
        case restarted
        case stillPaused
        case pausedTooLate
    }

    package let first: LocalDate
    /// The same as `first` unless the line speaks of several days.
    package let last: LocalDate
    /// The part of the day, when the count is by the minute.
    package let hours: WorkingInterval?
    /// How much of the term this line uses up; 0 when it does not count.
    package let counted: Int
    package let reason: Reason

    init(first: LocalDate, last: LocalDate, hours: WorkingInterval? = nil, counted: Int, reason: Reason) {
        self.first = first
        self.last = last
        self.hours = hours
        self.counted = counted
        self.reason = reason
    }

    var isAboutPause: Bool {
        if case .pause = reason { true } else { false }
    }

    var isUnlisted: Bool {
        switch reason {
        case .unknownDays, .unknownDaysBefore: true
        default: false
        }
    }

    var isProvisional: Bool {
        switch reason {
        case .rest(.off(let day)): day.status == .expected
        case .workingDay(_, _, .makeUp(let day)): day.status == .expected
        case .unknownDays: true
        default: false
        }
    }
}

// The texts are made when they are read: a due date is computed far more often than it is explained.
extension ExplainedLine {
    /// The day or days, with weekday: `Thứ Năm 12/02/2026`, `13/02/2026–14/03/2026`.
    package var when: Explanation {
        guard first == last else {
            let text = "\(first.vietnamese)–\(last.vietnamese)"
            return Explanation(vi: text, en: text)
        }
        let time = hours.map { " \(LocalMinute.timeOfDay($0.start))–\(LocalMinute.timeOfDay($0.end))" } ?? ""
        let name = first.weekdayName
        return Explanation(
            vi: "\(name.vi) \(first.vietnamese)\(time)",
            en: "\(name.en) \(first.vietnamese)\(time)"
        )
    }

    /// Why the line counts or does not.
    package var text: Explanation {
        switch reason {
        case .firstDay(let beginning):
            Explanation(
                vi: "Ngày \(beginning.text.vi), không tính vào thời hạn",
                en: "Day of \(beginning.text.en), not counted"
            )
        case .firstDayCounted(let beginning, let of, let cutoff):
            Explanation(
                vi: "Ngày \(beginning.text.vi), không sau \(LocalMinute.timeOfDay(cutoff)): ngày làm việc thứ 1/\(of)",
                en: "Day of \(beginning.text.en), not after \(LocalMinute.timeOfDay(cutoff)): working day 1 of \(of)"
            )
        case .afterCutoff(let beginning, let cutoff):
            Explanation(
                vi: "Sau \(LocalMinute.timeOfDay(cutoff)) của ngày \(beginning.text.vi): "
                    + "tính từ ngày làm việc tiếp theo",
                en: "After \(LocalMinute.timeOfDay(cutoff)) on the day of \(beginning.text.en): "
                    + "counted from the next working day"
            )
        case .afterClosing(let beginning):
            Explanation(
                vi: "Sau giờ làm việc của ngày \(beginning.text.vi): tính từ ngày làm việc tiếp theo",
                en: "After working hours on the day of \(beginning.text.en): counted from the next working day"
            )
        case .rest(let status): status.text
        case .workingDay(let number, let of, .makeUp(let extra)) where extra.replaces == extra.day:
            Explanation(
                vi: "Ngày làm việc do cơ quan quyết định: ngày làm việc thứ \(number)/\(of)",
                en: "Working day by decision of the authority: working day \(number) of \(of)"
            )
        case .workingDay(let number, let of, .makeUp(let extra)):
            Explanation(
                vi: "Ngày làm bù cho \(extra.replaces.vietnamese)\(extra.status.note.vi): "
                    + "ngày làm việc thứ \(number)/\(of)",
                en: "Worked in exchange for \(extra.replaces.vietnamese)\(extra.status.note.en): "
                    + "working day \(number) of \(of)"
            )
        case .workingDay(let number, let of, _):
            Explanation(vi: "Ngày làm việc thứ \(number)/\(of)", en: "Working day \(number) of \(of)")
        case .workingTime(let left):
            Explanation(
                vi: "Tính \(duration(counted).vi) làm việc, còn \(duration(left).vi)",
                en: "\(duration(counted).en) of work counted, \(duration(left).en) left"
            )
        case .days(let beginning):
            Explanation(
                vi: "Tính \(counted) ngày, kể từ ngày tiếp theo ngày \(beginning.text.vi)",
                en: "\(many(counted, "day")) counted, from the day after \(beginning.text.en)"
            )
        case .months:
            Explanation(
                vi: "Tính \(counted) tháng, đến hết ngày tương ứng của tháng cuối",
                en: "\(many(counted, "month")) counted, to the end of the corresponding day of the last month"
            )
        case .movedOn:
            Explanation(
                vi: "Ngày cuối của thời hạn là ngày nghỉ: chuyển sang ngày làm việc tiếp theo",
                en: "The last day is a day of rest: the term ends on the next working day"
            )
        case .pause(let reason, let from, let until): reason.text(from, until)
        case .putOff(let day):
            Explanation(
                vi: "Được gia hạn kèm lời xin lỗi: hẹn lại \(day.vietnamese)",
                en: "Extended with an apology: now due \(day.vietnamese)"
            )
        case .recounted(let from, let to, let ground):
            Explanation(
                vi:
                    "Lịch làm việc thay đổi: ngày hẹn trả đổi từ \(from.vietnamese) sang \(to.vietnamese), vì \(ground.vi)",
                en: "The calendar changed: the due date moved from \(from.vietnamese) to \(to.vietnamese), because of "
                    + ground.en
            )
        case .added(let number, let of):
            Explanation(
                vi: "Ngày làm việc cộng thêm do tạm dừng, thứ \(number)/\(of)",
                en: "Working day added for the pause, \(number) of \(of)"
            )
        case .addedTime(let minutes):
            Explanation(
                vi: "Cộng thêm \(duration(minutes).vi) làm việc do tạm dừng",
                en: "\(duration(minutes).en) of work added for the pause"
            )
        case .addedDays(let count):
            Explanation(
                vi: "Cộng thêm \(count) ngày do tạm dừng",
                en: "\(many(count, "day")) added for the pause"
            )
        case .unknownDays(let day):
            Explanation(
                vi: "Lịch nghỉ lễ sau ngày \(day.vietnamese) chưa có, hạn tính không trừ ngày lễ: hạn có thể thay đổi",
                en: "Holidays after \(day.vietnamese) are not known yet and were not left out: the due date may change"
            )
        case .unknownDaysBefore(let day):
            Explanation(
                vi: "Không có lịch nghỉ lễ trước ngày \(day.vietnamese), hạn tính không trừ ngày lễ",
                en: "Holidays before \(day.vietnamese) are not known and were not left out"
            )
        }
    }

    /// The law or decision the line rests on.
    package var basis: Explanation? {
        switch reason {
        case .firstDay: .civilCode(147, 2)
        case .firstDayCounted, .afterCutoff:
            // Decree 118/2025 took the place of Decree 61/2018 on 1 July 2025 (day 20,270).
            if first.dayNumber < 20_270 {
                Explanation(vi: "Nghị định 61/2018/NĐ-CP, Điều 18", en: "Decree 61/2018/NĐ-CP, Art. 18")
            } else {
                Explanation(vi: "Nghị định 118/2025/NĐ-CP", en: "Decree 118/2025/NĐ-CP")
            }
        case .workingTime: .civilCode(147, 1)
        case .days: .civilCode(148, 2)
        case .months: .civilCode(148, 3)
        case .movedOn: .civilCode(148, 5)
        case .rest(.off(let day)): Explanation(vi: day.basis, en: day.basis)
        case .workingDay(_, _, .makeUp(let day)): Explanation(vi: day.basis, en: day.basis)
        case .rest, .workingDay, .afterClosing, .pause, .added, .addedTime, .addedDays, .unknownDays,
            .unknownDaysBefore, .putOff,
            .recounted:
            nil
        }
    }
}

extension ExplainedLine: Encodable {
    private enum CodingKeys: CodingKey { case from, until, hours, counted, day, text, basis }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(first, forKey: .from)
        try container.encode(last, forKey: .until)
        try container.encodeIfPresent(hours, forKey: .hours)
        try container.encode(counted, forKey: .counted)
        try container.encode(when, forKey: .day)
        try container.encode(text, forKey: .text)
        try container.encodeIfPresent(basis, forKey: .basis)
    }
}

extension Explanation {
    fileprivate static func civilCode(_ article: Int, _ clause: Int) -> Explanation {
        Explanation(
            vi: "Bộ luật Dân sự 2015, Điều \(article) khoản \(clause)",
            en: "Civil Code 2015, Art. \(article).\(clause)"
        )
    }
}

extension ExplainedLine.Beginning {
    fileprivate var text: Explanation {
        switch self {
        case .receipt: Explanation(vi: "tiếp nhận", en: "receipt")
        case .resumption: Explanation(vi: "tiếp tục giải quyết", en: "resumption")
        }
    }
}

extension WorkingCalendar.Status {
    /// Why such a day does not count.
    fileprivate var text: Explanation {
        switch self {
        case .working, .makeUp: Explanation(vi: "Ngày làm việc", en: "Working day")
        case .weeklyRest:
            Explanation(vi: "Ngày nghỉ hằng tuần, không tính", en: "Weekly day of rest, not counted")
        case .off(let day):
            switch day.kind {
            case .holiday:
                Explanation(
                    vi: "Nghỉ lễ\(day.status.note.vi): \(day.vi), không tính",
                    en: "Public holiday\(day.status.note.en): \(day.en), not counted"
                )
            case .compensation:
                Explanation(
                    vi: "Nghỉ bù\(day.status.note.vi): \(day.vi), không tính",
                    en: "Day off in lieu\(day.status.note.en): \(day.en), not counted"
                )
            case .swap:
                Explanation(
                    vi: "Nghỉ hoán đổi\(day.status.note.vi): \(day.vi), không tính",
                    en: "Exchanged day off\(day.status.note.en): \(day.en), not counted"
                )
            case .closure:
                Explanation(
                    vi: "Cơ quan nghỉ theo quyết định: \(day.vi), không tính",
                    en: "Closed by decision of the authority: \(day.en), not counted"
                )
            }
        }
    }
}

extension CalendarStatus {
    fileprivate var note: Explanation {
        switch self {
        case .decided: Explanation(vi: "", en: "")
        case .expected: Explanation(vi: " (dự kiến)", en: " (expected)")
        }
    }
}

extension ExplainedLine.PauseReason {
    fileprivate func text(_ from: LocalMinute, _ until: LocalMinute?) -> Explanation {
        let end = until?.vietnamese ?? "…"
        switch self {
        case .paused(let waited, let unit):
            let time = unit.text(waited)
            return Explanation(
                vi: "Tạm dừng từ \(from.vietnamese) đến \(end): kéo dài thêm \(time.vi)",
                en: "Paused from \(from.vietnamese) to \(end): extended by \(time.en)"
            )
        case .restarted:
            return Explanation(
                vi: "Tạm dừng từ \(from.vietnamese) đến \(end): thời hạn tính lại từ đầu",
                en: "Paused from \(from.vietnamese) to \(end): the count starts anew"
            )
        case .stillPaused:
            return Explanation(
                vi: "Tạm dừng từ \(from.vietnamese): hạn được tính lại khi tiếp tục",
                en: "Paused since \(from.vietnamese): the due date is counted again when work resumes"
            )
        case .pausedTooLate:
            return Explanation(
                vi: "Tạm dừng từ \(from.vietnamese), khi đã hết hạn: không kéo dài",
                en: "Paused from \(from.vietnamese), when already due: not extended"
            )
        }
    }
}

extension DueDate.Unit {
    fileprivate func text(_ count: Int) -> Explanation {
        switch self {
        case .workingDays: Explanation(vi: "\(count) ngày làm việc", en: many(count, "working day"))
        case .workingMinutes: Explanation(vi: "\(duration(count).vi) làm việc", en: "\(duration(count).en) of work")
        case .days: Explanation(vi: "\(count) ngày", en: many(count, "day"))
        case .months: Explanation(vi: "\(count) tháng", en: many(count, "month"))
        }
    }
}

extension LocalDate {
    /// `Thứ Năm`, `Thursday`.
    package var weekdayName: Explanation {
        switch weekday {
        case 1: Explanation(vi: "Thứ Hai", en: "Monday")
        case 2: Explanation(vi: "Thứ Ba", en: "Tuesday")
        case 3: Explanation(vi: "Thứ Tư", en: "Wednesday")
        case 4: Explanation(vi: "Thứ Năm", en: "Thursday")
        case 5: Explanation(vi: "Thứ Sáu", en: "Friday")
        case 6: Explanation(vi: "Thứ Bảy", en: "Saturday")
        default: Explanation(vi: "Chủ Nhật", en: "Sunday")
        }
    }
}

private func many(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// Minutes as hours and minutes.
private func duration(_ minutes: Int) -> Explanation {
    let (hours, rest) = (minutes / 60, minutes % 60)
    if rest == 0 { return Explanation(vi: "\(hours) giờ", en: "\(hours) h") }
    if hours == 0 { return Explanation(vi: "\(rest) phút", en: "\(rest) min") }
    return Explanation(vi: "\(hours) giờ \(rest) phút", en: "\(hours) h \(rest) min")
}
