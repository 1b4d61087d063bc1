import Agencies
import Kernel
import Web

/// An appointment as a file that calendars read (RFC 5545), which changes or removes what they took over before
/// (RFC 5546): the same UID, a higher SEQUENCE, and CANCEL once the time is not theirs any more.
struct CalendarFile {
    let appointment: Appointment
    let start: LocalMinute
    let length: Int
    let office: AgencyProfile
    let title: String
    let link: String
    /// The office's own page, which stands for whoever invites.
    let home: String
    let made: Instant

    /// A time that was lost is no appointment, even where another may follow.
    private var isCancelled: Bool { appointment.state != .booked }

    private var organiser: String {
        // Within quotes everything may stand but quotes and ends of lines (RFC 5545, 3.2).
        let name = office.name.vi.filter { $0 != "\"" && !$0.isNewline }
        return "ORGANIZER;CN=\"\(name)\":\(office.email.map { "mailto:\($0.rawValue)" } ?? home)"
    }

    private var alarm: [String] {
        guard !isCancelled else { return [] }
        return ["BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:\(escaped(title))", "TRIGGER:-P1D", "END:VALARM"]
    }

    var text: String {
        let end = LocalMinute(date: start.date, minuteOfDay: start.minuteOfDay + length)
        let lines =
            [
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//MotCua//Lich hen//VI", "CALSCALE:GREGORIAN",
                "METHOD:\(isCancelled ? "CANCEL" : "PUBLISH")",
                // Việt Nam has had no summer time since 1975.
                "BEGIN:VTIMEZONE", "TZID:Asia/Ho_Chi_Minh", "BEGIN:STANDARD", "DTSTART:19750613T000000",
                "TZOFFSETFROM:+0700", "TZOFFSETTO:+0700", "TZNAME:+07", "END:STANDARD", "END:VTIMEZONE",
                "BEGIN:VEVENT", "UID:\(appointment.id.rawValue)@motcua", "DTSTAMP:\(utc(made))",
                "SEQUENCE:\(appointment.revision)", organiser,
                "DTSTART;TZID=Asia/Ho_Chi_Minh:\(local(start))", "DTEND;TZID=Asia/Ho_Chi_Minh:\(local(end))",
                "SUMMARY:\(escaped(title))",
                "LOCATION:\(escaped([office.name.vi, office.address].compactMap(\.self).joined(separator: ", ")))",
                "URL:\(link)", "STATUS:\(isCancelled ? "CANCELLED" : "CONFIRMED")",
            ] + alarm + ["END:VEVENT", "END:VCALENDAR"]
        return lines.map { folded($0) + "\r\n" }.joined()
    }

    private func local(_ minute: LocalMinute) -> String {
        "\(minute.date.rawValue.replacing("-", with: ""))T\(minute.timeOfDay.replacing(":", with: ""))00"
    }

    private func utc(_ instant: Instant) -> String { local((instant + .hours(-7)).localMinute) + "Z" }

    /// RFC 5545, 3.3.11. Every end of a line counts, or what stands behind it would be a property of its own.
    private func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing(",", with: "\\,")
            .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: "\\n")
    }

    /// Lines are at most 75 bytes long (RFC 5545, 3.1), and no letter is broken.
    private func folded(_ line: String) -> String {
        var result = ""
        var length = 0
        for letter in line.unicodeScalars {
            let bytes = String(letter).utf8.count
            if length + bytes > 75 {
                result += "\r\n "
                length = 1
            }
            result.unicodeScalars.append(letter)
            length += bytes
        }
        return result
    }
}
