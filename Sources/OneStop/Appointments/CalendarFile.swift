import Agencies
import Kernel
import Web

/// An appointment as a file that calendars read (RFC 5545).
struct CalendarFile {
    let appointment: Appointment
    let start: LocalMinute
    let length: Int
    let office: AgencyProfile
    let title: String
    let link: String
    let made: Instant

    var text: String {
        let end = LocalMinute(date: start.date, minuteOfDay: start.minuteOfDay + length)
        let lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//MotCua//Lich hen//VI", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
            // Việt Nam has had no summer time since 1975.
            "BEGIN:VTIMEZONE", "TZID:Asia/Ho_Chi_Minh", "BEGIN:STANDARD", "DTSTART:19750613T000000",
            "TZOFFSETFROM:+0700", "TZOFFSETTO:+0700", "TZNAME:+07", "END:STANDARD", "END:VTIMEZONE",
            "BEGIN:VEVENT", "UID:\(appointment.id.rawValue)@motcua", "DTSTAMP:\(utc(made))",
            "DTSTART;TZID=Asia/Ho_Chi_Minh:\(local(start))", "DTEND;TZID=Asia/Ho_Chi_Minh:\(local(end))",
            "SUMMARY:\(escaped(title))",
            "LOCATION:\(escaped([office.name.vi, office.address].compactMap(\.self).joined(separator: ", ")))",
            "URL:\(link)", "STATUS:CONFIRMED",
            "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:\(escaped(title))", "TRIGGER:-P1D", "END:VALARM",
            "END:VEVENT", "END:VCALENDAR",
        ]
        return lines.map { folded($0) + "\r\n" }.joined()
    }

    private func local(_ minute: LocalMinute) -> String {
        "\(minute.date.rawValue.replacing("-", with: ""))T\(minute.timeOfDay.replacing(":", with: ""))00"
    }

    private func utc(_ instant: Instant) -> String { local((instant + .hours(-7)).localMinute) + "Z" }

    /// RFC 5545, 3.3.11.
    private func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing(",", with: "\\,")
            .replacing("\n", with: "\\n")
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
